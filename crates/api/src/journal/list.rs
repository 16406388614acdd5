//! `GET /v1/programmes/{programme}/journal`.

use chrono::{DateTime, Utc};
use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{EventId, RecordRef};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Endpoint, NoBody, PageLimit, Scope};

use crate::programme::ProgrammePath;

/// Reads the journal of a programme in the order of the commits.
///
/// Send the greatest `sequence` read so far as `after` to read on, now or later.
pub enum ReadJournal {}

impl Endpoint for ReadJournal {
    const NAME: &'static str = "read_journal";
    const SUMMARY: &'static str = "Reads the journal of a programme in the order of the commits.";
    const DESCRIPTION: &'static str =
        "Send the greatest `sequence` read so far as `after` to read on, now or later.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/journal";
    const ACCESS: Access = Access::Scope(Scope::JournalRead);
    type Path = ProgrammePath;
    type Query = JournalQuery;
    type Body = NoBody;
    type Reply = JournalView;
}

crate::parameters! {
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

/// A stretch of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JournalView {
    /// The events, oldest first.
    pub items: Vec<EventView>,
    /// What to send as `after` to read on; the same as was sent if there was nothing new.
    pub next_after: u64,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<EventId>"))]
    pub id: EventId,
    /// Its place in the journal; grows, with gaps allowed.
    pub sequence: u64,
    /// When it was committed.
    #[cfg_attr(feature = "schema", schemars(with = "As<DateTime<Utc>>"))]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldChangeView {
    /// Where in the record as it is stored: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What was there; absent if nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub old: Option<serde_json::Value>,
    /// What is there now; absent if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub new: Option<serde_json::Value>,
}

/// Keeps a `null` that is there apart from a value that is not.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(deserializer).map(Some)
}
