//! Webhooks: who is told of events by a signed message or a line in a chat, and with what it is signed.

mod endpoint;
mod event;
mod pattern;
mod secret;

pub use endpoint::{
    WebhookDisabled, WebhookDisabledWhy, WebhookEndpoint, WebhookFault, WebhookFormat, WebhookState,
    WebhookStep, host_of,
};
pub use event::WebhookEndpointEvent;
pub use pattern::EventPattern;
pub use secret::{PreviousSecret, SigningSecrets};

use crate::named_enum;

named_enum! {
    /// The shape of what a webhook tells. An endpoint keeps the one it was set up with, so that a new one surprises nobody.
    #[non_exhaustive]
    #[derive(Default)]
    pub enum PayloadVersion ("a version of payloads") {
        /// The name of the event, its time, the record it happened to, and links.
        #[default]
        V1 = "1",
    }
}
