//! Imports.

mod calendar;
mod line;
mod mapping;

use std::sync::Arc;

use sister_cities_api::import::{
    ApplyImport, AsideView, DeleteImport, DryRunImport, ENDPOINTS, GetImport, GetImportReport, GetKeptBytes,
    ImportLineView, ImportPath, ImportReportView, ImportView, KeptBytesView, ListImportLines, ListImports,
    ReadColumnView, SharedQuestionView, TallyView, UndoImport, UnreadColumnView, UploadImport, Verdict,
};
use sister_cities_api::{FieldError, FileFormat, Moment, NoContent, Page, ProblemKind};
use sister_cities_app::import::{KeptBytes, LineQuery, NewImport, Trial, Tried};
use sister_cities_app::tabular::Encoding;
use sister_cities_domain::access::Scope;
use sister_cities_domain::import_run::{ImportContent, ImportRun};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::heavy::Weight;
use crate::refusal;

use calendar::CalendarMeaning;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_imports),
        serve(upload_import).weighing(Weight::File),
        serve(get_import),
        serve(dry_run_import).weighing(Weight::File),
        serve(list_import_lines),
        serve(get_import_report).weighing(Weight::Report),
        serve(apply_import).weighing(Weight::FileToTheEnd),
        serve(undo_import).weighing(Weight::FileToTheEnd),
        serve(delete_import).weighing(Weight::Report),
        serve(get_kept_bytes),
    ]
}

async fn list_imports(call: Call<ListImports>) -> ApiResult<Answer<Page<ImportView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let listing = call.listing::<ImportRun>()?;
    let page = call.app.list(&call.caller, call.path.programme, listing, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), |found: &Versioned<ImportRun>| {
        let progress = call.progress.of(found.value.id).filter(|_| recorded_at.is_none());
        ImportView::of(&found.value, found.revision.number(), progress)
    })
}

async fn upload_import(mut call: Call<UploadImport>) -> ApiResult<Answer<ImportView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let mapping = call.query.mapping.take().map(|text| mapping::mapping(text.0, "/mapping")).transpose()?;
    let mut mapping = mapping.unwrap_or_default();
    // What the sender says of the encoding is used, or refused.
    if let Some(label) = call.body.charset.take() {
        if Encoding::named(&label).is_none() {
            let error = FieldError::at_header(
                "Content-Type",
                format!("names the charset {label:?}, which is not read"),
            );
            return Err(ApiError::new(ProblemKind::UnsupportedMediaType)
                .errors([error.expecting(mapping::ENCODINGS)]));
        }
        if call.body.format != FileFormat::Xlsx {
            mapping.encoding.get_or_insert(label);
        }
    }
    let file = match calendar_meaning(&call).await? {
        None => call.body.bytes,
        Some(meaning) => {
            mapping.encoding = None;
            let bytes = call.body.bytes;
            let made = tokio::task::spawn_blocking(move || calendar::as_log(&bytes, &meaning)).await;
            made.map_err(ApiError::internal)??
        }
    };
    let request = NewImport { content: call.query.kind, file, file_name: call.query.file_name, mapping };
    let outcome = call.app.upload_import(&call.caller, programme, request, reply).await?;
    let path = |made: &Versioned<ImportRun>| ImportPath { programme, import: made.value.id };
    Ok(Answer::created::<GetImport, _>(outcome, view, path))
}

async fn delete_import(call: Call<DeleteImport>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.delete_import(&call.caller, call.path.programme, call.path.import, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn get_kept_bytes(call: Call<GetKeptBytes>) -> ApiResult<Answer<KeptBytesView>> {
    let KeptBytes { kept, most } = call.app.get_kept_bytes(&call.caller, call.path.programme).await?;
    Ok(Answer::plain(KeptBytesView { kept, most }))
}

/// What a calendar means; `None` for any other file.
async fn calendar_meaning(call: &Call<UploadImport>) -> ApiResult<Option<CalendarMeaning>> {
    let (query, is_calendar) = (&call.query, call.body.format == FileFormat::Icalendar);
    let only = |name: &str| ApiError::parameter(name, "is of calendars alone", "nothing for such a file");
    match (is_calendar, query.partnership) {
        (false, None) if query.focus.is_some() => return Err(only("focus")),
        (false, None) if query.since.is_some() => return Err(only("since")),
        (false, None) => return Ok(None),
        (false, Some(_)) => return Err(only("partnership")),
        (true, None) => {
            let expected = "the partnership whose engagements the events are";
            return Err(ApiError::parameter("partnership", "is missing", expected));
        }
        (true, Some(_)) if query.kind != ImportContent::Engagements => {
            return Err(ApiError::parameter("kind", "does not fit a calendar", "engagements"));
        }
        (true, Some(_)) => {}
    }
    let Some(partnership) = query.partnership else { return Ok(None) };
    // Who may not import learns nothing of partnerships: it was asked before whether they may.
    let programme = call.path.programme;
    let context = call.app.authorize(&call.caller, Scope::ImportWrite, programme).await?;
    let found = context.store.get::<Partnership>(partnership).await.map_err(refusal::read)?;
    let partnership = found.ok_or_else(ApiError::not_found)?.value;
    let host = context.programme.value.host;
    let partner = partnership.members().others(host).next().ok_or_else(ApiError::not_found)?;
    let partner = context.store.get::<Place>(partner).await.map_err(refusal::read)?;
    let host = context.store.get::<Place>(host).await.map_err(refusal::read)?;
    let source = query.file_name.as_ref().map_or_else(|| "A calendar".to_owned(), ToString::to_string);
    Ok(Some(CalendarMeaning {
        focus: query.focus.clone(),
        since: query.since,
        partner: partner.ok_or_else(ApiError::not_found)?.value,
        zone: host.and_then(|host| call.app.zone_of(&host.value)).unwrap_or(chrono_tz::Tz::UTC),
        today: call.app.today(programme).await?,
        source,
    }))
}

async fn get_import(call: Call<GetImport>) -> ApiResult<Answer<ImportView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, import) = (call.path.programme, call.path.import);
    let found = call.app.get::<ImportRun>(&call.caller, programme, import, recorded_at).await?;
    let progress = call.progress.of(call.path.import).filter(|_| recorded_at.is_none());
    let view = ImportView::of(&found.value, found.revision.number(), progress);
    // Progress is no part of the record: while there is some, the revision does not name what is shown.
    Ok(if progress.is_some() { Answer::plain(view) } else { Answer::versioned(view, found.revision) })
}

