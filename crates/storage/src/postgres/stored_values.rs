//! Reading stored values one after the other, and the statements that replace what stored values hold.

use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use tokio_postgres::Row;
use uuid::Uuid;

use super::failure::Failure;
use super::session::Step;
use super::statements;
use super::value::{self, Param, revision, sequence};
use crate::catalogue::ColumnType;
use crate::{
    CommitError, Content, EntryContent, IdempotencyKey, InPlaceUpdate, Partition, Realm, StoredValue,
    StoredValueKey, Value,
};

/// The query for part of a partition, after that key, and its parameters.
pub(super) fn select_statement(
    realm: Realm,
    part: Partition,
    after: Option<&StoredValueKey>,
    limit: u32,
) -> (&'static str, Vec<Param<'static>>) {
    let sql = match part {
        Partition::Records(kind) => statements::of(kind).stored_values.as_str(),
        Partition::History => statements::HISTORY_VALUES,
        Partition::Journal => statements::JOURNAL_VALUES,
        Partition::Changes => statements::CHANGE_VALUES,
        Partition::Replies => statements::REPLY_VALUES,
        Partition::Work => statements::WORK_VALUES,
        Partition::Documents => statements::DOCUMENT_VALUES,
    };
    let mut values = vec![Value::Id(realm.uuid())];
    values.extend(part.columns_after(after));
    values.push(limit.into());
    (sql, value::params(values))
}

/// The stored values in the rows of that query.
pub(super) fn stored_values(part: Partition, rows: &[Row]) -> Result<Vec<StoredValue>, Failure> {
    rows.iter().map(|row| stored_value(part, row)).collect()
}

fn stored_value(part: Partition, row: &Row) -> Result<StoredValue, Failure> {
    let (key, content) = match part {
        Partition::Records(kind) => {
            let record = RecordRef { kind, id: row.try_get(0)? };
            (StoredValueKey::Record(record, revision(row, 1)?), Content::Text(row.try_get(2)?))
        }
        Partition::History => {
            let record = RecordRef { kind: kind_of(row, 0)?, id: row.try_get(1)? };
            (StoredValueKey::Past(record, revision(row, 2)?), Content::Text(row.try_get(3)?))
        }
        Partition::Journal => {
            let entry = EntryContent {
                subject: RecordRef { kind: kind_of(row, 1)?, id: row.try_get(2)? },
                actor: row.try_get(3)?,
                body: row.try_get(4)?,
                changes: row.try_get(5)?,
                seals: row.try_get(6)?,
            };
            (StoredValueKey::Entry(sequence(row, 0)?), Content::Entry(entry))
        }
        Partition::Changes => {
            let number: i64 = row.try_get(0)?;
            (StoredValueKey::Change(number.cast_unsigned()), Content::Text(row.try_get(1)?))
        }
        Partition::Replies => {
            let key = IdempotencyKey { credential: text(row, 0)?, route: text(row, 1)?, key: text(row, 2)? };
            (StoredValueKey::Reply(key), Content::Bytes(row.try_get(3)?))
        }
        Partition::Work => (StoredValueKey::Work(row.try_get(0)?), Content::Text(text(row, 1)?)),
        Partition::Documents => {
            let hash: Vec<u8> = row.try_get(0)?;
            let hash: [u8; 32] =
                hash.try_into().map_err(|_| Failure::Unknown("hash", "of a document".to_owned()))?;
            (StoredValueKey::Document(ContentHash::from_bytes(hash)), Content::Bytes(row.try_get(1)?))
        }
    };
    Ok(StoredValue { key, content })
}

/// A kind of record by its name.
pub(super) fn kind_of(row: &Row, column: usize) -> Result<RecordKind, Failure> {
    let kind: String = row.try_get(column)?;
    kind.parse().map_err(|_| Failure::Unknown("kind of record", kind))
}

/// A text as it was before it was written without NUL.
pub(super) fn text(row: &Row, column: usize) -> Result<String, Failure> {
    match value::read(row, column, ColumnType::Text)? {
        Value::Text(text) => Ok(text),
        Value::Nothing | Value::Integer(_) | Value::Bytes(_) | Value::Id(_) | Value::Day(_) => {
            Ok(String::new())
        }
    }
}

/// The statements that replace what the stored values hold. Each answers one row if the stored value held what it was said to hold.
///
/// # Errors
///
/// [`CommitError::Overtaken`] for what no stored value holds.
pub(super) fn steps(realm: Realm, updates: &[InPlaceUpdate]) -> Result<Vec<Step<'static>>, CommitError> {
    updates.iter().map(|one| step(realm.uuid(), one).ok_or(CommitError::Overtaken)).collect()
}

fn step(programme: Uuid, one: &InPlaceUpdate) -> Option<Step<'static>> {
    let sql = match &one.key {
        StoredValueKey::Record(record, _) => statements::of(record.kind).update_body.as_str(),
        StoredValueKey::Past(..) => statements::UPDATE_HISTORY,
        StoredValueKey::Entry(_) => statements::UPDATE_JOURNAL,
        StoredValueKey::Change(_) => statements::UPDATE_CHANGE,
        StoredValueKey::Reply(_) => statements::UPDATE_REPLY,
        StoredValueKey::Document(_) => statements::UPDATE_DOCUMENT,
        StoredValueKey::Work(_) => statements::UPDATE_WORK,
        StoredValueKey::DataKey(_) => statements::UPDATE_DATA_KEY,
    };
    let values = std::iter::once(Value::Id(programme)).chain(one.columns()?).collect();
    Some(Step::new(sql, value::params(values)))
}
