//! The one thread that writes. It commits what waits together: one fsync for many change sets.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};

use super::commit::{Refusal, apply};
use super::error::unavailable;
use super::journal_tail_cache::JournalTailCache;
use super::{indexing, statements, stored_values};
use crate::audit::Prepared;
use crate::search::Entry;
use crate::{CommitError, InPlaceUpdate, Outcome, Realm, Unavailable};

/// At most so many change sets share one commit.
const GROUP: usize = 256;
/// A group as large as is usual is waited for while it still grows, at most for this long.
const WAIT_MOST: Duration = Duration::from_millis(1);
/// How long the writer sleeps between two looks at the queue while it waits for a group.
const WAIT_STEP: Duration = Duration::from_micros(50);

/// Something to write, and where to answer.
#[derive(Debug)]
pub(super) enum Job {
    /// A change set.
    Commit(Box<Prepared>, oneshot::Sender<Result<Outcome, CommitError>>),
    /// Stored values to update in place, and a change set.
    UpdateInPlace(Vec<InPlaceUpdate>, Box<Prepared>, oneshot::Sender<Result<Outcome, CommitError>>),
    /// Replies that have expired.
    Forget { now: DateTime<Utc>, limit: u32, answer: oneshot::Sender<Result<u64, CommitError>> },
    /// Something else.
    Task(WriterTask),
}

type Work = Box<dyn Fn(&Connection) -> Result<(), rusqlite::Error> + Send>;

/// Something else to write, and where to answer. It may be done twice, if the first time was undone.
pub(super) struct WriterTask {
    work: Work,
    answer: Box<dyn FnOnce(Result<(), Unavailable>) + Send>,
}

impl WriterTask {
    pub(super) fn new<T: Send + 'static>(
        work: impl Fn(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
        answer: oneshot::Sender<Result<T, Unavailable>>,
    ) -> Self {
        let found = Arc::new(Mutex::new(None));
        let keep = Arc::clone(&found);
        let lock = |kept: &Mutex<Option<T>>| kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        Self {
            work: Box::new(move |connection| {
                let done = work(connection)?;
                *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
                Ok(())
            }),
            answer: Box::new(move |result| {
                let result = result.and_then(|()| lock(&found).ok_or(Unavailable::Closed));
                // Whoever asked may be gone.
                drop(answer.send(result));
            }),
        }
    }
}

impl std::fmt::Debug for WriterTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WriterTask")
    }
}

/// What became of a job, to be told once it is safe on disk.
enum Done {
    Committed(Result<Outcome, CommitError>),
    Forgotten(Result<u64, CommitError>),
    Task,
}

/// What became of a change set; an error if the database failed.
fn committed(result: Result<Outcome, Refusal>) -> Result<Done, rusqlite::Error> {
    match result {
        Ok(outcome) => Ok(Done::Committed(Ok(outcome))),
        Err(Refusal::Refused(refusal)) => Ok(Done::Committed(Err(refusal))),
        Err(Refusal::Unread(error)) => Err(error),
    }
}

impl Done {
    fn is_committed(&self) -> bool {
        matches!(self, Self::Committed(Ok(Outcome::Committed(_))))
    }
}

/// Runs until the last sender is gone.
pub(super) fn run(connection: &Connection, jobs: &mut mpsc::Receiver<Job>) {
    let mut usual = 1;
    while let Some(first) = jobs.blocking_recv() {
        let group = gather(first, jobs, usual);
        // Who stays away is forgotten little by little.
        usual = group.len().max(usual - usual.div_ceil(8));
        settle(connection, group);
    }
}

/// Takes what waits. Those whom the last commit answered are about to ask again: to wait a moment for them lets them
/// share this commit instead of missing it. A single writer is never waited for.
fn gather(first: Job, jobs: &mut mpsc::Receiver<Job>, usual: usize) -> Vec<Job> {
    let mut group = Vec::with_capacity(usual);
    group.push(first);
    let begun = Instant::now();
    let mut seen = 0;
    while group.len() < GROUP {
        match jobs.try_recv() {
            Ok(job) => group.push(job),
            Err(TryRecvError::Empty)
                if group.len() < usual && group.len() > seen && begun.elapsed() < WAIT_MOST =>
            {
                seen = group.len();
                std::thread::sleep(WAIT_STEP);
            }
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
        }
    }
    group
}

fn settle(connection: &Connection, group: Vec<Job>) {
    match undone_if_failed(connection, || commit_together(connection, &group)) {
        Ok(done) => group.into_iter().zip(done).for_each(|(job, done)| job.answer(done)),
        // One may be too large for the disk, or hold what only the commit found broken: alone, it spoils only itself.
        // A lock that another process holds is waited for once, not once for each.
        Err(error) if group.len() > 1 && !matches!(unavailable(&error), Unavailable::Busy(_)) => {
            for job in group {
                settle(connection, vec![job]);
            }
        }
        Err(error) => {
            tracing::warn!(jobs = group.len(), %error, "group commit failed; nothing of it is stored");
            let reason = unavailable(&error);
            for job in group {
                job.fail(&reason);
            }
        }
    }
}

