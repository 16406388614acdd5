//! Reading in a file: upload, dry run, answers, and then all of it or nothing.

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use sister_cities_client::Error;
use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::domain::import_run::ChoiceKind;
use sister_cities_client::api::domain::import_run::ImportContent;
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::import::{
    AnswerBody, ApplyBody, DryRunBody, ImportLineView, ImportReportView, ImportView, ListImportLinesQuery,
    MappingBody, MappingText, PeriodBody, QuestionView, UploadImportQuery, Verdict,
};
use sister_cities_client::api::{FileFormat, FileUpload, PageLimit};
use sister_cities_client::resource::Imports;

use super::session::Session;
use crate::args::{Choice, FileImport, ImportsCommand, Then, Undecided};
use crate::failure::{Exit, Failure};
use crate::show::{import, lists};

/// What a dry run or an application came to; with `--json`, just this.
#[derive(Debug, Serialize)]
struct Outcome {
    import: ImportView,
    report: ImportReportView,
    lines: Vec<ImportLineView>,
}

/// Reads in a file.
pub(super) async fn file(session: &Session, kind: ImportContent, args: FileImport) -> Result<(), Failure> {
    let bytes = read(&args.file).await?;
    let format = format_of(&args.file, &bytes);
    let file_name = args.file.file_name().and_then(|name| Name::new(&name.to_string_lossy()).ok());
    let mapping = mapping(&args);
    let query = UploadImportQuery {
        kind,
        file_name,
        mapping: (mapping != MappingBody::default()).then_some(MappingText(mapping)),
    };
    let imports = session.programme.imports();
    let uploaded = imports.upload(query, FileUpload { format, bytes }).await?;
    with_progress(&imports, uploaded.id, imports.dry_run(uploaded.id, DryRunBody::default()).send()).await?;
    settle(session, &imports, uploaded.id, &args.then).await
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
        ImportsCommand::Report { id } => {
            let report = imports.get_report(id).await?;
            output.print(&report, |out| import::report(&report, out))
        }
        ImportsCommand::Apply { id, then } => {
            settle(session, &imports, id, &Then { apply: true, ..then }).await
        }
        ImportsCommand::Undo { id } => {
            let undone = with_progress(&imports, id, imports.undo(id).send()).await?.value;
            output.print(&undone, |out| import::import(&undone, out))
        }
    }
}

/// Answers what `then` answers, tries again, applies if asked to, and shows what came of it.
async fn settle(session: &Session, imports: &Imports, id: ImportId, then: &Then) -> Result<(), Failure> {
    let open = lines(imports, id, vec![Verdict::NeedsPerson]).await?;
    let answers = answers(&open, then)?;
    if !answers.is_empty() {
        let body = DryRunBody { mapping: None, answers };
        with_progress(imports, id, imports.dry_run(id, body).send()).await?;
    }
    let wanting = lines(imports, id, vec![Verdict::NeedsPerson, Verdict::Invalid]).await?;
    if then.apply && !wanting.is_empty() {
        return Err(refused(&wanting, session));
    }
    let import = if then.apply {
        with_progress(imports, id, imports.apply(id, ApplyBody::default()).send()).await?.value
    } else {
        imports.get(id).await?.value
    };
    let report = imports.get_report(id).await?;
    let outcome = Outcome { import, report, lines: lines(imports, id, Vec::new()).await? };
    session.output.print(&outcome, |out| {
        import::lines(&outcome.lines, out);
        import::import(&outcome.import, out);
        import::report(&outcome.report, out);
    })
}

/// Nothing was applied: a line is wrong, or a person must decide.
fn refused(wanting: &[ImportLineView], session: &Session) -> Failure {
    let invalid = wanting.iter().any(|line| line.verdict == Verdict::Invalid);
    let mut shown = session.output.renderer();
    import::lines(wanting, &mut shown);
    let (exit, message, hint) = if invalid {
        (
            Exit::Refused,
            "nothing was imported: lines are invalid",
            "correct the file, or map its columns by --map",
        )
    } else {
        (
            Exit::NeedsPerson,
            "nothing was imported: a person must decide",
            "decide each by --choose; or keep places by name with --undecided keep-by-name; or leave the lines out with --undecided skip",
        )
    };
    Failure::new(exit, message).shown(shown.text).hint(hint)
}

async fn lines(
    imports: &Imports,
    id: ImportId,
    verdict: Vec<Verdict>,
) -> Result<Vec<ImportLineView>, Failure> {
    let query = ListImportLinesQuery { verdict, limit: Some(PageLimit::MOST), cursor: None };
    Ok(imports.list_lines(id, query).all().await?)
}

