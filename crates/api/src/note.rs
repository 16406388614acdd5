//! Remarks that people leave on a record.

use serde::{Deserialize, Serialize};
use sister_cities_domain::value::{FreeText, Note, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::checked;

/// A remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// The remark.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<FreeText>"))]
    pub text: FreeText,
    /// Who says so, if not the office itself.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
}

impl NoteBody {
    /// Shows a remark.
    #[must_use]
    pub fn of(note: &Note) -> Self {
        Self { text: note.text.clone(), source: note.source.clone() }
    }
}

impl From<NoteBody> for Note {
    fn from(body: NoteBody) -> Self {
        Self { text: body.text, source: body.source }
    }
}
