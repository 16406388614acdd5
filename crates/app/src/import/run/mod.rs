//! The use cases of an import: upload, dry run, apply, undo, and reading its report.

mod apply;
mod kept;
pub(crate) mod lines;
mod undo;

pub use kept::KeptBytes;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{ImportId, ProgrammeId};
use sister_cities_domain::import_run::{
    Answer, ImportContent, ImportRun, ImportState, ImportTransitionError, Mapping,
};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::{ContentHash, Name};
use sister_cities_storage::{ReadError, Versioned, record_ref};
use tokio::sync::oneshot;

use crate::command::{changed, created, record_event};
use crate::import::cells::fold::visible;
use crate::import::draft::Snapshot;
use crate::import::plan::{Plan, Progress, Refused, Request, plan, read};
use crate::import::report::{LineReport, stored};
use crate::tabular::Unreadable;
use crate::{App, AppError, CommandOutcome, IdempotentReply, ProgrammeContext};

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// What it holds.
    pub content: ImportContent,
    /// The file itself.
    pub file: Vec<u8>,
    /// The name it came with.
    pub file_name: Option<Name>,
    /// How it is to be read.
    pub mapping: Mapping,
}

/// How to try an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// How to read the file; as before if not given.
    pub mapping: Option<Mapping>,
    /// Answers to its questions; those given before stay if this is empty.
    pub answers: Vec<Answer>,
}

/// What a dry run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The run as it stands now.
    pub run: Versioned<ImportRun>,
    /// The lines that need a person or are wrong, in the order of the file.
    pub open: Vec<LineReport>,
}

/// Why an import did not do what was asked. Nothing was written then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] Refused),
    /// The use case failed like any other.
    #[error(transparent)]
    App(#[from] AppError),
    /// The import was not tried yet, so there is nothing to show.
    #[error("import {0} was not tried yet; try it first")]
    NotTried(ImportId),
    /// The file of the import, or its report, is not in the store any more.
    #[error("the document {0} is not in the store")]
    NoDocument(ContentHash),
    /// The program is being shut down.
    #[error("the work was stopped")]
    Stopped,
}

impl From<ReadError> for ImportError {
    fn from(error: ReadError) -> Self {
        Self::App(error.into())
    }
}

impl From<ImportTransitionError> for ImportError {
    fn from(error: ImportTransitionError) -> Self {
        Self::App(error.into())
    }
}

impl From<Unreadable> for ImportError {
    fn from(error: Unreadable) -> Self {
        Self::File(error.into())
    }
}

/// Whether a caller may bring in what a file of that content holds: people take the rights to people besides.
///
/// # Errors
///
/// [`AppError::Forbidden`] if not.
pub(crate) fn may_import(
    caller: &Caller,
    programme: ProgrammeId,
    content: ImportContent,
) -> Result<(), AppError> {
    if content == ImportContent::Persons {
        for needed in [Scope::PersonWrite, Scope::PersonRead] {
            may(&caller.grant, needed, Some(programme))
                .map_err(|denied| AppError::denied(denied, record_ref::<Programme>(programme)))?;
        }
    }
    Ok(())
}

/// Whether a caller may read the lines of such a file.
///
/// # Errors
///
/// [`AppError::Forbidden`] if not.
pub(crate) fn may_read_lines(
    caller: &Caller,
    programme: ProgrammeId,
    content: ImportContent,
) -> Result<(), AppError> {
    if content != ImportContent::Persons {
        return Ok(());
    }
    may(&caller.grant, Scope::PersonRead, Some(programme))
        .map_err(|denied| AppError::denied(denied, record_ref::<Programme>(programme)))
}

impl App {
    /// Takes in a file. Nothing is written but the file and the run.
    ///
    /// # Errors
    ///
    /// [`ImportError::File`] if no table can be made of it, whatever the mapping; [`ImportError::App`] as for any use case.
    pub async fn upload_import(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewImport,
        reply: IdempotentReply<'_, Versioned<ImportRun>>,
    ) -> Result<CommandOutcome<Versioned<ImportRun>>, ImportError> {
        let context = self.authorize(caller, Scope::ImportWrite, programme).await?;
        let NewImport { content, file, file_name, mut mapping } = request;
        may_import(caller, programme, content)?;
        let asked = Request {
            content,
            bytes: &file,
            file_name: file_name.as_ref().map(Name::as_str),
            mapping: &mapping,
            answers: &[],
            today: self.today(programme).await?,
        };
        let titles = match read(&asked, self.gazetteer()) {
            Ok(table) => table.columns.iter().map(|column| visible(&column.title)).collect(),
            // A mapping may still say which columns these are.
            Err(Refused::Unreadable(Unreadable::NoHeader { .. })) => BTreeSet::new(),
            Err(refused) => return Err(refused.into()),
        };
        if mapping == Mapping::default() && !titles.is_empty() {
            mapping = remembered(&context, content, &titles).await?.unwrap_or_default();
        }
        let mut changes = self.changes(programme, caller);
        let hash = changes.document(file);
        let id = ImportId::next(self.ids());
        let (mut run, event) = ImportRun::upload(id, programme, content, hash, file_name);
        record_event(&mut changes, record_ref::<ImportRun>(id), event);
        if mapping != Mapping::default() {
            let (mapped, event) = run.map(mapping)?;
            run = mapped;
            record_event(&mut changes, record_ref::<ImportRun>(id), event);
        }
        changes.create(&run);
        Ok(self.commit(changes, created(run), reply).await?)
    }

