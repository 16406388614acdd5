//! Work on PostgreSQL: leases pass over what others are taking.

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use tokio_postgres::Row;

use super::PostgresStore;
use super::failure::Failure;
use super::session::{Step, write};
use super::statements;
use super::value::{Param, sequence};
use crate::Realm;
use crate::work::{
    Claim, Fence, LeaseError, LeaseRequest, Leased, Leasing, RAN_OUT, Retry, Signals, WorkCounts, WorkQueue,
    WorkState,
};

/// What opens the table of work, of all programmes, to a transaction.
const TASK: &str = "work";

impl WorkQueue for PostgresStore {
    fn lease(&self, request: LeaseRequest) -> Leasing<'_, Vec<Leased>> {
        async move {
            let until = request.now + request.lease;
            let params: Vec<Param<'_>> = vec![
                Box::new(request.topic),
                Box::new(request.now),
                Box::new(i64::from(request.limit)),
                Box::new(until),
                Box::new(&request.owner),
            ];
            let rows = self.work(&Step::enter_maintenance(TASK), statements::LEASE, &params).await?;
            let leased: Result<Vec<_>, Failure> = rows.iter().map(leased).collect();
            let mut leased = leased.map_err(|failure| failure.unavailable())?;
            // An UPDATE answers in no order.
            leased.sort_by_key(|(was_due, leased)| (*was_due, leased.claim.id));
            Ok(leased.into_iter().map(|(_, leased)| leased).collect())
        }
        .boxed()
    }

    fn heartbeat(&self, claim: Claim, until: DateTime<Utc>) -> Leasing<'_, ()> {
        self.update_leased(claim, WorkState::Leased, until, None)
    }

    fn complete(&self, claim: Claim, now: DateTime<Utc>) -> Leasing<'_, ()> {
        self.update_leased(claim, WorkState::Done, now, None)
    }

    fn fail(&self, claim: Claim, error: String, retry: Retry, now: DateTime<Utc>) -> Leasing<'_, ()> {
        match retry {
            Retry::At(due_at) => self.update_leased(claim, WorkState::Ready, due_at, Some(error)),
            Retry::Never => self.update_leased(claim, WorkState::Dead, now, Some(error)),
        }
    }

    fn expire_leases(&self, now: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        async move {
            let params: [Param<'_>; 3] = [Box::new(now), Box::new(i64::from(limit)), Box::new(RAN_OUT)];
            Ok(self.work(&Step::enter_maintenance(TASK), statements::EXPIRE_LEASES, &params).await?.len()
                as u64)
        }
        .boxed()
    }

    fn forget_work(&self, before: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        async move {
            let params: [Param<'_>; 2] = [Box::new(before), Box::new(i64::from(limit))];
            Ok(self.work(&Step::enter_maintenance(TASK), statements::FORGET_WORK, &params).await?.len()
                as u64)
        }
        .boxed()
    }

    fn work_counts(&self, topic: &'static str) -> Leasing<'_, WorkCounts> {
        async move {
            let params: [Param<'_>; 1] = [Box::new(topic)];
            let mut counts = WorkCounts::default();
            for row in self.work(&Step::enter_maintenance(TASK), statements::WORK_COUNTS, &params).await? {
                let read = |error: tokio_postgres::Error| Failure::from(error).unavailable();
                let (state, number): (String, i64) =
                    (row.try_get(0).map_err(read)?, row.try_get(1).map_err(read)?);
                counts.add(&state, number.cast_unsigned());
            }
            Ok(counts)
        }
        .boxed()
    }

    fn signals(&self) -> Signals {
        self.notifier.listen()
    }
}

impl PostgresStore {
    async fn work(
        &self,
        enter: &Step<'_>,
        sql: &'static str,
        params: &[Param<'_>],
    ) -> Result<Vec<Row>, LeaseError> {
        write(&self.pool, enter, sql, params).await.map_err(|failure| failure.unavailable().into())
    }

    /// Writes what became of leased work, if the lease still holds. It sees the rows of one programme only.
    fn update_leased(
        &self,
        claim: Claim,
        state: WorkState,
        due_at: DateTime<Utc>,
        error: Option<String>,
    ) -> Leasing<'_, ()> {
        async move {
            let programme = claim.realm.uuid();
            let params: [Param<'_>; 6] = [
                Box::new(programme),
                Box::new(claim.id),
                Box::new(claim.fence.0.cast_signed()),
                Box::new(state.as_str()),
                Box::new(due_at),
                Box::new(error.map(|error| super::value::escape(&error).into_owned())),
            ];
            let updated =
                self.work(&Step::enter_programme(programme), statements::UPDATE_LEASED, &params).await?;
            if updated.is_empty() { Err(LeaseError::Lost) } else { Ok(()) }
        }
        .boxed()
    }
}

/// When it was due, and the lease.
fn leased(row: &Row) -> Result<(DateTime<Utc>, Leased), Failure> {
    let attempts: i32 = row.try_get(3)?;
    let fence: i64 = row.try_get(5)?;
    let leased = Leased {
        claim: Claim {
            realm: Realm::from_uuid(row.try_get(0)?),
            id: row.try_get(1)?,
            fence: Fence(fence.cast_unsigned()),
        },
        event: sequence(row, 2)?,
        attempt: attempts.cast_unsigned(),
        until: row.try_get(4)?,
        last_error: super::value::text(row, 6)?,
    };
    Ok((row.try_get(7)?, leased))
}
