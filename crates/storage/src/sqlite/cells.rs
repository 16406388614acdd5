//! Reading cell by cell, and replacing what cells hold.

use rusqlite::{Connection, Row, params};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::commit::{Refusal, sequence_number};
use super::statements;
use super::value::revision;
use crate::{
    Cell, CellKey, CommitError, Content, EntryContent, IdempotencyKey, Realm, Rewrite, Sequence, Shelf,
};

/// Part of a shelf, after that key.
pub(super) fn read(
    connection: &Connection,
    realm: Realm,
    part: Shelf,
    after: Option<CellKey>,
    limit: u32,
) -> Result<Vec<Cell>, rusqlite::Error> {
    let programme = realm.uuid();
    match part {
        Shelf::Records(kind) => {
            let after = match after {
                Some(CellKey::Record(record, _)) => record.id,
                Some(_) | None => Uuid::nil(),
            };
            let cell = |row: &Row<'_>| {
                let record = RecordRef { kind, id: row.get(0)? };
                let key = CellKey::Record(record, revision(row, 1)?);
                Ok(Cell { key, content: Content::Text(row.get(2)?) })
            };
            let sql = &statements::of(kind).cells;
            connection.prepare_cached(sql)?.query_map(params![programme, after, limit], cell)?.collect()
        }
        Shelf::History => {
            let (kind, id, number) = match after {
                Some(CellKey::Past(record, revision)) => (record.kind.as_str(), record.id, revision.number()),
                Some(_) | None => ("", Uuid::nil(), 0),
            };
            let cell = |row: &Row<'_>| {
                let record = RecordRef { kind: kind_of(row, 0)?, id: row.get(1)? };
                let key = CellKey::Past(record, revision(row, 2)?);
                Ok(Cell { key, content: Content::Text(row.get(3)?) })
            };
            connection
                .prepare_cached(statements::HISTORY_CELLS)?
                .query_map(params![programme, kind, id, number, limit], cell)?
                .collect()
        }
        Shelf::Journal => {
            let after = match after {
                Some(CellKey::Entry(sequence)) => sequence_number(sequence),
                Some(_) | None => 0,
            };
            connection
                .prepare_cached(statements::JOURNAL_CELLS)?
                .query_map(params![programme, after, limit], entry)?
                .collect()
        }
        Shelf::Changes => {
            let after = match after {
                Some(CellKey::Change(number)) => number.cast_signed(),
                Some(_) | None => 0,
            };
            let cell = |row: &Row<'_>| {
                let number: i64 = row.get(0)?;
                let key = CellKey::Change(number.cast_unsigned());
                Ok(Cell { key, content: Content::Text(row.get(1)?) })
            };
            connection
                .prepare_cached(statements::CHANGE_CELLS)?
                .query_map(params![programme, after, limit], cell)?
                .collect()
        }
        Shelf::Replies => {
            let (credential, route, key) = match after {
                Some(CellKey::Reply(IdempotencyKey { credential, route, key })) => (credential, route, key),
                Some(_) | None => (String::new(), String::new(), String::new()),
            };
            let cell = |row: &Row<'_>| {
                let key = IdempotencyKey { credential: row.get(0)?, route: row.get(1)?, key: row.get(2)? };
                Ok(Cell { key: CellKey::Reply(key), content: Content::Bytes(row.get(3)?) })
            };
            connection
                .prepare_cached(statements::REPLY_CELLS)?
                .query_map(params![programme, credential, route, key, limit], cell)?
                .collect()
        }
        Shelf::Work => {
            let after = match after {
                Some(CellKey::Work(id)) => id,
                Some(_) | None => Uuid::nil(),
            };
            let cell = |row: &Row<'_>| {
                Ok(Cell { key: CellKey::Work(row.get(0)?), content: Content::Text(row.get(1)?) })
            };
            connection
                .prepare_cached(statements::WORK_CELLS)?
                .query_map(params![programme, after, limit], cell)?
                .collect()
        }
        Shelf::Documents => {
            let after = match &after {
                Some(CellKey::Document(hash)) => hash.as_bytes().as_slice(),
                Some(_) | None => &[],
            };
            let cell = |row: &Row<'_>| {
                let key = CellKey::Document(ContentHash::from_bytes(row.get(0)?));
                Ok(Cell { key, content: Content::Bytes(row.get(1)?) })
            };
            connection
                .prepare_cached(statements::DOCUMENT_CELLS)?
                .query_map(params![programme, after, limit], cell)?
                .collect()
        }
    }
}

