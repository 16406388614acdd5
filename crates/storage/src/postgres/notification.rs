//! Notifications and deliveries on PostgreSQL. What belongs together is one transaction of statements sent at once; who writes under a lease locks the lane first.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_domain::id::{DeliveryId, NotificationId, PersonId};
use sister_cities_domain::notification::{ChannelKind, Delivery, DeliveryAttempt, Notification};
use tokio_postgres::Row;
use uuid::Uuid;

use super::PostgresStore;
use super::notification_read::{body, counted, delivery_rows, health, moment, refused_address, told_rows};
use super::notification_statements as statements;
use super::session::{RlsContext, Step, together};
use super::value::{self, Param};
use crate::due::json;
use crate::notification::{
    DeliveryCounts, DeliveryPage, DeliveryQuery, LaneHealth, NotificationBatch, NotificationPage,
    NotificationQuery, NotificationStore, RefusedAddress, Resend, ToldQuery,
};
use crate::notification_rows::{
    DeliveryRow, attempt, columns_of, deliveries_page, event_of, health_of, notification, notifications_page,
    select_deliveries, select_notifications, select_told,
};
use crate::work::{Claim, LeaseError, Leasing, Signal};
use crate::{ReadFuture, Realm, Sequence, Unavailable};

/// What stands before the number of a parameter.
const SIGN: char = '$';
/// What opens the tables, of all programmes, to a transaction.
const TASK: &str = "work";

