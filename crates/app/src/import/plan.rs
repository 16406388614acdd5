//! The plan of an import: for each line of a table one outcome, and the records that would be written.
//!
//! A pure function of the table, the gazetteer, what the programme holds, the mapping and the answers. A dry run shows it, applying
//! commits it. Nothing here reads a clock or writes anywhere.

use chrono::NaiveDate;
use sister_cities_domain::id::IdSource;
use sister_cities_domain::import_run::{Answer, Choice, ImportContent, Mapping, Tally};
use sister_cities_domain::value::Source;
use sister_cities_gazetteer::Gazetteer;

use super::above::write_out_repetitions;
use super::cells::columns::{Columns, UnusableColumns};
use super::cells::fields::{Field, Titles};
use super::cells::fold::{fold, visible};
use super::draft::{Draft, Snapshot};
use super::line::{ImportContext, Line, LineResult};
use super::places::finder::PlaceFinder;
use super::report::{FileReport, LineReport, Outcome, Problem, Proposal, Question, Report};
use super::{engagements, partnerships, persons};
use crate::tabular::{self, Encoding, Note, Row, RowFault, Table, Unreadable};

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

    /// Whether nobody wants the result any more. Then the work stops, at the latest after some hundred lines more.
    fn is_given_up(&self) -> bool {
        false
    }
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
    /// Nobody wants the result any more ([`Progress::is_given_up`]).
    #[error("the work was stopped")]
    Stopped,
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
    let mut table = read(request, gazetteer)?;
    write_out_repetitions(&mut table);
    let columns = Columns::of(&table, request.content, request.mapping, &host_names(&snapshot))?;
    let file = FileReport::of(&table, &columns);
    let source = request.mapping.source.clone().unwrap_or_else(|| file_source(request.file_name));
    let doubtful = doubtful_encodings(&table, request);
    let context = ImportContext::new(request, columns, source, &table, gazetteer);
    let mut draft = Draft::of(snapshot, ids);
    let mut finder = PlaceFinder::new(gazetteer);
    let mut lines = Vec::with_capacity(table.rows.len());
    let mut tally = Tally::default();
    let total = u64::try_from(table.rows.len()).unwrap_or(u64::MAX);
    for (done, row) in (0_u64..).zip(&table.rows) {
        if done % 100 == 0 {
            progress.at(done, total);
            if progress.is_given_up() {
                return Err(Refused::Stopped);
            }
        }
        let asked = doubtful.as_ref().filter(|_| row.cells().iter().any(|cell| !cell.is_ascii()));
        let report = plan_line(row, &context, &mut draft, &mut finder, asked);
        report.outcome.count(&mut tally);
        lines.push(report);
    }
    progress.at(total, total);
    Ok(Plan { report: Report { file, lines, tally }, draft })
}

/// The names of the programme's own city, folded.
fn host_names(snapshot: &Snapshot) -> Vec<String> {
    let host = snapshot.places.iter().find(|place| place.value.id == snapshot.programme.host);
    host.map(|host| host.value.names().iter().map(|name| fold(name.text.as_str())).collect())
        .unwrap_or_default()
}

/// What a question about the encoding of the whole file is about.
pub(crate) const ENCODING: &str = "encoding";

