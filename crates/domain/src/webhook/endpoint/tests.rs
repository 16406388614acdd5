//! Who is told what, and what no endpoint can be.

use proptest::prelude::*;

use super::*;
use crate::access::Actor;
use crate::event::EventBody;
use crate::id::{EventId, PlaceId, RecordRef, SeededIds};
use crate::webhook::PayloadVersion;

fn endpoint(ids: &SeededIds) -> WebhookEndpoint {
    WebhookEndpoint {
        id: WebhookEndpointId::next(ids),
        programme: ProgrammeId::next(ids),
        host: "hooks.example.org".to_owned(),
        url: SecretText::new("https://hooks.example.org/T0KEN").expect("a text"),
        token: None,
        format: WebhookFormat::Standard,
        events: BTreeSet::new(),
        partnership: None,
        payload_version: PayloadVersion::V1,
        description: None,
        owner: None,
        secrets: Some(SigningSecrets::first(SecretText::new("whsec_x").expect("a text"))),
        disabled: None,
    }
}

fn event(ids: &SeededIds, programme: ProgrammeId, subject: RecordRef, body: WebhookEndpointEvent) -> Event {
    let at = "2026-11-30T09:00:00Z".parse().expect("a time");
    Event {
        id: EventId::next(ids),
        programme: Some(programme),
        at,
        actor: Actor::System,
        subject,
        body: body.into(),
    }
}

fn asked() -> WebhookDisabled {
    let at = "2026-11-30T09:00:00Z".parse().expect("a time");
    WebhookDisabled { at, why: WebhookDisabledWhy::Asked, failing_since: None }
}

#[test]
fn an_endpoint_is_told_what_it_asked_for_of_its_own_programme() {
    let ids = SeededIds::new(1);
    let (mut told, bond) = (endpoint(&ids), PartnershipId::next(&ids));
    let place = PlaceId::next(&ids).into();
    let happened = event(&ids, told.programme, place, WebhookEndpointEvent::Enabled {});
    assert!(told.wants(&happened, None), "all events, if none are named");
    assert!(!endpoint(&ids).wants(&happened, None), "another programme's");
    told.events = BTreeSet::from(["partnership.*".parse().expect("a pattern")]);
    assert!(!told.wants(&happened, None));
    told.events.insert("webhook_endpoint.enabled".parse().expect("a pattern"));
    assert!(told.wants(&happened, None));
    told.partnership = Some(bond);
    assert!(!told.wants(&happened, None) && told.wants(&happened, Some(bond)));
    let (disabled, _) = told.disable(asked()).expect("it was enabled");
    assert!(!disabled.wants(&happened, Some(bond)));
}

#[test]
fn a_ping_is_for_the_endpoint_that_was_pinged_whatever_it_asked_for() {
    let ids = SeededIds::new(1);
    let mut pinged = endpoint(&ids);
    pinged.events = BTreeSet::from(["partnership.*".parse().expect("a pattern")]);
    let other =
        WebhookEndpoint { id: WebhookEndpointId::next(&ids), events: BTreeSet::new(), ..pinged.clone() };
    let ping = event(&ids, pinged.programme, pinged.id.into(), WebhookEndpointEvent::Pinged {});
    assert!(pinged.wants(&ping, None) && !other.wants(&ping, None));
}

#[test]
fn what_is_no_address_is_refused_without_being_repeated() {
    for (url, host) in [
        ("https://hooks.example.org/T0KEN", Some("hooks.example.org")),
        ("https://Hooks.Example.org:8443", Some("hooks.example.org:8443")),
        ("http://10.1.2.3/", Some("10.1.2.3")),
        ("https://[2001:db8::1]/x?y#z", Some("[2001:db8::1]")),
        ("hooks.example.org", None),
        ("https://", None),
        ("https:///T0KEN", None),
        ("https://me:T0KEN@example.org/", None),
        ("ftp://example.org/", None),
        ("https://exa mple.org/", None),
        ("https://example.org/\r\nX: y", None),
    ] {
        let found = host_of(&SecretText::new(url).expect("a text"));
        assert_eq!(found.as_deref().ok(), host, "{url}");
        if let Err(fault) = found {
            assert!(!fault.to_string().contains("T0KEN"), "{fault}");
        }
    }
}

#[test]
fn a_room_of_matrix_has_a_token_and_nothing_else_has() {
    let ids = SeededIds::new(1);
    let token = SecretText::new("syt_1").ok();
    for format in WebhookFormat::ALL {
        let with = WebhookEndpoint { format, token: token.clone(), ..endpoint(&ids) };
        let without = WebhookEndpoint { token: None, ..with.clone() };
        let matrix = format == WebhookFormat::Matrix;
        assert_eq!((with.check().is_ok(), without.check().is_ok()), (matrix, !matrix), "{format}");
    }
}

proptest! {
    /// However it is enabled and disabled: what the table refuses changes nothing, and what it allows is told.
    #[test]
    fn an_endpoint_goes_back_and_forth_between_two_states(steps in prop::collection::vec(any::<bool>(), 0..20)) {
        let ids = SeededIds::new(1);
        let mut now = endpoint(&ids);
        for enable in steps {
            let before = now.state();
            let done = if enable { now.clone().enable() } else { now.clone().disable(asked()) };
            match done {
                Ok((after, happened)) => {
                    prop_assert_ne!(after.state(), before);
                    prop_assert!(EventBody::from(happened).name().starts_with("webhook_endpoint."));
                    now = after;
                }
                Err(refused) => prop_assert_eq!(refused.from, before.as_str()),
            }
        }
    }
}