impl NotificationStore for PostgresStore {
    fn notification_position(&self, realm: Realm) -> ReadFuture<'_, Sequence> {
        self.read(statements::POSITION, vec![Box::new(realm.uuid())], |rows| {
            rows.first().map_or(Ok(Sequence::START), |row| value::sequence(row, 0))
        })
    }

    fn put_notifications(
        &self,
        realm: Realm,
        batch: NotificationBatch,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        async move {
            let answers = together(&self.pool, &put(realm.uuid(), &batch)).await;
            let answers = answers.map_err(|failure| failure.unavailable())?;
            // After the step that enters the programme.
            let put = batch.position.is_none() || answers.get(1).is_some_and(|rows| !rows.is_empty());
            if put && !batch.deliveries.is_empty() {
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
            let params: Vec<Param<'static>> = vec![
                Box::new(realm.uuid()),
                Box::new(recipient),
                Box::new(now.timestamp_micros()),
                Box::new(i64::from(limit)),
            ];
            let rows = self.read(statements::TO_SEND, params, delivery_rows).await?;
            rows.into_iter().map(DeliveryRow::delivery).collect()
        }
        .boxed()
    }

    fn record_attempts(&self, claim: Claim, attempts: Vec<DeliveryAttempt>) -> Leasing<'_, ()> {
        async move {
            let steps = recorded(claim, &attempts);
            self.under_lease(steps).await
        }
        .boxed()
    }

    fn record_report(
        &self,
        realm: Realm,
        report: DeliveryAttempt,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        async move {
            let due_at = report.result.retry_at().unwrap_or(report.at).timestamp_micros();
            let reason = report.result.reason().map(|reason| value::escape(reason).into_owned());
            let params: Vec<Param<'_>> = vec![
                Box::new(realm.uuid()),
                Box::new(report.delivery.uuid()),
                Box::new(report.result.state().as_str()),
                Box::new(due_at),
                Box::new(i64::from(report.number)),
                Box::new(reason),
                Box::new(json(&report)),
            ];
            let rows = self.in_programme(realm, statements::REPORT, params).await?;
            self.notifier.notify(Signal::In(realm));
            Ok(counted(&rows) == 1)
        }
        .boxed()
    }

    fn release_lane(
        &self,
        claim: Claim,
        paused_until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Leasing<'_, ()> {
        async move {
            let paused = paused_until.map(|until| until.timestamp_micros());
            let mut pause = lane(claim);
            pause.push(Box::new(paused));
            let mut release = lane(claim);
            release.push(Box::new(paused));
            release.push(Box::new(now.timestamp_micros()));
            let steps = vec![
                Step::enter_programme(claim.realm.uuid()),
                Step::new(statements::LOCK_LANE, lane(claim)),
                Step::new(statements::PAUSE_LANE, pause),
                Step::new(statements::RELEASE_LANE, release),
            ];
            self.under_lease(steps).await
        }
        .boxed()
    }

    fn lane_health(&self, realm: Realm, recipient: Uuid) -> ReadFuture<'_, LaneHealth> {
        self.read(statements::LANE, vec![Box::new(realm.uuid()) as _, Box::new(recipient)], |rows| {
            rows.first().map_or(Ok(LaneHealth::default()), health)
        })
    }

    fn mark_owner_told(
        &self,
        realm: Realm,
        recipient: Uuid,
        at: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            let params: Vec<Param<'_>> =
                vec![Box::new(realm.uuid()), Box::new(recipient), Box::new(at.timestamp_micros())];
            self.in_programme(realm, statements::OWNER_TOLD, params).await.map(drop)
        }
        .boxed()
    }

    fn deliveries(&self, realm: Realm, query: DeliveryQuery) -> ReadFuture<'_, DeliveryPage> {
        async move {
            let (sql, values) = select_deliveries(SIGN, realm, &query)?;
            let params = value::params(values);
            let rows = self.query_rows(RlsContext::Programme, sql.into(), params, delivery_rows).await?;
            deliveries_page(rows, query.limit)
        }
        .boxed()
    }

    fn delivery(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Option<Delivery>> {
        async move {
            let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(id.uuid())];
            let rows = self.read(statements::DELIVERY_BY_ID, params, delivery_rows).await?;
            rows.into_iter().next().map(DeliveryRow::delivery).transpose()
        }
        .boxed()
    }

    fn delivery_attempts(&self, realm: Realm, id: DeliveryId) -> ReadFuture<'_, Vec<DeliveryAttempt>> {
        async move {
            let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(id.uuid())];
            let bodies =
                self.read(statements::ATTEMPTS, params, |rows| rows.iter().map(|row| body(row, 0)).collect());
            let bodies: Vec<String> = bodies.await?;
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
            let (sql, id, since) = match what {
                Resend::Delivery(id) => (statements::RESEND_ONE, id.uuid(), None),
                Resend::DeadTo(recipient) => (statements::RESEND_DEAD, recipient.id, None),
                Resend::MadeSince(recipient, since) => (statements::RESEND_SINCE, recipient.id, Some(since)),
            };
            let mut params: Vec<Param<'_>> =
                vec![Box::new(realm.uuid()), Box::new(id), Box::new(now.timestamp_micros())];
            if let Some(since) = since {
                params.push(Box::new(since.timestamp_micros()));
            }
            // Whoever sends again says that it may arrive now.
            let forget = match what {
                Resend::Delivery(id) => (statements::FORGET_ADDRESSES_OF, id.uuid()),
                Resend::DeadTo(of) | Resend::MadeSince(of, _) => (statements::FORGET_ADDRESSES, of.id),
            };
            let steps = [
                Step::enter_programme(realm.uuid()),
                Step::new(forget.0, vec![Box::new(realm.uuid()), Box::new(forget.1)]),
                Step::new(sql, params),
            ];
            let answers = together(&self.pool, &steps).await.map_err(|failure| failure.unavailable())?;
            self.notifier.notify(Signal::In(realm));
            Ok(answers.last().map_or(0, |rows| counted(rows)))
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
        async move {
            let params: Vec<Param<'_>> = vec![
                Box::new(realm.uuid()),
                Box::new(recipient),
                Box::new(now.timestamp_micros()),
                Box::new(reason),
            ];
            let forget: Vec<Param<'_>> = vec![Box::new(realm.uuid()), Box::new(recipient)];
            let steps = [
                Step::enter_programme(realm.uuid()),
                Step::new(statements::FORGET_ADDRESSES, forget),
                Step::new(statements::CANCEL, params),
            ];
            let answers = together(&self.pool, &steps).await.map_err(|failure| failure.unavailable())?;
            Ok(answers.last().map_or(0, |rows| rows.len() as u64))
        }
        .boxed()
    }

    fn notifications(&self, realm: Realm, query: NotificationQuery) -> ReadFuture<'_, NotificationPage> {
        async move {
            let (sql, values) = select_notifications(SIGN, realm, &query)?;
            let params = value::params(values);
            let rows = self.query_rows(RlsContext::Programme, sql.into(), params, told_rows).await?;
            notifications_page(&rows, query.limit)
        }
        .boxed()
    }

    fn told(&self, realm: Realm, query: ToldQuery) -> ReadFuture<'_, NotificationPage> {
        async move {
            let (sql, values) = select_told(SIGN, realm, &query)?;
            let params = value::params(values);
            let rows = self.query_rows(RlsContext::Programme, sql.into(), params, told_rows).await?;
            notifications_page(&rows, query.limit)
        }
        .boxed()
    }

    fn count_deliveries(
        &self,
        realm: Realm,
        recipient: Uuid,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> ReadFuture<'_, u64> {
        let params: Vec<Param<'static>> = vec![
            Box::new(realm.uuid()),
            Box::new(recipient),
            Box::new(from.timestamp_micros()),
            Box::new(until.timestamp_micros()),
        ];
        self.read(statements::COUNT_OF_RECIPIENT, params, |rows| Ok(counted(rows)))
    }

    fn refuse_address(
        &self,
        realm: Realm,
        refused: RefusedAddress,
    ) -> BoxFuture<'_, Result<bool, Unavailable>> {
        async move {
            let RefusedAddress { person, address, since, detail } = refused;
            let params: Vec<Param<'_>> = vec![
                Box::new(realm.uuid()),
                Box::new(person.uuid()),
                Box::new(address.to_vec()),
                Box::new(since.timestamp_micros()),
                Box::new(value::escape(&detail).into_owned()),
            ];
            Ok(!self.in_programme(realm, statements::REFUSE_ADDRESS, params).await?.is_empty())
        }
        .boxed()
    }

    fn refused_addresses(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, Vec<RefusedAddress>> {
        let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(person.uuid())];
        self.read(statements::REFUSED_ADDRESSES, params, move |rows| {
            rows.iter().map(|row| refused_address(person, row)).collect()
        })
    }

    fn notification(&self, realm: Realm, id: NotificationId) -> ReadFuture<'_, Option<Notification>> {
        async move {
            let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(id.uuid())];
            let rows = self.read(statements::NOTIFICATION_BY_ID, params, told_rows).await?;
            rows.first().map(|(body, read_at)| notification(body, *read_at)).transpose()
        }
        .boxed()
    }

    fn known_notifications(
        &self,
        realm: Realm,
        ids: Vec<NotificationId>,
    ) -> ReadFuture<'_, BTreeSet<NotificationId>> {
        let ids: Vec<Uuid> = ids.into_iter().map(NotificationId::uuid).collect();
        self.read(statements::ARE_KNOWN, vec![Box::new(realm.uuid()) as _, Box::new(ids)], |rows| {
            rows.iter().map(|row| Ok(NotificationId::from_uuid(row.try_get(0)?))).collect()
        })
    }

    fn unread_notifications(&self, realm: Realm, person: PersonId) -> ReadFuture<'_, u64> {
        let params: Vec<Param<'static>> = vec![Box::new(realm.uuid()), Box::new(person.uuid())];
        self.read(statements::UNREAD, params, |rows| Ok(counted(rows)))
    }

    fn mark_notifications_read(
        &self,
        realm: Realm,
        person: PersonId,
        which: Option<Vec<NotificationId>>,
        now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        async move {
            let mut params: Vec<Param<'_>> = vec![Box::new(realm.uuid()), Box::new(person.uuid())];
            let sql = if let Some(which) = which {
                params.push(Box::new(which.into_iter().map(NotificationId::uuid).collect::<Vec<_>>()));
                statements::READ_SOME
            } else {
                statements::READ_ALL
            };
            params.push(Box::new(now.timestamp_micros()));
            Ok(self.in_programme(realm, sql, params).await?.len() as u64)
        }
        .boxed()
    }

    fn forget_notifications(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> BoxFuture<'_, Result<u64, Unavailable>> {
        async move {
            let params: Vec<Param<'_>> =
                vec![Box::new(before.timestamp_micros()), Box::new(i64::from(limit))];
            let steps = [Step::enter_maintenance(TASK), Step::new(statements::FORGET, params)];
            let answers = together(&self.pool, &steps).await.map_err(|failure| failure.unavailable())?;
            Ok(answers.last().map_or(0, |rows| counted(rows)))
        }
        .boxed()
    }

    fn delivery_counts(&self, channel: ChannelKind) -> ReadFuture<'_, DeliveryCounts> {
        let params: Vec<Param<'static>> = vec![Box::new(channel.as_str())];
        self.query_rows(RlsContext::Maintenance(TASK), statements::COUNTS.into(), params, |rows| {
            rows.first().map_or(Ok(DeliveryCounts::default()), |row| {
                let number = |at: usize| row.try_get::<_, i64>(at).map(i64::cast_unsigned);
                let (ready, dead, attempts) = (number(0)?, number(1)?, number(3)?);
                Ok(DeliveryCounts { ready, attempts, dead, oldest_due_at: moment(row, 2)? })
            })
        })
    }
}

