//! Records as the ports carry them: bodies as JSON text, columns as values in the order of the catalogue.

use std::fmt;
use std::num::NonZeroU32;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::Value;

/// How often a record has been changed, counted from 1. Never used twice for one id, not even after a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(NonZeroU32);

impl Revision {
    /// The revision of a record that was just created.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The revision of that number; none for 0.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        match NonZeroU32::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// Its number, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0.get()
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The one before it; none if it is the first.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        Self::new(self.number() - 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A body: JSON text and the version of its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawBody {
    /// The version of the shape; a reader brings older ones up to its own.
    pub version: u16,
    /// The JSON text.
    pub json: String,
}

/// A record to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// Which record.
    pub record: RecordRef,
    /// The values of the catalogue's columns, in its order.
    pub columns: Vec<Value>,
    /// The members of the catalogue's sets, in its order; doubles are stored once.
    pub sets: Vec<Vec<Value>>,
    /// All of it.
    pub body: RawBody,
}

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    /// Its id; the kind is the one asked for.
    pub id: Uuid,
    /// The revision it is at.
    pub revision: Revision,
    /// All of it.
    pub body: RawBody,
}

/// One revision of a record, now or in the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRevision {
    /// Which revision.
    pub revision: Revision,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it: an actor as JSON.
    pub actor: String,
    /// What was recorded; none if the record was deleted then.
    pub body: Option<RawBody>,
}

/// The name of a document: the SHA-256 of its bytes.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> ContentHash {
    use sha2::Digest as _;
    ContentHash::from_bytes(sha2::Sha256::digest(bytes).into())
}

/// How many records of each kind a realm has.
pub type Counts = std::collections::BTreeMap<RecordKind, u64>;
