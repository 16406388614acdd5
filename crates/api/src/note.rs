//! Remarks that people leave on a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::value::{FreeText, Note, Source};

/// A remark.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// The remark.
    pub text: FreeText,
    /// Who says so, if not the office itself.
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
