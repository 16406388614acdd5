//! Reading in a file: upload, dry run, answers, and then all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use sister_cities_client::Error;
use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::domain::import_run::{DayOrder, ImportContent, ImportStateKind};
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::import::{
    AnswerBody, ApplyBody, DryRunBody, ImportLineView, ImportReportView, ImportView, ListImportLinesQuery,
    ListImportsQuery, MappingBody, MappingText, PeriodBody, UploadImportQuery, Verdict,
};
use sister_cities_client::api::{FileFormat, FileUpload, PageLimit};
use sister_cities_client::resource::Imports;
use sister_cities_server::outbound::{FetchError, OutboundClient, OutboundPolicy};

use super::imported_before::{applied_before, known_already};
use super::questions::{SharedQuestion, answers, as_table, from_table, quoted, shared};
use super::session::Session;
use crate::args::{CalendarImport, Choice, DayOrderArg, FileImport, ImportsCommand, Then};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::{import, lists};
use crate::terminal::bar;

/// What a dry run or an application came to; with `--json`, just this.
#[derive(Debug, Serialize)]
struct Outcome {
    import: ImportView,
    report: ImportReportView,
    lines: Vec<ImportLineView>,
    /// What a person must say, each question once.
    questions: Vec<SharedQuestion>,
    /// The command that answers them by their first proposals, and applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<String>,
    /// The import by which all that the file says was brought in before; nothing is applied again then.
    #[serde(skip_serializing_if = "Option::is_none")]
    applied_before: Option<ImportId>,
}

/// The most that is read of a file, as the platform publishes it.
const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Reads in a file.
pub(super) async fn file(session: &Session, kind: ImportContent, args: FileImport) -> Result<(), Failure> {
    let bytes = read(&args.file).await?;
    if bytes.len() > MOST_BYTES {
        let message = format!("the file has {} bytes; at most {MOST_BYTES} are read", bytes.len());
        return Err(Failure::new(Exit::Refused, message).hint("split it"));
    }
    let format = format_of(&args.file, &bytes);
    let file_name = args.file.file_name().and_then(|name| Name::new(&name.to_string_lossy()).ok());
    let mapping = mapping(&args);
    let query = UploadImportQuery {
        kind,
        file_name,
        mapping: (mapping != MappingBody::default()).then_some(MappingText(mapping)),
        ..UploadImportQuery::of(kind)
    };
    let imports = session.programme.imports();
    let uploaded = imports.upload(query, FileUpload::new(format, bytes)).await?;
    with_progress(&imports, uploaded.id, imports.dry_run(uploaded.id, DryRunBody::default()).send()).await?;
    let again = again(kind, &args);
    settle(session, &imports, uploaded.id, &args.then, Some(&again)).await
}

/// Reads in a calendar as the engagements of a partnership: a file, or what stands at an address.
pub(crate) async fn calendar(session: &Session, args: CalendarImport) -> Result<(), Failure> {
    let partnership = session.partnership(&args.partnership).await?.id;
    let bytes = if args.calendar.contains("://") {
        fetched(&args).await?
    } else {
        read(Path::new(&args.calendar)).await?
    };
    if bytes.len() > MOST_BYTES {
        let message = format!("the calendar has {} bytes; at most {MOST_BYTES} are read", bytes.len());
        return Err(Failure::new(Exit::Refused, message).hint("export a shorter time"));
    }
    let file_name = match args.calendar.split_once("://") {
        // The rest of an address can hold a secret.
        Some((_, rest)) => rest.split(['/', '?', '#']).next().map(str::to_owned),
        None => Path::new(&args.calendar).file_name().map(|name| name.to_string_lossy().into_owned()),
    };
    let query = UploadImportQuery {
        file_name: file_name.and_then(|name| Name::new(&name).ok()),
        partnership: Some(partnership),
        focus: args.focus.clone(),
        since: args.since,
        ..UploadImportQuery::of(ImportContent::Engagements)
    };
    let imports = session.programme.imports();
    let uploaded = imports.upload(query, FileUpload::new(FileFormat::Icalendar, bytes)).await?;
    with_progress(&imports, uploaded.id, imports.dry_run(uploaded.id, DryRunBody::default()).send()).await?;
    settle(session, &imports, uploaded.id, &args.then, None).await
}