    /// Says for each line what applying would do, and writes nothing but that.
    ///
    /// # Errors
    ///
    /// [`ImportError::File`] if the file cannot be used with that mapping; [`ImportError::App`] as for any use case, or once
    /// the run is applied.
    pub async fn dry_run_import(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
        trial: Trial,
        progress: Arc<dyn Progress>,
        reply: IdempotentReply<'_, Tried>,
    ) -> Result<CommandOutcome<Tried>, ImportError> {
        let context = self.authorize(caller, Scope::ImportWrite, programme).await?;
        let Versioned { value: mut run, revision } = context.load::<ImportRun>(import).await?;
        may_import(caller, programme, run.content)?;
        let mut changes = self.changes(programme, caller);
        let subject = record_ref::<ImportRun>(import);
        if let Some(mapping) = trial.mapping.filter(|mapping| *mapping != run.mapping) {
            let (mapped, event) = run.map(mapping)?;
            run = mapped;
            record_event(&mut changes, subject, event);
        }
        if !trial.answers.is_empty() {
            run.answers = trial.answers;
        }
        let report = self.planned(&context, &run, progress, |plan| plan.report).await?;
        let hash = stored::store(&report, import, |part| changes.document(part));
        let (run, event) = run.dry_run(hash, report.tally)?;
        record_event(&mut changes, subject, event);
        changes.update(&run, revision);
        let open = report.lines.into_iter().filter(|line| line.outcome.is_open()).collect();
        Ok(self.commit(changes, Tried { run: changed(run, revision), open }, reply).await?)
    }

    /// Writes an import, all of it or nothing.
    ///
    /// # Errors
    ///
    /// [`ImportError::App`] with [`ImportTransitionError::OpenQuestions`] while a line needs a person or is wrong, and as for any
    /// use case.
    pub async fn apply_import(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
        answers: Vec<Answer>,
        progress: Arc<dyn Progress>,
        reply: IdempotentReply<'_, Versioned<ImportRun>>,
    ) -> Result<CommandOutcome<Versioned<ImportRun>>, ImportError> {
        let context = self.authorize(caller, Scope::ImportWrite, programme).await?;
        let Versioned { value: mut run, revision } = context.load::<ImportRun>(import).await?;
        may_import(caller, programme, run.content)?;
        if !answers.is_empty() {
            run.answers = answers;
        }
        let mut changes = self.changes(programme, caller);
        let (report, touched, mut changes) = self
            .planned(&context, &run, progress, move |plan| {
                let touched = apply::write(&plan.draft, &mut changes);
                (plan.report, touched, changes)
            })
            .await?;
        let answers = std::mem::take(&mut run.answers);
        let (run, approved) = run.approve(answers, report.tally)?;
        let hash = stored::store(&report, import, |part| changes.document(part));
        let (run, applied) = run.apply(hash, report.tally, touched)?;
        let subject = record_ref::<ImportRun>(import);
        record_event(&mut changes, subject, approved);
        record_event(&mut changes, subject, applied);
        changes.update(&run, revision);
        Ok(self.commit(changes, changed(run, revision), reply).await?)
    }

    /// Takes an import back, but for what somebody has touched since and what that needs; the run lists it.
    ///
    /// # Errors
    ///
    /// [`ImportError::App`] unless the run is applied, and as for any use case.
    pub async fn undo_import(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        import: ImportId,
        reply: IdempotentReply<'_, Versioned<ImportRun>>,
    ) -> Result<CommandOutcome<Versioned<ImportRun>>, ImportError> {
        let context = self.authorize(caller, Scope::ImportWrite, programme).await?;
        let Versioned { value: run, revision } = context.load::<ImportRun>(import).await?;
        may_import(caller, programme, run.content)?;
        let mut changes = self.changes(programme, caller);
        // From any other state the transition below refuses, and says from where.
        let touched =
            if let ImportState::Applied { touched, .. } = &run.state { touched.clone() } else { Vec::new() };
        let kept = undo::undo(&context.store, &context.programme.value, &touched, &mut changes).await?;
        let (run, event) = run.undo(kept)?;
        record_event(&mut changes, record_ref::<ImportRun>(import), event);
        changes.update(&run, revision);
        Ok(self.commit(changes, changed(run, revision), reply).await?)
    }

