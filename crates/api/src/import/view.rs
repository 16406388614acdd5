//! What the wire shows of imports, and how it is made of the domain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::ImportId;
use sister_cities_domain::import_run::{Answer, Choice, ImportRun, ImportState, Kept, Mapping, Tally};
use sister_cities_domain::value::Name;

use super::{
    AnswerBody, ImportKind, ImportStateWord, KeptWord, LineVerdictWord, MappingBody, PeriodBody,
    SharedQuestionView,
};

/// One line of a file, and what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportLineView {
    /// The line of the file, from 1.
    pub line: u32,
    /// What it comes to.
    pub verdict: LineVerdictWord,
    /// What it is about, as written: `Accra, Ghana`.
    #[serde(default)]
    pub about: String,
    /// What it says, cell by cell.
    pub cells: Vec<String>,
    /// What applying does with it, in words.
    pub summary: String,
    /// What a person must say, or has said.
    pub questions: Vec<QuestionView>,
    /// What is wrong with it.
    pub faults: Vec<LineFaultView>,
    /// What else should be known about it.
    #[serde(default)]
    pub remarks: Vec<String>,
    /// The records that it makes, changes or is the same as, as far as they exist.
    pub records: Vec<String>,
}

/// A question that a line asks of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionView {
    /// What it is about: the `about` of the answer.
    pub about: String,
    /// The question.
    pub text: String,
    /// What could be taken.
    pub proposals: Vec<ProposalView>,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProposalView {
    /// The `take` of the answer.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Why it is proposed.
    pub reasons: Vec<String>,
}

/// A fault of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineFaultView {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub detail: String,
    /// What would be right.
    pub expected: String,
}

impl ImportView {
    /// How many questions the reply to a dry run holds at most.
    pub const MOST_QUESTIONS: usize = 500;

    /// The same with what is asked.
    #[must_use]
    pub fn with_questions(self, mut questions: Vec<SharedQuestionView>) -> Self {
        questions.truncate(Self::MOST_QUESTIONS);
        Self { questions, ..self }
    }

    /// Shows a run at a revision, with the progress of the work at hand if there is any.
    #[must_use]
    pub fn of(run: &ImportRun, revision: u32, progress: Option<ProgressView>) -> Self {
        let &ImportRun {
            id,
            content,
            file,
            ref file_name,
            ref mapping,
            ref answers,
            ref state,
            programme: _,
        } = run;
        let (tally, kept) = match state {
            ImportState::DryRun { tally, .. }
            | ImportState::Approved { tally, .. }
            | ImportState::Applied { tally, .. } => (Some(TallyView::of(tally)), Vec::new()),
            ImportState::Undone { kept, .. } => (None, kept.iter().map(KeptView::of).collect()),
            ImportState::Uploaded | ImportState::Mapped | _ => (None, Vec::new()),
        };
        Self {
            id,
            revision,
            kind: content.into(),
            file_sha256: file.to_string(),
            file_name: file_name.clone(),
            mapping: MappingBody::of(mapping),
            answers: answers.iter().map(AnswerBody::of).collect(),
            state: state.kind().into(),
            tally,
            progress,
            kept,
            questions: Vec::new(),
        }
    }
}

impl TallyView {
    /// Shows a tally.
    #[must_use]
    pub fn of(tally: &Tally) -> Self {
        Self {
            create: tally.create,
            same: tally.same,
            merge: tally.merge,
            needs_person: tally.needs_person,
            kept_unresolved: tally.kept_unresolved,
            invalid: tally.invalid,
            skipped: tally.skipped,
            later: tally.later,
            total: tally.total(),
        }
    }
}

