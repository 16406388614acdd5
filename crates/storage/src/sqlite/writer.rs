//! The one thread that writes. It commits what waits together: one fsync for many change sets.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};

use super::commit::{Refusal, apply, unavailable};
use super::ends::Ends;
use super::{cells, indexing, statements};
use crate::audit::Prepared;
use crate::search::Entry;
use crate::{CommitError, Outcome, Realm, Rewrite, Unavailable};

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
    /// Cells to rewrite, and a change set.
    Rewrite(Vec<Rewrite>, Box<Prepared>, oneshot::Sender<Result<Outcome, CommitError>>),
    /// Replies that have expired.
    Forget { now: DateTime<Utc>, limit: u32, answer: oneshot::Sender<Result<u64, CommitError>> },
    /// Something else.
    Errand(Errand),
}

type Work = Box<dyn Fn(&Connection) -> Result<(), rusqlite::Error> + Send>;

/// Something else to write, and where to answer. It may be done twice, if the first time was undone.
pub(super) struct Errand {
    work: Work,
    answer: Box<dyn FnOnce(Result<(), Unavailable>) + Send>,
}

impl Errand {
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

impl std::fmt::Debug for Errand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Errand")
    }
}

/// What became of a job, to be told once it is safe on disk.
enum Done {
    Committed(Result<Outcome, CommitError>),
    Forgotten(Result<u64, CommitError>),
    Errand,
}

impl Done {
    fn is_committed(&self) -> bool {
        matches!(self, Self::Committed(Ok(Outcome::Committed(_))))
    }
}

/// What became of a group.
enum Grouped {
    /// Each job has its result, and all that succeeded is on disk.
    Settled(Vec<Done>),
    /// Nothing of it is stored.
    Failed(rusqlite::Error),
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
    match commit_together(connection, &group) {
        Grouped::Settled(done) => group.into_iter().zip(done).for_each(|(job, done)| job.answer(done)),
        // One may be too large for the disk, or hold a reference that only the commit found broken: alone, it spoils
        // only itself. A lock that another process holds is waited for once, not once for each.
        Grouped::Failed(error) if group.len() > 1 && unavailable(&error) != Unavailable::Busy => {
            for job in group {
                settle(connection, vec![job]);
            }
        }
        Grouped::Failed(error) => {
            tracing::warn!(jobs = group.len(), %error, "a commit failed; nothing of it is stored");
            let reason = unavailable(&error);
            for job in group {
                job.fail(&reason);
            }
        }
    }
}

fn commit_together(connection: &Connection, group: &[Job]) -> Grouped {
    // Hardly ever is anything refused, and a savepoint for each job copies every page that it changes.
    let settled = match undone_if_failed(connection, || attempt(connection, group, Guard::Nothing)) {
        Ok(None) => undone_if_failed(connection, || attempt(connection, group, Guard::Savepoints)),
        settled => settled,
    };
    match settled {
        Ok(done) => Grouped::Settled(done.unwrap_or_default()),
        Err(error) => Grouped::Failed(error),
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
        tracing::error!(%error, "a failed commit could not be rolled back");
    }
    done
}

/// What keeps one job's refusal from harming the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// Nothing: all is given up.
    Nothing,
    /// A savepoint for each.
    Savepoints,
}

/// Commits a group. Answers nothing, with the transaction still open, if one was refused that nothing guards the others from.
fn attempt(
    connection: &Connection,
    group: &[Job],
    guard: Guard,
) -> Result<Option<Vec<Done>>, rusqlite::Error> {
    // A read lock that is upgraded later would ignore the busy time-out.
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let mut done = Vec::with_capacity(group.len());
    let mut ends = Ends::default();
    for job in group {
        if guard == Guard::Savepoints {
            connection.prepare_cached("SAVEPOINT one")?.execute([])?;
        }
        let (result, keep) = job.apply(connection, &mut ends)?;
        if !keep && guard == Guard::Nothing {
            return Ok(None);
        }
        if !keep {
            connection.prepare_cached("ROLLBACK TO one")?.execute([])?;
            ends.undone();
        }
        if guard == Guard::Savepoints {
            connection.prepare_cached("RELEASE one")?.execute([])?;
        }
        done.push(result);
    }
    ends.write(connection)?;
    // After the last savepoint, as each would have FTS5 write a segment of its own.
    let kept = group.iter().zip(&done).filter(|(_, done)| done.is_committed());
    indexing::write(connection, kept.flat_map(|(job, _)| job.entries()))?;
    connection.prepare_cached("COMMIT")?.execute([])?;
    if group.iter().any(|job| matches!(job, Job::Rewrite(..))) {
        forget_traces(connection);
    }
    Ok(Some(done))
}