/// What stands at an address, by the same guard through which webhooks go.
async fn fetched(args: &CalendarImport) -> Result<Vec<u8>, Failure> {
    let policy = args.network.iter().copied().fold(OutboundPolicy::default(), OutboundPolicy::with_network);
    let policy = if args.network.is_empty() { policy } else { policy.with_http() };
    let client =
        OutboundClient::new(policy).map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
    client.fetch(&args.calendar, MOST_BYTES).await.map_err(|error| {
        let is_away = matches!(error, FetchError::BrokenOff(_));
        let exit = if is_away { Exit::Unavailable } else { Exit::Refused };
        Failure::new(exit, format!("the calendar was not fetched: {error}"))
    })
}

/// The command that reads in the file again, as it was given but for what becomes of it.
fn again(kind: ImportContent, args: &FileImport) -> String {
    let mut words = vec![
        "sister-cities import".to_owned(),
        kind.as_str().to_owned(),
        quoted(&args.file.display().to_string()),
    ];
    let mut add = |option: &str, value: String| words.push(format!("{option} {}", quoted(&value)));
    for map in &args.map {
        add("--map", format!("{}={}", map.column, map.field));
    }
    for label in &args.kinds {
        add("--kind", format!("{}={}", label.label, label.kind));
    }
    for default in &args.defaults {
        add("--default", format!("{}={}", default.field, default.value));
    }
    for value in &args.values {
        add("--value", format!("{}:{}={}", value.field, value.written, value.meant));
    }
    if let Some(order) = args.day_order {
        add(
            "--day-order",
            match order {
                DayOrderArg::DayFirst => "day-first".to_owned(),
                DayOrderArg::MonthFirst => "month-first".to_owned(),
            },
        );
    }
    let texts = [("--sheet", args.sheet.as_ref()), ("--encoding", args.encoding.as_ref())];
    for (option, value) in texts {
        if let Some(value) = value {
            add(option, value.clone());
        }
    }
    for choice in &args.then.choices {
        let lines: Vec<String> = choice.lines.iter().map(ToString::to_string).collect();
        let field = choice.field.as_ref().map(|field| format!(":{field}")).unwrap_or_default();
        add("--choose", format!("{}{field}={}", lines.join(","), choice.answer));
    }
    words.join(" \\\n    ")
}

/// Looks at imports, applies them, undoes them.
pub(super) async fn imports(session: &Session, command: ImportsCommand) -> Result<(), Failure> {
    let imports = session.programme.imports();
    let output = session.output;
    match command {
        ImportsCommand::List(list) => {
            let query = session.query(list).await?;
            let all = imports.list(query).all().await?;
            output.print(&all, |out| lists::imports(&all, out))
        }
        ImportsCommand::Show { id, times } => {
            let it = imports.get(id).with_query(times.query()?).await?.value;
            output.print(&it, |out| import::import(&it, out))
        }
        ImportsCommand::Lines { id, open } => {
            let verdict = if open { vec![Verdict::NeedsPerson] } else { Vec::new() };
            let all = lines(&imports, id, verdict).await?;
            output.print(&all, |out| import::lines(&all, out))
        }
        ImportsCommand::Questions { id } => {
            let all = lines(&imports, id, vec![Verdict::NeedsPerson, Verdict::Invalid]).await?;
            let questions = shared(&all);
            output.print(&questions, |out| import::questions(&questions, out))
        }
        ImportsCommand::Left => {
            let left = left(&imports).await?;
            output.print(&left, |out| import::left(&left, out))
        }
        ImportsCommand::Report { id } => {
            let report = imports.get_report(id).await?;
            output.print(&report, |out| import::report(&report, out))
        }
        ImportsCommand::Apply { id, then } => {
            settle(session, &imports, id, &Then { apply: true, ..then }, None).await
        }
        ImportsCommand::Delete { id } => {
            let import = imports.get(id).await?;
            imports.delete(&import).await?;
            output.print(&import.value, |out| import::deleted(&import.value, out))
        }
        ImportsCommand::Kept => {
            let kept = imports.get_kept_bytes().await?;
            output.print(&kept, |out| import::kept(kept, out))
        }
        ImportsCommand::Undo { id } => {
            let undone = with_progress(&imports, id, imports.undo(id).send()).await?.value;
            output.print(&undone, |out| import::import(&undone, out))
        }
    }
}

/// A line that was left for later, and the import that left it.
#[derive(Debug, Serialize)]
pub(crate) struct Left {
    pub(crate) import: ImportId,
    pub(crate) file_name: Option<Name>,
    pub(crate) line: ImportLineView,
}

