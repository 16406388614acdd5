//! What happened is told to webhooks: once, only what was asked for, and to the owner if it does not arrive.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use sister_cities_app::IdempotentReply;
use sister_cities_app::clock::Clock as _;
use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{PersonId, WebhookEndpointId};
use sister_cities_domain::notification::DeliveryState;
use sister_cities_domain::value::SecretText;
use sister_cities_domain::webhook::{
    PayloadVersion, SigningSecrets, WebhookDisabledWhy, WebhookEndpoint, WebhookFormat,
};
use sister_cities_notification::SendError;
use sister_cities_notification::chat::ChatMessage;
use sister_cities_notification::pipeline::WebhookLanes;
use sister_cities_notification::testing::RecordingChannel;
use sister_cities_notification::webhook::WebhookRequest;
use sister_cities_storage::notification::{DeliveryQuery, Resend};

use crate::office::{Office, instant};

struct Receivers {
    office: Office,
    calls: Arc<RecordingChannel<WebhookRequest>>,
    chats: Arc<RecordingChannel<ChatMessage>>,
}

impl Receivers {
    async fn at(now: &str) -> (Self, PersonId) {
        let (mut office, owner) = Office::at(now).await;
        let calls = Arc::new(RecordingChannel::default());
        let chats = Arc::new(RecordingChannel::default());
        let database = office.app.database().clone();
        let base_url = "https://partner.um.warszawa.example";
        let lanes = WebhookLanes::new(database, Arc::clone(&calls), Arc::clone(&chats), base_url);
        office.pipeline = office.pipeline.clone().with_channel(lanes);
        (Self { office, calls, chats }, owner)
    }

    async fn endpoint(
        &self,
        format: WebhookFormat,
        events: &[&str],
        owner: Option<PersonId>,
    ) -> WebhookEndpointId {
        let secret =
            format!("whsec_{}", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [7; 32]));
        let secret = SecretText::new(secret).expect("a secret");
        let url = SecretText::new("https://hooks.example.org/sister-cities").expect("an address");
        let id = WebhookEndpointId::next(self.office.app.ids());
        let endpoint = WebhookEndpoint {
            id,
            programme: self.office.programme,
            host: "hooks.example.org".to_owned(),
            url,
            token: None,
            format,
            events: events.iter().map(|event| event.parse().expect("a pattern")).collect(),
            partnership: None,
            payload_version: PayloadVersion::V1,
            description: None,
            owner,
            secrets: (format == WebhookFormat::Standard).then(|| SigningSecrets::first(secret)),
            disabled: None,
        };
        let (app, caller) = (&self.office.app, Caller::system());
        app.create_webhook_endpoint(&caller, endpoint, IdempotentReply::NONE).await.expect("an endpoint");
        id
    }

    /// Does what a worker does.
    async fn work(&self) {
        self.office.pipeline.tell().await.expect("told");
        self.office.pipeline.send().await.expect("sent");
    }

    fn told(&self) -> Vec<String> {
        let name = |body: &[u8]| {
            let body: serde_json::Value = serde_json::from_slice(body).expect("JSON");
            body["type"].as_str().expect("a name").to_owned()
        };
        self.calls.sent().iter().map(|call| name(&call.message.body)).collect()
    }

    async fn endpoint_now(&self, id: WebhookEndpointId) -> WebhookEndpoint {
        let store = self.office.app.database().programme(self.office.programme);
        store.get::<WebhookEndpoint>(id).await.expect("a read").expect("an endpoint").value
    }
}

/// P15, P16, R23.
#[tokio::test]
async fn an_event_is_told_once_to_whoever_asked_for_it_with_ids_and_links_alone() {
    let (receivers, _) = Receivers::at("2026-11-30T10:00:00Z").await;
    receivers.endpoint(WebhookFormat::Standard, &["partnership.*"], None).await;
    receivers.endpoint(WebhookFormat::Slack, &["place.created"], None).await;
    receivers.office.sister("Berlin").await;
    for _ in 0..3 {
        receivers.work().await;
    }
    assert_eq!(receivers.told(), ["partnership.agreed"]);
    let call = &receivers.calls.sent()[0];
    let body = String::from_utf8(call.message.body.to_vec()).expect("text");
    assert!(!body.contains("Berlin"), "{body}");
    assert!(body.contains("https://partner.um.warszawa.example/v1/programmes/prg_"), "{body}");
    let chats = receivers.chats.sent();
    assert_eq!(chats.len(), 1);
    assert_eq!(chats[0].message.text.title, "Place created");
    let query = DeliveryQuery { limit: 10, ..DeliveryQuery::default() };
    let store = receivers.office.app.database().notifications();
    let kept = store.deliveries(receivers.office.programme.into(), query).await.expect("a page").items;
    let ids: BTreeSet<_> = kept.iter().map(|delivery| delivery.id).collect();
    assert_eq!(ids, BTreeSet::from([call.delivery, chats[0].delivery]));
    assert!(kept.iter().all(|delivery| delivery.state == DeliveryState::Delivered), "{kept:?}");
}

