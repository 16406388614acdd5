//! All of a change set, or nothing: two ways to the server and back.
//!
//! The first takes the lock of the programme's head and sees everything the change set depends on; under that lock nobody
//! else commits to the programme, so what is decided then holds. The second writes and commits. The lock also gives commits and
//! events their numbers: whoever has seen one number never finds a smaller one later.

use std::collections::HashMap;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::cells;
use super::decide::{decide, written};
use super::failure::Failure;
use super::look::{Look, Questions};
use super::session::{PATIENCE, Sight, Step, run};
use super::statements::{self, COMMIT, ROLLBACK, WRITE};
use super::value::Param;
use super::write::{self, Numbers};
use crate::audit::{Replaced, chain};
use crate::{
    ChangeSet, CommitError, Committed, Conflict, Outcome, RawBody, Revision, Rewrite, Unavailable, catalogue,
};

/// How often a change set is tried that others, or a lost connection, prevented.
const TRIES: u32 = 5;
/// What a big change set may take longer, per record.
const PER_RECORD: Duration = Duration::from_millis(1);
/// How long a transaction that was cut off in its commit may go on at the server before we stop asking.
const FATE_WAIT: Duration = Duration::from_millis(100);

/// Why an attempt came to nothing.
enum Setback {
    /// The change set cannot be committed.
    Refused(CommitError),
    /// Nothing is stored; the reason.
    Undone(Failure),
    /// The connection was lost after the commit was asked for.
    InDoubt { transaction: String, outcome: Box<Outcome> },
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

/// Rewrites cells and commits a change set that was checked.
pub(super) async fn commit(
    pool: &Pool,
    changes: &ChangeSet,
    rewrites: &[Rewrite],
) -> Result<Outcome, CommitError> {
    let deadline = Instant::now() + PATIENCE;
    let mut tries = 1;
    loop {
        match attempt(pool, changes, rewrites, deadline).await {
            Ok(outcome) => return Ok(outcome),
            Err(Setback::Refused(refusal)) => return Err(refusal),
            Err(Setback::Undone(failure)) => {
                if tries >= TRIES || !failure.is_worth_another_try() || Instant::now() >= deadline {
                    return Err(failure.unavailable().into());
                }
            }
            Err(Setback::InDoubt { transaction, outcome }) => match fate(pool, transaction).await {
                Fate::Committed => return Ok(*outcome),
                Fate::Undone if tries < TRIES && Instant::now() < deadline => {}
                Fate::Undone => return Err(Unavailable::Unreachable.into()),
                Fate::Unknown => return Err(Unavailable::OutcomeUnknown.into()),
            },
        }
        tries += 1;
        tracing::debug!(tries, "a change set is tried again");
    }
}

async fn attempt(
    pool: &Pool,
    changes: &ChangeSet,
    rewrites: &[Rewrite],
    deadline: Instant,
) -> Result<Outcome, Setback> {
    let steps = cells::steps(changes.realm(), rewrites).map_err(Setback::Refused)?;
    let late = |_| Failure::TimedOut;
    let mut client = Open::new(timeout_at(deadline, pool.get()).await.map_err(late)?.map_err(Failure::from)?);
    let questions = Questions::of(changes, steps);
    let answers = timeout_at(deadline, run(client.object(), Some(WRITE), questions.steps(), None))
        .await
        .map_err(late)??;
    let look = questions.answered(answers)?;
    if look.overtaken > 0 {
        client.roll_back().await;
        return Err(Setback::Refused(CommitError::Overtaken));
    }
    let decided = decided(&client, changes, look, deadline).await;
    let (look, revisions) = match decided {
        Ok(Decision::Write(look, revisions)) => (look, revisions),
        Ok(Decision::Replay(outcome)) => {
            client.roll_back().await;
            return Ok(outcome);
        }
        Err(Setback::Refused(refusal)) => {
            client.roll_back().await;
            return Err(Setback::Refused(refusal));
        }
        Err(setback) => return Err(setback),
    };
    let entries = match chain(changes, &replaced(&revisions, look.before), look.head) {
        Ok(entries) => entries,
        Err(refusal) => {
            client.roll_back().await;
            return Err(Setback::Refused(refusal));
        }
    };
    let numbers = Numbers { programme: changes.realm().uuid(), change: look.change };
    let steps = write::steps(changes, numbers, &revisions, &entries);
    let first_event = entries.first().map(|entry| entry.sequence);
    let outcome = Outcome::Committed(Committed { revisions: revisions.clone(), first_event });

    let size = u32::try_from(changes.deletes().len() + written(changes).count()).unwrap_or(u32::MAX);
    let written = timeout(PATIENCE + PER_RECORD * size, run(client.object(), None, &steps, Some(COMMIT)));
    match written.await.unwrap_or(Err(Failure::TimedOut)) {
        Ok(_) => {
            client.finished();
            Ok(outcome)
        }
        Err(failure) if failure.is_connection_lost() => {
            Err(Setback::InDoubt { transaction: look.transaction, outcome: Box::new(outcome) })
        }
        Err(failure) => {
            client.roll_back().await;
            Err(failure.into())
        }
    }
}

/// The updated records and what they were.
fn replaced(revisions: &[(RecordRef, Revision)], mut before: HashMap<RecordRef, RawBody>) -> Vec<Replaced> {
    let replaced = |(record, revision): &(RecordRef, Revision)| {
        Some(Replaced { record: *record, revision: *revision, before: before.remove(record)? })
    };
    revisions.iter().filter_map(replaced).collect()
}

enum Decision {
    Write(Box<Look>, Vec<(RecordRef, Revision)>),
    Replay(Outcome),
}

async fn decided(
    client: &Open,
    changes: &ChangeSet,
    mut look: Look,
    deadline: Instant,
) -> Result<Decision, Setback> {
    if let (Some(stored), Some(asked)) = (&look.reply, changes.reply())
        && stored.expires_at > changes.at()
    {
        return if stored.fingerprint == asked.fingerprint {
            Ok(Decision::Replay(Outcome::Replayed(stored.clone())))
        } else {
            Err(Setback::Refused(CommitError::KeyReused))
        };
    }
    let revisions = decide(changes, &mut look.seen).map_err(Setback::Refused)?;
    if !look.seen.has_programme(changes.realm()) {
        let orphan = timeout_at(deadline, orphan(client.object(), changes)).await;
        if let Some(kind) = orphan.map_err(|_| Failure::TimedOut)?? {
            return Err(Setback::Refused(Conflict::NoProgramme(kind).into()));
        }
    }
    Ok(Decision::Write(Box::new(look), revisions))
}

/// The first kind of which records would be left in a programme that is not there: its records stand and fall with it.
async fn orphan(client: &Object, changes: &ChangeSet) -> Result<Option<RecordKind>, Failure> {
    let of_kind = |kind| changes.deletes().iter().filter(move |(record, _)| record.kind == kind);
    let steps: Vec<Step<'_>> = catalogue::ALL
        .iter()
        .map(|description| {
            let deleted: Vec<_> = of_kind(description.kind).map(|(record, _)| record.id).collect();
            let params: Vec<Param<'_>> = vec![Box::new(changes.realm().uuid()), Box::new(deleted)];
            Step::new(&statements::of(description.kind).others, params)
        })
        .collect();
    let left = run(client, None, &steps, None).await?;
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
            let sight = Sight::Programme(uuid::Uuid::nil());
            let answer = super::session::ask(pool, sight, statements::FATE, &params).await;
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