    /// Plans a run against the programme as it is now.
    async fn planned<R: Send + 'static>(
        &self,
        context: &ProgrammeContext,
        run: &ImportRun,
        progress: Arc<dyn Progress>,
        then: impl FnOnce(Plan<'_>) -> R + Send + 'static,
    ) -> Result<R, ImportError> {
        let snapshot = Snapshot::read(&context.store, context.programme.value.clone(), run.content).await?;
        let job = Job {
            content: run.content,
            file: document(context, run.file).await?,
            file_name: run.file_name.clone(),
            mapping: run.mapping.clone(),
            answers: run.answers.clone(),
            today: self.today_in(context).await?,
        };
        self.in_background(snapshot, job, progress, then).await
    }

    /// Planning a large file takes seconds of thinking, which must not hold up other requests.
    async fn in_background<R: Send + 'static>(
        &self,
        snapshot: Snapshot,
        job: Job,
        progress: Arc<dyn Progress>,
        then: impl FnOnce(Plan<'_>) -> R + Send + 'static,
    ) -> Result<R, ImportError> {
        let app = self.clone();
        let is_given_up = Arc::new(AtomicBool::new(false));
        let progress = WhileAwaited { progress, is_given_up: Arc::clone(&is_given_up) };
        let _awaited = Awaited(is_given_up);
        let work = move || {
            let request = Request {
                content: job.content,
                bytes: &job.file,
                file_name: job.file_name.as_ref().map(Name::as_str),
                mapping: &job.mapping,
                answers: &job.answers,
                today: job.today,
            };
            let plan = plan(&request, snapshot, app.gazetteer(), app.ids(), &progress)?;
            Ok(then(plan))
        };
        let (answer, answered) = oneshot::channel();
        // A thread of its own, which is as urgent as the one that asks: a server has such work done when there is nothing else to do.
        let thread = std::thread::Builder::new().name("import".to_owned());
        // Whoever asked may be gone.
        thread.spawn(move || drop(answer.send(work()))).map_err(|_| ImportError::Stopped)?;
        answered.await.unwrap_or(Err(ImportError::Stopped))
    }
}

/// How many earlier imports are looked through for one of the same layout.
const REMEMBERED: usize = 20;

/// How the last list of the same layout was read, if one was applied: what was answered once is not asked again. For which time a log is
/// complete is said of one file only.
async fn remembered(
    context: &ProgrammeContext,
    kind: ImportContent,
    titles: &BTreeSet<String>,
) -> Result<Option<Mapping>, ImportError> {
    let mut runs: Vec<ImportRun> =
        context.store.all(Vec::new()).await?.into_iter().map(|run| run.value).collect();
    runs.retain(|run| {
        run.content == kind
            && run.mapping != Mapping::default()
            && matches!(run.state, ImportState::Applied { .. })
    });
    // Ids rise with time.
    runs.sort_by_key(|run| std::cmp::Reverse(run.id));
    for run in runs.into_iter().take(REMEMBERED) {
        let Some(head) = run.report() else { continue };
        let Some(head) = context.store.document(head).await? else { continue };
        let Ok(summary) = stored::summary(&head) else { continue };
        let read = summary.file.columns.into_iter().map(|(title, _)| title);
        let unread = summary.file.unread_columns.into_iter().map(|(title, _)| title);
        if read.chain(unread).collect::<BTreeSet<_>>() == *titles {
            return Ok(Some(Mapping { complete_for: None, ..run.mapping }));
        }
    }
    Ok(None)
}

/// Planning that stops when nobody waits for it any more: its request has ended.
struct WhileAwaited {
    progress: Arc<dyn Progress>,
    is_given_up: Arc<AtomicBool>,
}

impl Progress for WhileAwaited {
    fn at(&self, done: u64, total: u64) {
        self.progress.at(done, total);
    }

    fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed) || self.progress.is_given_up()
    }
}

/// Gives the planning up when it is dropped.
struct Awaited(Arc<AtomicBool>);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What is planned.
struct Job {
    content: ImportContent,
    file: Vec<u8>,
    file_name: Option<Name>,
    mapping: Mapping,
    answers: Vec<Answer>,
    today: NaiveDate,
}

async fn document(context: &ProgrammeContext, hash: ContentHash) -> Result<Vec<u8>, ImportError> {
    let found = context.store.document(hash).await?;
    found.ok_or(ImportError::NoDocument(hash))
}
