//! What the index holds of a record.

use serde_json::Value as Json;
use sister_cities_domain::id::RecordRef;

use super::text::words_of;
use crate::catalogue::describe;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::{ChangeSet, RawRecord};

/// The words that a record is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Which record.
    pub(crate) record: RecordRef,
    /// Sorted, each once, with a space between two; empty if it is found by none, or gone.
    pub(crate) words: String,
    /// Whether the record is stored anew, so that the index holds nothing of it yet.
    pub(crate) is_new: bool,
}

/// The entry of a record with that body, as of a new one; none if records of its kind are not searched.
pub(crate) fn entry(record: RecordRef, json: &str) -> Option<Entry> {
    let description = describe(record.kind);
    if description.search.fields.is_empty() {
        return None;
    }
    let body: Json = serde_json::from_str(json).unwrap_or_default();
    Some(Entry { record, words: words_of(description, &body).join(" "), is_new: true })
}

/// The entries of all records that a change set writes, and empty ones of those that it deletes, in the order in which they are
/// applied.
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) fn entries(changes: &ChangeSet) -> Vec<Entry> {
    let searched = |record: &RecordRef| !describe(record.kind).search.fields.is_empty();
    let deleted = changes.deletes().iter().map(|(record, _)| *record).filter(searched);
    let deleted = deleted.map(|record| Entry { record, words: String::new(), is_new: false });
    let all = |raw: &RawRecord| entry(raw.record, &raw.body.json);
    let updated = changes.updates().iter().filter_map(|(raw, _)| Some(Entry { is_new: false, ..all(raw)? }));
    deleted.chain(updated).chain(changes.creates().iter().filter_map(all)).collect()
}