impl PostgresStore {
    /// The second step locks the lane, if the lease still holds.
    async fn under_lease(&self, steps: Vec<Step<'_>>) -> Result<(), LeaseError> {
        let answers = together(&self.pool, &steps).await.map_err(|failure| failure.unavailable())?;
        if answers.get(1).is_some_and(|rows| !rows.is_empty()) { Ok(()) } else { Err(LeaseError::Lost) }
    }

    async fn in_programme(
        &self,
        realm: Realm,
        sql: &'static str,
        params: Vec<Param<'_>>,
    ) -> Result<Vec<Row>, Unavailable> {
        let steps = [Step::enter_programme(realm.uuid()), Step::new(sql, params)];
        let answers = together(&self.pool, &steps).await.map_err(|failure| failure.unavailable())?;
        Ok(answers.into_iter().next_back().unwrap_or_default())
    }
}

fn put(programme: Uuid, batch: &NotificationBatch) -> Vec<Step<'_>> {
    let number = |sequence: Sequence| i64::try_from(sequence.0).unwrap_or(i64::MAX);
    let up_to = batch.position.map(|(_, to)| number(to));
    let mut steps = vec![Step::enter_programme(programme)];
    if let Some((from, to)) = batch.position {
        let params: Vec<Param<'_>> = vec![Box::new(programme), Box::new(number(from)), Box::new(number(to))];
        steps.push(Step::new(statements::MOVE_POSITION, params));
    }
    if !batch.notifications.is_empty() {
        let told = &batch.notifications;
        let read_at = |one: &Notification| one.read_at.map(|at| at.timestamp_micros());
        let params: Vec<Param<'_>> = vec![
            Box::new(programme),
            Box::new(up_to),
            Box::new(told.iter().map(|one| one.id.uuid()).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| one.person.uuid()).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| one.digest.map(DeliveryId::uuid)).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| one.made_at.timestamp_micros()).collect::<Vec<_>>()),
            Box::new(told.iter().map(read_at).collect::<Vec<_>>()),
            Box::new(told.iter().map(escaped).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| columns_of(&one.cause).0).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| columns_of(&one.cause).1).collect::<Vec<_>>()),
            Box::new(told.iter().map(|one| columns_of(&one.cause).2).collect::<Vec<_>>()),
        ];
        steps.push(Step::new(statements::ADD_NOTIFICATIONS, params));
    }
    if !batch.deliveries.is_empty() {
        let sent = &batch.deliveries;
        let params: Vec<Param<'_>> = vec![
            Box::new(programme),
            Box::new(up_to),
            Box::new(sent.iter().map(|one| one.id.uuid()).collect::<Vec<_>>()),
            Box::new(sent.iter().map(|one| one.recipient.id).collect::<Vec<_>>()),
            Box::new(sent.iter().map(|one| one.channel.as_str()).collect::<Vec<_>>()),
            Box::new(sent.iter().map(|one| one.state.as_str()).collect::<Vec<_>>()),
            Box::new(sent.iter().map(|one| one.due_at.timestamp_micros()).collect::<Vec<_>>()),
            Box::new(sent.iter().map(|one| one.made_at.timestamp_micros()).collect::<Vec<_>>()),
            Box::new(sent.iter().map(escaped).collect::<Vec<_>>()),
            Box::new(sent.iter().map(event_of).collect::<Vec<_>>()),
        ];
        steps.push(Step::new(statements::ADD_DELIVERIES, params));
    }
    steps
}

