//! Work in SQLite: everything is done by the one writer.

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::SqliteStore;
use super::statements;
use super::value::moment;
use super::value::sequence_number;
use crate::work::{
    Claim, Fence, LeaseError, LeaseRequest, Leased, Leasing, NewWork, RAN_OUT, Retry, Signals, WorkCounts,
    WorkQueue, WorkState,
};
use crate::{Realm, Sequence};

type Answer<T> = Result<T, rusqlite::Error>;

/// Stores new work about an event; work that is there already stays as it is.
pub(super) fn add(connection: &Connection, realm: Realm, work: &NewWork, event: Sequence) -> Answer<()> {
    connection.prepare_cached(statements::ADD_WORK)?.execute(params![
        realm.uuid(),
        work.id,
        work.topic,
        sequence_number(event),
        work.due_at.timestamp_micros()
    ])?;
    Ok(())
}

impl WorkQueue for SqliteStore {
    fn lease(&self, request: LeaseRequest) -> Leasing<'_, Vec<Leased>> {
        self.leasing(move |connection| lease(connection, &request))
    }

    fn heartbeat(&self, claim: Claim, until: DateTime<Utc>) -> Leasing<'_, ()> {
        self.claimed(move |connection| {
            let until = until.timestamp_micros();
            update_leased(connection, claim, WorkState::Leased, until, None)
        })
    }

    fn complete(&self, claim: Claim, now: DateTime<Utc>) -> Leasing<'_, ()> {
        self.claimed(move |connection| {
            update_leased(connection, claim, WorkState::Done, now.timestamp_micros(), None)
        })
    }

    fn fail(&self, claim: Claim, error: String, retry: Retry, now: DateTime<Utc>) -> Leasing<'_, ()> {
        self.claimed(move |connection| {
            let (state, due_at) = match retry {
                Retry::At(due_at) => (WorkState::Ready, due_at),
                Retry::Never => (WorkState::Dead, now),
            };
            update_leased(connection, claim, state, due_at.timestamp_micros(), Some(&error))
        })
    }

    fn expire_leases(&self, now: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        self.leasing(move |connection| {
            let values = params![now.timestamp_micros(), limit, RAN_OUT];
            Ok(connection.prepare_cached(statements::EXPIRE_LEASES)?.execute(values)? as u64)
        })
    }

    fn forget_work(&self, before: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        self.leasing(move |connection| {
            let values = params![before.timestamp_micros(), limit];
            Ok(connection.prepare_cached(statements::FORGET_WORK)?.execute(values)? as u64)
        })
    }

    fn work_counts(&self, topic: &'static str) -> Leasing<'_, WorkCounts> {
        self.leasing(move |connection| counts(connection, topic))
    }

    fn signals(&self) -> Signals {
        self.notifier.listen()
    }
}

impl SqliteStore {
    fn leasing<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Answer<T> + Send + 'static,
    ) -> Leasing<'_, T> {
        async move { Ok(self.run(work).await?) }.boxed()
    }

    /// For what is said under a lease: whether the lease was still there.
    fn claimed(&self, work: impl Fn(&Connection) -> Answer<bool> + Send + 'static) -> Leasing<'_, ()> {
        async move { if self.run(work).await? { Ok(()) } else { Err(LeaseError::Lost) } }.boxed()
    }
}

fn lease(connection: &Connection, request: &LeaseRequest) -> Answer<Vec<Leased>> {
    let read = |row: &Row<'_>| {
        let (event, fence): (i64, i64) = (row.get(2)?, row.get(5)?);
        Ok(Leased {
            claim: Claim {
                realm: Realm::from_uuid(row.get(0)?),
                id: row.get(1)?,
                fence: Fence(fence.cast_unsigned()),
            },
            event: Sequence(event.cast_unsigned()),
            attempt: row.get(3)?,
            until: moment(row, 4)?,
            last_error: row.get(6)?,
        })
    };
    let until = request.now + request.lease;
    let mut due = connection.prepare_cached(statements::DUE)?;
    let due: Vec<(Uuid, Uuid)> = due
        .query_map(params![request.topic, request.now.timestamp_micros(), request.limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Answer<_>>()?;
    let mut take = connection.prepare_cached(statements::TAKE)?;
    due.into_iter()
        .map(|(programme, id)| {
            take.query_row(params![programme, id, until.timestamp_micros(), request.owner], read)
        })
        .collect()
}

fn update_leased(
    connection: &Connection,
    claim: Claim,
    state: WorkState,
    due_at: i64,
    error: Option<&str>,
) -> Answer<bool> {
    let fence = claim.fence.0.cast_signed();
    let values = params![claim.realm.uuid(), claim.id, fence, state.as_str(), due_at, error];
    Ok(connection.prepare_cached(statements::UPDATE_LEASED)?.execute(values)? == 1)
}

fn counts(connection: &Connection, topic: &str) -> Answer<WorkCounts> {
    let mut counts = WorkCounts::default();
    let mut statement = connection.prepare_cached(statements::WORK_COUNTS)?;
    let mut rows = statement.query([topic])?;
    while let Some(row) = rows.next()? {
        let (state, number): (String, i64) = (row.get(0)?, row.get(1)?);
        counts.add(&state, number.cast_unsigned());
    }
    Ok(counts)
}