/// Reads the file as a table with at least one row.
pub(crate) fn read(request: &Request<'_>, gazetteer: &Gazetteer) -> Result<Table, Refused> {
    let mapped = &request.mapping.columns;
    let words = Titles { content: request.content, mapped, gazetteer: Some(gazetteer) };
    let answered = request.answers.iter().filter(|answer| answer.about == ENCODING).find_map(|answer| {
        if let Choice::Take(label) = &answer.choice { Some(label.as_str()) } else { None }
    });
    let encoding = answered
        .or(request.mapping.encoding.as_deref())
        .map(|label| {
            Encoding::named(label).ok_or_else(|| Unreadable::NoSuchEncoding { label: label.to_owned() })
        })
        .transpose()?;
    let options = tabular::ReadOptions {
        encoding,
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

/// The question which encoding a file is in, if nothing tells: each proposal shows how a line of it would read.
fn doubtful_encodings(table: &Table, request: &Request<'_>) -> Option<Question> {
    let encodings = table
        .notes
        .iter()
        .find_map(|note| if let Note::EncodingDoubtful(encodings) = note { Some(encodings) } else { None })?;
    let garbled = table.rows.iter().flat_map(Row::cells).position(|cell| !cell.is_ascii())?;
    let proposals = encodings.iter().take(8).filter_map(|encoding| {
        let options = ReadSample { content: request.content, encoding: *encoding };
        let cell = options.read(request.bytes)?.rows.iter().flat_map(Row::cells).nth(garbled)?.clone();
        let key = encoding.name().to_ascii_lowercase();
        Some(Proposal { key, text: format!("{encoding}: {}", visible(&cell)), reasons: Vec::new() })
    });
    let proposals: Vec<Proposal> = proposals.collect();
    let asks =
        "the file is not in UTF-8, and its names do not tell in which encoding it was saved; which is it?"
            .to_owned();
    Some(Question { about: ENCODING.to_owned(), asks, proposals })
}

/// How a file would read in an encoding.
struct ReadSample {
    content: ImportContent,
    encoding: Encoding,
}

impl ReadSample {
    fn read(&self, bytes: &[u8]) -> Option<Table> {
        let mapped = std::collections::BTreeMap::new();
        let words = Titles { content: self.content, mapped: &mapped, gazetteer: None };
        tabular::read(
            bytes,
            &tabular::ReadOptions { encoding: Some(self.encoding), ..tabular::ReadOptions::new(&words) },
        )
        .ok()
    }
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
    doubtful: Option<&Question>,
) -> LineReport {
    let mut line = Line::new(row, context);
    let about = about(&line);
    for (column, above) in row.repeated() {
        let written = row.cells().get(*column).map_or("", String::as_str);
        line.findings.remark(format!("{written:?} is taken for {above:?}, as in the line above"));
    }
    let result = if context.decided(row.line, &Choice::Skip) || context.is_heading(row.line) {
        LineResult { outcome: Outcome::Skipped, records: Vec::new() }
    } else if context.decided(row.line, &Choice::Later) {
        LineResult { outcome: Outcome::Later, records: Vec::new() }
    } else if let Some(question) = doubtful {
        LineResult {
            outcome: Outcome::NeedsPerson { questions: vec![question.clone()] },
            records: Vec::new(),
        }
    } else if let Some(question) = context.asks_whether_heading(row.line) {
        LineResult { outcome: Outcome::NeedsPerson { questions: vec![question] }, records: Vec::new() }
    } else if let problems = form(row, &mut line)
        && !problems.is_empty()
    {
        LineResult { outcome: Outcome::Invalid { problems }, records: Vec::new() }
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

/// By this answer, cells beyond the last column are kept as a note.
const AS_NOTE: &str = "as-note";

/// What is wrong with the form of a row. An error in a column that is not read is only remarked on, and so is one that was corrected.
fn form(row: &Row, line: &mut Line<'_>) -> Vec<Problem> {
    if row.is_hidden {
        line.findings.remark(format!("line {} is hidden in the sheet", row.line));
    }
    row.faults.iter().filter_map(|fault| problem_of(fault, row, line)).collect()
}

fn problem_of(fault: &RowFault, row: &Row, line: &mut Line<'_>) -> Option<Problem> {
    if let RowFault::TooManyCells { expected, .. } = fault
        && line.context.corrected(row.line, "row") == Some(AS_NOTE)
    {
        let more: Vec<&str> =
            row.cells().iter().skip(*expected).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        line.findings.keep(format!("beyond the last column the list says {:?}", more.join("; ")));
        return None;
    }
    let read = line.context.columns.read();
    let field =
        fault.column().map(|column| read.iter().find(|(at, _)| *at == column).map(|(_, field)| *field));
    if field == Some(None) {
        line.findings.remark(format!("{fault}, in a column that is not read"));
        return None;
    }
    let field = field.flatten().map_or("row", Field::as_str);
    if fault.column().is_some() && line.context.corrected(row.line, field).is_some() {
        return None;
    }
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
