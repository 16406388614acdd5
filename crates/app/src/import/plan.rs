//! The plan of an import: for each line of a table one outcome, and the records that would be written.
//!
//! A pure function of the table, the gazetteer, what the programme holds, the mapping and the answers. A dry run shows it, applying
//! commits it. Nothing here reads a clock or writes anywhere.

use chrono::NaiveDate;
use sister_cities_domain::id::IdSource;
use sister_cities_domain::import_run::{Answer, ImportContent, Mapping, Tally};
use sister_cities_domain::value::Source;
use sister_cities_gazetteer::Gazetteer;

use super::cells::columns::{Columns, UnusableColumns};
use super::cells::fields::{Field, Titles};
use super::cells::fold::visible;
use super::draft::{Draft, Snapshot};
use super::line::{ImportContext, Line, LineResult};
use super::places::finder::PlaceFinder;
use super::report::{FileReport, LineReport, Outcome, Problem, Report};
use super::{engagements, partnerships, persons};
use crate::tabular::{self, Row, Table, Unreadable};

/// What an import is asked to do.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What the file holds.
    pub content: ImportContent,
    /// The file.
    pub bytes: &'a [u8],
    /// The name it came with.
    pub file_name: Option<&'a str>,
    /// How it is to be read.
    pub mapping: &'a Mapping,
    /// What a person decided.
    pub answers: &'a [Answer],
    /// The day of the import: nothing was signed after it.
    pub today: NaiveDate,
}

/// Told how far a long run is.
pub trait Progress: Send + Sync {
    /// `done` of `total` lines are done.
    fn at(&self, done: u64, total: u64);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _done: u64, _total: u64) {}
}

/// Why a file as a whole cannot be imported; nothing of it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It is no table.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Its columns, or the mapping, cannot be used.
    #[error(transparent)]
    Columns(#[from] UnusableColumns),
    /// It has a header and nothing below.
    #[error("the file has a header in line {header_line} and no rows below it")]
    NoRows {
        /// The line of the header.
        header_line: u32,
    },
}

/// The plan: what is said about each line, and what would be written.
pub struct Plan<'a> {
    pub(crate) report: Report,
    pub(crate) draft: Draft<'a>,
}

impl Plan<'_> {
    /// What is said about each line.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// How many lines came to what.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.report.tally
    }

    /// Whether applying it would change nothing.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.draft.events.is_empty()
    }
}

impl std::fmt::Debug for Plan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("report", &self.report).finish_non_exhaustive()
    }
}

/// Reads a file and plans each of its lines, on top of what it is given of the programme.
///
/// # Errors
///
/// [`Refused`] if the file as a whole cannot be used. What is wrong with a single line is in the report.
pub fn plan<'a>(
    request: &Request<'_>,
    snapshot: Snapshot,
    gazetteer: &Gazetteer,
    ids: &'a dyn IdSource,
    progress: &dyn Progress,
) -> Result<Plan<'a>, Refused> {
    let table = read(request)?;
    let columns = Columns::of(&table, request.content, request.mapping)?;
    let file = FileReport::of(&table, &columns);
    let source = request.mapping.source.clone().unwrap_or_else(|| file_source(request.file_name));
    let context = ImportContext::new(
        request.content,
        columns,
        request.today,
        source,
        request.mapping,
        request.answers,
        &table,
    );
    let mut draft = Draft::of(snapshot, ids);
    let mut finder = PlaceFinder::new(gazetteer);
    let mut lines = Vec::with_capacity(table.rows.len());
    let mut tally = Tally::default();
    let total = u64::try_from(table.rows.len()).unwrap_or(u64::MAX);
    for (done, row) in (0_u64..).zip(&table.rows) {
        if done % 100 == 0 {
            progress.at(done, total);
        }
        let report = plan_line(row, &context, &mut draft, &mut finder);
        report.outcome.count(&mut tally);
        lines.push(report);
    }
    progress.at(total, total);
    Ok(Plan { report: Report { file, lines, tally }, draft })
}

/// Reads the file as a table with at least one row.
pub(crate) fn read(request: &Request<'_>) -> Result<Table, Refused> {
    let words = Titles { content: request.content, mapped: &request.mapping.columns };
    let options = tabular::ReadOptions {
        file_name: request.file_name,
        sheet: request.mapping.sheet.as_deref(),
        ..tabular::ReadOptions::new(&words)
    };
    let table = tabular::read(request.bytes, &options)?;
    if table.rows.is_empty() {
        return Err(Refused::NoRows { header_line: table.header_line });
    }
    Ok(table)
}

/// Where facts are from if neither the line nor the mapping says: the file itself.
fn file_source(name: Option<&str>) -> Source {
    let named = name.and_then(|name| Source::new(&format!("imported file {name}")).ok());
    named.unwrap_or_else(|| {
        #[expect(clippy::unwrap_used, reason = "a constant that a test reads")]
        Source::new("imported file").unwrap()
    })
}

fn plan_line(
    row: &Row,
    context: &ImportContext<'_>,
    draft: &mut Draft<'_>,
    finder: &mut PlaceFinder<'_>,
) -> LineReport {
    let mut line = Line::new(row, context);
    let about = about(&line);
    let result = if context.skips(row.line) {
        LineResult { outcome: Outcome::Skipped, records: Vec::new() }
    } else if let Some(problem) = form(row, &mut line) {
        LineResult { outcome: Outcome::Invalid { problems: vec![problem] }, records: Vec::new() }
    } else {
        match context.content {
            ImportContent::Engagements => engagements::plan_line(&mut line, draft, finder),
            ImportContent::Coverage => partnerships::coverage::plan_line(&mut line, draft, finder),
            ImportContent::Persons => persons::plan_line(&mut line, draft),
            ImportContent::Partnerships | _ => partnerships::plan_line(&mut line, draft, finder),
        }
    };
    LineReport {
        line: row.line,
        about,
        cells: row.cells().to_vec(),
        records: result.records,
        outcome: result.outcome,
        remarks: line.findings.remarks,
    }
}

/// What is wrong with the form of a row. An error in a column that is not read is only remarked on.
fn form(row: &Row, line: &mut Line<'_>) -> Option<Problem> {
    let fault = row.fault.as_ref()?;
    let read = line.context.columns.read();
    let field =
        fault.column().map(|column| read.iter().find(|(at, _)| *at == column).map(|(_, field)| *field));
    if field == Some(None) {
        line.findings.remark(format!("{fault}, in a column that is not read"));
        return None;
    }
    let field = field.flatten().map_or("row", Field::as_str);
    Some(Problem {
        line: row.line,
        field: field.to_owned(),
        detail: fault.to_string(),
        expected: fault.expected().to_owned(),
    })
}

fn about(line: &Line<'_>) -> String {
    if line.context.content == ImportContent::Persons {
        return visible(&persons::name_as_written(line));
    }
    let place = line.place_as_written();
    let title = line.cell(Field::Title);
    visible(&if title.is_empty() { place } else { format!("{place}: {title}") })
}

#[cfg(test)]
mod tests;
