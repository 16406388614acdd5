//! Notifications and deliveries in SQLite: everything is written by the one writer.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rusqlite::{Connection, OptionalExtension as _, params};
use sister_cities_domain::id::{DeliveryId, NotificationId, PersonId};
use sister_cities_domain::notification::{ChannelKind, Delivery, DeliveryAttempt, Notification};
use uuid::Uuid;

use super::SqliteStore;
use super::notification_statements::{self as statements, SIGN};
use super::notification_write::{
    delivery_row, forget_addresses, lane, number, position, put, record, refuse_address, refused_address,
    report, resend, rows,
};
use crate::notification::{
    DeliveryCounts, DeliveryPage, DeliveryQuery, LaneHealth, NotificationBatch, NotificationPage,
    NotificationQuery, NotificationStore, RefusedAddress, Resend, ToldQuery,
};
use crate::notification_rows::{
    DeliveryRow, attempt, deliveries_page, health_of, notification, notifications_page, select_deliveries,
    select_notifications, select_told,
};
use crate::work::{Claim, LeaseError, Leasing, Signal};
use crate::{ReadFuture, Realm, Sequence, Unavailable, Value};

impl NotificationStore for SqliteStore {
    fn notification_position(&self, realm: Realm) -> ReadFuture<'_, Sequence> {
        self.read(move |connection| position(connection, realm))
    }

    fn put_notifications(
        &self,
        realm: Realm,
        batch: NotificationBatch,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        async move {
            let wakes = !batch.deliveries.is_empty();
            let put = self.run(move |connection| put(connection, realm, &batch)).await?;
            if put && wakes {
                self.notifier.notify(Signal::In(realm));
            }
            Ok(put)
        }
        .boxed()
    }

    fn deliveries_to_send(
        &self,
        realm: Realm,
        recipient: Uuid,
        now: DateTime<Utc>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<Delivery>> {
        async move {
            let rows = self
                .read(move |connection| {
                    let mut statement = connection.prepare_cached(statements::TO_SEND)?;
                    let values = params![realm.uuid(), recipient, now.timestamp_micros(), limit];
                    statement.query_map(values, delivery_row)?.collect::<Result<Vec<_>, _>>()
                })
                .await?;
            rows.into_iter().map(DeliveryRow::delivery).collect()
        }
        .boxed()
    }

    fn record_attempts(&self, claim: Claim, attempts: Vec<DeliveryAttempt>) -> Leasing<'_, ()> {
        let programme = claim.realm.uuid();
        self.under_lease(claim, move |connection| {
            for attempt in &attempts {
                record(connection, programme, attempt)?;
            }
            let health = health_of(&attempts);
            let micros = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_micros());
            connection.prepare_cached(statements::UPDATE_LANE)?.execute(params![
                programme,
                claim.id,
                micros(health.last_success_at),
                micros(health.failing_since),
                micros(health.last_failure_at)
            ])?;
            Ok(())
        })
    }

    fn record_report(
        &self,
        realm: Realm,
        reported: DeliveryAttempt,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        async move {
            let kept = self.run(move |connection| report(connection, realm.uuid(), &reported)).await?;
            self.notifier.notify(Signal::In(realm));
            Ok(kept)
        }
        .boxed()
    }

    fn release_lane(
        &self,
        claim: Claim,
        paused_until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Leasing<'_, ()> {
        self.under_lease(claim, move |connection| {
            let (programme, fence) = (claim.realm.uuid(), claim.fence.0.cast_signed());
            let paused = paused_until.map(|until| until.timestamp_micros());
            if paused.is_some() {
                connection
                    .prepare_cached(statements::PAUSE_LANE)?
                    .execute(params![programme, claim.id, paused])?;
            }
            connection.prepare_cached(statements::RELEASE_LANE)?.execute(params![
                programme,
                claim.id,
                fence,
                paused,
                now.timestamp_micros()
            ])?;
            Ok(())
        })
    }

    fn lane_health(&self, realm: Realm, recipient: Uuid) -> ReadFuture<'_, LaneHealth> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(statements::LANE)?;
            let found = statement.query_row(params![realm.uuid(), recipient], lane).optional()?;
            Ok(found.unwrap_or_default())
        })
    }

    fn mark_owner_told(
        &self,
        realm: Realm,
        recipient: Uuid,
        at: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.run(move |connection| {
            let values = params![realm.uuid(), recipient, at.timestamp_micros()];
            connection.prepare_cached(statements::OWNER_TOLD)?.execute(values).map(drop)
        })
        .boxed()
    }

    fn deliveries(&self, realm: Realm, query: DeliveryQuery) -> ReadFuture<'_, DeliveryPage> {
        async move {
            let (sql, values) = select_deliveries(SIGN, realm, &query)?;
            let rows = self.read(move |connection| rows(connection, &sql, &values, delivery_row)).await?;
            deliveries_page(rows, query.limit)
        }
        .boxed()
    }

    fn delivery(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Option<Delivery>> {
        async move {
            let row = self
                .read(move |connection| {
                    let mut statement = connection.prepare_cached(statements::DELIVERY_BY_ID)?;
                    statement.query_row(params![realm.uuid(), id.uuid()], delivery_row).optional()
                })
                .await?;
            row.map(DeliveryRow::delivery).transpose()
        }
        .boxed()
    }

    fn delivery_attempts(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Vec<DeliveryAttempt>> {
        async move {
            let values = [Value::Id(realm.uuid()), Value::Id(id.uuid())];
            let bodies: Vec<String> = self
                .read(move |connection| rows(connection, statements::ATTEMPTS, &values, |row| row.get(0)))
                .await?;
            bodies.iter().map(|body| attempt(body)).collect()
        }
        .boxed()
    }

    fn resend(
        &self,
        realm: Realm,
        what: Resend,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        async move {
            let number = self.run(move |connection| resend(connection, realm.uuid(), &what, now)).await?;
            self.notifier.notify(Signal::In(realm));
            Ok(number)
        }
        .boxed()
    }

    fn cancel_deliveries(
        &self,
        realm: Realm,
        recipient: Uuid,
        reason: &'static str,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        self.run(move |connection| {
            let values = params![realm.uuid(), recipient, now.timestamp_micros(), reason];
            let number = connection.prepare_cached(statements::CANCEL)?.execute(values)?;
            forget_addresses(connection, realm.uuid(), recipient)?;
            Ok(number as u64)
        })
        .boxed()
    }

    fn notifications(&self, realm: Realm, query: NotificationQuery) -> ReadFuture<'_, NotificationPage> {
        async move {
            let (sql, values) = select_notifications(SIGN, realm, &query)?;
            let found = self
                .read(move |connection| rows(connection, &sql, &values, |row| Ok((row.get(0)?, row.get(1)?))))
                .await?;
            notifications_page(&found, query.limit)
        }
        .boxed()
    }

    fn told(&self, realm: Realm, query: ToldQuery) -> ReadFuture<'_, NotificationPage> {
        async move {
            let (sql, values) = select_told(SIGN, realm, &query)?;
            let found = self
                .read(move |connection| rows(connection, &sql, &values, |row| Ok((row.get(0)?, row.get(1)?))))
                .await?;
            notifications_page(&found, query.limit)
        }
        .boxed()
    }

    fn count_deliveries(
        &self,
        realm: Realm,
        recipient: Uuid,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> ReadFuture<'_, u64> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(statements::COUNT_OF_RECIPIENT)?;
            let between = (from.timestamp_micros(), until.timestamp_micros());
            statement.query_row(params![realm.uuid(), recipient, between.0, between.1], |row| number(row, 0))
        })
    }

    fn refuse_address(
        &self,
        realm: Realm,
        refused: RefusedAddress,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        self.run(move |connection| refuse_address(connection, realm, &refused)).boxed()
    }

    fn refused_addresses(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, Vec<RefusedAddress>> {
        self.read(move |connection| {
            let values = [Value::Id(realm.uuid()), Value::Id(person.uuid())];
            rows(connection, statements::REFUSED_ADDRESSES, &values, |row| refused_address(person, row))
        })
    }

    fn notification(&self, realm: Realm, id: NotificationId) -> ReadFuture<'_, Option<Notification>> {
        async move {
            let row: Option<(String, Option<i64>)> = self
                .read(move |connection| {
                    let mut statement = connection.prepare_cached(statements::NOTIFICATION_BY_ID)?;
                    let values = params![realm.uuid(), id.uuid()];
                    statement.query_row(values, |row| Ok((row.get(0)?, row.get(1)?))).optional()
                })
                .await?;
            row.map(|(body, read_at)| notification(&body, read_at)).transpose()
        }
        .boxed()
    }

    fn known_notifications(
        &self,
        realm: Realm,
        ids: Vec<NotificationId>,
    ) -> ReadFuture<'_, BTreeSet<NotificationId>> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(statements::IS_KNOWN)?;
            let mut known = BTreeSet::new();
            for id in &ids {
                if statement.exists(params![realm.uuid(), id.uuid()])? {
                    known.insert(*id);
                }
            }
            Ok(known)
        })
    }

    fn unread_notifications(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, u64> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(statements::UNREAD)?;
            statement.query_row(params![realm.uuid(), person.uuid()], |row| number(row, 0))
        })
    }

    fn mark_notifications_read(
        &self,
        realm: Realm,
        person: PersonId,
        which: Option<Vec<NotificationId>>,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        let (programme, person, now) = (realm.uuid(), person.uuid(), now.timestamp_micros());
        self.run(move |connection| {
            let Some(which) = &which else {
                let all = connection
                    .prepare_cached(statements::READ_ALL)?
                    .execute(params![programme, person, now])?;
                return Ok(all as u64);
            };
            let mut one = connection.prepare_cached(statements::READ_ONE)?;
            let mut number = 0;
            for id in which {
                number += one.execute(params![programme, person, id.uuid(), now])? as u64;
            }
            Ok(number)
        })
        .boxed()
    }

    fn forget_notifications(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        self.run(move |connection| {
            let values = params![before.timestamp_micros(), limit];
            connection.prepare_cached(statements::FORGET_ATTEMPTS)?.execute(values)?;
            let deliveries = connection.prepare_cached(statements::FORGET_DELIVERIES)?.execute(values)?;
            let notifications =
                connection.prepare_cached(statements::FORGET_NOTIFICATIONS)?.execute(values)?;
            Ok((deliveries + notifications) as u64)
        })
        .boxed()
    }

    fn delivery_counts(&self, channel: ChannelKind) -> ReadFuture<'_, DeliveryCounts> {
        self.read(move |connection| {
            let (ready, oldest, attempts): (u64, Option<i64>, u64) = connection
                .prepare_cached(statements::COUNT_READY)?
                .query_row([channel.as_str()], |row| Ok((number(row, 0)?, row.get(1)?, number(row, 2)?)))?;
            let dead = connection
                .prepare_cached(statements::COUNT_DEAD)?
                .query_row([channel.as_str()], |row| number(row, 0))?;
            let oldest_due_at = oldest.and_then(DateTime::from_timestamp_micros);
            Ok(DeliveryCounts { ready, attempts, dead, oldest_due_at })
        })
    }
}

impl SqliteStore {
    /// Writes if the lease still holds.
    fn under_lease(
        &self,
        claim: Claim,
        write: impl Fn(&Connection) -> Result<(), rusqlite::Error> + Send + 'static,
    ) -> Leasing<'_, ()> {
        async move {
            let held = self
                .run(move |connection| {
                    let values = params![claim.realm.uuid(), claim.id, claim.fence.0.cast_signed()];
                    let held = connection.prepare_cached(statements::HOLDS)?.exists(values)?;
                    if held {
                        write(connection)?;
                    }
                    Ok(held)
                })
                .await?;
            if held { Ok(()) } else { Err(LeaseError::Lost) }
        }
        .boxed()
    }
}
