//! From event and due work to delivered message, with the evidence.
//!
//! Events of the journal and due items become *notifications* (who should know), these become *deliveries* (one for each cause, recipient and
//! channel), and each delivery is tried until it arrives or is given up, every *attempt* on record. Delivery is at least once: the
//! id of the delivery is the idempotency key of each attempt to send it, as `Message-ID` and as `webhook-id`.
//!
//! Each [`Channel`] is a feature and can be replaced by an embedder's own, or in tests by one that sends nothing and remembers everything.

#[cfg(feature = "calendar")]
pub mod calendar;
mod channel;
#[cfg(feature = "chat")]
pub mod chat;
#[cfg(feature = "email")]
pub mod email;
pub mod message;
#[cfg(feature = "webhook")]
pub mod outbound;
pub mod pipeline;
#[cfg(feature = "received-mail")]
pub mod received;
pub mod schedule;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(feature = "webhook")]
pub mod webhook;
pub mod words;

pub use channel::{Channel, Receipt, SendError, SendFuture, Sending};
