//! Reading cell by cell, and the statements that replace what cells hold.

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
    Cell, CellKey, CommitError, Content, EntryContent, IdempotencyKey, Realm, Revision, Rewrite, Shelf, Value,
};

/// What asks for part of a shelf, after that key.
pub(super) fn question(
    realm: Realm,
    part: Shelf,
    after: Option<CellKey>,
    limit: u32,
) -> (&'static str, Vec<Param<'static>>) {
    let mut params: Vec<Param<'static>> = vec![Box::new(realm.uuid())];
    let sql = match part {
        Shelf::Records(kind) => {
            params.push(Box::new(match after {
                Some(CellKey::Record(record, _)) => record.id,
                Some(_) | None => Uuid::nil(),
            }));
            statements::of(kind).cells.as_str()
        }
        Shelf::History => {
            let (kind, id, number) = match after {
                Some(CellKey::Past(record, revision)) => (record.kind.as_str(), record.id, revision.number()),
                Some(_) | None => ("", Uuid::nil(), 0),
            };
            params.extend([Box::new(kind) as Param<'static>, Box::new(id), Box::new(i64::from(number))]);
            statements::HISTORY_CELLS
        }
        Shelf::Journal => {
            params.push(Box::new(match after {
                Some(CellKey::Entry(sequence)) => sequence.0.cast_signed(),
                Some(_) | None => 0,
            }));
            statements::JOURNAL_CELLS
        }
        Shelf::Changes => {
            params.push(Box::new(match after {
                Some(CellKey::Change(number)) => number.cast_signed(),
                Some(_) | None => 0,
            }));
            statements::CHANGE_CELLS
        }
        Shelf::Replies => {
            let key = match after {
                Some(CellKey::Reply(IdempotencyKey { credential, route, key })) => [credential, route, key],
                Some(_) | None => Default::default(),
            };
            params.extend(key.map(|text| Box::new(Value::Text(text)) as Param<'static>));
            statements::REPLY_CELLS
        }
        Shelf::Work => {
            params.push(Box::new(match after {
                Some(CellKey::Work(id)) => id,
                Some(_) | None => Uuid::nil(),
            }));
            statements::WORK_CELLS
        }
        Shelf::Documents => {
            params.push(Box::new(match after {
                Some(CellKey::Document(hash)) => hash.as_bytes().to_vec(),
                Some(_) | None => Vec::new(),
            }));
            statements::DOCUMENT_CELLS
        }
    };
    params.push(Box::new(i64::from(limit)));
    (sql, params)
}

/// The cells of an answer.
pub(super) fn cells(part: Shelf, rows: &[Row]) -> Result<Vec<Cell>, Failure> {
    rows.iter().map(|row| cell(part, row)).collect()
}

fn cell(part: Shelf, row: &Row) -> Result<Cell, Failure> {
    let (key, content) = match part {
        Shelf::Records(kind) => {
            let record = RecordRef { kind, id: row.try_get(0)? };
            (CellKey::Record(record, revision(row, 1)?), Content::Text(row.try_get(2)?))
        }
        Shelf::History => {
            let record = RecordRef { kind: kind_of(row, 0)?, id: row.try_get(1)? };
            (CellKey::Past(record, revision(row, 2)?), Content::Text(row.try_get(3)?))
        }
        Shelf::Journal => {
            let entry = EntryContent {
                subject: RecordRef { kind: kind_of(row, 1)?, id: row.try_get(2)? },
                actor: row.try_get(3)?,
                body: row.try_get(4)?,
                changes: row.try_get(5)?,
                seals: row.try_get(6)?,
            };
            (CellKey::Entry(sequence(row, 0)?), Content::Entry(entry))
        }
        Shelf::Changes => {
            let number: i64 = row.try_get(0)?;
            (CellKey::Change(number.cast_unsigned()), Content::Text(row.try_get(1)?))
        }
        Shelf::Replies => {
            let key = IdempotencyKey { credential: text(row, 0)?, route: text(row, 1)?, key: text(row, 2)? };
            (CellKey::Reply(key), Content::Bytes(row.try_get(3)?))
        }
        Shelf::Work => (CellKey::Work(row.try_get(0)?), Content::Text(text(row, 1)?)),
        Shelf::Documents => {
            let hash: Vec<u8> = row.try_get(0)?;
            let hash: [u8; 32] =
                hash.try_into().map_err(|_| Failure::Unknown("hash", "of a document".to_owned()))?;
            (CellKey::Document(ContentHash::from_bytes(hash)), Content::Bytes(row.try_get(1)?))
        }
    };
    Ok(Cell { key, content })
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

/// The statements that replace what the cells hold. Each answers one row if the cell held what it was said to hold.
///
/// # Errors
///
/// [`CommitError::Overtaken`] for what no cell holds.
pub(super) fn steps(realm: Realm, rewrites: &[Rewrite]) -> Result<Vec<Step<'_>>, CommitError> {
    rewrites.iter().map(|one| step(realm.uuid(), one).ok_or(CommitError::Overtaken)).collect()
}

fn step(programme: Uuid, one: &Rewrite) -> Option<Step<'_>> {
    let number = |revision: &Revision| i64::from(revision.number());
    let mut params: Vec<Param<'_>> = vec![Box::new(programme)];
    let sql = match (&one.key, &one.old, &one.new) {
        (CellKey::Record(record, revision), Content::Text(old), Content::Text(new)) => {
            params.extend([
                Box::new(record.id) as Param<'_>,
                Box::new(number(revision)),
                Box::new(new),
                Box::new(old),
            ]);
            statements::of(record.kind).rewrite.as_str()
        }
        (CellKey::Past(record, revision), Content::Text(old), Content::Text(new)) => {
            params.extend([
                Box::new(record.kind.as_str()) as Param<'_>,
                Box::new(record.id),
                Box::new(number(revision)),
                Box::new(new),
                Box::new(old),
            ]);
            statements::REWRITE_PAST
        }
        (CellKey::Entry(sequence), Content::Entry(old), Content::Entry(new)) => {
            params.extend([
                Box::new(sequence.0.cast_signed()) as Param<'_>,
                Box::new(&new.body),
                Box::new(&new.changes),
                Box::new(&new.seals),
                Box::new(&old.seals),
                Box::new(&old.body),
                Box::new(&old.changes),
            ]);
            statements::REWRITE_ENTRY
        }
        (CellKey::Change(number), Content::Text(old), Content::Text(new)) => {
            params.extend([Box::new(number.cast_signed()) as Param<'_>, Box::new(new), Box::new(old)]);
            statements::REWRITE_CHANGE
        }
        (CellKey::Reply(key), Content::Bytes(old), Content::Bytes(new)) => {
            let IdempotencyKey { credential, route, key } = key;
            params.extend(
                [credential, route, key].map(|text| Box::new(Value::from(text.as_str())) as Param<'_>),
            );
            params.extend([Box::new(new) as Param<'_>, Box::new(old)]);
            statements::REWRITE_REPLY
        }
        (CellKey::Document(hash), Content::Bytes(old), Content::Bytes(new)) => {
            params.extend([Box::new(hash.as_bytes().as_slice()) as Param<'_>, Box::new(new), Box::new(old)]);
            statements::REWRITE_DOCUMENT
        }
        (CellKey::Work(id), Content::Text(old), Content::Text(new)) => {
            let text = |text: &str| -> Param<'static> { Box::new(Value::from(text)) };
            params.extend([Box::new(id) as Param<'_>, text(new), text(old)]);
            statements::REWRITE_WORK
        }
        (CellKey::DataKey(number), Content::Bytes(old), Content::Bytes(new)) => {
            params.extend([Box::new(i64::from(*number)) as Param<'_>, Box::new(new), Box::new(old)]);
            statements::REWRITE_DATA_KEY
        }
        (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_), _) => return None,
    };
    Some(Step::new(sql, params))
}