/// An answer to each open question: by `--choose` where that names one of its proposals, else as `--undecided` says.
fn answers(open: &[ImportLineView], then: &Then) -> Result<Vec<AnswerBody>, Failure> {
    let mut unused: Vec<&Choice> = then.choices.iter().collect();
    let mut answers = Vec::new();
    for line in open {
        for question in &line.questions {
            let chosen =
                then.choices.iter().find(|choice| choice.line == line.line && proposes(question, choice));
            if let Some(choice) = chosen {
                unused.retain(|other| *other != choice);
            }
            let (choice, take) = match (chosen, then.undecided) {
                (Some(choice), _) => (ChoiceKind::Take, Some(choice.key.clone())),
                (None, Undecided::Refuse) => continue,
                (None, Undecided::KeepByName) => (ChoiceKind::KeepByName, None),
                (None, Undecided::Skip) => (ChoiceKind::Skip, None),
            };
            answers.push(AnswerBody {
                line: line.line,
                about: question.about.clone(),
                choice: choice.into(),
                take,
            });
        }
    }
    match unused.first() {
        None => Ok(answers),
        Some(choice) => Err(Failure::new(
            Exit::Refused,
            format!("line {} asks nothing to which {} is a proposed answer", choice.line, choice.key),
        )
        .hint("a dry run lists the questions with their proposals")),
    }
}

fn proposes(question: &QuestionView, choice: &Choice) -> bool {
    question.proposals.iter().any(|proposal| proposal.key == choice.key)
}

pub(super) async fn read(path: &Path) -> Result<Vec<u8>, Failure> {
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
    } else if matches!(ending.as_str(), "tsv" | "tab") {
        FileFormat::Tsv
    } else {
        FileFormat::Csv
    }
}

fn mapping(args: &FileImport) -> MappingBody {
    let columns = args.map.iter().map(|m| (m.column.clone(), m.field.clone())).collect();
    let kinds: BTreeMap<String, String> =
        args.kinds.iter().map(|k| (k.label.clone(), k.kind.clone())).collect();
    let values =
        if kinds.is_empty() { BTreeMap::new() } else { BTreeMap::from([("kind".to_owned(), kinds)]) };
    let period = PeriodBody { from: args.coverage.complete_from, to: args.coverage.complete_to };
    let stated = period.from.is_some() || period.to.is_some();
    MappingBody { columns, values, complete_for: stated.then_some(period), ..MappingBody::default() }
}

/// Waits for work on an import, and on a terminal shows how far it is.
async fn with_progress<T>(
    imports: &Imports,
    id: ImportId,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    const EVERY: Duration = Duration::from_millis(250);
    if !io::stderr().is_terminal() {
        return Ok(work.await?);
    }
    let bar = bar();
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

/// A bar on stderr: `[####----] 1200/26114 lines`.
pub(super) fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("[{bar:40}] {pos}/{len} lines  {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style.progress_chars("#>-"))
}

#[cfg(test)]
mod tests {
    use sister_cities_client::api::import::ProposalView;

    use super::*;

    fn line(number: u32, keys: &[&str]) -> ImportLineView {
        let proposals = keys
            .iter()
            .map(|key| ProposalView { key: (*key).to_owned(), label: String::new(), reasons: Vec::new() })
            .collect();
        ImportLineView {
            line: number,
            verdict: Verdict::NeedsPerson.into(),
            about: String::new(),
            remarks: Vec::new(),
            cells: Vec::new(),
            summary: String::new(),
            questions: vec![QuestionView { about: "place".to_owned(), text: String::new(), proposals }],
            faults: Vec::new(),
            records: Vec::new(),
        }
    }

    fn then(undecided: Undecided, choices: &[&str]) -> Then {
        let choices = choices.iter().map(|text| text.parse().expect("a choice")).collect();
        Then { undecided, choices, ..Then::default() }
    }

    #[test]
    fn a_choice_answers_its_line_and_the_rest_is_as_undecided_says() {
        let open = [line(3, &["geonames:1", "geonames:2"]), line(4, &["geonames:5"])];
        let given = answers(&open, &then(Undecided::Skip, &["3=geonames:2"])).expect("answers");
        let said: Vec<_> = given.iter().map(|a| (a.line, a.choice.as_str(), a.take.as_deref())).collect();
        assert_eq!(said, [(3, "take", Some("geonames:2")), (4, "skip", None)]);
        assert_eq!(answers(&open, &then(Undecided::Refuse, &[])).expect("none"), []);
    }

    #[test]
    fn a_choice_that_nothing_asks_for_is_refused_not_dropped() {
        let open = [line(3, &["geonames:1"])];
        for stray in ["3=geonames:9", "4=geonames:1"] {
            let refused = answers(&open, &then(Undecided::Refuse, &[stray])).expect_err("stray");
            assert_eq!(refused.exit, Exit::Refused);
        }
    }

    #[test]
    fn the_format_is_told_by_the_bytes_then_by_the_name() {
        assert_eq!(format_of(Path::new("list.csv"), b"PK\x03\x04..."), FileFormat::Xlsx);
        assert_eq!(format_of(Path::new("list.TSV"), b"a\tb"), FileFormat::Tsv);
        assert_eq!(format_of(Path::new("list"), b"a;b"), FileFormat::Csv);
    }
}
