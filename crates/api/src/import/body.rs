//! What a client says of imports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::import_run::{ChoiceKind, DayOrder};
use sister_cities_domain::value::{PartialDate, Source};
use std::collections::BTreeMap;

use super::{ChoiceWord, DayOrderWord};
use crate::{BodyFault, Shape, TextForm};

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyBody {
    /// Answers to the questions; those given before are replaced if this is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerBody>,
}

/// How a file is to be read where its header does not say enough. Empty means: as recognised.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingBody {
    /// Column title, or the letter of a column (`C`), to field name or to `ignore`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Field name to a table of values: as written, and as meant.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// How days such as 03/04/2005 are written in it.
    #[schemars(with = "Option<DayOrder>")]
    pub day_order: Option<DayOrderWord>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The encoding of a text file, such as `windows-1250`; told by its names if not given.
    pub encoding: Option<String>,
    /// Where the facts are from, for lines that do not say.
    pub source: Option<Source>,
    /// For which period the log of every bond in the file is believed complete.
    pub complete_for: Option<PeriodBody>,
}

/// A period; blank means open.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodBody {
    /// From when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub to: Option<PartialDate>,
}

/// What a person decided about one question of one line.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// The line of the file, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// What was asked about: a field name, such as `place` or `kind`.
    #[schemars(length(min = 1))]
    pub about: String,
    /// What was decided.
    #[schemars(with = "ChoiceKind")]
    pub choice: ChoiceWord,
    /// For `take`: the key of the proposal, or what is right instead of what the cell says: a date, a name.
    pub take: Option<String>,
}

/// How to try an import.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DryRunBody {
    /// How to read the file; as before if not given.
    pub mapping: Option<MappingBody>,
    /// Answers to questions of an earlier try; those given before are replaced if this is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerBody>,
}

/// A mapping as JSON text, for a query.
#[derive(Clone, Debug, PartialEq)]
pub struct MappingText(pub MappingBody);

impl TextForm for MappingText {
    const SHAPE: Shape =
        Shape::text("a mapping as JSON text, for example {\"columns\":{\"Town\":\"place\"}}", "");

    fn parse(text: &str) -> Result<Self, String> {
        crate::json::from_slice(text.as_bytes()).map(Self).map_err(|fault| match fault {
            BodyFault::Invalid(errors) => {
                let faults: Vec<String> = errors.iter().map(ToString::to_string).collect();
                faults.join("; ")
            }
            BodyFault::Malformed { detail } => detail,
            fault @ (BodyFault::MediaType { .. } | BodyFault::Charset { .. }) => fault.to_string(),
        })
    }

    fn render(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}
