//! The journal: every event, in the order in which it was committed.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sister_cities_domain::id::{EventId, RecordRef};
use sister_cities_domain::value::ContentHash;

use crate::audit::Head;
use crate::{RawBody, ReadFuture, Realm, Value};

/// The place of an entry in its realm's journal: 1, 2, 3 … in the order of commits, without gaps.
///
/// A reader that has seen all up to one number never finds a smaller one later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sequence(pub u64);

impl Sequence {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The id of the event at this place, which follows from the place and the time, so that no back end invents ids.
    #[must_use]
    pub fn event_id(self, realm: Realm, at: DateTime<Utc>) -> EventId {
        let digest = Sha256::new()
            .chain_update(b"sister-cities event")
            .chain_update(realm.uuid().as_bytes())
            .chain_update(self.0.to_be_bytes())
            .finalize();
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        let unix_ms = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        EventId::from_uuid(uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An event to be committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEvent {
    /// What it is about.
    pub subject: RecordRef,
    /// Its name, as in `partnership.suspended`.
    pub name: String,
    /// What it tells.
    pub body: RawBody,
}

/// An event as it was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its id.
    pub id: EventId,
    /// Its place in the journal.
    pub sequence: Sequence,
    /// When it was committed, by the clock of the use case.
    pub at: DateTime<Utc>,
    /// Who did it: an actor as JSON.
    pub actor: String,
    /// What it tells, and of what.
    pub event: RawEvent,
    /// What the commit changed in records that were there before: a list of [`RecordChange`](crate::audit::RecordChange) as
    /// JSON; none if nothing. Each stands with the first event about its record, or else with the first of the commit.
    pub changes: Option<String>,
    /// How personal values enter the hash: a list of [`Seal`](crate::audit::Seal) as JSON.
    pub seals: String,
    /// The hash of all this and of the entry before; see [`audit`](crate::audit).
    pub hash: ContentHash,
}

/// Which part of a journal to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalQuery {
    /// Entries after this one.
    pub after: Sequence,
    /// At most so many.
    pub limit: u32,
    /// Only what is about this record.
    pub subject: Option<RecordRef>,
}

impl JournalQuery {
    /// All entries after `after`, `limit` at most.
    #[must_use]
    pub const fn after(after: Sequence, limit: u32) -> Self {
        Self { after, limit, subject: None }
    }

    /// Only those about `subject`.
    #[must_use]
    pub const fn about(self, subject: RecordRef) -> Self {
        Self { subject: Some(subject), ..self }
    }
}

/// The number of a commit in its realm: 1, 2, 3 … in the order of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeNumber(pub u64);

impl ChangeNumber {
    /// Before the first commit.
    pub const START: Self = Self(0);
}

impl fmt::Display for ChangeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<ChangeNumber> for Value {
    fn from(number: ChangeNumber) -> Self {
        Self::Integer(i64::try_from(number.0).unwrap_or(i64::MAX))
    }
}

/// The journals of programmes.
pub trait JournalStore: Send + Sync {
    /// Reads part of the journal.
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>>;

    /// The end of the journal as it is kept beside it; [`Head::START`] if there is no entry.
    fn journal_head(&self, realm: Realm) -> ReadFuture<'_, Head>;
}
