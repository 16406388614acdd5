//! What an import says about a file: one outcome for each line, with what is asked, what is wrong and what would be right.

pub(crate) mod stored;

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sister_cities_domain::id::RecordRef;
use sister_cities_domain::import_run::Tally;
use sister_cities_domain::value::FreeText;

use crate::import::cells::fields::Field;
use crate::import::cells::fold::visible;
use crate::tabular::{Account, Table};

/// The report of a dry run or of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How the file was read.
    pub file: FileReport,
    /// One entry for each row, in the file's order.
    pub lines: Vec<LineReport>,
    /// In numbers.
    pub tally: Tally,
}

/// How a file was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Lines of the file.
    pub lines: u32,
    /// The line of the header.
    pub header_line: u32,
    /// Encoding, separator, sheet.
    pub notes: Vec<String>,
    /// Columns that are read: the title and the field.
    pub columns: Vec<(String, String)>,
    /// Columns that are not: the title, and how many rows have something there.
    pub unread_columns: Vec<(String, u32)>,
    /// Lines that are no rows: line, what it was taken for, what it says. Blank lines are only counted.
    pub asides: Vec<(u32, String, String)>,
    /// Blank lines.
    pub blank_lines: u32,
}

/// What comes of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineReport {
    /// Its line in the file, from 1.
    pub line: u32,
    /// What it is about, as written: `Accra, Ghana`.
    pub about: String,
    /// What it says, cell by cell.
    pub cells: Vec<String>,
    /// The records it makes, changes or is the same as.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordRef>,
    /// What comes of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What else should be known about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// What comes of a row: exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// New.
    Create {
        /// What it makes, in words.
        what: String,
    },
    /// Known already, and nothing to add.
    Same {
        /// The record.
        record: RecordRef,
        /// The earlier line of the same file that says it, if it is that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_line: Option<u32>,
    },
    /// Known already, with something to add.
    Merge {
        /// The record.
        record: RecordRef,
        /// What is added, field by field.
        adds: Vec<Addition>,
    },
    /// A person must decide.
    NeedsPerson {
        /// What is asked.
        questions: Vec<Question>,
    },
    /// New, with a place that is kept by its name because no place of the world was found for it.
    KeptUnresolved {
        /// What it makes, in words.
        what: String,
        /// Why no place was found.
        because: String,
    },
    /// Wrong in itself.
    Invalid {
        /// What is wrong, and what would be right.
        problems: Vec<Problem>,
    },
    /// Left out by a person.
    Skipped,
    /// Left for later by a person: it is listed until it is dealt with.
    Later,
}

impl Outcome {
    /// Whether a person must say something, or correct it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self {
            Self::NeedsPerson { .. } | Self::Invalid { .. } => true,
            Self::Create { .. }
            | Self::Same { .. }
            | Self::Merge { .. }
            | Self::KeptUnresolved { .. }
            | Self::Skipped
            | Self::Later => false,
        }
    }

    /// The word for it in reports and on the wire.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Same { .. } => "same",
            Self::Merge { .. } => "merge",
            Self::NeedsPerson { .. } => "needs_person",
            Self::KeptUnresolved { .. } => "kept_unresolved",
            Self::Invalid { .. } => "invalid",
            Self::Skipped => "skipped",
            Self::Later => "later",
        }
    }

    pub(crate) fn count(&self, tally: &mut Tally) {
        let counter = match self {
            Self::Create { .. } => &mut tally.create,
            Self::Same { .. } => &mut tally.same,
            Self::Merge { .. } => &mut tally.merge,
            Self::NeedsPerson { .. } => &mut tally.needs_person,
            Self::KeptUnresolved { .. } => &mut tally.kept_unresolved,
            Self::Invalid { .. } => &mut tally.invalid,
            Self::Skipped => &mut tally.skipped,
            Self::Later => &mut tally.later,
        };
        *counter += 1;
    }
}

/// Something a row adds to a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// The field.
    pub field: String,
    /// What is added, in words.
    pub text: String,
}

impl Addition {
    pub(crate) fn to(field: Field, text: impl Into<String>) -> Self {
        Self { field: field.as_str().to_owned(), text: text.into() }
    }
}

/// A question to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it is about: a field name; answers name it.
    pub about: String,
    /// The question in words.
    pub asks: String,
    /// What could be meant, best first.
    pub proposals: Vec<Proposal>,
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What an answer takes: see [`Choice::Take`](sister_cities_domain::import_run::Choice::Take).
    pub key: String,
    /// It in words.
    pub text: String,
    /// Why it is proposed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The line.
    pub line: u32,
    /// The field, or `row` for the row's form.
    pub field: String,
    /// What is wrong.
    pub detail: String,
    /// What would be right.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}; expected {}", self.line, self.field, self.detail, self.expected)
    }
}