/// Rolls back what did not come to its end.
fn undone_if_failed<T>(
    connection: &Connection,
    work: impl FnOnce() -> Result<T, rusqlite::Error>,
) -> Result<T, rusqlite::Error> {
    let done = work();
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        tracing::error!(%error, "rollback of a failed commit failed");
    }
    done
}

/// Commits a group, each job on what those before it leave behind. What is refused has written nothing, so it harms no other.
fn commit_together(connection: &Connection, group: &[Job]) -> Result<Vec<Done>, rusqlite::Error> {
    // A read lock that is upgraded later would ignore the busy time-out.
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let mut tails = JournalTailCache::default();
    let done = group.iter().map(|job| job.apply(connection, &mut tails)).collect::<Result<Vec<_>, _>>()?;
    tails.write(connection)?;
    // After the last savepoint, as each would have FTS5 write a segment of its own.
    let kept = group.iter().zip(&done).filter(|(_, done)| done.is_committed());
    indexing::write(connection, kept.flat_map(|(job, _)| job.entries()))?;
    connection.prepare_cached("COMMIT")?.execute([])?;
    if group.iter().any(|job| matches!(job, Job::UpdateInPlace(..))) {
        forget_traces(connection);
    }
    Ok(done)
}

/// Empties the write-ahead log, which still holds what was replaced; in the file itself `secure_delete` has overwritten it.
fn forget_traces(connection: &Connection) {
    let checkpoint = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    if checkpoint != Ok(0) {
        tracing::warn!(
            ?checkpoint,
            "WAL checkpoint after an erasure failed: the WAL holds what was erased until its next checkpoint"
        );
    }
}

impl Job {
    /// Does the work. An error means that the whole transaction is lost.
    fn apply(&self, connection: &Connection, tails: &mut JournalTailCache) -> Result<Done, rusqlite::Error> {
        match self {
            Self::Commit(prepared, _) => committed(apply(connection, tails, prepared)),
            Self::UpdateInPlace(updates, prepared, _) => {
                let realm = prepared.changes().realm();
                connection.prepare_cached("SAVEPOINT one")?.execute([])?;
                let replaced = stored_values::update_in_place(connection, realm, updates);
                let done = committed(replaced.and_then(|()| apply(connection, tails, prepared)))?;
                if !done.is_committed() {
                    connection.prepare_cached("ROLLBACK TO one")?.execute([])?;
                }
                connection.prepare_cached("RELEASE one")?.execute([])?;
                Ok(done)
            }
            Self::Forget { now, limit, .. } => {
                let forgotten = connection
                    .prepare_cached(statements::FORGET_REPLIES)?
                    .execute(params![now.timestamp_micros(), limit])?;
                Ok(Done::Forgotten(Ok(forgotten as u64)))
            }
            Self::Task(task) => {
                // It may look at anything.
                tails.write(connection)?;
                (task.work)(connection).map(|()| Done::Task)
            }
        }
    }

    /// What search finds the records by that it stores.
    fn entries(&self) -> impl Iterator<Item = (Realm, &Entry)> {
        let changes = match self {
            Self::Commit(prepared, _) | Self::UpdateInPlace(_, prepared, _) => Some(prepared.changes()),
            Self::Forget { .. } | Self::Task(_) => None,
        };
        changes.into_iter().flat_map(|changes| changes.entries().iter().map(|entry| (changes.realm(), entry)))
    }

    /// Tells the result; whoever asked may be gone.
    fn answer(self, done: Done) {
        match (self, done) {
            (Self::Commit(_, answer) | Self::UpdateInPlace(_, _, answer), Done::Committed(result)) => {
                drop(answer.send(result));
            }
            (Self::Forget { answer, .. }, Done::Forgotten(result)) => drop(answer.send(result)),
            (Self::Task(task), Done::Task) => (task.answer)(Ok(())),
            (Self::Commit(..) | Self::UpdateInPlace(..), Done::Forgotten(_) | Done::Task)
            | (Self::Forget { .. }, Done::Committed(_) | Done::Task)
            | (Self::Task(_), Done::Committed(_) | Done::Forgotten(_)) => {
                tracing::error!("a job was given the result of another kind of job");
            }
        }
    }

    fn fail(self, reason: &Unavailable) {
        match self {
            Self::Commit(_, answer) | Self::UpdateInPlace(_, _, answer) => {
                drop(answer.send(Err(reason.clone().into())));
            }
            Self::Forget { answer, .. } => drop(answer.send(Err(reason.clone().into()))),
            Self::Task(task) => (task.answer)(Err(reason.clone())),
        }
    }
}
