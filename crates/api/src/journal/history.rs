//! `GET /v1/programmes/{programme}/history/{record}`.

use chrono::{DateTime, Utc};
use http::Method;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::{ProgrammeId, RecordRef};

#[cfg(feature = "schema")]
use crate::As;
use crate::{Access, Cursor, Endpoint, NoBody, Page, PageLimit, Scope};

use super::FieldChangeView;

/// Reads the history of a record of any kind: each revision, the oldest first, with what it changed.
///
/// What was recorded then is read by `recorded_at` from the record itself.
pub enum ReadHistory {}

impl Endpoint for ReadHistory {
    const NAME: &'static str = "read_history";
    const SUMMARY: &'static str =
        "Reads the history of a record of any kind: each revision, the oldest first, with what it changed.";
    const DESCRIPTION: &'static str =
        "What was recorded then is read by `recorded_at` from the record itself.";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/v1/programmes/{programme}/history/{record}";
    const ACCESS: Access = Access::Scope(Scope::JournalRead);
    type Path = HistoryPath;
    type Query = HistoryQuery;
    type Body = NoBody;
    type Reply = Page<RevisionView>;
}

crate::parameters! {
    /// Names a record of any kind in a path.
    pub struct HistoryPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The record, which may have been deleted.
        pub record: RecordRef,
    }
}

crate::parameters! {
    /// Which page.
    #[derive(Default)]
    pub struct HistoryQuery {
        /// How many items to answer with.
        pub limit: Option<PageLimit>,
        /// Where to read on.
        pub cursor: Option<Cursor>,
    }
}

crate::paged!(HistoryQuery);

crate::open_enum! {
    /// What became of a record with a revision.
    pub enum BecameWord ("what became of a record") {
        /// It was entered, or entered again.
        Created = "created",
        /// It was changed, or stored again as it was.
        Changed = "changed",
        /// It was deleted.
        Deleted = "deleted",
    }
}

/// One revision of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RevisionView {
    /// Its number, from 1.
    pub revision: u32,
    /// When it was recorded.
    #[cfg_attr(feature = "schema", schemars(with = "As<DateTime<Utc>>"))]
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub actor: serde_json::Value,
    /// What became of the record.
    pub became: BecameWord,
    /// What was changed, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChangeView>,
}
