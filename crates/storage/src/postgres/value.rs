//! How values are bound to and read from PostgreSQL.
//!
//! Its texts hold every character but NUL, so U+0000 is written as U+0001 U+0001 and U+0001 as U+0001 U+0002. That keeps
//! the order of texts and what begins with what.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::Row;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::failure::Failure;
use crate::catalogue::ColumnType;
use crate::{RawBody, Revision, Value};

/// Something bound to a statement.
pub(super) type Param<'a> = Box<dyn ToSql + Sync + Send + 'a>;

/// What values are bound as.
pub(super) fn params(values: Vec<Value>) -> Vec<Param<'static>> {
    values.into_iter().map(|value| Box::new(value) as Param<'static>).collect()
}

type Conversion = Box<dyn Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, holds: &Type, out: &mut BytesMut) -> Result<IsNull, Conversion> {
        match self {
            Self::Nothing => Ok(IsNull::Yes),
            Self::Integer(number) => number.to_sql(holds, out),
            Self::Text(text) => escape(text).to_sql(holds, out),
            Self::Bytes(bytes) => bytes.to_sql(holds, out),
            Self::Id(id) => id.to_sql(holds, out),
            Self::Day(day) => day.to_sql(holds, out),
        }
    }

    fn accepts(holds: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA, Type::UUID, Type::DATE].contains(holds)
    }

    to_sql_checked!();
}

/// Writes a text so that it holds no NUL.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte > 1) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\u{1}', "\u{1}\u{2}").replace('\0', "\u{1}\u{1}"))
}

fn unescape(text: String) -> String {
    if !text.contains('\u{1}') {
        return text;
    }
    text.replace("\u{1}\u{1}", "\0").replace("\u{1}\u{2}", "\u{1}")
}

/// Reads a value of the given type.
pub(super) fn read(row: &Row, column: usize, holds: ColumnType) -> Result<Value, Failure> {
    Ok(match holds {
        ColumnType::Integer => row.try_get::<_, Option<i64>>(column)?.into(),
        ColumnType::Text => row.try_get::<_, Option<String>>(column)?.map(unescape).into(),
        ColumnType::Bytes => row.try_get::<_, Option<Vec<u8>>>(column)?.map_or(Value::Nothing, Value::Bytes),
        ColumnType::Id => row.try_get::<_, Option<uuid::Uuid>>(column)?.into(),
        ColumnType::Day => row.try_get::<_, Option<chrono::NaiveDate>>(column)?.into(),
    })
}

/// Reads a text that was written without NUL, as it was before.
pub(super) fn text(row: &Row, column: usize) -> Result<Option<String>, Failure> {
    Ok(row.try_get::<_, Option<String>>(column)?.map(unescape))
}

/// Reads a revision.
pub(super) fn revision(row: &Row, column: usize) -> Result<Revision, Failure> {
    let number: i64 = row.try_get(column)?;
    u32::try_from(number).ok().and_then(Revision::new).ok_or(Failure::OutOfRange("revision", number))
}

/// Reads the version and the text of a body.
pub(super) fn body(row: &Row, version: usize, text: usize) -> Result<RawBody, Failure> {
    let number: i32 = row.try_get(version)?;
    let version = u16::try_from(number).map_err(|_| Failure::OutOfRange("version", number.into()))?;
    Ok(RawBody { version, json: row.try_get(text)? })
}

/// Reads a place in a journal.
pub(super) fn sequence(row: &Row, column: usize) -> Result<crate::Sequence, Failure> {
    Ok(crate::Sequence(row.try_get::<_, i64>(column)?.cast_unsigned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{escape, unescape};

    proptest! {
        #[test]
        fn escaping_keeps_texts_their_order_and_their_beginnings(
            left in "[\u{0}-\u{3}ab€\u{10ffff}]{0,6}",
            right in "[\u{0}-\u{3}ab€\u{10ffff}]{0,6}",
        ) {
            prop_assert!(!escape(&left).contains('\0'));
            prop_assert_eq!(unescape(escape(&left).into_owned()), left.clone());
            prop_assert_eq!(escape(&left).as_bytes().cmp(escape(&right).as_bytes()), left.cmp(&right));
            prop_assert_eq!(escape(&left).starts_with(&*escape(&right)), left.starts_with(&right));
        }
    }
}