impl MappingBody {
    fn of(mapping: &Mapping) -> Self {
        let &Mapping {
            day_order,
            ref columns,
            ref values,
            ref sheet,
            ref encoding,
            ref source,
            ref complete_for,
        } = mapping;
        let period = |period: &sister_cities_domain::value::Period| PeriodBody {
            from: period.from(),
            to: period.to(),
        };
        Self {
            columns: columns.clone(),
            values: values.clone(),
            day_order: day_order.map(Into::into),
            sheet: sheet.clone(),
            encoding: encoding.clone(),
            source: source.clone(),
            complete_for: complete_for.as_ref().map(period),
        }
    }
}

impl AnswerBody {
    fn of(answer: &Answer) -> Self {
        Self {
            line: answer.line,
            about: answer.about.clone(),
            choice: answer.choice.kind().into(),
            take: match &answer.choice {
                Choice::Take(key) => Some(key.clone()),
                Choice::KeepByName | Choice::LeaveBlank | Choice::Skip | Choice::Later | _ => None,
            },
        }
    }
}

impl KeptView {
    fn of(kept: &Kept) -> Self {
        Self {
            kind: kept.record.kind.as_str().to_owned(),
            id: kept.record.to_string(),
            because: kept.because.into(),
        }
    }
}

/// How the file of an import was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReportView {
    /// Lines of the file.
    pub lines: u32,
    /// The line of the header.
    pub header_line: u32,
    /// What was found out about encoding, separator and sheet.
    pub notes: Vec<String>,
    /// The columns that are read.
    pub columns: Vec<ReadColumnView>,
    /// The columns that are not.
    pub unread_columns: Vec<UnreadColumnView>,
    /// The lines that are no rows: titles, footers.
    pub asides: Vec<AsideView>,
    /// How many lines are blank.
    pub blank_lines: u32,
    /// What the rows come to.
    pub tally: TallyView,
    /// What a person must say or correct, each question once for all lines that share it; of a log also for which time it is complete,
    /// unless the mapping says so.
    #[serde(default)]
    pub questions: Vec<SharedQuestionView>,
}

/// A column that is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadColumnView {
    /// Its title.
    pub title: String,
    /// The field that it holds.
    pub field: String,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadColumnView {
    /// Its title.
    pub title: String,
    /// In how many rows it holds something.
    pub filled: u32,
}

/// A line that is no row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AsideView {
    /// The line, from 1.
    pub line: u32,
    /// What it was taken for.
    pub kind: String,
    /// What it says.
    pub text: String,
}

/// A run of the import.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportView {
    /// Its id.
    pub id: ImportId,
    /// The revision that it is at.
    pub revision: u32,
    /// What the file holds.
    pub kind: ImportKind,
    /// The SHA-256 of the file, in hexadecimal.
    pub file_sha256: String,
    /// The name that the file came with.
    pub file_name: Option<Name>,
    /// How the file is read.
    pub mapping: MappingBody,
    /// What was answered so far.
    pub answers: Vec<AnswerBody>,
    /// How far it is.
    pub state: ImportStateWord,
    /// What the lines come to, once it was tried.
    pub tally: Option<TallyView>,
    /// How far the work at hand is, while some is.
    pub progress: Option<ProgressView>,
    /// What an undo kept.
    #[serde(default)]
    pub kept: Vec<KeptView>,
    /// In the reply to a dry run, what a person must say or correct, each question once for all lines that share it, at most
    /// [`MOST_QUESTIONS`](Self::MOST_QUESTIONS) of them. The report has them all, whenever it is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<SharedQuestionView>,
}

/// How many lines of a file came to what. Every row of the file is in exactly one of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
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
    /// Left for later by a person.
    #[serde(default)]
    pub later: u32,
    /// All rows.
    pub total: u32,
}

/// How far work is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProgressView {
    /// Lines done.
    pub done: u64,
    /// Lines in all.
    pub total: u64,
}

/// A record that an undo kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeptView {
    /// What kind of record.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Why.
    pub because: KeptWord,
}

/// How much a programme keeps of files, and how much it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeptBytesView {
    /// Bytes of files that were brought in, of what was said of their lines, and of the texts of agreements.
    pub kept: u64,
    /// The most that it may be.
    pub most: u64,
}
