//! Imports: a file, a dry run, a person's answers, and all of it or nothing; then, if need be, back.

mod apply;
mod body;
mod dry_run;
mod get;
mod lines;
mod list;
mod mapping_text;
mod of_domain;
mod path;
mod report;
mod undo;
mod upload;
mod view;
mod words;

pub use apply::{ApplyBody, ApplyImport};
pub use body::{AnswerBody, MappingBody, PeriodBody};
pub use dry_run::{DryRunBody, DryRunImport};
pub use get::GetImport;
pub use lines::{
    ImportLineView, LineFaultView, ListImportLines, ListImportLinesQuery, ProposalView, QuestionView,
};
pub use list::{ListImports, ListImportsQuery};
pub use mapping_text::MappingText;
pub use path::ImportPath;
pub use report::{AsideView, GetImportReport, ImportReportView, ReadColumnView, UnreadColumnView};
pub use undo::UndoImport;
pub use upload::{UploadImport, UploadImportQuery};
pub use view::{ImportView, KeptView, ProgressView, TallyView};
pub use words::{ChoiceWord, DayOrderWord, ImportKind, ImportStateWord, KeptWord, VerdictWord};
