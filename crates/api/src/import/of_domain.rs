//! How a run of the import is shown.

use sister_cities_domain::import_run::{
    Answer, Choice, DayOrder, ImportContent, ImportRun, ImportState, Kept, KeptBecause, Mapping, Tally,
};

use super::{
    AnswerBody, ChoiceWord, DayOrderWord, ImportKind, ImportStateWord, ImportView, KeptView, KeptWord,
    MappingBody, PeriodBody, ProgressView, TallyView,
};
use crate::meaning::{meanings, plain_meanings};

plain_meanings! {
    ImportKind => ImportContent { Partnerships, Engagements, Coverage }
    DayOrderWord => DayOrder { DayFirst, MonthFirst }
    KeptWord => KeptBecause { TouchedSince, StillNeeded }
}

meanings! {
    ImportStateWord => ImportState { Uploaded, Mapped, DryRun, Approved, Applied, Undone }
    ChoiceWord => Choice { Take, KeepByName, LeaveBlank, Skip }
}

impl ImportView {
    /// Shows a run at a revision, with the progress of the work at hand if there is any.
    #[must_use]
    pub fn of(run: &ImportRun, revision: u32, progress: Option<ProgressView>) -> Self {
        let (tally, kept) = match &run.state {
            ImportState::DryRun { tally, .. }
            | ImportState::Approved { tally, .. }
            | ImportState::Applied { tally, .. } => (Some(TallyView::of(tally)), Vec::new()),
            ImportState::Undone { kept, .. } => (None, kept.iter().map(KeptView::of).collect()),
            ImportState::Uploaded | ImportState::Mapped | _ => (None, Vec::new()),
        };
        Self {
            id: run.id,
            revision,
            kind: ImportKind::of(&run.content),
            file_sha256: run.file.to_string(),
            file_name: run.file_name.clone(),
            mapping: MappingBody::of(&run.mapping),
            answers: run.answers.iter().map(AnswerBody::of).collect(),
            state: ImportStateWord::of(&run.state),
            tally,
            progress,
            kept,
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
            total: tally.total(),
        }
    }
}

impl MappingBody {
    fn of(mapping: &Mapping) -> Self {
        let period = |period: &sister_cities_domain::value::Period| PeriodBody {
            from: period.from(),
            to: period.to(),
        };
        Self {
            columns: mapping.columns.clone(),
            values: mapping.values.clone(),
            day_order: mapping.day_order.as_ref().map(DayOrderWord::of),
            sheet: mapping.sheet.clone(),
            source: mapping.source.clone(),
            complete_for: mapping.complete_for.as_ref().map(period),
        }
    }
}

impl AnswerBody {
    fn of(answer: &Answer) -> Self {
        Self {
            line: answer.line,
            about: answer.about.clone(),
            choice: ChoiceWord::of(&answer.choice),
            take: match &answer.choice {
                Choice::Take(key) => Some(key.clone()),
                Choice::KeepByName | Choice::LeaveBlank | Choice::Skip | _ => None,
            },
        }
    }
}

impl KeptView {
    fn of(kept: &Kept) -> Self {
        Self {
            kind: kept.record.kind.as_str().to_owned(),
            id: kept.record.to_string(),
            because: KeptWord::of(&kept.because),
        }
    }
}
