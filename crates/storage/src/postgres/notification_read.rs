//! How rows of notifications and deliveries are read.

use chrono::{DateTime, Utc};
use sister_cities_domain::id::PersonId;
use tokio_postgres::Row;

use super::failure::Failure;
use super::value;
use crate::notification::{LaneHealth, RefusedAddress};
use crate::notification_rows::DeliveryRow;

pub(super) fn counted(rows: &[Row]) -> u64 {
    rows.first().and_then(|row| row.try_get::<_, i64>(0).ok()).unwrap_or(0).cast_unsigned()
}

pub(super) fn body(row: &Row, column: usize) -> Result<String, Failure> {
    Ok(value::text(row, column)?.unwrap_or_default())
}

pub(super) fn delivery_rows(rows: &[Row]) -> Result<Vec<DeliveryRow>, Failure> {
    let read = |row: &Row| {
        Ok(DeliveryRow {
            body: body(row, 0)?,
            state: body(row, 1)?,
            due_at: row.try_get(2)?,
            attempts: row.try_get(3)?,
            resent_after: row.try_get(4)?,
            last_error: value::text(row, 5)?,
        })
    };
    rows.iter().map(read).collect()
}

pub(super) fn told_rows(rows: &[Row]) -> Result<Vec<(String, Option<i64>)>, Failure> {
    rows.iter().map(|row| Ok((body(row, 0)?, row.try_get(1)?))).collect()
}

pub(super) fn moment(row: &Row, column: usize) -> Result<Option<DateTime<Utc>>, Failure> {
    let micros: Option<i64> = row.try_get(column)?;
    Ok(micros.and_then(DateTime::from_timestamp_micros))
}

pub(super) fn health(row: &Row) -> Result<LaneHealth, Failure> {
    Ok(LaneHealth {
        last_success_at: moment(row, 0)?,
        failing_since: moment(row, 1)?,
        last_failure_at: moment(row, 2)?,
        paused_until: moment(row, 3)?,
        owner_told_at: moment(row, 4)?,
    })
}

pub(super) fn refused_address(person: PersonId, row: &Row) -> Result<RefusedAddress, Failure> {
    let address: Vec<u8> = row.try_get(0)?;
    let address = address.try_into().map_err(|_| Failure::OutOfRange("address", 0))?;
    let since = moment(row, 1)?.unwrap_or_default();
    Ok(RefusedAddress { person, address, since, detail: body(row, 2)? })
}
