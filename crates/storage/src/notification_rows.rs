//! Notifications and deliveries as rows, the same for either database: statements that are put together, and what is read of a row.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
#[cfg(test)]
use sister_cities_domain::id::{DeliveryId, PersonId};
use sister_cities_domain::id::{DueId, RecordKind, RecordRef};
#[cfg(test)]
use sister_cities_domain::notification::DeliveryState;
use sister_cities_domain::notification::{
    AttemptResult, Cause, Delivery, DeliveryAttempt, DeliveryContent, Notification,
};
use uuid::Uuid;

use crate::notification::{
    DeliveryPage, DeliveryQuery, LaneHealth, NotificationPage, NotificationQuery, ToldQuery,
};
use crate::{Cursor, ReadError, Realm, Sequence, Value};

/// A statement with what is bound to it, for either database: `sign` stands before the number of a parameter.
pub(crate) fn select_deliveries(
    sign: char,
    realm: Realm,
    query: &DeliveryQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid())];
    let mut sql = format!("SELECT {DELIVERY} FROM delivery WHERE programme = {sign}1");
    if let Some(recipient) = query.recipient {
        values.push(Value::Id(recipient.id));
        let _ = write!(sql, " AND recipient = {sign}{}", values.len());
    }
    if let Some(state) = query.state {
        values.push(Value::from(state.as_str()));
        let _ = write!(sql, " AND state = {sign}{}", values.len());
    }
    if let Some(event) = query.event {
        values.push(place(event));
        let _ = write!(sql, " AND event = {sign}{}", values.len());
    }
    page(sign, &mut sql, &mut values, query.after.as_ref(), query.limit)?;
    Ok((sql, values))
}

/// The same for what people were told.
pub(crate) fn select_told(
    sign: char,
    realm: Realm,
    query: &ToldQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid())];
    let mut sql = format!("SELECT {NOTIFICATION} FROM notification WHERE programme = {sign}1");
    if let Some(event) = query.event {
        values.push(place(event));
        let _ = write!(sql, " AND event = {sign}{}", values.len());
    }
    if let Some(rule) = &query.rule {
        values.push(Value::from(rule.as_str()));
        let _ = write!(sql, " AND rule = {sign}{}", values.len());
    }
    page(sign, &mut sql, &mut values, query.after.as_ref(), query.limit)?;
    Ok((sql, values))
}

fn place(event: Sequence) -> Value {
    Value::from(i64::try_from(event.0).unwrap_or(i64::MAX))
}

/// What of a cause is a column, so that it can be asked for: the event, its name or the rule, and the due item.
pub(crate) fn columns_of(cause: &Cause) -> (Option<i64>, Option<String>, Option<Uuid>) {
    let item = cause.due_item().map(DueId::uuid);
    match cause {
        Cause::Event { sequence, name, .. } => (i64::try_from(*sequence).ok(), Some(name.clone()), None),
        Cause::Reminder { rule, .. } => (None, Some(rule.to_string()), item),
        Cause::ReceiverFailing { .. } | Cause::AddressRefused { .. } | _ => (None, None, item),
    }
}

/// The event that a delivery tells to a program.
pub(crate) fn event_of(delivery: &Delivery) -> Option<i64> {
    let DeliveryContent::Event { cause } = &delivery.content else { return None };
    columns_of(cause).0
}

/// The same for what a person was told.
pub(crate) fn select_notifications(
    sign: char,
    realm: Realm,
    query: &NotificationQuery,
) -> Result<(String, Vec<Value>), ReadError> {
    let mut values = vec![Value::Id(realm.uuid()), Value::Id(query.person.uuid())];
    let mut sql =
        format!("SELECT {NOTIFICATION} FROM notification WHERE programme = {sign}1 AND person = {sign}2");
    if query.unread {
        sql.push_str(" AND read_at IS NULL");
    }
    if let Some(digest) = query.digest {
        values.push(Value::Id(digest.uuid()));
        let _ = write!(sql, " AND digest = {sign}{}", values.len());
    }
    page(sign, &mut sql, &mut values, query.after.as_ref(), query.limit)?;
    Ok((sql, values))
}

/// What of a delivery is read: its body, and what changes of it.
pub(crate) const DELIVERY: &str = "body, state, due_at, attempts, resent_after, last_error";
/// What of a notification is read.
pub(crate) const NOTIFICATION: &str = "body, read_at";

