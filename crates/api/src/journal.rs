//! The journal: what happened, in the order of the commits; and the history of one record.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{EventId, RecordRef};
use sister_cities_domain::named_enum;

use crate::programme::ProgrammePath;
use crate::{Page, PageLimit};

crate::endpoints! {
    /// Reads the journal of a programme in the order of the commits.
    ///
    /// Send the greatest `sequence` read so far as `after` to read on, now or later.
    GET "/v1/programmes/{programme}/journal" for JournalRead
    read_journal: ReadJournal(ProgrammePath, query: JournalQuery) -> JournalView;

    /// Reads the history of a record of any kind: each revision, the oldest first, with what it changed.
    ///
    /// What was recorded then is read by `recorded_at` from the record itself.
    GET "/v1/programmes/{programme}/history/{record}" for JournalRead
    read_history: ReadHistory(HistoryPath, query: HistoryQuery) -> Page<RevisionView>;
}

crate::parameters! {
    /// Names a record of any kind in a path.
    pub struct HistoryPath in programme {
        /// The record, which may have been deleted.
        pub record: RecordRef,
    }

    /// Which page.
    #[derive(Default)]
    pub struct HistoryQuery in pages {}

    /// From where to read.
    #[derive(Default)]
    pub struct JournalQuery {
        /// Only events after this one; from the beginning if not given.
        pub after: Option<u64>,
        /// Only events about this record.
        pub record: Option<RecordRef>,
        /// How many events to answer with.
        pub limit: Option<PageLimit>,
    }
}

/// One revision of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionView {
    /// Its number, from 1.
    pub revision: u32,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: serde_json::Value,
    /// What became of the record.
    pub became: BecameWord,
    /// What was changed, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChangeView>,
}

/// A stretch of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JournalView {
    /// The events, oldest first.
    pub items: Vec<EventView>,
    /// What to send as `after` to read on; the same as was sent if there was nothing new.
    pub next_after: u64,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventView {
    /// Its id.
    pub id: EventId,
    /// Its place in the journal; grows, with gaps allowed.
    pub sequence: u64,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: serde_json::Value,
    /// What happened, such as `partnership.suspended`.
    pub name: String,
    /// What kind of record it happened to.
    pub subject_kind: String,
    /// The id of the record that it happened to.
    pub subject: String,
    /// The event's own facts.
    pub body: serde_json::Value,
    /// What the commit changed in records that were there before, field by field. Each record is told of with the first event about
    /// it, or else with the first of the commit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<RecordChangeView>,
}

/// What a commit changed in one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordChangeView {
    /// The id of the record.
    pub record: String,
    /// The revision it was given.
    pub revision: u32,
    /// What differs.
    pub fields: Vec<FieldChangeView>,
}

/// One difference between two revisions of a record.
///
/// Instead of a value that may not be shown stands `{"withheld": "personal"}` or `{"withheld": "sensitive"}`: personal values are shown to
/// those who may read the record too, sensitive ones to nobody here.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChangeView {
    /// Where in the record as it is stored: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What was there; absent if nothing was.
    #[serde(default, deserialize_with = "present")]
    pub old: Option<serde_json::Value>,
    /// What is there now; absent if nothing is.
    #[serde(default, deserialize_with = "present")]
    pub new: Option<serde_json::Value>,
}

/// Keeps a `null` that is there apart from a value that is not.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(deserializer).map(Some)
}

named_enum! {
    /// What became of a record with a revision.
    #[non_exhaustive]
    pub enum Became ("what became of a record") {
        /// It was entered, or entered again.
        Created = "created",
        /// It was changed, or stored again as it was.
        Changed = "changed",
        /// It was deleted.
        Deleted = "deleted",
    }
}

crate::words! {
    /// What became of a record with a revision.
    BecameWord = Became;
}
