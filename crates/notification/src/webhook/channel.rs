//! Sends an event to an endpoint, signed with the endpoint's secrets.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sister_cities_api::webhook::{
    SigningSecret, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, WebhookEvent, sign,
};
use sister_cities_domain::webhook::WebhookEndpoint;

use crate::outbound::{OutboundClient, OutboundRequest};
use crate::{Channel, SendError, SendFuture, Sending};

/// What is sent to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the worker and embedders make it")]
pub struct WebhookRequest {
    /// Where to.
    pub url: String,
    /// With what it is signed: the secret in use, for a while after a rotation the one before it too.
    pub secrets: Vec<SigningSecret>,
    /// The payload: JSON, thin (R23).
    pub body: Bytes,
}

impl WebhookRequest {
    /// What an endpoint of the form `standard` is sent of a payload, signed with the secrets that are valid at that moment.
    ///
    /// # Errors
    ///
    /// [`SendError::Temporary`] if what is secret of the endpoint cannot be read, as without the installation's master key.
    pub fn of(
        endpoint: &WebhookEndpoint,
        payload: &WebhookEvent,
        now: DateTime<Utc>,
    ) -> Result<Self, SendError> {
        readable(endpoint)?;
        let valid = endpoint.secrets.iter().flat_map(|secrets| secrets.valid_at(now));
        let parsed: Result<Vec<SigningSecret>, _> = valid.map(|secret| secret.expose().parse()).collect();
        let secrets = parsed.ok().filter(|secrets| !secrets.is_empty()).ok_or_else(unreadable)?;
        Ok(Self { url: endpoint.url.expose().to_owned(), secrets, body: payload.to_body().into() })
    }
}

/// Whether what is secret of an endpoint was decrypted.
pub(crate) fn readable(endpoint: &WebhookEndpoint) -> Result<(), SendError> {
    endpoint.check().map_err(|_| unreadable())
}

fn unreadable() -> SendError {
    let detail =
        "the address and the secrets of the endpoint cannot be read: has this server its master key?"
            .to_owned();
    SendError::Temporary { detail, status: None, retry_after: None }
}

/// Sends webhooks. The id of the delivery is the `webhook-id`, the same at each attempt (P15).
#[derive(Clone, Debug)]
pub struct WebhookChannel {
    client: OutboundClient,
}

impl WebhookChannel {
    /// Sends by this client.
    #[must_use]
    pub const fn new(client: OutboundClient) -> Self {
        Self { client }
    }
}

impl Channel for WebhookChannel {
    type Message = WebhookRequest;

    fn send(&self, sending: Sending<WebhookRequest>) -> SendFuture<'_> {
        let Sending { delivery, attempt: _, at, message: WebhookRequest { url, secrets, body } } = sending;
        let id = delivery.to_string();
        let signature = sign(&secrets, &id, at, &body);
        let value = |text: &str| HeaderValue::from_str(text).expect("ids, numbers and base64 are ASCII");
        let headers = HeaderMap::from_iter([
            (HeaderName::from_static(WEBHOOK_ID), value(&id)),
            (HeaderName::from_static(WEBHOOK_TIMESTAMP), HeaderValue::from(at.timestamp())),
            (HeaderName::from_static(WEBHOOK_SIGNATURE), value(&signature)),
        ]);
        let secrets = secrets.iter().map(SigningSecret::expose).collect();
        let request = OutboundRequest { method: Method::POST, url, headers, body, secrets };
        async move { self.client.send(request, at).await }.boxed()
    }
}
