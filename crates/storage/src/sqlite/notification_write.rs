//! What is written of notifications and deliveries, and how their rows are read, within one transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use sister_cities_domain::id::{DeliveryId, PersonId};
use sister_cities_domain::notification::{DeliveryAttempt, DeliveryState};
use uuid::Uuid;

use super::notification_statements as statements;
use super::value::{moment, sequence_number};
use crate::due::json;
use crate::notification::{LaneHealth, NotificationBatch, RefusedAddress, Resend};
use crate::notification_rows::{DeliveryRow, columns_of, event_of};
use crate::{Realm, Sequence, Value};

pub(super) fn position(connection: &Connection, realm: Realm) -> Result<Sequence, rusqlite::Error> {
    let mut statement = connection.prepare_cached(statements::POSITION)?;
    let found: Option<i64> = statement.query_row([realm.uuid()], |row| row.get(0)).optional()?;
    Ok(found.map_or(Sequence::START, |sequence| Sequence(sequence.cast_unsigned())))
}

pub(super) fn put(
    connection: &Connection,
    realm: Realm,
    batch: &NotificationBatch,
) -> Result<bool, rusqlite::Error> {
    let programme = realm.uuid();
    if let Some((from, to)) = batch.position {
        if position(connection, realm)? != from {
            return Ok(false);
        }
        connection
            .prepare_cached(statements::MOVE_POSITION)?
            .execute(params![programme, sequence_number(to)])?;
    }
    let mut add = connection.prepare_cached(statements::ADD_NOTIFICATION)?;
    for told in &batch.notifications {
        let (event, rule, item) = columns_of(&told.cause);
        add.execute(params![
            programme,
            told.id.uuid(),
            told.person.uuid(),
            told.digest.map(DeliveryId::uuid),
            told.made_at.timestamp_micros(),
            told.read_at.map(|at| at.timestamp_micros()),
            json(told),
            event,
            rule,
            item
        ])?;
    }
    let mut add = connection.prepare_cached(statements::ADD_DELIVERY)?;
    for delivery in &batch.deliveries {
        let due_at = delivery.due_at.timestamp_micros();
        let added = add.execute(params![
            programme,
            delivery.id.uuid(),
            delivery.recipient.id,
            delivery.channel.as_str(),
            delivery.state.as_str(),
            due_at,
            delivery.made_at.timestamp_micros(),
            json(delivery),
            event_of(delivery)
        ])?;
        if added == 1 && delivery.state == DeliveryState::Ready {
            wake(connection, programme, delivery.recipient.id, delivery.channel.as_str(), due_at)?;
        }
    }
    Ok(true)
}

fn wake(
    connection: &Connection,
    programme: Uuid,
    recipient: Uuid,
    channel: &str,
    due_at: i64,
) -> Result<(), rusqlite::Error> {
    connection
        .prepare_cached(statements::WAKE_LANE)?
        .execute(params![programme, recipient, channel, due_at])
        .map(drop)
}

pub(super) fn record(
    connection: &Connection,
    programme: Uuid,
    attempt: &DeliveryAttempt,
) -> Result<(), rusqlite::Error> {
    let due_at = attempt.result.retry_at().unwrap_or(attempt.at);
    let (delivery, result) = (attempt.delivery.uuid(), &attempt.result);
    connection.prepare_cached(statements::UPDATE_DELIVERY)?.execute(params![
        programme,
        delivery,
        result.state().as_str(),
        due_at.timestamp_micros(),
        attempt.number,
        result.reason()
    ])?;
    let values = params![programme, delivery, attempt.number, json(attempt)];
    connection.prepare_cached(statements::ADD_ATTEMPT)?.execute(values).map(drop)
}

