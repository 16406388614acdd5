//! Groups of change sets: each whole or not at all, in two ways to the server and back.
//!
//! The first takes the lock of the programme's head and sees everything the change sets depend on; under that lock nobody
//! else commits to the programme, so what is decided then holds. The second writes and commits. The lock also gives commits and
//! events their numbers: whoever has seen one number never finds a smaller one later.

use std::collections::BTreeSet;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::failure::Failure;
use super::group::{Answers, decide_all};
use super::prefetch::{Prefetched, Questions};
use super::session::{RlsContext, Step, TIMEOUT, acquire, query, run};
use super::statements::{self, BEGIN, COMMIT, ROLLBACK};
use super::stored_values;
use super::value::Param;
use super::waiting::{Waiting, size};
use super::write;
use crate::{ChangeSet, CommitError, Outcome, Realm, Unavailable, catalogue};

/// How often a group is tried that others, or a lost connection, prevented.
const TRIES: u32 = 5;
/// What a big change set may take longer, per record.
const PER_RECORD: Duration = Duration::from_millis(1);
/// How long a transaction that was cut off in its commit may go on at the server before we stop asking.
const TX_STATUS_POLL: Duration = Duration::from_millis(100);

/// Why an attempt came to nothing.
enum AttemptError {
    /// Nothing is stored; the reason.
    Undone(Failure),
    /// The connection was lost after the commit was asked for.
    InDoubt { transaction: String, answers: Answers },
}

impl From<Failure> for AttemptError {
    fn from(failure: Failure) -> Self {
        Self::Undone(failure)
    }
}

/// What became of a transaction that was cut off.
enum TxStatus {
    Committed,
    Undone,
    Unknown,
}

/// Commits a group and answers everybody in it but those that it gives back, who have to be tried again.
pub(super) async fn commit(
    pool: &Pool,
    group: Vec<Waiting>,
    notifications: &UnboundedSender<Realm>,
) -> Vec<Waiting> {
    let (group, late): (Vec<_>, Vec<_>) =
        group.into_iter().partition(|waiting| waiting.since.elapsed() < TIMEOUT);
    for waiting in late {
        waiting.answer(Err(Failure::TimedOut.unavailable().into()));
    }
    let Some(first) = group.first() else { return Vec::new() };
    let deadline = first.since + TIMEOUT;
    let mut tries = 1;
    loop {
        let failure = match attempt(pool, &group, deadline).await {
            Ok(answers) => return answer_all(group, answers, notifications),
            Err(AttemptError::Undone(failure)) if !failure.is_worth_another_try() => failure,
            Err(AttemptError::Undone(failure)) if tries >= TRIES || Instant::now() >= deadline => failure,
            Err(AttemptError::Undone(_)) => {
                tries += 1;
                continue;
            }
            Err(AttemptError::InDoubt { transaction, answers }) => match tx_status(pool, transaction).await {
                TxStatus::Committed => return answer_all(group, answers, notifications),
                TxStatus::Undone if tries < TRIES && Instant::now() < deadline => {
                    tries += 1;
                    continue;
                }
                TxStatus::Undone => Failure::TimedOut,
                TxStatus::Unknown => {
                    for waiting in group {
                        waiting.answer(Err(Unavailable::OutcomeUnknown.into()));
                    }
                    return Vec::new();
                }
            },
        };
        tracing::debug!(%failure, sets = group.len(), "group commit failed; nothing of it is stored");
        return part(pool, group, &failure, notifications).await;
    }
}

/// One may be what the server refuses, or too large for it: alone, it spoils only itself.
async fn part(
    pool: &Pool,
    group: Vec<Waiting>,
    failure: &Failure,
    notifications: &UnboundedSender<Realm>,
) -> Vec<Waiting> {
    if group.len() == 1 {
        for waiting in group {
            waiting.answer(Err(failure.unavailable().into()));
        }
        return Vec::new();
    }
    let mut undecided = Vec::new();
    for waiting in group {
        undecided.extend(Box::pin(commit(pool, vec![waiting], notifications)).await);
    }
    undecided
}

/// Tells everybody what became of theirs; gives back those of which nothing became yet.
fn answer_all(group: Vec<Waiting>, answers: Answers, notifications: &UnboundedSender<Realm>) -> Vec<Waiting> {
    let mut undecided = Vec::new();
    let mut committed = None;
    for (waiting, answer) in group.into_iter().zip(answers) {
        let Some(answer) = answer else {
            undecided.push(waiting);
            continue;
        };
        if let Ok(Outcome::Committed(_)) = answer {
            committed = Some(waiting.prepared.changes().realm());
        }
        waiting.answer(answer);
    }
    if let Some(realm) = committed {
        // Nobody to tell if the store is closed by now.
        let _told = notifications.send(realm);
    }
    undecided
}

