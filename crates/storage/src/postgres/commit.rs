//! Groups of change sets: each whole or not at all, in two ways to the server and back.
//!
//! The first takes the lock of the programme's head and sees everything the change sets depend on; under that lock nobody
//! else commits to the programme, so what is decided then holds. The second writes and commits. The lock also gives commits and
//! events their numbers: whoever has seen one number never finds a smaller one later.

use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::cells;
use super::failure::Failure;
use super::group::{Decided, Group};
use super::look::{Look, Questions};
use super::queue::{Waiting, size};
use super::session::{PATIENCE, Sight, Step, ask, run};
use super::statements::{self, COMMIT, ROLLBACK, WRITE};
use super::value::Param;
use super::write;
use crate::{ChangeSet, CommitError, Outcome, Realm, Unavailable, catalogue};

/// How often a group is tried that others, or a lost connection, prevented.
const TRIES: u32 = 5;
/// What a big change set may take longer, per record.
const PER_RECORD: Duration = Duration::from_millis(1);
/// How long a transaction that was cut off in its commit may go on at the server before we stop asking.
const FATE_WAIT: Duration = Duration::from_millis(100);

/// What became of each change set of a group; none if it has to be tried again with the next.
type Answers = Vec<Option<Result<Outcome, CommitError>>>;

/// Why an attempt came to nothing.
enum Setback {
    /// Nothing is stored; the reason.
    Undone(Failure),
    /// The connection was lost after the commit was asked for.
    InDoubt { transaction: String, answers: Answers },
}

impl From<Failure> for Setback {
    fn from(failure: Failure) -> Self {
        Self::Undone(failure)
    }
}

/// What became of a transaction that was cut off.
enum Fate {
    Committed,
    Undone,
    Unknown,
}

/// Commits a group and answers everybody in it but those that it gives back, who have to be tried again.
pub(super) async fn commit(pool: &Pool, group: Vec<Waiting>, ring: &UnboundedSender<Realm>) -> Vec<Waiting> {
    let (group, late): (Vec<_>, Vec<_>) =
        group.into_iter().partition(|waiting| waiting.since.elapsed() < PATIENCE);
    for waiting in late {
        waiting.answer(Err(Unavailable::Unreachable.into()));
    }
    let Some(first) = group.first() else { return Vec::new() };
    let deadline = first.since + PATIENCE;
    let mut tries = 1;
    loop {
        let failure = match attempt(pool, &group, deadline).await {
            Ok(answers) => return tell(group, answers, ring),
            Err(Setback::Undone(failure)) if !failure.is_worth_another_try() => failure,
            Err(Setback::Undone(failure)) if tries >= TRIES || Instant::now() >= deadline => failure,
            Err(Setback::Undone(_)) => {
                tries += 1;
                continue;
            }
            Err(Setback::InDoubt { transaction, answers }) => match fate(pool, transaction).await {
                Fate::Committed => return tell(group, answers, ring),
                Fate::Undone if tries < TRIES && Instant::now() < deadline => {
                    tries += 1;
                    continue;
                }
                Fate::Undone => Failure::TimedOut,
                Fate::Unknown => {
                    for waiting in group {
                        waiting.answer(Err(Unavailable::OutcomeUnknown.into()));
                    }
                    return Vec::new();
                }
            },
        };
        tracing::debug!(%failure, sets = group.len(), "nothing of a group of change sets is stored");
        return part(pool, group, &failure, ring).await;
    }
}

/// One may be what the server refuses, or too large for it: alone, it spoils only itself.
async fn part(
    pool: &Pool,
    group: Vec<Waiting>,
    failure: &Failure,
    ring: &UnboundedSender<Realm>,
) -> Vec<Waiting> {
    if group.len() == 1 {
        for waiting in group {
            waiting.answer(Err(failure.unavailable().into()));
        }
        return Vec::new();
    }
    let mut undecided = Vec::new();
    for waiting in group {
        undecided.extend(Box::pin(commit(pool, vec![waiting], ring)).await);
    }
    undecided
}

/// Tells everybody what became of theirs; gives back those of which nothing became yet.
fn tell(group: Vec<Waiting>, answers: Answers, ring: &UnboundedSender<Realm>) -> Vec<Waiting> {
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
        let _told = ring.send(realm);
    }
    undecided
}

