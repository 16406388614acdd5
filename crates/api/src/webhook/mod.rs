//! Webhooks: what they tell, how they are signed, and how a receiver verifies them.
//!
//! Signing and verifying (the feature `webhook`) stand side by side, so that server and receivers say it once.

mod endpoint;
mod payload;
mod schema;
#[cfg(feature = "webhook")]
mod secret;
#[cfg(feature = "webhook")]
mod signature;

pub(crate) use endpoint::endpoints;
pub use endpoint::*;
pub use payload::{PAYLOAD_LIMIT, WebhookData, WebhookEvent, WebhookLinks};
pub(crate) use schema::openapi_webhooks;
pub use schema::webhook_schemas;
#[cfg(feature = "webhook")]
pub use secret::{BadSigningSecret, SigningSecret};
#[cfg(feature = "webhook")]
pub use signature::{
    REPLAY_WINDOW, VerifyError, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP, sign, verify,
};
