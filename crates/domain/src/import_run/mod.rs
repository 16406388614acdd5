//! One run of the import: a file, how it is to be read, what a person decided, and how far it is.
//!
//! `Uploaded → Mapped → DryRun → Approved → Applied → Undone (fully or partly)`. Until it is applied, a run has changed
//! nothing but itself; it may be mapped and tried as often as one likes. What it touched is kept with it, each record with the
//! revision it had and the one it was given, so that an undo can tell what a person has touched since.

mod event;
mod mapping;
mod tally;

use serde::{Deserialize, Serialize};

pub use event::{ImportEvent, PreparedState};
pub use mapping::{Answer, Choice, ChoiceKind, DayOrder, Mapping};
pub use tally::Tally;

use crate::id::{ImportId, ProgrammeId, RecordRef};
use crate::named_enum;
use crate::value::{ContentHash, Name};

/// A run of the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct ImportRun {
    /// The id of the run.
    pub id: ImportId,
    /// The programme into which the file goes.
    pub programme: ProgrammeId,
    /// What the file holds.
    pub content: ImportContent,
    /// The file, by its content.
    pub file: ContentHash,
    /// The name it came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<Name>,
    /// How it is to be read.
    #[serde(default)]
    pub mapping: Mapping,
    /// What a person decided about its questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// How far it is.
    pub state: ImportState,
}

named_enum! {
    /// What a file holds.
    #[non_exhaustive]
    pub enum ImportContent ("a kind of file") {
        /// A list of partner places.
        Partnerships = "partnerships",
        /// A log of exchanges.
        Engagements = "engagements",
        /// For which periods the log of each partnership is believed complete.
        Coverage = "coverage",
        /// An address book: a list of people, or a file of vCards.
        Persons = "persons",
    }
}

/// How far a run is. Each state carries just the facts that hold in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ImportState {
    /// The file is here.
    Uploaded,
    /// Somebody said how to read it.
    Mapped,
    /// It was tried; nothing was written.
    DryRun {
        /// What came of each line.
        report: ContentHash,
        /// How many lines came to what.
        tally: Tally,
    },
    /// Every question is answered.
    Approved {
        /// How many lines came to what.
        tally: Tally,
    },
    /// It is in the programme.
    Applied {
        /// What came of each line.
        report: ContentHash,
        /// How many lines came to what.
        tally: Tally,
        /// What it touched, in the order in which it did.
        touched: Vec<Touched>,
    },
    /// It was taken back.
    Undone {
        /// What came of each line when it was applied.
        report: ContentHash,
        /// In numbers, as it was applied.
        tally: Tally,
        /// What could not be taken back; empty if all was.
        kept: Vec<Kept>,
    },
}

named_enum! {
    /// An [`ImportState`] without its facts.
    #[non_exhaustive]
    pub enum ImportStateKind ("a state of an import") of ImportState {
        Uploaded = "uploaded",
        Mapped = "mapped",
        DryRun = "dry_run",
        Approved = "approved",
        Applied = "applied",
        Undone = "undone",
    }
}

/// A record that a run created or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// The record that was created, changed or kept.
    pub record: RecordRef,
    /// The revision it had before, if it was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
    /// The revision the run gave it.
    pub after: u32,
}

/// A record that an undo left in place, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The record that was created, changed or kept.
    pub record: RecordRef,
    /// Why it could not be taken back.
    pub because: KeptBecause,
}

named_enum! {
    /// Why an undo left a record in place.
    #[non_exhaustive]
    pub enum KeptBecause ("a reason to keep") {
        /// A person, or another import, has changed it since.
        TouchedSince = "touched_since",
        /// Something that stays refers to it.
        StillNeeded = "still_needed",
    }
}

/// What is asked of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImportAction {
    /// Say how to read it.
    Map,
    /// Read every line and say what it comes to, without writing.
    DryRun,
    /// Say that every question is answered.
    Approve,
    /// Write what the lines come to.
    Apply,
    /// Take back what was written, as far as nobody has touched it since.
    Undo,
}

impl ImportAction {
    const fn done(self) -> &'static str {
        match self {
            Self::Map => "mapped",
            Self::DryRun => "tried",
            Self::Approve => "approved",
            Self::Apply => "applied",
            Self::Undo => "undone",
        }
    }
}

/// A refused transition: says what was asked, and of what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportTransitionError {
    /// The run is not where the action begins.
    #[error("import {id} cannot be {} while {from}", .action.done())]
    NotFrom {
        /// The run that stays as it is.
        id: ImportId,
        /// The step that was asked for.
        action: ImportAction,
        /// The state that it is in: `dry_run`.
        from: &'static str,
    },
    /// Lines wait for a person or are wrong.
    #[error("import {id} has {open} lines that need a decision; answer or skip them")]
    OpenQuestions {
        /// The run that stays as it is.
        id: ImportId,
        /// How many lines wait for an answer or are wrong.
        open: u32,
    },
}

impl ImportRun {
    /// A run whose file has just come in.
    #[must_use]
    pub fn upload(
        id: ImportId,
        programme: ProgrammeId,
        content: ImportContent,
        file: ContentHash,
        file_name: Option<Name>,
    ) -> (Self, ImportEvent) {
        let run = Self {
            id,
            programme,
            content,
            file,
            file_name,
            mapping: Mapping::default(),
            answers: Vec::new(),
            state: ImportState::Uploaded,
        };
        (run, ImportEvent::Uploaded { content, file })
    }

