//! Reading what an import says: how its file was read, and what comes of each line, page by page.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ImportId, ProgrammeId};
use sister_cities_domain::import_run::ImportRun;
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::{ReadError, record_ref};

use super::{ImportError, document};
use crate::import::report::LineReport;
use crate::import::report::stored::{self, LinePosition, PageOfLines, ReportSummary, Then};
use crate::{App, AppError, ProgrammeContext};

/// Which lines of an import to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineQuery {
    /// Only lines that come to one of these, by [`Outcome::as_str`](crate::import::Outcome::as_str); all if there is none.
    pub outcomes: Vec<String>,
    /// After this position.
    pub after: Option<LinePosition>,
    /// At most so many.
    pub limit: u32,
}

/// Part of the lines of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePage {
    /// The lines, in the order of the file.
    pub items: Vec<LineReport>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<LinePosition>,
}

impl App {
    /// How the file of an import was read and how many of its lines came to what, as of its latest dry run or of its application.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotTried`] if there is no report yet; [`ImportError::App`] as for any use case.
    pub async fn get_import_report(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
    ) -> Result<ReportSummary, ImportError> {
        let (context, head) = self.head_of_report(caller, programme, import).await?;
        stored::summary(&document(&context, head).await?).map_err(|error| corrupt(import, &error))
    }

    /// What an import says about each line. The pages of one list are of one report, also if the import is tried again meanwhile.
    /// A page costs as many reads as the parts of the report that hold its lines.
    ///
    /// # Errors
    ///
    /// As [`get_import_report`](Self::get_import_report).
    pub async fn list_import_lines(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
        query: LineQuery,
    ) -> Result<LinePage, ImportError> {
        let (context, head) = self.head_of_report(caller, programme, import).await?;
        let mut part = query.after.and_then(|after| after.part).unwrap_or(head);
        let mut page = PageOfLines {
            outcomes: &query.outcomes,
            after: query.after.map_or(0, |after| after.line),
            limit: query.limit as usize,
            items: Vec::new(),
        };
        let next = loop {
            let bytes = document(&context, part).await?;
            match page.take(part, &bytes).map_err(|error| corrupt(import, &error))? {
                Then::Read(next) => part = next,
                Then::Full(position) => break Some(position),
                Then::End => break None,
            }
        };
        Ok(LinePage { items: page.items, next })
    }

    async fn head_of_report(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
    ) -> Result<(ProgrammeContext, ContentHash), ImportError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let run = context.load::<ImportRun>(import).await?.value;
        // The lines of an address book are people as the desk knows them.
        super::may_read_lines(caller, programme, run.content)?;
        let head = run.report().ok_or(ImportError::NotTried(import))?;
        Ok((context, head))
    }
}

fn corrupt(import: ImportId, error: &serde_json::Error) -> ImportError {
    let record = record_ref::<ImportRun>(import);
    AppError::Corrupt(ReadError::Corrupt { record, detail: error.to_string() }).into()
}
