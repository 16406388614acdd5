//! What every channel promises, and how it says what became of a message.

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use sister_cities_domain::id::DeliveryId;

/// A message on its way: what a channel is given to send, and under which id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "embedders make their own in tests of their channels")]
pub struct Sending<M> {
    /// The id of the delivery, the same at each attempt: the idempotency key by which a receiver knows what it has already.
    pub delivery: DeliveryId,
    /// 1-based number of the attempt.
    pub attempt: u32,
    /// When the attempt is made.
    pub at: DateTime<Utc>,
    /// What is to arrive.
    pub message: M,
}

/// The evidence that a message arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "channels of embedders make it")]
pub struct Receipt {
    /// The status that the receiver answered with, as in `204` for a webhook and `250` for a mail server.
    pub status: Option<u16>,
    /// What the receiver said, cut to what a log can hold; nothing personal, nothing secret.
    pub answer: Option<String>,
}

/// Why a message did not arrive. What it says goes into the log of deliveries: nothing personal, nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// It may arrive another time: the receiver was not reached, was busy, or said so.
    #[error("{detail}")]
    Temporary {
        /// What went wrong.
        detail: String,
        /// The status that the receiver answered with, if it answered.
        status: Option<u16>,
        /// After how long the receiver wants to be asked again, if it said so.
        retry_after: Option<TimeDelta>,
    },
    /// It will never arrive: the receiver refuses this message.
    #[error("{detail}")]
    Permanent {
        /// What was refused.
        detail: String,
        /// The status that the receiver answered with, if it answered.
        status: Option<u16>,
    },
    /// Nothing will ever arrive there: the address does not exist, or its owner wants no more.
    #[error("{detail}")]
    Gone {
        /// How that is known.
        detail: String,
        /// The status that the receiver answered with, if it answered.
        status: Option<u16>,
    },
}

impl SendError {
    /// It may arrive another time.
    #[must_use]
    pub fn temporary(detail: impl Into<String>) -> Self {
        Self::Temporary { detail: detail.into(), status: None, retry_after: None }
    }

    /// The status that the receiver answered with, if it answered.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Temporary { status, .. } | Self::Permanent { status, .. } | Self::Gone { status, .. } => {
                *status
            }
        }
    }
}

/// What became of an attempt, when it is known.
pub type SendFuture<'a> = BoxFuture<'a, Result<Receipt, SendError>>;

/// A way to get a message to where it is read.
///
/// What an implementation promises:
///
/// - `Ok` means that the receiver took it over, not merely that it was written to a socket.
/// - It sends once for each call, does not wait between attempts, and keeps no queue of its own: when to try again is decided, and kept, by the
///   caller.
/// - Each call ends within the channel's own limit of time and memory, whatever the receiver does.
/// - [`Sending::delivery`] reaches the receiver such that a second attempt can be told from a second message.
/// - Errors say what to do next, and hold neither secrets nor anything of a person.
/// - A future that is dropped may have sent the message.
pub trait Channel: Send + Sync + Debug {
    /// What it sends.
    type Message: Send;

    /// Sends a message, once.
    ///
    /// # Errors
    ///
    /// [`SendError`]; what it is decides whether and when the message is sent again.
    fn send(&self, sending: Sending<Self::Message>) -> SendFuture<'_>;
}

impl<C: Channel + ?Sized> Channel for Arc<C> {
    type Message = C::Message;

    fn send(&self, sending: Sending<Self::Message>) -> SendFuture<'_> {
        self.as_ref().send(sending)
    }
}