/// P18: the same id at each attempt, at the times of the schedule; what is given up can be sent again.
#[tokio::test]
async fn what_does_not_arrive_comes_again_under_the_same_id_and_can_be_replayed() {
    let (receivers, _) = Receivers::at("2026-11-30T10:00:00Z").await;
    let id = receivers.endpoint(WebhookFormat::Standard, &["partnership.*"], None).await;
    for _ in 0..2 {
        receivers.calls.answer_next(Err(SendError::temporary("reset")));
    }
    receivers.office.sister("Berlin").await;
    receivers.work().await;
    assert_eq!(receivers.calls.sent().len(), 1);
    for minutes in [1, 10] {
        receivers.office.clock.set(receivers.office.clock.now() + TimeDelta::minutes(minutes));
        receivers.work().await;
    }
    let sent = receivers.calls.sent();
    assert_eq!(sent.iter().map(|call| call.attempt).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(sent.iter().all(|call| call.delivery == sent[0].delivery));
    let store = receivers.office.app.database().notifications();
    let since = instant("2026-11-30T00:00:00Z");
    let realm = receivers.office.programme.into();
    let again = store.resend(realm, Resend::MadeSince(id.into(), since), receivers.office.clock.now()).await;
    assert_eq!(again, Ok(1));
    receivers.work().await;
    assert_eq!(
        receivers.calls.sent().last().map(|call| (call.delivery, call.attempt)),
        Some((sent[0].delivery, 4))
    );
}

/// P18: the owner hears of it after a day, and the endpoint is disabled after five.
#[tokio::test]
async fn the_owner_of_an_endpoint_that_fails_is_told_before_it_is_disabled() {
    let (receivers, owner) = Receivers::at("2026-11-30T10:00:00Z").await;
    receivers.office.person(owner, "Anna Żak", &["en"], None).await;
    let id = receivers.endpoint(WebhookFormat::Standard, &["partnership.*"], Some(owner)).await;
    for _ in 0..100 {
        receivers.calls.answer_next(Err(SendError::temporary("refused")));
    }
    receivers.office.sister("Berlin").await;
    let mut subjects = Vec::new();
    for hour in 0..150 {
        // Each is tried for three days, so that something is tried at every time.
        for (at, called) in [(60, "Praha"), (118, "Wien")] {
            if hour == at {
                receivers.office.sister(called).await;
            }
        }
        receivers.work().await;
        let mails = receivers.office.mails.sent();
        if mails.len() > subjects.len() {
            subjects.push((hour, mails.last().expect("a mail").message.subject.to_string()));
        }
        receivers.office.clock.set(receivers.office.clock.now() + TimeDelta::hours(1));
    }
    let disabled = receivers.endpoint_now(id).await.disabled.expect("disabled");
    assert_eq!(disabled.why, WebhookDisabledWhy::Failing);
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects[0].0 >= 24 && subjects[0].0 < 60, "{subjects:?}");
    assert!(subjects[1].0 >= 120, "{subjects:?}");
    assert!(subjects.iter().all(|(_, subject)| subject.contains("hooks.example.org")), "{subjects:?}");
}

/// P18: at once, and nothing more is tried.
#[tokio::test]
async fn an_endpoint_that_is_gone_is_disabled_at_once() {
    let (receivers, _) = Receivers::at("2026-11-30T10:00:00Z").await;
    let id = receivers.endpoint(WebhookFormat::Standard, &["partnership.*"], None).await;
    let gone = SendError::Gone { detail: "410".to_owned(), status: Some(410) };
    receivers.calls.answer_next(Err(gone));
    receivers.office.sister("Berlin").await;
    receivers.work().await;
    assert_eq!(receivers.endpoint_now(id).await.disabled.map(|how| how.why), Some(WebhookDisabledWhy::Gone));
    receivers.office.sister("Praha").await;
    receivers.work().await;
    assert_eq!(receivers.calls.sent().len(), 1);
}
