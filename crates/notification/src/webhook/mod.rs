//! Signed webhooks, by the Standard Webhooks specification.

mod channel;

#[cfg(feature = "chat")]
pub(crate) use channel::readable;
pub use channel::{WebhookChannel, WebhookRequest};

#[cfg(test)]
mod tests;
