//! Reading stored values one after the other, and replacing what stored values hold.

use rusqlite::{Connection, Row, params_from_iter};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::commit::Refusal;
use super::statements;
use super::value::revision;
use crate::{
    CommitError, Content, EntryContent, IdempotencyKey, InPlaceUpdate, Partition, Realm, Sequence,
    StoredValue, StoredValueKey, Value,
};

/// Part of a partition, after that key.
pub(super) fn read(
    connection: &Connection,
    realm: Realm,
    part: Partition,
    after: Option<&StoredValueKey>,
    limit: u32,
) -> Result<Vec<StoredValue>, rusqlite::Error> {
    let sql = match part {
        Partition::Records(kind) => &statements::of(kind).stored_values,
        Partition::History => statements::HISTORY_VALUES,
        Partition::Journal => statements::JOURNAL_VALUES,
        Partition::Changes => statements::CHANGE_VALUES,
        Partition::Replies => statements::REPLY_VALUES,
        Partition::Work => statements::WORK_VALUES,
        Partition::Documents => statements::DOCUMENT_VALUES,
    };
    let mut params = vec![Value::Id(realm.uuid())];
    params.extend(part.columns_after(after));
    params.push(limit.into());
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map(params_from_iter(params), |row| stored_value(part, row))?.collect()
}

fn stored_value(part: Partition, row: &Row<'_>) -> Result<StoredValue, rusqlite::Error> {
    let (key, content) = match part {
        Partition::Records(kind) => {
            let record = RecordRef { kind, id: row.get(0)? };
            (StoredValueKey::Record(record, revision(row, 1)?), Content::Text(row.get(2)?))
        }
        Partition::History => {
            let record = RecordRef { kind: kind_of(row, 0)?, id: row.get(1)? };
            (StoredValueKey::Past(record, revision(row, 2)?), Content::Text(row.get(3)?))
        }
        Partition::Journal => {
            let entry = EntryContent {
                subject: RecordRef { kind: kind_of(row, 1)?, id: row.get(2)? },
                actor: row.get(3)?,
                body: row.get(4)?,
                changes: row.get(5)?,
                seals: row.get(6)?,
            };
            let sequence: i64 = row.get(0)?;
            (StoredValueKey::Entry(Sequence(sequence.cast_unsigned())), Content::Entry(entry))
        }
        Partition::Changes => {
            let number: i64 = row.get(0)?;
            (StoredValueKey::Change(number.cast_unsigned()), Content::Text(row.get(1)?))
        }
        Partition::Replies => {
            let key = IdempotencyKey { credential: row.get(0)?, route: row.get(1)?, key: row.get(2)? };
            (StoredValueKey::Reply(key), Content::Bytes(row.get(3)?))
        }
        Partition::Work => (StoredValueKey::Work(row.get(0)?), Content::Text(row.get(1)?)),
        Partition::Documents => {
            let hash = ContentHash::from_bytes(row.get(0)?);
            (StoredValueKey::Document(hash), Content::Bytes(row.get(1)?))
        }
    };
    Ok(StoredValue { key, content })
}

fn kind_of(row: &Row<'_>, column: usize) -> Result<RecordKind, rusqlite::Error> {
    let kind: String = row.get(column)?;
    kind.parse::<RecordKind>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// Replaces what the stored values hold, inside an open transaction.
pub(super) fn update_in_place(
    connection: &Connection,
    realm: Realm,
    updates: &[InPlaceUpdate],
) -> Result<(), Refusal> {
    connection.prepare_cached(statements::BEGIN_ERASING)?.execute([realm.uuid()])?;
    for one in updates {
        if update_one(connection, realm.uuid(), one)? != 1 {
            return Err(CommitError::Overtaken.into());
        }
    }
    connection.prepare_cached(statements::END_ERASING)?.execute([realm.uuid()])?;
    Ok(())
}

/// How many rows held what they were said to hold.
fn update_one(
    connection: &Connection,
    programme: Uuid,
    one: &InPlaceUpdate,
) -> Result<usize, rusqlite::Error> {
    let Some(columns) = one.columns() else { return Ok(0) };
    let sql = match &one.key {
        StoredValueKey::Record(record, _) => &statements::of(record.kind).update_body,
        StoredValueKey::Past(..) => statements::UPDATE_HISTORY,
        StoredValueKey::Entry(_) => statements::UPDATE_JOURNAL,
        StoredValueKey::Change(_) => statements::UPDATE_CHANGE,
        StoredValueKey::Reply(_) => statements::UPDATE_REPLY,
        StoredValueKey::Document(_) => statements::UPDATE_DOCUMENT,
        StoredValueKey::Work(_) => statements::UPDATE_WORK,
        StoredValueKey::DataKey(_) => statements::UPDATE_DATA_KEY,
    };
    let params = std::iter::once(Value::Id(programme)).chain(columns);
    connection.prepare_cached(sql)?.execute(params_from_iter(params))
}
