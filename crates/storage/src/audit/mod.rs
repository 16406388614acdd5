//! The audit trail: the journal is only added to, and each entry is chained to the one before by a hash.
//!
//! A hash covers the hash before it, the place in the journal, time, actor, subject, name and version of the event, and a digest
//! of what it tells: the event's body and, for records that were updated, what changed field by field. Personal values
//! enter that digest only as seals ([`Seal`]): a salted digest of the value, whose salt lies beside the entry. Erasing a value together
//! with its salt breaks no hash and leaves nothing to guess at, while everything else stays provable.
//!
//! All of it is computed here, for every back end alike: it gives `chain` the change set, the bodies that were replaced and
//! the [`Head`], and stores what comes back, the new head included, in the same commit. The head is kept beside the
//! journal so that a cut end is noticed; [`verify`] walks the chain.

mod canonical;
mod chain;
mod diff;
mod seal;
mod show;
#[cfg(test)]
mod tests;
mod verify;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::value::ContentHash;

pub(crate) use canonical::parse;
pub(crate) use chain::{Draft, Link, Prepared, Replaced, document_of, links};
pub(crate) use diff::fields as differences;
pub use seal::Seal;
pub(crate) use verify::Walk;
pub use verify::{AuditError, Fault, Verified, verify};

use crate::Sequence;

/// The end of a journal: the place of its last entry and that entry's hash, which vouches for all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The place of the last entry.
    pub sequence: Sequence,
    /// Its hash.
    pub hash: ContentHash,
}

impl Head {
    /// Of an empty journal: nothing, and 32 zero bytes.
    pub const START: Self = Self { sequence: Sequence::START, hash: ContentHash::from_bytes([0; 32]) };
}

/// What an update changed in one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordChange {
    /// The record.
    pub record: RecordRef,
    /// The revision it was given.
    pub revision: u32,
    /// What differs, in the order of the fields' names.
    pub fields: Vec<FieldChange>,
}

/// One difference between two bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Where, as a JSON pointer (RFC 6901): into the new body, or into the old one for what is no longer there.
    pub pointer: String,
    /// What was there; none if nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub old: Option<Json>,
    /// What is there now; none if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub new: Option<Json>,
}

/// Keeps a `null` that is there apart from a value that is not.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}
