//! Imports: a file, a dry run, a person's answers, and all of it or nothing; then, if need be, back.

mod body;
mod question;
mod view;

pub use body::{AnswerBody, ApplyBody, DryRunBody, MappingBody, MappingText, PeriodBody};
pub use question::SharedQuestionView;
pub use view::{
    AsideView, ImportLineView, ImportReportView, ImportView, KeptBytesView, KeptView, LineFaultView,
    ProgressView, ProposalView, QuestionView, ReadColumnView, TallyView, UnreadColumnView,
};

use chrono::NaiveDate;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::id::{ImportId, PartnershipId};
use sister_cities_domain::import_run::{ChoiceKind, DayOrder, ImportContent, ImportStateKind, KeptBecause};
use sister_cities_domain::named_enum;
use sister_cities_domain::value::{ContentHash, Name};

use crate::programme::ProgrammePath;
use crate::{FileUpload, Moment, NoContent, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists the imports of a programme, the latest first.
    GET "/v1/programmes/{programme}/imports" for ProgrammeRead
    list_imports: ListImports(ProgrammePath, query: ListImportsQuery) -> Page<ImportView>;

    /// Uploads a file to import; nothing is written but the file.
    POST "/v1/programmes/{programme}/imports" for ImportWrite
    upload_import: UploadImport(ProgrammePath, query: UploadImportQuery, body: FileUpload) -> 201 ImportView, ETag;

    /// Reads one import, with the progress of the work at hand.
    GET "/v1/programmes/{programme}/imports/{import}" for ProgrammeRead
    get_import: GetImport(ImportPath, query: RecordedQuery) -> ImportView, ETag;

    /// Says for each line what applying would do, and writes nothing.
    POST "/v1/programmes/{programme}/imports/{import}/dry-run" for ImportWrite
    dry_run_import: DryRunImport(ImportPath, body: DryRunBody) -> ImportView | Conflict | QuotaFull, ETag;

    /// Lists the lines of an import with what each comes to, in the order of the file.
    GET "/v1/programmes/{programme}/imports/{import}/lines" for ProgrammeRead
    list_import_lines: ListImportLines(ImportPath, query: ListImportLinesQuery) -> Page<ImportLineView> | Conflict;

    /// Says how the file of an import was read, so that nothing in it is lost silently, and what is open.
    ///
    /// Each question stands once for all lines that share it.
    GET "/v1/programmes/{programme}/imports/{import}/report" for ProgrammeRead
    get_import_report: GetImportReport(ImportPath) -> ImportReportView | Conflict;

    /// Writes an import, all of it or nothing.
    ///
    /// Refused with 409 while a line needs a person. Applying the same file twice changes nothing the second
    /// time.
    POST "/v1/programmes/{programme}/imports/{import}/apply" for ImportWrite
    apply_import: ApplyImport(ImportPath, body: ApplyBody) -> ImportView | Conflict | QuotaFull, ETag;

    /// Takes an import back; what somebody has touched since is kept and listed.
    POST "/v1/programmes/{programme}/imports/{import}/undo" for ImportWrite
    undo_import: UndoImport(ImportPath) -> ImportView | Conflict, ETag;

    /// Takes an import out, with its file and what was said of its lines.
    ///
    /// What it brought into the programme stays, and can then no longer be taken back as a whole. An import that nobody applied goes by
    /// itself after 90 days.
    DELETE "/v1/programmes/{programme}/imports/{import}" for ImportWrite
    delete_import: DeleteImport(ImportPath) -> 204 NoContent, IfMatch;

    /// Says how much a programme keeps of files, and how much it may.
    GET "/v1/programmes/{programme}/kept-bytes" for ProgrammeRead
    get_kept_bytes: GetKeptBytes(ProgrammePath) -> KeptBytesView;
}

crate::parameters! {
    /// Names an import in a path.
    pub struct ImportPath in programme {
        /// The import.
        pub import: ImportId,
    }

    /// Which lines.
    #[derive(Default)]
    pub struct ListImportLinesQuery in pages {
        /// Only lines that come to one of these.
        pub verdict: Vec<Verdict>,
    }

    /// Which imports to list, and which page.
    #[derive(Default)]
    pub struct ListImportsQuery in pages {
        /// Only those that are so far.
        pub state: Option<ImportStateKind>,
        /// Only those that bring in this.
        pub content: Option<ImportContent>,
        /// Only those of the file with this SHA-256, in hexadecimal.
        pub file: Option<ContentHash>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// What the file is.
    pub struct UploadImportQuery {
        /// What it holds.
        pub kind: ImportContent,
        /// The name that it has, for people.
        pub file_name: Option<Name>,
        /// How it is to be read, if its header does not say enough: a mapping as JSON text.
        pub mapping: Option<MappingText>,
        /// Of a calendar (`text/calendar`): the partnership whose engagements its events are. A calendar names one, no other file does.
        pub partnership: Option<PartnershipId>,
        /// Of a calendar: what all of it was about; by the categories of its events if not given.
        pub focus: Option<Focus>,
        /// Of a calendar: from which day on its events are taken; all of them if not given.
        pub since: Option<NaiveDate>,
    }
}

impl UploadImportQuery {
    /// A file that holds this, and of which no more is said.
    #[must_use]
    pub const fn of(kind: ImportContent) -> Self {
        Self { kind, file_name: None, mapping: None, partnership: None, focus: None, since: None }
    }
}

named_enum! {
    /// What a line of a file comes to.
    #[non_exhaustive]
    pub enum Verdict ("a verdict") {
        /// New.
        Create = "create",
        /// Known already, nothing to add.
        Same = "same",
        /// Known already, with something to add.
        Merge = "merge",
        /// A person must say.
        NeedsPerson = "needs_person",
        /// New, with a place kept by its name and not resolved.
        KeptUnresolved = "kept_unresolved",
        /// Wrong in itself.
        Invalid = "invalid",
        /// Left out by a person, or not data: a title, a footer.
        Skipped = "skipped",
        /// Left for later by a person; listed until it is dealt with.
        Later = "later",
    }
}

crate::words! {
    /// What a file holds.
    ImportKind = ImportContent;
    /// How far an import is.
    ImportStateWord = ImportStateKind;
    /// What a line of a file comes to.
    LineVerdictWord = Verdict;
    /// What a person decided about a question.
    ChoiceWord = ChoiceKind;
    /// How days such as 03/04/2005 are written.
    DayOrderWord = DayOrder;
    /// Why an undo kept a record.
    KeptWord = KeptBecause;
}