impl FileReport {
    pub(crate) fn of(table: &Table, columns: &crate::import::cells::columns::Columns) -> Self {
        let Account { blanks, .. } = table.account();
        let title = |index: usize| table.columns.get(index).map(|c| visible(&c.title)).unwrap_or_default();
        let filled = |index: usize| table.rows.iter().filter(|row| !row.cell(index).is_empty()).count();
        Self {
            lines: table.lines,
            header_line: table.header_line,
            notes: table.notes.iter().map(ToString::to_string).collect(),
            columns: columns
                .read()
                .into_iter()
                .map(|(index, field)| (title(index), field.as_str().to_owned()))
                .collect(),
            unread_columns: columns
                .unread
                .iter()
                .map(|(index, title)| (visible(title), u32::try_from(filled(*index)).unwrap_or(u32::MAX)))
                .collect(),
            asides: table
                .asides
                .iter()
                .filter(|aside| !aside.text.is_empty())
                .map(|aside| (aside.line, aside.kind.as_str().to_owned(), visible(&aside.text)))
                .collect(),
            blank_lines: blanks,
        }
    }
}

impl fmt::Display for Report {
    /// The report as a person reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        writeln!(f, "{} lines, header in line {}; {}", file.lines, file.header_line, file.notes.join("; "))?;
        let read: Vec<String> =
            file.columns.iter().map(|(title, field)| format!("{title} → {field}")).collect();
        writeln!(f, "columns: {}", read.join(", "))?;
        for (title, filled) in &file.unread_columns {
            writeln!(f, "column not read: {title:?} ({filled} rows have something there)")?;
        }
        for (line, kind, text) in &file.asides {
            writeln!(f, "line {line} is a {kind}: {text}")?;
        }
        if file.blank_lines > 0 {
            writeln!(f, "blank lines: {}", file.blank_lines)?;
        }
        for line in &self.lines {
            write!(f, "{line}")?;
        }
        let t = &self.tally;
        writeln!(
            f,
            "{} rows: {} create, {} same, {} merge, {} need a person, {} kept by name, {} invalid, {} skipped, {} left for later",
            t.total(),
            t.create,
            t.same,
            t.merge,
            t.needs_person,
            t.kept_unresolved,
            t.invalid,
            t.skipped,
            t.later
        )
    }
}

impl fmt::Display for LineReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut more = String::new();
        let head = match &self.outcome {
            Outcome::Create { what } => format!("create: {what}"),
            Outcome::Same { first_line: Some(first), .. } => format!("same as line {first}"),
            Outcome::Same { first_line: None, .. } => "same as existing".to_owned(),
            Outcome::Merge { adds, .. } => {
                for add in adds {
                    let _ = writeln!(more, "      {}: {}", add.field, add.text);
                }
                "merge into existing".to_owned()
            }
            Outcome::NeedsPerson { questions } => {
                for question in questions {
                    let _ = writeln!(more, "      {}: {}", question.about, question.asks);
                    for proposal in &question.proposals {
                        let why = if proposal.reasons.is_empty() {
                            String::new()
                        } else {
                            format!(" ({})", proposal.reasons.join("; "))
                        };
                        let _ = writeln!(more, "        [{}] {}{why}", proposal.key, proposal.text);
                    }
                }
                "needs a person".to_owned()
            }
            Outcome::KeptUnresolved { what, because } => {
                format!("kept by name, unresolved: {what}; {because}")
            }
            Outcome::Invalid { problems } => {
                for problem in problems {
                    let _ = writeln!(
                        more,
                        "      {}: {}; expected {}",
                        problem.field, problem.detail, problem.expected
                    );
                }
                "invalid".to_owned()
            }
            Outcome::Skipped => "skipped".to_owned(),
            Outcome::Later => "left for later".to_owned(),
        };
        writeln!(f, "{:>5}  {}: {head}", self.line, self.about)?;
        f.write_str(&more)?;
        for remark in &self.remarks {
            writeln!(f, "      note: {remark}")?;
        }
        Ok(())
    }
}

/// Collects what a row comes to while it is being looked at.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) questions: Vec<Question>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) remarks: Vec<String>,
    /// What the record itself should say, as a note.
    pub(crate) kept: Vec<FreeText>,
}

impl Findings {
    /// Whether nothing is wrong and nothing is asked.
    pub(crate) fn is_clear(&self) -> bool {
        self.questions.is_empty() && self.problems.is_empty()
    }

    pub(crate) fn problem(
        &mut self,
        line: u32,
        field: Field,
        detail: impl fmt::Display,
        expected: impl fmt::Display,
    ) {
        self.problems.push(Problem {
            line,
            field: field.as_str().to_owned(),
            detail: detail.to_string(),
            expected: expected.to_string(),
        });
    }

    /// Remarks on something that must not get lost: it is kept as a note of the record.
    pub(crate) fn keep(&mut self, remark: String) {
        self.kept.extend(FreeText::new(&remark).ok());
        self.remarks.push(remark);
    }

    pub(crate) fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }
}
