//! What happened to webhook endpoints.

use chrono::{DateTime, Utc};

use super::endpoint::{WebhookDisabledWhy, WebhookFormat};
use crate::event::events;

events! {
    /// What happened to a webhook endpoint. The names are stable: subscribers match on them.
    pub enum WebhookEndpointEvent {
        /// It was set up.
        Created = "webhook_endpoint.created" {
            /// The host that is told.
            host: String,
            /// In which form.
            format: WebhookFormat,
        },
        /// Facts about it were changed.
        Changed = "webhook_endpoint.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// Messages are signed with another secret from now on.
        SecretRotated = "webhook_endpoint.secret_rotated" {},
        /// It is told again.
        Enabled = "webhook_endpoint.enabled" {},
        /// It is told no more.
        Disabled = "webhook_endpoint.disabled" {
            /// Why.
            why: WebhookDisabledWhy,
            /// The first failure of those for which it was disabled.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            failing_since: Option<DateTime<Utc>>,
        },
        /// Somebody wants to see whether messages arrive: this one is for the endpoint itself, whatever it asked for.
        Pinged = "webhook_endpoint.pinged" {},
        /// It was removed.
        Deleted = "webhook_endpoint.deleted" {
            /// The host that was told.
            host: String,
        },
    }
}

impl WebhookEndpointEvent {
    /// The name of the event by which messages are tried.
    pub(super) const PINGED: &'static str = Self::Pinged {}.name();
}