fn entry(row: &Row<'_>) -> Result<Cell, rusqlite::Error> {
    let sequence: i64 = row.get(0)?;
    let content = EntryContent {
        subject: RecordRef { kind: kind_of(row, 1)?, id: row.get(2)? },
        actor: row.get(3)?,
        body: row.get(4)?,
        changes: row.get(5)?,
        seals: row.get(6)?,
    };
    let key = CellKey::Entry(Sequence(sequence.cast_unsigned()));
    Ok(Cell { key, content: Content::Entry(content) })
}

fn kind_of(row: &Row<'_>, column: usize) -> Result<RecordKind, rusqlite::Error> {
    let kind: String = row.get(column)?;
    kind.parse::<RecordKind>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// Replaces what the cells hold, inside an open transaction.
pub(super) fn rewrite(connection: &Connection, realm: Realm, rewrites: &[Rewrite]) -> Result<(), Refusal> {
    connection.prepare_cached(statements::BEGIN_ERASING)?.execute([realm.uuid()])?;
    for one in rewrites {
        if rewrite_one(connection, realm.uuid(), one)? != 1 {
            return Err(CommitError::Overtaken.into());
        }
    }
    connection.prepare_cached(statements::END_ERASING)?.execute([realm.uuid()])?;
    Ok(())
}

fn rewrite_one(connection: &Connection, programme: Uuid, one: &Rewrite) -> Result<usize, rusqlite::Error> {
    match (&one.key, &one.old, &one.new) {
        (CellKey::Record(record, revision), Content::Text(old), Content::Text(new)) => connection
            .prepare_cached(&statements::of(record.kind).rewrite)?
            .execute(params![programme, record.id, revision.number(), new, old]),
        (CellKey::Past(record, revision), Content::Text(old), Content::Text(new)) => connection
            .prepare_cached(statements::REWRITE_PAST)?
            .execute(params![programme, record.kind.as_str(), record.id, revision.number(), new, old]),
        (CellKey::Entry(sequence), Content::Entry(old), Content::Entry(new)) => {
            connection.prepare_cached(statements::REWRITE_ENTRY)?.execute(params![
                programme,
                sequence_number(*sequence),
                new.body,
                new.changes,
                new.seals,
                old.seals,
                old.body,
                old.changes
            ])
        }
        (CellKey::Change(number), Content::Text(old), Content::Text(new)) => connection
            .prepare_cached(statements::REWRITE_CHANGE)?
            .execute(params![programme, number.cast_signed(), new, old]),
        (
            CellKey::Reply(IdempotencyKey { credential, route, key }),
            Content::Bytes(old),
            Content::Bytes(new),
        ) => connection
            .prepare_cached(statements::REWRITE_REPLY)?
            .execute(params![programme, credential, route, key, new, old]),
        (CellKey::Document(hash), Content::Bytes(old), Content::Bytes(new)) => connection
            .prepare_cached(statements::REWRITE_DOCUMENT)?
            .execute(params![programme, hash.as_bytes(), new, old]),
        (CellKey::Work(id), Content::Text(old), Content::Text(new)) => {
            connection.prepare_cached(statements::REWRITE_WORK)?.execute(params![programme, id, new, old])
        }
        (CellKey::DataKey(number), Content::Bytes(old), Content::Bytes(new)) => connection
            .prepare_cached(statements::REWRITE_DATA_KEY)?
            .execute(params![programme, number, new, old]),
        // No cell holds that, so it is not there any more.
        (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_), _) => Ok(0),
    }
}
