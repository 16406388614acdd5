//! How values are bound to and read from SQLite: ids as 16 bytes, days as ISO text.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::ToSql;
use rusqlite::types::{FromSqlError, ToSqlOutput, Value as Sql, ValueRef};

use crate::catalogue::ColumnType;
use crate::{Revision, Sequence, Value};

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Nothing => ToSqlOutput::Owned(Sql::Null),
            Self::Integer(number) => ToSqlOutput::Owned(Sql::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Day(day) => ToSqlOutput::Owned(Sql::Text(day.to_string())),
        })
    }
}

/// Reads a value of the given type.
pub(super) fn read(value: ValueRef<'_>, holds: ColumnType) -> Result<Value, FromSqlError> {
    match (value, holds) {
        (ValueRef::Null, _) => Ok(Value::Nothing),
        (value, ColumnType::Integer) => value.as_i64().map(Value::Integer),
        (value, ColumnType::Text) => value.as_str().map(|text| Value::Text(text.to_owned())),
        (value, ColumnType::Bytes) => value.as_blob().map(|bytes| Value::Bytes(bytes.to_owned())),
        (value, ColumnType::Id) => {
            let bytes = value.as_blob()?;
            uuid::Uuid::from_slice(bytes).map(Value::Id).map_err(FromSqlError::other)
        }
        (value, ColumnType::Day) => {
            value.as_str()?.parse::<NaiveDate>().map(Value::Day).map_err(FromSqlError::other)
        }
    }
}

/// Reads a revision.
pub(super) fn revision(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Revision> {
    let number: u32 = row.get(column)?;
    Revision::new(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, number.into()))
}

/// Reads a moment.
pub(super) fn moment(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    let micros: i64 = row.get(column)?;
    DateTime::from_timestamp_micros(micros).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, micros))
}

/// A sequence as SQLite counts; it has no unsigned numbers and no journal comes near 2^63.
pub(super) fn sequence_number(sequence: Sequence) -> i64 {
    i64::try_from(sequence.0).unwrap_or(i64::MAX)
}
