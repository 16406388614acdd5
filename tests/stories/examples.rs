//! The examples of the client crate, as integrators would copy them, against a server that runs.
#![expect(
    clippy::duplicate_mod,
    reason = "the examples share how they connect, and each is a program of its own"
)]

#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/bulk_import.rs"]
mod bulk_import;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/map_page.rs"]
mod map_page;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/mirror_partnerships.rs"]
mod mirror_partnerships;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/post_due.rs"]
mod post_due;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/push_exchanges.rs"]
mod push_exchanges;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/receive_webhook.rs"]
mod receive_webhook;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/report.rs"]
mod report;
#[expect(dead_code, reason = "its `main` reads the environment")]
#[path = "../../crates/client/examples/sync_calendar.rs"]
mod sync_calendar;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::resource::Programme;
use sister_cities_client::test_util::WebhookMessage;
use sister_cities_client::webhook::{SigningSecret, VerifyError};
use sister_cities_client::{SecretString, Versioned};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_tests::{World, json};

/// An office with one partner, by a token that may do what the examples need and no more.
struct Office {
    _world: World,
    programme: Programme,
    partnership: Versioned<PartnershipView>,
}

async fn office() -> Office {
    let world = World::on("2026-11-20").await;
    let host = world.programme("Chicago", "US", 4_887_398).await;
    let admin = world.admin().await.programme(host.id);
    let place = json(&serde_json::json!({
        "names": [{ "text": "Casablanca", "role": "official" }], "country": "MA",
        "point": { "latitude": 33.6, "longitude": -7.6 },
    }));
    let place = admin.places().create(place).await.unwrap().value.id;
    let began = serde_json::json!([{ "date": "1982", "source": "the office's own file" }]);
    let partnership = json(&serde_json::json!({
        "members": [host.host, place], "episode": { "kind": "sister-city", "began": began },
    }));
    let partnership = admin.partnerships().create(partnership).await.unwrap();
    let programme = client(&world, host.id).await;
    Office { _world: world, programme, partnership }
}

async fn client(world: &World, programme: ProgrammeId) -> Programme {
    let scopes = [Scope::ProgrammeRead, Scope::JournalRead, Scope::EngagementWrite, Scope::ImportWrite];
    let token: SecretString = world.token(Some(programme), scopes).await;
    world.client_by(token).programme(programme)
}

#[tokio::test]
async fn exchanges_are_pushed_once_and_stand_in_calendar_and_report() {
    let office = office().await;
    let sheet = "partner,title,focus,direction,start\n\
                 Casablanca,\"Students, second visit\",education,inbound,2026-09-14\n\
                 Casablanca,A chef in residence,culture,outbound,2026-10\n";
    for _ in 0..2 {
        push_exchanges::push(&office.programme, sheet.as_bytes()).await.unwrap();
    }
    let calendar = sync_calendar::calendar(&office.programme).await.unwrap();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "of the other the day is not known: {calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20260914\r\nDTEND;VALUE=DATE:20260915\r\n"), "{calendar}");
    assert!(calendar.contains("SUMMARY:Students\\, second visit\r\n"), "{calendar}");
    let report = report::report(&office.programme).await.unwrap();
    assert!(report.contains("1 partnerships, 1 exchanges in and 1 out."), "{report}");
    assert!(report.contains("Casablanca"), "{report}");
}

#[tokio::test]
async fn partnerships_are_mirrored_at_first_all_and_then_what_changed() {
    let office = office().await;
    let mut mirror = mirror_partnerships::Mirror::default();
    assert_eq!(mirror_partnerships::update(&office.programme, &mut mirror).await.unwrap(), 1);
    assert_eq!(mirror.partnerships[&office.partnership.id], office.partnership.value);
    assert_eq!(mirror_partnerships::update(&office.programme, &mut mirror).await.unwrap(), 0);
}

#[tokio::test]
async fn partners_are_on_the_map_and_what_is_due_is_told() {
    let office = office().await;
    let map = map_page::map(&office.programme).await.unwrap();
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([-7.6, 33.6]), "{map}");
    let message = post_due::message(&office.programme).await.unwrap();
    assert!(message.starts_with("Due:\n- 20"), "{message}");
}

#[tokio::test]
async fn a_list_is_imported_or_waits_for_answers() {
    let office = office().await;
    let list = "City,Country,Since,Kind\nAccra,Ghana,1989,sister-city\n";
    let came = bulk_import::import(&office.programme, list.into()).await.unwrap();
    assert_eq!(came, "1 of 1 lines are new");
}

#[tokio::test]
async fn a_webhook_is_taken_once_and_a_forged_one_never() {
    let office = office().await;
    let secret = SigningSecret::new([7; 32]);
    let programme = office.programme.get().await.unwrap().value.id;
    let now: DateTime<Utc> = "2026-11-30T09:00:00Z".parse().unwrap();
    let message = WebhookMessage::of("partnership.suspended")
        .about(&programme.to_string(), &office.partnership.id.to_string());
    let message = message.signed(std::slice::from_ref(&secret), now);
    let mut seen = BTreeSet::new();
    let mut take = async |secret: &SigningSecret| {
        let secrets = std::slice::from_ref(secret);
        let parts = (message.headers(), &message.body()[..]);
        receive_webhook::take(&office.programme, secrets, parts, now.into(), &mut seen).await
    };
    let forged = take(&SigningSecret::new([8; 32])).await.unwrap_err();
    assert!(forged.is::<VerifyError>(), "{forged}");
    let told = take(&secret).await.unwrap();
    assert_eq!(told.as_deref(), Some("Chicago and Casablanca: partnership.suspended"));
    assert_eq!(take(&secret).await.unwrap(), None);
}
