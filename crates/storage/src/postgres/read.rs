//! From rows to what the ports answer.

use sister_cities_domain::id::{EventId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use tokio_postgres::Row;
use uuid::Uuid;

use super::failure::Failure;
use super::value::{self, body, revision, sequence};
use crate::audit::Head;
use crate::catalogue::{self, ColumnType};
use crate::vault::WrappedKey;
use crate::{
    ChangeNumber, Counts, Cursor, IdempotencyKey, IdempotencyRecord, JournalEntry, PeerVisible, RawBody,
    RawEvent, RawPage, RawRevision, StoredRecord, Superseded, Value,
};

/// A record.
pub(super) fn stored(row: &Row) -> Result<StoredRecord, Failure> {
    Ok(StoredRecord { id: row.try_get(0)?, revision: revision(row, 1)?, body: body(row, 2, 3)? })
}

/// A record of another programme.
pub(super) fn visible_to(row: &Row) -> Result<PeerVisible, Failure> {
    let stored = StoredRecord { id: row.try_get(1)?, revision: revision(row, 2)?, body: body(row, 3, 4)? };
    Ok(PeerVisible { programme: ProgrammeId::from_uuid(row.try_get(0)?), stored })
}

/// All records of an answer.
pub(super) fn all_stored(rows: &[Row]) -> Result<Vec<StoredRecord>, Failure> {
    rows.iter().map(stored).collect()
}

/// A page; `key` is the type of the fifth column if the list is ordered by one.
pub(super) fn page(rows: &[Row], limit: u32, key: Option<ColumnType>) -> Result<RawPage, Failure> {
    let limit = limit as usize;
    let records = rows.iter().take(limit).map(stored).collect::<Result<Vec<_>, _>>()?;
    let last = if rows.len() > limit { limit.checked_sub(1) } else { None };
    let next = last.map(|last| -> Result<Cursor, Failure> {
        let key = key.map_or(Ok(Value::Nothing), |holds| value::read(&rows[last], 4, holds))?;
        Ok(Cursor { key, id: records[last].id, change: None })
    });
    Ok(RawPage { next: next.transpose()?, records })
}

/// A revision, present or past.
pub(super) fn past(row: &Row) -> Result<RawRevision, Failure> {
    let is_tombstone = row.try_get::<_, Option<i32>>(3)?.is_none();
    let body: Option<RawBody> = if is_tombstone { None } else { Some(body(row, 3, 4)?) };
    Ok(RawRevision { revision: revision(row, 0)?, at: row.try_get(1)?, actor: row.try_get(2)?, body })
}

/// The number of a change.
pub(super) fn change(row: &Row, column: usize) -> Result<ChangeNumber, Failure> {
    Ok(ChangeNumber(row.try_get::<_, i64>(column)?.cast_unsigned()))
}

/// A revision that was replaced.
pub(super) fn superseded(row: &Row) -> Result<Superseded, Failure> {
    Ok(Superseded { stored: stored(row)?, by: change(row, 4)? })
}

/// An entry of the journal.
pub(super) fn entry(row: &Row) -> Result<JournalEntry, Failure> {
    let kind: String = row.try_get(4)?;
    let kind: RecordKind = kind.parse().map_err(|_| Failure::Unknown("kind of record", kind))?;
    Ok(JournalEntry {
        id: EventId::from_uuid(row.try_get(1)?),
        sequence: sequence(row, 0)?,
        at: row.try_get(2)?,
        actor: row.try_get(3)?,
        event: RawEvent {
            subject: RecordRef { kind, id: row.try_get(5)? },
            name: row.try_get(6)?,
            body: body(row, 7, 8)?,
        },
        changes: row.try_get(9)?,
        seals: row.try_get(10)?,
        hash: hash(row, 11)?,
    })
}

/// A data key, wrapped.
pub(super) fn data_key(row: &Row) -> Result<WrappedKey, Failure> {
    let number: i64 = row.try_get(0)?;
    let number = u32::try_from(number).map_err(|_| Failure::OutOfRange("number of a key", number))?;
    Ok(WrappedKey { number, wrapped: row.try_get(1)?, made_at: row.try_get(2)? })
}

/// The end of a journal.
pub(super) fn head(row: &Row) -> Result<Head, Failure> {
    Ok(Head { sequence: sequence(row, 0)?, hash: hash(row, 1)? })
}

/// A SHA-256.
pub(super) fn hash(row: &Row, column: usize) -> Result<ContentHash, Failure> {
    Ok(ContentHash::from_bytes(bytes(row, column, "length of a hash")?))
}

fn bytes(row: &Row, column: usize, what: &'static str) -> Result<[u8; 32], Failure> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    bytes.try_into().map_err(|_| Failure::OutOfRange(what, length))
}

/// A stored reply.
pub(super) fn reply(row: &Row, key: &IdempotencyKey) -> Result<IdempotencyRecord, Failure> {
    reply_from(row, 0, key)
}

/// A stored reply, from that column on.
pub(super) fn reply_from(
    row: &Row,
    first: usize,
    key: &IdempotencyKey,
) -> Result<IdempotencyRecord, Failure> {
    let status: i32 = row.try_get(first + 1)?;
    Ok(IdempotencyRecord {
        key: key.clone(),
        fingerprint: bytes(row, first, "length of a fingerprint")?,
        status: u16::try_from(status).map_err(|_| Failure::OutOfRange("status", status.into()))?,
        body: row.try_get(first + 2)?,
        expires_at: row.try_get(first + 3)?,
    })
}

/// How many records of each kind there are.
pub(super) fn counts(rows: &[Row]) -> Result<Counts, Failure> {
    let mut counts = Counts::new();
    for row in rows {
        for (place, description) in catalogue::ALL.iter().enumerate() {
            counts.insert(description.kind, row.try_get::<_, i64>(place)?.cast_unsigned());
        }
    }
    Ok(counts)
}

/// What a `count(*)` answered.
pub(super) fn count(rows: &[Row]) -> Result<u64, Failure> {
    rows.first().map_or(Ok(0), |row| Ok(row.try_get::<_, i64>(0)?.cast_unsigned()))
}

/// Sorts records in the order in which they were asked for.
pub(super) fn in_order(records: &mut [StoredRecord], wanted: &[Uuid]) {
    let places: std::collections::HashMap<Uuid, usize> =
        wanted.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    records.sort_by_key(|stored| places.get(&stored.id).copied());
}