/// The lane and the lease, as the first parameters of what is written under it.
fn lane(claim: Claim) -> Vec<Param<'static>> {
    vec![Box::new(claim.realm.uuid()), Box::new(claim.id), Box::new(claim.fence.0.cast_signed())]
}

fn recorded(claim: Claim, attempts: &[DeliveryAttempt]) -> Vec<Step<'static>> {
    let due_at = |one: &DeliveryAttempt| one.result.retry_at().unwrap_or(one.at).timestamp_micros();
    let error =
        |attempt: &DeliveryAttempt| attempt.result.reason().map(|reason| value::escape(reason).into_owned());
    let ids: Vec<Uuid> = attempts.iter().map(|attempt| attempt.delivery.uuid()).collect();
    let numbers: Vec<i64> = attempts.iter().map(|attempt| i64::from(attempt.number)).collect();
    let mut updates = lane(claim);
    updates.push(Box::new(ids.clone()));
    updates.push(Box::new(attempts.iter().map(|one| one.result.state().as_str()).collect::<Vec<_>>()));
    updates.push(Box::new(attempts.iter().map(due_at).collect::<Vec<_>>()));
    updates.push(Box::new(numbers.clone()));
    updates.push(Box::new(attempts.iter().map(error).collect::<Vec<_>>()));
    let mut added = lane(claim);
    added.push(Box::new(ids));
    added.push(Box::new(numbers));
    added.push(Box::new(attempts.iter().map(escaped).collect::<Vec<_>>()));
    let health = health_of(attempts);
    let mut of_lane = lane(claim);
    for at in [health.last_success_at, health.failing_since, health.last_failure_at] {
        of_lane.push(Box::new(at.map(|at| at.timestamp_micros())));
    }
    vec![
        Step::enter_programme(claim.realm.uuid()),
        Step::new(statements::LOCK_LANE, lane(claim)),
        Step::new(statements::UPDATE_DELIVERIES, updates),
        Step::new(statements::ADD_ATTEMPTS, added),
        Step::new(statements::UPDATE_LANE, of_lane),
    ]
}

fn escaped(value: &impl serde::Serialize) -> String {
    value::escape(&json(value)).into_owned()
}
