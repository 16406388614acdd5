//! Signed webhooks, by the Standard Webhooks specification.

mod channel;

pub use channel::{WebhookChannel, WebhookRequest};

#[cfg(test)]
mod tests;