/// Keeps what is reported of a delivery that was taken over; says whether it was.
pub(super) fn report(
    connection: &Connection,
    programme: Uuid,
    report: &DeliveryAttempt,
) -> Result<bool, rusqlite::Error> {
    let due_at = report.result.retry_at().unwrap_or(report.at).timestamp_micros();
    let (delivery, result) = (report.delivery.uuid(), &report.result);
    let values =
        params![programme, delivery, result.state().as_str(), due_at, report.number, result.reason()];
    let lane: Option<(Uuid, String)> = connection
        .prepare_cached(statements::REPORT)?
        .query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((recipient, channel)) = lane else { return Ok(false) };
    let values = params![programme, delivery, report.number, json(report)];
    connection.prepare_cached(statements::ADD_ATTEMPT)?.execute(values)?;
    if result.state() == DeliveryState::Ready {
        wake(connection, programme, recipient, &channel, due_at)?;
    }
    Ok(true)
}

pub(super) fn resend(
    connection: &Connection,
    programme: Uuid,
    what: &Resend,
    now: DateTime<Utc>,
) -> Result<u64, rusqlite::Error> {
    let now = Value::Integer(now.timestamp_micros());
    let (sql, id, since) = match what {
        Resend::Delivery(id) => (statements::RESEND_ONE, id.uuid(), None),
        Resend::DeadTo(recipient) => (statements::RESEND_DEAD, recipient.id, None),
        Resend::MadeSince(recipient, since) => {
            (statements::RESEND_SINCE, recipient.id, Some(since.timestamp_micros()))
        }
    };
    let mut values = vec![Value::Id(programme), Value::Id(id), now.clone()];
    values.extend(since.map(Value::Integer));
    let lanes: Vec<(Uuid, String)> = rows(connection, sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some((recipient, channel)) = lanes.first()
        && let Value::Integer(now) = now
    {
        wake(connection, programme, *recipient, channel, now)?;
        // Whoever sends again says that it may arrive now.
        forget_addresses(connection, programme, *recipient)?;
    }
    Ok(lanes.len() as u64)
}

pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    read: impl Fn(&Row<'_>) -> Result<T, rusqlite::Error>,
) -> Result<Vec<T>, rusqlite::Error> {
    connection.prepare_cached(sql)?.query_map(params_from_iter(values), read)?.collect()
}

pub(super) fn delivery_row(row: &Row<'_>) -> Result<DeliveryRow, rusqlite::Error> {
    Ok(DeliveryRow {
        body: row.get(0)?,
        state: row.get(1)?,
        due_at: row.get(2)?,
        attempts: row.get(3)?,
        resent_after: row.get(4)?,
        last_error: row.get(5)?,
    })
}

pub(super) fn number(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    row.get(column).map(i64::cast_unsigned)
}

pub(super) fn lane(row: &Row<'_>) -> Result<LaneHealth, rusqlite::Error> {
    let at = |column| {
        let known: Option<i64> = row.get(column)?;
        known.map(|_| moment(row, column)).transpose()
    };
    Ok(LaneHealth {
        last_success_at: at(0)?,
        failing_since: at(1)?,
        last_failure_at: at(2)?,
        paused_until: at(3)?,
        owner_told_at: at(4)?,
    })
}

/// Keeps that an address is refused; says whether that is new.
pub(super) fn refuse_address(
    connection: &Connection,
    realm: Realm,
    refused: &RefusedAddress,
) -> Result<bool, rusqlite::Error> {
    let RefusedAddress { person, address, since, detail } = refused;
    let values = params![realm.uuid(), person.uuid(), address, since.timestamp_micros(), detail];
    Ok(connection.prepare_cached(statements::REFUSE_ADDRESS)?.execute(values)? == 1)
}

/// Forgets which addresses of a recipient are refused.
pub(super) fn forget_addresses(
    connection: &Connection,
    programme: Uuid,
    recipient: Uuid,
) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(statements::FORGET_ADDRESSES)?.execute(params![programme, recipient]).map(drop)
}

/// A refused address of that person.
pub(super) fn refused_address(person: PersonId, row: &Row<'_>) -> Result<RefusedAddress, rusqlite::Error> {
    Ok(RefusedAddress { person, address: row.get(0)?, since: moment(row, 1)?, detail: row.get(2)? })
}
