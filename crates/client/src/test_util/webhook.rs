//! Messages as the server sends them to a webhook, signed.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Method, Request};
use serde_json::{Value, json};
use sister_cities_api::webhook::{SigningSecret, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, sign};

/// A message to a webhook, to try a receiver with.
///
/// ```
/// use sister_cities_client::test_util::WebhookMessage;
/// use sister_cities_client::webhook::{SigningSecret, verify};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let secret: SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
/// let now = "2026-11-30T09:00:00Z".parse()?;
/// let request = WebhookMessage::of("partnership.suspended").signed(&[secret.clone()], now);
/// let event = verify(&[secret], request.headers(), request.body(), now)?;
/// assert_eq!(event.name, "partnership.suspended");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct WebhookMessage {
    id: String,
    event: String,
    programme: String,
    subject: String,
}

impl WebhookMessage {
    /// A message of that event, such as `partnership.suspended`.
    #[must_use]
    pub fn of(event: &str) -> Self {
        Self {
            id: "dlv_01h455vb4pex5vsknk084sn02q".to_owned(),
            event: event.to_owned(),
            programme: "prg_01h455vb4pex5vsknk084sn02q".to_owned(),
            subject: "prt_01h455vb4pex5vsknk084sn02q".to_owned(),
        }
    }

    /// The same with this `webhook-id`, by which a receiver knows a message that it has already.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
    }

    /// The same about that record of that programme, by their ids.
    #[must_use]
    pub fn about(mut self, programme: &str, subject: &str) -> Self {
        programme.clone_into(&mut self.programme);
        subject.clone_into(&mut self.subject);
        self
    }

    /// The request as it arrives, sent at that moment and signed with each of the secrets.
    ///
    /// # Panics
    ///
    /// If the id is not allowed in a header.
    #[must_use]
    pub fn signed(&self, secrets: &[SigningSecret], at: DateTime<Utc>) -> Request<Bytes> {
        let body = Bytes::from(self.body(at).to_string());
        Request::builder()
            .method(Method::POST)
            .uri("/")
            .header(WEBHOOK_ID, &self.id)
            .header(WEBHOOK_TIMESTAMP, at.timestamp())
            .header(WEBHOOK_SIGNATURE, sign(secrets, &self.id, at, &body))
            .body(body)
            .expect("an id that may stand in a header")
    }

    fn body(&self, at: DateTime<Utc>) -> Value {
        json!({
            "type": self.event, "timestamp": at, "version": "1",
            "data": { "id": "evt_01h455vb4pex5vsknk084sn02q", "programme": self.programme, "subject": self.subject },
        })
    }
}
