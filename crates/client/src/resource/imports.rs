//! The imports of a programme: a file, a dry run, a person's answers, then all of it or nothing.

use sister_cities_api::domain::id::{ImportId, ProgrammeId};
use sister_cities_api::import::{
    ApplyBody, ApplyImport, DryRunBody, DryRunImport, GetImport, GetImportReport, ImportPath,
    ListImportLines, ListImportLinesQuery, ListImports, ListImportsQuery, UndoImport, UploadImport,
    UploadImportQuery,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{FileUpload, NoBody, NoParameters, RecordedQuery};

use crate::{Call, Client, List, Tagged};

/// The imports of one programme.
#[derive(Clone, Debug)]
pub struct Imports {
    client: Client,
    programme: ProgrammeId,
}

impl Imports {
    pub(crate) fn new(client: Client, programme: ProgrammeId) -> Self {
        Self { client, programme }
    }

    /// Lists the imports, the latest first.
    pub fn list(&self, query: ListImportsQuery) -> List<ListImports> {
        self.client.list(ProgrammePath { programme: self.programme }, query)
    }

    /// Uploads a file; nothing is written but the file.
    pub fn upload(&self, query: UploadImportQuery, file: FileUpload) -> Call<UploadImport, Tagged> {
        self.client.call_versioned(ProgrammePath { programme: self.programme }, query, file)
    }

    /// Reads one import, with the progress of the work at hand.
    pub fn get(&self, import: ImportId) -> Call<GetImport, Tagged> {
        self.get_as_of(import, RecordedQuery::default())
    }

    /// Reads one import as it had been recorded at a moment.
    pub fn get_as_of(&self, import: ImportId, times: RecordedQuery) -> Call<GetImport, Tagged> {
        self.client.call_versioned(self.path(import), times, NoBody)
    }

    /// Says for each line what applying would do, and writes nothing.
    pub fn dry_run(&self, import: ImportId, body: DryRunBody) -> Call<DryRunImport, Tagged> {
        self.client.call_versioned(self.path(import), NoParameters, body)
    }

    /// Lists the lines with what each comes to, in the order of the file.
    pub fn lines(&self, import: ImportId, query: ListImportLinesQuery) -> List<ListImportLines> {
        self.client.list(self.path(import), query)
    }

    /// Says how the file was read, so that nothing in it is lost silently.
    pub fn report(&self, import: ImportId) -> Call<GetImportReport> {
        self.client.call(self.path(import), NoParameters, NoBody)
    }

    /// Writes the import, all of it or nothing.
    pub fn apply(&self, import: ImportId, body: ApplyBody) -> Call<ApplyImport, Tagged> {
        self.client.call_versioned(self.path(import), NoParameters, body)
    }

    /// Takes the import back; what somebody has touched since is kept and listed.
    pub fn undo(&self, import: ImportId) -> Call<UndoImport, Tagged> {
        self.client.call_versioned(self.path(import), NoParameters, NoBody)
    }

    fn path(&self, import: ImportId) -> ImportPath {
        ImportPath { programme: self.programme, import }
    }
}