async fn dry_run_import(call: Call<DryRunImport>) -> ApiResult<Answer<ImportView>> {
    let mapping = call.body.mapping.clone().map(|body| mapping::mapping(body, "/mapping")).transpose()?;
    let trial = Trial { mapping, answers: mapping::answers(call.body.answers.clone())? };
    let (programme, import) = (call.path.programme, call.path.import);
    let (progress, reply) = (Arc::new(call.progress.begin(import)), call.idempotent_reply(tried_view));
    let outcome = call.app.dry_run_import(&call.caller, programme, import, trial, progress, reply).await?;
    Ok(Answer::changed(outcome, tried_view))
}

/// The view of an import that was tried, with what it asks.
fn tried_view(tried: &Tried) -> ImportView {
    let lines: Vec<ImportLineView> = tried.open.iter().map(line::line_view).collect();
    view(&tried.run).with_questions(asked(&tried.run.value, &lines))
}

/// What these lines of a run ask, and the run as a whole.
fn asked(run: &ImportRun, lines: &[ImportLineView]) -> Vec<SharedQuestionView> {
    let is_unsaid = run.content == ImportContent::Engagements && run.mapping.complete_for.is_none();
    let whole = is_unsaid.then(SharedQuestionView::coverage);
    whole.into_iter().chain(SharedQuestionView::of(lines)).collect()
}

async fn apply_import(call: Call<ApplyImport>) -> ApiResult<Answer<ImportView>> {
    let answers = mapping::answers(call.body.answers.clone())?;
    let (programme, import) = (call.path.programme, call.path.import);
    let (progress, reply) = (Arc::new(call.progress.begin(import)), call.idempotent_reply(view));
    let outcome = call.app.apply_import(&call.caller, programme, import, answers, progress, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn undo_import(call: Call<UndoImport>) -> ApiResult<Answer<ImportView>> {
    let (programme, import) = (call.path.programme, call.path.import);
    let reply = call.idempotent_reply(view);
    let outcome = call.app.undo_import(&call.caller, programme, import, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn list_import_lines(call: Call<ListImportLines>) -> ApiResult<Answer<Page<ImportLineView>>> {
    let query = LineQuery {
        outcomes: call.query.verdict.iter().map(|verdict| verdict.as_str().to_owned()).collect(),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_import_lines(&call.caller, call.path.programme, call.path.import, query).await?;
    call.page(&page.items, page.next.as_ref(), line::line_view)
}

/// So many lines are read at a time for their questions.
const OPEN_LINES: u32 = 1_000;

/// What is open: the questions of all lines, and of a log how complete it is.
async fn questions(call: &Call<GetImportReport>) -> ApiResult<Vec<SharedQuestionView>> {
    let (programme, import) = (call.path.programme, call.path.import);
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let outcomes = [Verdict::NeedsPerson, Verdict::Invalid].map(|verdict| verdict.as_str().to_owned());
        let query = LineQuery { outcomes: outcomes.to_vec(), after, limit: OPEN_LINES };
        let page = call.app.list_import_lines(&call.caller, programme, import, query).await?;
        lines.extend(page.items.iter().map(line::line_view));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let run = call.app.get::<ImportRun>(&call.caller, programme, import, None).await?.value;
    Ok(asked(&run, &lines))
}

async fn get_import_report(call: Call<GetImportReport>) -> ApiResult<Answer<ImportReportView>> {
    let report = call.app.get_import_report(&call.caller, call.path.programme, call.path.import).await?;
    let questions = questions(&call).await?;
    let file = report.file;
    let column = |(title, field)| ReadColumnView { title, field };
    let unread = |(title, filled)| UnreadColumnView { title, filled };
    let aside = |(line, kind, text)| AsideView { line, kind, text };
    Ok(Answer::plain(ImportReportView {
        lines: file.lines,
        header_line: file.header_line,
        notes: file.notes,
        columns: file.columns.into_iter().map(column).collect(),
        unread_columns: file.unread_columns.into_iter().map(unread).collect(),
        asides: file.asides.into_iter().map(aside).collect(),
        blank_lines: file.blank_lines,
        tally: TallyView::of(&report.tally),
        questions,
    }))
}

/// The view of an import that nothing is at work on.
fn view(found: &Versioned<ImportRun>) -> ImportView {
    ImportView::of(&found.value, found.revision.number(), None)
}
