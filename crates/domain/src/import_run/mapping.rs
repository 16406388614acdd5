//! How a file is to be read, and what a person decided about its questions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::value::{Period, Source};

/// How a file is to be read where its header does not say enough. Empty means: as recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Column title, or the letter of a column (`C`), to field name or to `ignore`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Field name to a table of values: as written, and as meant.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// How days such as 03/04/2005 are written in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_order: Option<DayOrder>,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The encoding of a text file, by one of its labels, such as `windows-1250`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Where the facts are from, for lines that do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// For which period the log of every partnership in the file is believed complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete_for: Option<Period>,
}

named_enum! {
    /// How a day is written in digits.
    #[expect(clippy::exhaustive_enums, reason = "three numbers with the year at one end have these two")]
    pub enum DayOrder ("an order of day and month") {
        /// 03/04/2005 is 3 April.
        DayFirst = "day_first",
        /// 03/04/2005 is 4 March.
        MonthFirst = "month_first",
    }
}

/// What a person decided about one question of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The line, from 1.
    pub line: u32,
    /// What was asked about: a field name, such as `place` or `kind`.
    pub about: String,
    /// What to do with that field, or with the line.
    pub choice: Choice,
}

/// A decision about a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Choice {
    /// Take this proposal, by its key; or this text, instead of what the cell says.
    Take(String),
    /// Keep the place by its name, unresolved.
    KeepByName,
    /// Leave the field blank.
    LeaveBlank,
    /// Leave the whole line out.
    Skip,
    /// Leave the whole line for later: it is listed until it is dealt with.
    Later,
}

named_enum! {
    /// A [`Choice`] without the proposal that is taken.
    #[non_exhaustive]
    pub enum ChoiceKind ("a choice") of Choice {
        Take = "take",
        KeepByName = "keep_by_name",
        LeaveBlank = "leave_blank",
        Skip = "skip",
        Later = "later",
    }
}