/// The lines that were left for later and are not dealt with: of each file, those of the last import of it that was applied.
async fn left(imports: &Imports) -> Result<Vec<Left>, Failure> {
    let query = ListImportsQuery {
        state: Some(ImportStateKind::Applied),
        limit: Some(PageLimit::MOST),
        ..Default::default()
    };
    let applied: Vec<ImportView> = imports.list(query).all().await?;
    let mut seen = BTreeSet::new();
    let mut left = Vec::new();
    for import in applied {
        let is_last = seen.insert(import.file_sha256.clone());
        if is_last && import.tally.is_some_and(|tally| tally.later > 0) {
            for line in lines(imports, import.id, vec![Verdict::Later]).await? {
                left.push(Left { import: import.id, file_name: import.file_name.clone(), line });
            }
        }
    }
    Ok(left)
}

/// How often answers may lead to further questions.
const ROUNDS: usize = 4;

/// Answers what `then` answers, tries again, applies if asked to, and shows what came of it. `again` is the command that reads the file.
async fn settle(
    session: &Session,
    imports: &Imports,
    id: ImportId,
    then: &Then,
    again: Option<&str>,
) -> Result<(), Failure> {
    let mut choices = then.choices.clone();
    if let Some(path) = &then.answers {
        choices.extend(from_table(path, &read(path).await?)?);
    }
    let open_verdicts = || vec![Verdict::NeedsPerson, Verdict::Invalid];
    let mut wanting = lines(imports, id, open_verdicts()).await?;
    let (mut given, mut used) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let more = answers(&wanting, &choices, then, &mut used);
        let more: Vec<AnswerBody> = more.into_iter().filter(|answer| !given.contains(answer)).collect();
        if more.is_empty() {
            break;
        }
        given.extend(more);
        let body = DryRunBody { mapping: None, answers: given.clone() };
        with_progress(imports, id, imports.dry_run(id, body).send()).await?;
        wanting = lines(imports, id, open_verdicts()).await?;
    }
    let stray: Vec<&Choice> =
        choices.iter().zip(&used).filter(|(_, used)| !**used).map(|(choice, _)| choice).collect();
    let known = if stray.is_empty() { BTreeSet::new() } else { known_already(imports, id).await? };
    // An answer for a line that is known already was given before: the same command is repeated.
    let is_needless = |choice: &Choice| choice.lines.iter().any(|line| known.contains(line));
    if let Some(stray) = stray.into_iter().find(|choice| !is_needless(choice)) {
        return Err(Failure::new(
            Exit::Refused,
            format!(
                "line {} asks nothing to which {} is an answer",
                stray.lines.first().unwrap_or(&0),
                stray.answer
            ),
        )
        .hint("a dry run lists the questions with their proposals"));
    }
    let questions = shared(&wanting);
    if let Some(path) = &then.questions {
        tokio::fs::write(path, as_table(&questions))
            .await
            .map_err(|e| Failure::new(Exit::Failed, format!("cannot write {}: {e}", path.display())))?;
    }
    let command = again.map(|again| command(again, &questions));
    if then.apply && !wanting.is_empty() {
        return Err(refused(&wanting, &questions, command.as_deref(), session)?);
    }
    let all = lines(imports, id, Vec::new()).await?;
    let applied_before = applied_before(imports, id, &all).await?;
    let import = if then.apply && applied_before.is_none() {
        with_progress(imports, id, imports.apply(id, ApplyBody::default()).send()).await?.value
    } else {
        imports.get(id).await?.value
    };
    let report = imports.get_report(id).await?;
    let command = command.filter(|_| !then.apply);
    let outcome = Outcome { import, report, lines: all, questions, command, applied_before };
    session.output.print(&outcome, |out| {
        import::lines(&outcome.lines, out);
        import::import(&outcome.import, out);
        import::report(&outcome.report, out);
        if let Some(before) = outcome.applied_before {
            import::applied_before(before, out);
        }
        if let Some(command) = &outcome.command {
            import::next_command(&outcome.questions, command, out);
        }
    })
}

/// The command that answers all questions by their first proposals, and applies.
fn command(again: &str, questions: &[SharedQuestion]) -> String {
    let mut words = vec![again.to_owned()];
    for question in questions {
        if !words.contains(&question.option) {
            words.push(question.option.clone());
        }
    }
    words.push("--apply".to_owned());
    words.join(" \\\n    ")
}

