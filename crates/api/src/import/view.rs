//! An import as the wire shows it.

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::ImportId;
use sister_cities_domain::value::Name;

#[cfg(feature = "schema")]
use crate::As;

use super::{AnswerBody, ImportKind, ImportStateWord, KeptWord, MappingBody};

/// A run of the import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<ImportId>"))]
    pub id: ImportId,
    /// The revision that it is at.
    pub revision: u32,
    /// What the file holds.
    pub kind: ImportKind,
    /// The SHA-256 of the file, in hexadecimal.
    pub file_sha256: String,
    /// The name that the file came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub file_name: Option<Name>,
    /// How the file is read.
    pub mapping: MappingBody,
    /// What was answered so far.
    pub answers: Vec<AnswerBody>,
    /// How far it is.
    pub state: ImportStateWord,
    /// What the lines come to, once it was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<TallyView>,
    /// How far the work at hand is, while some is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressView>,
    /// What an undo kept.
    #[serde(default)]
    pub kept: Vec<KeptView>,
}

/// How many lines of a file came to what. Every row of the file is in exactly one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Copy, Default)]
pub struct TallyView {
    /// New.
    pub create: u32,
    /// Known already, nothing to add.
    pub same: u32,
    /// Known already, with something to add.
    pub merge: u32,
    /// Waiting for a person.
    pub needs_person: u32,
    /// New, with a place that is kept by its name and not resolved.
    pub kept_unresolved: u32,
    /// Wrong in themselves.
    pub invalid: u32,
    /// Left out by a person, or not data.
    pub skipped: u32,
    /// All rows.
    pub total: u32,
}

/// How far work is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Copy)]
pub struct ProgressView {
    /// Lines done.
    pub done: u64,
    /// Lines in all.
    pub total: u64,
}

/// A record that an undo kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeptView {
    /// What kind of record.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Why.
    pub because: KeptWord,
}