async fn attempt(pool: &Pool, waiting: &[Waiting], deadline: Instant) -> Result<Answers, AttemptError> {
    let Some(first) = waiting.first() else { return Ok(Vec::new()) };
    let realm = first.prepared.changes().realm();
    // Stored values are updated in place with one change set alone.
    let Ok(updates) = stored_values::steps(realm, &first.updates) else {
        return Ok(vec![Some(Err(CommitError::Overtaken))]);
    };
    let late = |_| Failure::TimedOut;
    let mut client = Open::new(timeout_at(deadline, acquire(pool)).await.map_err(late)??);
    let sets: Vec<&ChangeSet> = waiting.iter().map(|waiting| waiting.prepared.changes()).collect();
    let questions = Questions::of(&sets, updates);
    let answers = timeout_at(deadline, run(client.object(), Some(BEGIN), questions.steps(), None))
        .await
        .map_err(late)??;
    let mut prefetched = questions.answered(answers)?;
    if prefetched.overtaken > 0 {
        client.roll_back().await;
        return Ok(vec![Some(Err(CommitError::Overtaken))]);
    }
    prefetched.seen.left = left(&client, realm, &sets, &prefetched, deadline).await?;
    let (accepted, answers) = decide_all(waiting, &mut prefetched);
    if accepted.is_empty() {
        client.roll_back().await;
        return Ok(answers);
    }
    let steps = write::steps(realm.uuid(), &accepted);
    let size = sets.iter().map(|changes| size(changes)).sum::<usize>();
    let time_limit = TIMEOUT + PER_RECORD * u32::try_from(size).unwrap_or(u32::MAX);
    let written = timeout(time_limit, run(client.object(), None, &steps, Some(COMMIT)));
    match written.await.unwrap_or(Err(Failure::TimedOut)) {
        Ok(_) => {
            client.finished();
            Ok(answers)
        }
        Err(failure) if failure.is_connection_lost() => {
            Err(AttemptError::InDoubt { transaction: prefetched.transaction, answers })
        }
        Err(failure) => {
            client.roll_back().await;
            Err(failure.into())
        }
    }
}

/// If the programme is not there after the first change set: the kinds of which there are records all the same, apart from those which
/// it deletes.
async fn left(
    client: &Open,
    realm: Realm,
    sets: &[&ChangeSet],
    prefetched: &Prefetched,
    deadline: Instant,
) -> Result<BTreeSet<RecordKind>, Failure> {
    let Some(changes) = sets.first() else { return Ok(BTreeSet::new()) };
    let Realm::Programme(programme) = realm else { return Ok(BTreeSet::new()) };
    let programme = RecordRef { kind: RecordKind::Programme, id: programme.uuid() };
    let is_deleted = changes.deletes().iter().any(|(record, _)| *record == programme);
    if prefetched.seen.present.contains_key(&programme) && !is_deleted {
        return Ok(BTreeSet::new());
    }
    let steps: Vec<Step<'_>> = catalogue::ALL
        .iter()
        .map(|description| {
            let deleted: Vec<_> = changes.deleted(description.kind).collect();
            let params: Vec<Param<'_>> = vec![Box::new(realm.uuid()), Box::new(deleted)];
            Step::new(&statements::of(description.kind).others, params)
        })
        .collect();
    let left = timeout_at(deadline, run(client.object(), None, &steps, None))
        .await
        .map_err(|_| Failure::TimedOut)??;
    let kinds = catalogue::ALL.iter().map(|description| description.kind);
    Ok(kinds.zip(left).filter(|(_, rows)| !rows.is_empty()).map(|(kind, _)| kind).collect())
}

/// Asks the server what became of a transaction.
async fn tx_status(pool: &Pool, transaction: String) -> TxStatus {
    let asking = async {
        loop {
            let params: [Param<'_>; 1] = [Box::new(transaction.clone())];
            let answer = query(pool, RlsContext::Nothing, statements::TX_STATUS, &params).await;
            let status =
                answer.ok().and_then(|rows| rows.first()?.try_get::<_, Option<String>>(0).ok().flatten());
            match status.as_deref() {
                Some("committed") => return TxStatus::Committed,
                Some("aborted") => return TxStatus::Undone,
                // In progress, or not reachable.
                Some(_) | None => sleep(TX_STATUS_POLL).await,
            }
        }
    };
    timeout(TIMEOUT, asking).await.unwrap_or(TxStatus::Unknown)
}

/// A connection with a transaction in it. Dropped without an end it is thrown away, so that nobody inherits the transaction.
struct Open(Option<Object>);

impl Open {
    fn new(client: Object) -> Self {
        Self(Some(client))
    }

    fn object(&self) -> &Object {
        self.0.as_ref().expect("it is there until it is finished")
    }

    /// Gives the connection back.
    fn finished(&mut self) {
        drop(self.0.take());
    }

    async fn roll_back(&mut self) {
        if let Some(client) = &self.0
            && matches!(timeout(TIMEOUT, client.batch_execute(ROLLBACK)).await, Ok(Ok(())))
        {
            self.finished();
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}