/// Nothing was applied: a line is wrong, or a person must decide. Programs get the questions as JSON.
fn refused(
    wanting: &[ImportLineView],
    questions: &[SharedQuestion],
    command: Option<&str>,
    session: &Session,
) -> Result<Failure, Failure> {
    let invalid = wanting.iter().any(|line| line.verdict == Verdict::Invalid);
    let mut shown = session.output.renderer();
    if session.output.is_json() {
        session.output.print(&questions, |_| {})?;
    } else {
        import::lines(wanting, &mut shown);
        if let Some(command) = command {
            import::next_command(questions, command, &mut shown);
        }
    }
    let (exit, message, hint) = if invalid {
        (
            Exit::Refused,
            "nothing was imported: lines are invalid",
            "correct a line by --choose LINE:FIELD=VALUE, leave lines out or for later by --wrong skip or --wrong later, or map the columns by --map",
        )
    } else {
        (
            Exit::NeedsPerson,
            "nothing was imported: a person must decide",
            "decide each by --choose; or keep places by name, leave lines out, or for later, by --undecided keep-by-name, skip or later",
        )
    };
    Ok(Failure::new(exit, message).shown(shown.text).hint(hint))
}

pub(super) async fn lines(
    imports: &Imports,
    id: ImportId,
    verdict: Vec<Verdict>,
) -> Result<Vec<ImportLineView>, Failure> {
    let query = ListImportLinesQuery { verdict, limit: Some(PageLimit::MOST), cursor: None };
    Ok(imports.list_lines(id, query).all().await?)
}

/// Reads a file that is named.
pub(crate) async fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    tokio::fs::read(path).await.map_err(|e| {
        let exit = if e.kind() == io::ErrorKind::NotFound { Exit::NotFound } else { Exit::Failed };
        Failure::new(exit, format!("cannot read {}: {e}", path.display()))
    })
}

/// A workbook by its first bytes, otherwise text by the file's ending.
fn format_of(path: &Path, bytes: &[u8]) -> FileFormat {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    if bytes.starts_with(b"PK\x03\x04") {
        FileFormat::Xlsx
    } else if matches!(ending.as_str(), "vcf" | "vcard") {
        FileFormat::Vcard
    } else if matches!(ending.as_str(), "ics" | "ical" | "ifb") {
        FileFormat::Icalendar
    } else if matches!(ending.as_str(), "tsv" | "tab") {
        FileFormat::Tsv
    } else {
        FileFormat::Csv
    }
}

fn mapping(args: &FileImport) -> MappingBody {
    let columns = args.map.iter().map(|m| (m.column.clone(), m.field.clone())).collect();
    let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut meant = |field: &str, written: &str, meant: &str| {
        values.entry(field.to_owned()).or_default().insert(written.to_owned(), meant.to_owned());
    };
    for label in &args.kinds {
        meant("kind", &label.label, &label.kind);
    }
    for value in &args.values {
        meant(&value.field, &value.written, &value.meant);
    }
    // What a blank cell means holds for a missing column too.
    for default in &args.defaults {
        meant(&default.field, "", &default.value);
    }
    let period = PeriodBody { from: args.coverage.complete_from, to: args.coverage.complete_to };
    let stated = period.from.is_some() || period.to.is_some();
    let day_order = args.day_order.map(|order| match order {
        DayOrderArg::DayFirst => DayOrder::DayFirst,
        DayOrderArg::MonthFirst => DayOrder::MonthFirst,
    });
    MappingBody {
        columns,
        values,
        day_order: day_order.map(Into::into),
        sheet: args.sheet.clone(),
        encoding: args.encoding.clone(),
        source: None,
        complete_for: stated.then_some(period),
    }
}

/// Waits for work on an import, and on a terminal shows how far it is.
async fn with_progress<T>(
    imports: &Imports,
    id: ImportId,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    const EVERY: Duration = Duration::from_millis(250);
    let bar = bar();
    if bar.is_hidden() {
        return Ok(work.await?);
    }
    let mut work = std::pin::pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            () = tokio::time::sleep(EVERY) => {
                // Where the progress is not to be had, the work goes on all the same.
                if let Some(progress) = imports.get(id).send().await.ok().and_then(|import| import.progress) {
                    bar.set_length(progress.total);
                    bar.set_position(progress.done);
                }
            }
        }
    };
    bar.finish_and_clear();
    Ok(done?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_bytes_then_by_the_name() {
        assert_eq!(format_of(Path::new("list.csv"), b"PK\x03\x04..."), FileFormat::Xlsx);
        assert_eq!(format_of(Path::new("list.TSV"), b"a\tb"), FileFormat::Tsv);
        assert_eq!(format_of(Path::new("list"), b"a;b"), FileFormat::Csv);
    }
}