async fn attempt(pool: &Pool, waiting: &[Waiting], deadline: Instant) -> Result<Answers, Setback> {
    let Some(first) = waiting.first() else { return Ok(Vec::new()) };
    let realm = first.prepared.changes().realm();
    // Cells are rewritten with one change set alone.
    let Ok(rewrites) = cells::steps(realm, &first.rewrites) else {
        return Ok(vec![Some(Err(CommitError::Overtaken))]);
    };
    let late = |_| Failure::TimedOut;
    let mut client = Open::new(timeout_at(deadline, pool.get()).await.map_err(late)?.map_err(Failure::from)?);
    let sets: Vec<&ChangeSet> = waiting.iter().map(|waiting| waiting.prepared.changes()).collect();
    let questions = Questions::of(&sets, rewrites);
    let answers = timeout_at(deadline, run(client.object(), Some(WRITE), questions.steps(), None))
        .await
        .map_err(late)??;
    let mut look = questions.answered(answers)?;
    if look.overtaken > 0 {
        client.roll_back().await;
        return Ok(vec![Some(Err(CommitError::Overtaken))]);
    }
    let orphan = orphan(&client, realm, &sets, &look, deadline).await?;
    let Decided { accepted, mut answers } = Group { waiting, orphan }.decide(&mut look);
    if accepted.is_empty() {
        client.roll_back().await;
        return Ok(answers);
    }
    let steps = write::steps(realm.uuid(), &accepted);
    let committed = accepted.iter().map(|accepted| (accepted.place, accepted.outcome()));
    for (place, outcome) in committed {
        answers[place] = Some(Ok(outcome));
    }
    let size = sets.iter().map(|changes| size(changes)).sum::<usize>();
    let patience = PATIENCE + PER_RECORD * u32::try_from(size).unwrap_or(u32::MAX);
    let written = timeout(patience, run(client.object(), None, &steps, Some(COMMIT)));
    match written.await.unwrap_or(Err(Failure::TimedOut)) {
        Ok(_) => {
            client.finished();
            Ok(answers)
        }
        Err(failure) if failure.is_connection_lost() => {
            Err(Setback::InDoubt { transaction: look.transaction, answers })
        }
        Err(failure) => {
            client.roll_back().await;
            Err(failure.into())
        }
    }
}

/// If the programme is not there: the first kind of which records would be left in it after the first change set. A programme's
/// records stand and fall with it.
async fn orphan(
    client: &Open,
    realm: Realm,
    sets: &[&ChangeSet],
    look: &Look,
    deadline: Instant,
) -> Result<Option<RecordKind>, Failure> {
    let Some(changes) = sets.first() else { return Ok(None) };
    let Realm::Programme(programme) = realm else { return Ok(None) };
    let programme = RecordRef { kind: RecordKind::Programme, id: programme.uuid() };
    let deleted = changes.deletes().iter().any(|(record, _)| *record == programme);
    let created = changes.creates().iter().any(|raw| raw.record == programme);
    if created || (look.seen.has(programme) && !deleted) {
        return Ok(None);
    }
    let of_kind = |kind| changes.deletes().iter().filter(move |(record, _)| record.kind == kind);
    let steps: Vec<Step<'_>> = catalogue::ALL
        .iter()
        .map(|description| {
            let deleted: Vec<_> = of_kind(description.kind).map(|(record, _)| record.id).collect();
            let params: Vec<Param<'_>> = vec![Box::new(realm.uuid()), Box::new(deleted)];
            Step::new(&statements::of(description.kind).others, params)
        })
        .collect();
    let left = timeout_at(deadline, run(client.object(), None, &steps, None))
        .await
        .map_err(|_| Failure::TimedOut)??;
    let orphaned = catalogue::ALL.iter().zip(left).find(|(description, rows)| {
        !rows.is_empty() || changes.creates().iter().any(|raw| raw.record.kind == description.kind)
    });
    Ok(orphaned.map(|(description, _)| description.kind))
}

/// Asks the server what became of a transaction.
async fn fate(pool: &Pool, transaction: String) -> Fate {
    let asking = async {
        loop {
            let params: [Param<'_>; 1] = [Box::new(transaction.clone())];
            let answer = ask(pool, Sight::Nothing, statements::FATE, &params).await;
            let status =
                answer.ok().and_then(|rows| rows.first()?.try_get::<_, Option<String>>(0).ok().flatten());
            match status.as_deref() {
                Some("committed") => return Fate::Committed,
                Some("aborted") => return Fate::Undone,
                // In progress, or not reachable.
                Some(_) | None => sleep(FATE_WAIT).await,
            }
        }
    };
    timeout(PATIENCE, asking).await.unwrap_or(Fate::Unknown)
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
            && matches!(timeout(PATIENCE, client.batch_execute(ROLLBACK)).await, Ok(Ok(())))
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