/// Empties the write-ahead log, which still holds what was replaced; in the file itself `secure_delete` has overwritten it.
fn forget_traces(connection: &Connection) {
    let checkpoint = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    if checkpoint != Ok(0) {
        tracing::warn!(?checkpoint, "the write-ahead log holds what was erased until its next checkpoint");
    }
}

impl Job {
    /// Does the work, and says whether to keep it. An error means that the whole transaction is lost.
    fn apply(&self, connection: &Connection, ends: &mut Ends) -> Result<(Done, bool), rusqlite::Error> {
        match self {
            Self::Commit(prepared, _) => match apply(connection, ends, prepared) {
                Ok(outcome) => Ok((Done::Committed(Ok(outcome)), true)),
                Err(Refusal::Refused(refusal)) => Ok((Done::Committed(Err(refusal)), false)),
                Err(Refusal::Broken(error)) => Err(error),
            },
            Self::Rewrite(rewrites, prepared, _) => {
                let rewritten = cells::rewrite(connection, prepared.changes().realm(), rewrites);
                match rewritten.and_then(|()| apply(connection, ends, prepared)) {
                    Ok(outcome) => Ok((Done::Committed(Ok(outcome)), true)),
                    Err(Refusal::Refused(refusal)) => Ok((Done::Committed(Err(refusal)), false)),
                    Err(Refusal::Broken(error)) => Err(error),
                }
            }
            Self::Forget { now, limit, .. } => {
                let forgotten = connection
                    .prepare_cached(statements::FORGET_REPLIES)?
                    .execute(params![now.timestamp_micros(), limit])?;
                Ok((Done::Forgotten(Ok(forgotten as u64)), true))
            }
            Self::Errand(errand) => {
                // It may look at anything.
                ends.write(connection)?;
                (errand.work)(connection).map(|()| (Done::Errand, true))
            }
        }
    }

    /// What search finds the records by that it stores.
    fn entries(&self) -> impl Iterator<Item = (Realm, &Entry)> {
        let changes = match self {
            Self::Commit(prepared, _) | Self::Rewrite(_, prepared, _) => Some(prepared.changes()),
            Self::Forget { .. } | Self::Errand(_) => None,
        };
        changes.into_iter().flat_map(|changes| changes.entries().iter().map(|entry| (changes.realm(), entry)))
    }

    /// Tells the result; whoever asked may be gone.
    fn answer(self, done: Done) {
        match (self, done) {
            (Self::Commit(_, answer) | Self::Rewrite(_, _, answer), Done::Committed(result)) => {
                drop(answer.send(result));
            }
            (Self::Forget { answer, .. }, Done::Forgotten(result)) => drop(answer.send(result)),
            (Self::Errand(errand), Done::Errand) => (errand.answer)(Ok(())),
            (Self::Commit(..) | Self::Rewrite(..), Done::Forgotten(_) | Done::Errand)
            | (Self::Forget { .. }, Done::Committed(_) | Done::Errand)
            | (Self::Errand(_), Done::Committed(_) | Done::Forgotten(_)) => {
                tracing::error!("a job was given the result of another kind of job");
            }
        }
    }

    fn fail(self, reason: &Unavailable) {
        match self {
            Self::Commit(_, answer) | Self::Rewrite(_, _, answer) => {
                drop(answer.send(Err(reason.clone().into())));
            }
            Self::Forget { answer, .. } => drop(answer.send(Err(reason.clone().into()))),
            Self::Errand(errand) => (errand.answer)(Err(reason.clone())),
        }
    }
}
