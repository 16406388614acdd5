//! What somebody is told, before it is put into words: facts, why they are told, and where they can look.
//!
//! Each message is data. Which sentences of the catalogues say it, and with which arguments, follows from its type; what a
//! catalogue lacks is found by a test and by `cargo xtask codegen messages --check`.

mod change;
mod link;
mod reminder;
mod sentence;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sister_cities_domain::named_enum;
use sister_cities_domain::value::{LanguageTag, Name, Title};

pub use change::{Change, ChangeFacts};
pub use link::{InvalidLink, ProductAddress, ProductLink, ProductPath};
pub use reminder::{DueFacts, Reminder, ReminderStage};
pub use sentence::{Argument, Begins, Declared, DeclaredArgument, Part};
pub(crate) use sentence::{IntoArgument, Sentence, sentences};

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message {
    /// Something is due.
    Reminder(Reminder),
    /// Something changed that they follow.
    Change(Change),
    /// What is due and what changed since the last such message.
    Digest(Digest),
    /// What became of a webhook endpoint of theirs.
    Endpoint(EndpointFacts),
    /// What became of an address of somebody.
    Address(AddressFacts),
    /// Somebody tries whether messages arrive.
    Test(TestFacts),
    /// A calendar invitation, its update or its end; the calendar itself goes beside it.
    Invitation(Invitation),
}

named_enum! {
    /// What sort of message it is.
    #[non_exhaustive]
    pub enum MessageKind ("a kind of message") of Message {
        Reminder = "reminder",
        Change = "change",
        Digest = "digest",
        Endpoint = "endpoint",
        Address = "address",
        Test = "test",
        Invitation = "invitation",
    }
}

sentences! {
    /// What became of a webhook endpoint.
    pub enum EndpointFacts under "endpoint-" with &[Part::Subject, Part::Text, Part::ToDo]; {
        /// It has not taken anything for a while, and will be disabled if that goes on.
        Failing = "failing" {
            /// What the endpoint is called.
            endpoint: Name,
            /// Since when nothing has arrived.
            since: DateTime<Utc>,
            /// When it will be disabled.
            disabled_at: DateTime<Utc>,
        },
        /// It was disabled.
        Disabled = "disabled" {
            /// What the endpoint is called.
            endpoint: Name,
            /// Since when nothing has arrived.
            since: DateTime<Utc>,
        },
    }
}

sentences! {
    /// What became of an address.
    pub enum AddressFacts under "address-" with &[Part::Subject, Part::Text, Part::ToDo]; {
        /// A mail server takes no mail there.
        Refused = "refused" {
            /// Whose address it is.
            person: Name,
        },
    }
}

sentences! {
    /// A try.
    pub enum TestFacts under "test-" with &[Part::Subject, Part::Text]; {
        /// Somebody sent a message to see that it arrives.
        Sent = "sent" {
            /// When that was.
            sent_at: DateTime<Utc>,
        },
    }
}

sentences! {
    /// What an invitation says.
    pub enum InvitationFacts under "invitation-" with &[Part::Subject, Part::Text]; {
        /// The reader is asked to come.
        Asked = "asked" {
            /// What it is, in a line.
            title: Title,
            /// When it begins.
            begins: Begins,
        },
        /// Something about it changed.
        Changed = "changed" {
            /// What it is, in a line.
            title: Title,
            /// When it begins now.
            begins: Begins,
        },
        /// It does not take place.
        Cancelled = "cancelled" {
            /// What it was, in a line.
            title: Title,
            /// When it would have begun.
            begins: Begins,
        },
    }
}

/// A calendar invitation, its update or its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Invitation {
    /// What it says.
    pub facts: InvitationFacts,
    /// Where it takes place, if that is said.
    pub place: Option<Name>,
}

/// What is due and what changed, in one message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Digest {
    /// How often the reader has one.
    pub rhythm: DigestRhythm,
    /// The day on which it is sent, in the reader's zone.
    pub day: NaiveDate,
    /// What it says, partnership by partnership.
    pub groups: Vec<DigestGroup>,
}

impl Digest {
    /// How many things it tells. Nobody is sent one that tells nothing.
    #[must_use]
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.due.len() + group.changes.len()).sum()
    }
}

named_enum! {
    /// How often somebody has a digest.
    #[non_exhaustive]
    pub enum DigestRhythm ("a rhythm of digests") {
        /// Each day.
        Daily = "daily",
        /// Each week.
        Weekly = "weekly",
    }
}

sentences! {
    /// What a digest says before it says anything.
    pub(crate) enum DigestFacts under "digest-" with &[Part::Subject, Part::Text]; {
        /// It is sent each day.
        Daily = "daily" {
            /// How many things it tells.
            count: u32,
            /// The day on which it is sent.
            day: NaiveDate,
        },
        /// It is sent each week.
        Weekly = "weekly" {
            /// How many things it tells.
            count: u32,
            /// The day on which it is sent.
            day: NaiveDate,
        },
    }
}

/// What a digest says of one partnership or committee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct DigestGroup {
    /// What the partner city or committee is called; `None` for what belongs to none.
    pub name: Option<Name>,
    /// Where it is shown.
    pub open: Option<ProductPath>,
    /// What is due.
    pub due: Vec<Reminder>,
    /// What changed.
    pub changes: Vec<Change>,
}

sentences! {
    /// Why somebody is told.
    pub enum Reason under "reason-" with &[Part::Value]; {
        /// It is theirs to do.
        Owner = "owner" {},
        /// Nobody has answered, and they stand behind whoever was to do it.
        Escalation = "escalation" {},
        /// They run the office of the programme.
        Desk = "desk" {
            /// What the programme is called.
            programme: Name,
        },
        /// They follow a partnership.
        FollowsPartnership = "follows-partnership" {
            /// The partner city.
            partner: Name,
        },
        /// They are in a committee, or follow it.
        FollowsCommittee = "follows-committee" {
            /// What the committee is called.
            committee: Name,
        },
        /// They asked for digests.
        Digest = "digest" {
            /// What the programme is called.
            programme: Name,
        },
        /// They asked to be told of such things.
        Subscribed = "subscribed" {
            /// What the programme is called.
            programme: Name,
        },
        /// A webhook endpoint is theirs.
        EndpointOwner = "endpoint-owner" {
            /// What the endpoint is called.
            endpoint: Name,
        },
        /// They asked for a try.
        Asked = "asked" {},
        /// They are invited.
        Invited = "invited" {
            /// Who invites.
            organiser: Name,
        },
    }
}

/// A message for one reader, with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Letter {
    /// What they are told.
    pub message: Message,
    /// Why they are told.
    pub reason: Reason,
    /// Who tells: the programme's name.
    pub programme: Name,
    /// Where they can look, if there is such a page.
    pub open: Option<ProductPath>,
    /// Where they can say that they want no more of it; `None` for what nobody can refuse.
    pub unsubscribe: Option<ProductPath>,
}

/// Who reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "whoever tells says all of it")]
pub struct Reader {
    /// What they are called, if they have a name: an office has none.
    pub name: Option<Name>,
    /// The languages that they read, the best first.
    pub languages: Vec<LanguageTag>,
    /// By whose clock they live.
    pub zone: Tz,
}

#[cfg(test)]
mod tests;