/// The latest first. A cursor is one of these lists if its key is a number: microseconds since 1970.
fn page(
    sign: char,
    sql: &mut String,
    values: &mut Vec<Value>,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<(), ReadError> {
    if let Some(cursor) = after {
        let Cursor { key: Value::Integer(made_at), id, change: None } = cursor else {
            return Err(ReadError::Cursor);
        };
        values.extend([Value::Integer(*made_at), Value::Id(*id)]);
        let _ = write!(sql, " AND (made_at, id) < ({sign}{}, {sign}{})", values.len() - 1, values.len());
    }
    values.push(Value::from(limit.saturating_add(1)));
    let _ = write!(sql, " ORDER BY made_at DESC, id DESC LIMIT {sign}{}", values.len());
    Ok(())
}

/// A row of `delivery` as it is read.
pub(crate) struct DeliveryRow {
    pub(crate) body: String,
    pub(crate) state: String,
    pub(crate) due_at: i64,
    pub(crate) attempts: i64,
    pub(crate) resent_after: i64,
    pub(crate) last_error: Option<String>,
}

impl DeliveryRow {
    pub(crate) fn delivery(self) -> Result<Delivery, ReadError> {
        let mut delivery: Delivery = parsed(&self.body)?;
        delivery.state = self.state.parse().map_err(|error| corrupt(&error))?;
        delivery.due_at = moment(self.due_at)?;
        delivery.attempts = u32::try_from(self.attempts).unwrap_or(u32::MAX);
        delivery.resent_after = u32::try_from(self.resent_after).unwrap_or(u32::MAX);
        delivery.last_error = self.last_error;
        Ok(delivery)
    }
}

/// A notification of its body and the time it was read.
pub(crate) fn notification(body: &str, read_at: Option<i64>) -> Result<Notification, ReadError> {
    Ok(Notification { read_at: read_at.map(moment).transpose()?, ..parsed(body)? })
}

pub(crate) fn attempt(body: &str) -> Result<DeliveryAttempt, ReadError> {
    parsed(body)
}

pub(crate) fn moment(micros: i64) -> Result<DateTime<Utc>, ReadError> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| corrupt(&"a time out of range"))
}

/// The rows of a page, one more than wanted if there is more.
pub(crate) fn deliveries_page(rows: Vec<DeliveryRow>, limit: u32) -> Result<DeliveryPage, ReadError> {
    let more = rows.len() > limit as usize;
    let items = rows.into_iter().take(limit as usize).map(DeliveryRow::delivery);
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let next = items.last().filter(|_| more).map(|last| cursor(last.made_at, last.id.uuid()));
    Ok(DeliveryPage { items, next })
}

/// The same of notifications.
pub(crate) fn notifications_page(
    rows: &[(String, Option<i64>)],
    limit: u32,
) -> Result<NotificationPage, ReadError> {
    let wanted = rows.iter().take(limit as usize);
    let items = wanted.map(|(body, read_at)| notification(body, *read_at)).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > items.len();
    let next = items.last().filter(|_| more).map(|last| cursor(last.made_at, last.id.uuid()));
    Ok(NotificationPage { items, next })
}

const fn cursor(made_at: DateTime<Utc>, id: Uuid) -> Cursor {
    Cursor { key: Value::Integer(made_at.timestamp_micros()), id, change: None }
}

fn parsed<T: DeserializeOwned>(json: &str) -> Result<T, ReadError> {
    serde_json::from_str(json).map_err(|error| corrupt(&error))
}

fn corrupt(error: &impl ToString) -> ReadError {
    let record = RecordRef { kind: RecordKind::Programme, id: Uuid::nil() };
    ReadError::Corrupt { record, detail: error.to_string() }
}

/// How a batch of attempts changes what is known of a lane: the last success, the first failure after it, and the last failure.
pub(crate) fn health_of(attempts: &[DeliveryAttempt]) -> LaneHealth {
    let last = |of: fn(&AttemptResult) -> bool| {
        attempts.iter().filter(|attempt| of(&attempt.result)).map(|attempt| attempt.at).max()
    };
    let last_success_at = last(|result| *result == AttemptResult::Delivered);
    let since = attempts.iter().filter(|attempt| {
        attempt.result.is_failure() && last_success_at.is_none_or(|success| attempt.at > success)
    });
    LaneHealth {
        last_success_at,
        failing_since: since.map(|attempt| attempt.at).min(),
        last_failure_at: last(AttemptResult::is_failure),
        paused_until: None,
        owner_told_at: None,
    }
}

/// Statements of each form, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(crate) fn samples(sign: char) -> Vec<String> {
    let realm = Realm::Installation;
    let place = cursor(DateTime::UNIX_EPOCH, Uuid::nil());
    let any = DeliveryQuery { limit: 50, ..DeliveryQuery::default() };
    let recipient = Some(RecordRef { kind: RecordKind::Person, id: Uuid::nil() });
    let deliveries = [
        any.clone(),
        DeliveryQuery { after: Some(place.clone()), ..any.clone() },
        DeliveryQuery { recipient, after: Some(place.clone()), ..any.clone() },
        DeliveryQuery { event: Some(Sequence(1)), after: Some(place.clone()), ..any.clone() },
        DeliveryQuery { state: Some(DeliveryState::Dead), after: Some(place.clone()), ..any },
    ];
    let told = NotificationQuery {
        person: PersonId::from_uuid(Uuid::nil()),
        unread: false,
        digest: None,
        after: None,
        limit: 50,
    };
    let notifications = [
        told.clone(),
        NotificationQuery { unread: true, after: Some(place.clone()), ..told.clone() },
        NotificationQuery { digest: Some(DeliveryId::from_uuid(Uuid::nil())), ..told },
    ];
    let all = ToldQuery { after: Some(place.clone()), limit: 50, ..ToldQuery::default() };
    let causes = [
        all.clone(),
        ToldQuery { event: Some(Sequence(1)), ..all.clone() },
        ToldQuery { rule: Some("agreement_ending".to_owned()), ..all },
    ];
    let causes = causes.iter().map(|query| select_told(sign, realm, query));
    let deliveries = deliveries.iter().map(|query| select_deliveries(sign, realm, query));
    let notifications = notifications.iter().map(|query| select_notifications(sign, realm, query));
    deliveries.chain(notifications).chain(causes).filter_map(|select| Some(select.ok()?.0)).collect()
}
