//! What one person is told.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::reminder::ReminderStage;
use crate::due::DueKind;
use crate::id::{
    DeliveryId, DueId, NotificationId, PartnershipId, PersonId, RecordKind, RecordRef, uuid_of_text,
};
use crate::named_enum;

named_enum! {
    /// When somebody wants to be told.
    #[non_exhaustive]
    pub enum Rhythm ("a rhythm of messages") {
        /// At once, in the hours in which they read.
        AtOnce = "at_once",
        /// Once a day, all together.
        Daily = "daily",
        /// Once a week, all together.
        Weekly = "weekly",
        /// Never by a message; it stands in the inbox.
        Never = "never",
    }
}

/// What somebody is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// Something that was committed.
    Event {
        /// Its place in the journal of the programme.
        sequence: u64,
        /// Its name, as in `partnership.suspended`.
        name: String,
        /// The record it happened to.
        subject: RecordRef,
    },
    /// Something that is due.
    Reminder {
        /// The item: what its id follows from is its rule, its record and its day.
        item: DueId,
        /// The rule that says it is due.
        rule: DueKind,
        /// The record it is about.
        subject: RecordRef,
        /// The day by which it is to be done.
        due_on: NaiveDate,
        /// Which reminder of the item it is.
        stage: ReminderStage,
    },
    /// A receiver of webhooks does not answer.
    ReceiverFailing {
        /// The receiver.
        receiver: RecordRef,
        /// Since when.
        since: DateTime<Utc>,
        /// Whether it was switched off for it.
        disabled: bool,
    },
    /// A mail server takes no mail at an address of a person.
    AddressRefused {
        /// Whose address.
        person: PersonId,
        /// Since when.
        since: DateTime<Utc>,
    },
}

impl Cause {
    /// The record that it is about.
    #[must_use]
    pub fn subject(&self) -> RecordRef {
        match self {
            Self::Event { subject, .. } | Self::Reminder { subject, .. } => *subject,
            Self::ReceiverFailing { receiver, .. } => *receiver,
            Self::AddressRefused { person, .. } => (*person).into(),
        }
    }

    /// The due item, if it is about one.
    #[must_use]
    pub const fn due_item(&self) -> Option<DueId> {
        match self {
            Self::Reminder { item, .. } => Some(*item),
            Self::Event { .. } | Self::ReceiverFailing { .. } | Self::AddressRefused { .. } => None,
        }
    }

    /// What makes it another cause than all others of its programme. Of what is shared, than those of the programme with which it is shared, too.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Event { sequence, subject, .. } if subject.kind == RecordKind::Share => {
                format!("event {sequence} of {subject}")
            }
            Self::Event { sequence, .. } => format!("event {sequence}"),
            Self::Reminder { item, stage, .. } => format!("reminder {item} {stage}"),
            Self::ReceiverFailing { receiver, since, disabled } => {
                let what = if *disabled { "disabled" } else { "failing" };
                format!("{what} {receiver} {}", since.timestamp_micros())
            }
            Self::AddressRefused { person, since } => {
                format!("address of {person} {}", since.timestamp_micros())
            }
        }
    }
}

/// By which rule somebody is told: what the message says as its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// It is theirs to do.
    Owner,
    /// They hold a role in the committee or organisation that is to do it.
    Holder,
    /// Nobody was named, or nobody could be reached, and they are the desk of the programme.
    Desk,
    /// It stayed undone, and the policy of the programme tells them then.
    Escalation,
    /// They asked for it.
    Subscription {
        /// The subscription.
        subscription: RecordRef,
    },
    /// They are invited to it.
    Invited,
}

impl Why {
    /// Whether it is the reader's own, and not something that they only follow or see to for others.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        match self {
            Self::Owner | Self::Holder | Self::Escalation | Self::Invited => true,
            Self::Desk | Self::Subscription { .. } => false,
        }
    }
}

/// What one person is told, and whether they have read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Its id, which follows from the cause and the person.
    pub id: NotificationId,
    /// Who is told.
    pub person: PersonId,
    /// Of what.
    pub cause: Cause,
    /// Why they are.
    pub why: Why,
    /// The partnership that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The digest that tells it together with others; none if it comes by itself, or by no message at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<DeliveryId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When they read it, if they have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<DateTime<Utc>>,
}

impl NotificationId {
    /// The id of what a person is told of a cause.
    #[must_use]
    pub fn of(cause: &Cause, person: PersonId) -> Self {
        Self::from_uuid(uuid_of_text(&format!("{} {person}", cause.key())))
    }
}
