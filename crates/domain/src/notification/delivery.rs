//! One message to one recipient by one channel, and each attempt to send it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::cause::{Cause, Rhythm};
use crate::id::{DeliveryId, NotificationId, PartnershipId, RecordRef, uuid_of_text};
use crate::named_enum;

named_enum! {
    /// A way by which messages leave.
    #[non_exhaustive]
    pub enum ChannelKind ("a channel") {
        /// Mail to a person.
        Email = "email",
        /// A call of a webhook, or of the incoming webhook of a chat.
        Webhook = "webhook",
    }
}

named_enum! {
    /// How far a delivery is.
    #[non_exhaustive]
    pub enum DeliveryState ("a state of a delivery") {
        /// To be sent, at its time.
        Ready = "ready",
        /// The receiver took it over.
        Delivered = "delivered",
        /// Given up: it stays, with its reason, until somebody sends it again.
        Dead = "dead",
        /// Not sent, as its cause was gone.
        Cancelled = "cancelled",
    }
}

/// What a delivery carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "content", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryContent {
    /// One notification of a person.
    Notification {
        /// Which.
        notification: NotificationId,
    },
    /// All that a person was told since the digest before.
    Digest {
        /// Whether of a day or of a week.
        rhythm: Rhythm,
        /// The day on which it is sent, in the calendar of the reader.
        day: NaiveDate,
    },
    /// What happened, for a program.
    Event {
        /// The event.
        cause: Cause,
    },
    /// A message that only shows that messages arrive.
    Test {
        /// When it was asked for.
        asked_at: DateTime<Utc>,
    },
}

/// One message to one recipient by one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its id, which follows from what it carries, for whom and by which channel: the idempotency key of each attempt.
    pub id: DeliveryId,
    /// By which channel.
    pub channel: ChannelKind,
    /// To whom: a person, or a receiver of webhooks.
    pub recipient: RecordRef,
    /// What.
    pub content: DeliveryContent,
    /// The partnership that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How far it is.
    pub state: DeliveryState,
    /// Of one that is to be sent: not before. Of another: since when it is so.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// After how many attempts somebody sent it again: from there on the schedule begins anew.
    #[serde(default)]
    pub resent_after: u32,
    /// What went wrong at the last attempt, or why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
}

impl Delivery {
    /// A delivery that is to be sent, not before `due_at`.
    #[must_use]
    pub fn new(
        channel: ChannelKind,
        recipient: RecordRef,
        content: DeliveryContent,
        partnership: Option<PartnershipId>,
        (made_at, due_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        Self {
            id: DeliveryId::of(channel, recipient, &content),
            channel,
            recipient,
            content,
            partnership,
            made_at,
            state: DeliveryState::Ready,
            due_at,
            attempts: 0,
            resent_after: 0,
            last_error: None,
        }
    }
}

impl DeliveryId {
    /// The id of what is sent to a recipient by a channel.
    #[must_use]
    pub fn of(channel: ChannelKind, recipient: RecordRef, content: &DeliveryContent) -> Self {
        let what = match content {
            DeliveryContent::Notification { notification } => notification.to_string(),
            DeliveryContent::Digest { rhythm, day } => format!("digest {rhythm} {day}"),
            DeliveryContent::Event { cause } => cause.key(),
            DeliveryContent::Test { asked_at } => format!("test {}", asked_at.timestamp_micros()),
        };
        Self::from_uuid(uuid_of_text(&format!("{channel} {recipient} {what}")))
    }
}

/// What became of an attempt to send a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AttemptResult {
    /// The receiver took it over.
    Delivered,
    /// Somebody on the way reports that it has not arrived yet, and that they try on.
    Delayed {
        /// What was reported; nothing personal, nothing secret.
        error: String,
    },
    /// It was not tried: its reader does not read at this hour, and it should have left before.
    PutOff {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// It is tried again.
    Retry {
        /// Not before.
        at: DateTime<Utc>,
        /// What went wrong; nothing personal, nothing secret.
        error: String,
    },
    /// It is given up.
    Dead {
        /// What went wrong; nothing personal, nothing secret.
        error: String,
    },
    /// It was not sent, as its cause was gone.
    Cancelled {
        /// What is gone.
        reason: String,
    },
}

impl AttemptResult {
    /// What it makes of the delivery.
    #[must_use]
    pub const fn state(&self) -> DeliveryState {
        match self {
            Self::Delivered | Self::Delayed { .. } => DeliveryState::Delivered,
            Self::PutOff { .. } | Self::Retry { .. } => DeliveryState::Ready,
            Self::Dead { .. } => DeliveryState::Dead,
            Self::Cancelled { .. } => DeliveryState::Cancelled,
        }
    }

    /// When it is tried again, if it is.
    #[must_use]
    pub const fn retry_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Retry { at, .. } | Self::PutOff { until: at } => Some(*at),
            Self::Delivered | Self::Delayed { .. } | Self::Dead { .. } | Self::Cancelled { .. } => None,
        }
    }

    /// Whether the receiver did not take it over.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        matches!(self, Self::Retry { .. } | Self::Dead { .. })
    }

    /// What went wrong, or why it was not sent.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Delivered | Self::PutOff { .. } => None,
            Self::Delayed { error } | Self::Retry { error, .. } | Self::Dead { error } => Some(error),
            Self::Cancelled { reason } => Some(reason),
        }
    }
}

/// An attempt to send a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryAttempt {
    /// Of which delivery.
    pub delivery: DeliveryId,
    /// 1-based number of the attempt.
    pub number: u32,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// The status that the receiver answered with, if it answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What became of it.
    pub result: AttemptResult,
}