    /// Says how to read the file; earlier answers are dropped, as they were about other readings.
    ///
    /// # Errors
    ///
    /// [`ImportTransitionError::NotFrom`] once it is applied.
    pub fn map(self, mapping: Mapping) -> Result<(Self, ImportEvent), ImportTransitionError> {
        self.still_open(ImportAction::Map)?;
        let run = Self { mapping, answers: Vec::new(), state: ImportState::Mapped, ..self };
        Ok((run, ImportEvent::Prepared { state: PreparedState::Mapped }))
    }

    /// Notes what a dry run came to.
    ///
    /// # Errors
    ///
    /// [`ImportTransitionError::NotFrom`] once it is applied.
    pub fn dry_run(
        self,
        report: ContentHash,
        tally: Tally,
    ) -> Result<(Self, ImportEvent), ImportTransitionError> {
        self.still_open(ImportAction::DryRun)?;
        let run = Self { state: ImportState::DryRun { report, tally }, ..self };
        Ok((run, ImportEvent::Prepared { state: PreparedState::DryRun }))
    }

    /// What the journal tells when it is taken out.
    #[must_use]
    pub const fn deleted(&self) -> ImportEvent {
        ImportEvent::Deleted { content: self.content, file: self.file }
    }

    /// Approves it with a person's answers. `tally` is that of a plan with these answers.
    ///
    /// # Errors
    ///
    /// [`ImportTransitionError::OpenQuestions`] while lines wait or are wrong, [`ImportTransitionError::NotFrom`] unless it
    /// was tried before.
    pub fn approve(
        self,
        answers: Vec<Answer>,
        tally: Tally,
    ) -> Result<(Self, ImportEvent), ImportTransitionError> {
        match &self.state {
            ImportState::DryRun { .. } | ImportState::Approved { .. } => {}
            ImportState::Uploaded
            | ImportState::Mapped
            | ImportState::Applied { .. }
            | ImportState::Undone { .. } => return Err(self.not_from(ImportAction::Approve)),
        }
        if tally.open() > 0 {
            return Err(ImportTransitionError::OpenQuestions { id: self.id, open: tally.open() });
        }
        let run = Self { answers, state: ImportState::Approved { tally }, ..self };
        Ok((run, ImportEvent::Prepared { state: PreparedState::Approved }))
    }

    /// Notes what applying it touched.
    ///
    /// # Errors
    ///
    /// [`ImportTransitionError::NotFrom`] unless it is approved.
    pub fn apply(
        self,
        report: ContentHash,
        tally: Tally,
        touched: Vec<Touched>,
    ) -> Result<(Self, ImportEvent), ImportTransitionError> {
        match &self.state {
            ImportState::Approved { .. } => {}
            ImportState::Uploaded
            | ImportState::Mapped
            | ImportState::DryRun { .. }
            | ImportState::Applied { .. }
            | ImportState::Undone { .. } => return Err(self.not_from(ImportAction::Apply)),
        }
        let run = Self { state: ImportState::Applied { report, tally, touched }, ..self };
        Ok((run, ImportEvent::Applied { tally }))
    }

    /// Notes that it was taken back, but for what is listed.
    ///
    /// # Errors
    ///
    /// [`ImportTransitionError::NotFrom`] unless it is applied.
    pub fn undo(self, kept: Vec<Kept>) -> Result<(Self, ImportEvent), ImportTransitionError> {
        let (report, tally) = match &self.state {
            ImportState::Applied { report, tally, .. } => (*report, *tally),
            ImportState::Uploaded
            | ImportState::Mapped
            | ImportState::DryRun { .. }
            | ImportState::Approved { .. }
            | ImportState::Undone { .. } => return Err(self.not_from(ImportAction::Undo)),
        };
        let event = ImportEvent::Undone { kept: u32::try_from(kept.len()).unwrap_or(u32::MAX) };
        Ok((Self { state: ImportState::Undone { report, tally, kept }, ..self }, event))
    }

    /// What came of each line, as of its latest dry run or its application; none if it was not tried.
    #[must_use]
    pub const fn report(&self) -> Option<ContentHash> {
        match &self.state {
            ImportState::DryRun { report, .. }
            | ImportState::Applied { report, .. }
            | ImportState::Undone { report, .. } => Some(*report),
            ImportState::Uploaded | ImportState::Mapped | ImportState::Approved { .. } => None,
        }
    }

    fn still_open(&self, action: ImportAction) -> Result<(), ImportTransitionError> {
        match &self.state {
            ImportState::Uploaded
            | ImportState::Mapped
            | ImportState::DryRun { .. }
            | ImportState::Approved { .. } => Ok(()),
            ImportState::Applied { .. } | ImportState::Undone { .. } => Err(self.not_from(action)),
        }
    }

    fn not_from(&self, action: ImportAction) -> ImportTransitionError {
        ImportTransitionError::NotFrom { id: self.id, action, from: self.state.kind().as_str() }
    }
}

#[cfg(test)]
mod tests;
