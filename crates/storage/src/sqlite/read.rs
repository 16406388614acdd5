//! What the reading connections are asked.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params, params_from_iter};
use sister_cities_domain::id::{EventId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::statements;
use super::value::{self, moment, revision, sequence_number};
use crate::audit::Head;
use crate::catalogue;
use crate::select::{Dialect, Select};
use crate::{
    ChangeNumber, Counts, Cursor, HistoryPart, IdempotencyKey, IdempotencyRecord, JournalEntry, JournalQuery,
    PeerVisible, PeerVisibleQuery, Query, RawBody, RawEvent, RawPage, RawRevision, Realm, Sequence,
    StoredRecord, Superseded, SupersededQuery, Value,
};

type Answer<T> = Result<T, rusqlite::Error>;

pub(super) fn get(
    connection: &Connection,
    programme: Uuid,
    record: RecordRef,
) -> Answer<Option<StoredRecord>> {
    let sql = &statements::of(record.kind).get;
    connection.prepare_cached(sql)?.query_row(params![programme, record.id], stored).optional()
}

pub(super) fn get_many(
    connection: &Connection,
    realm: Realm,
    kind: RecordKind,
    ids: &[Uuid],
) -> Answer<Vec<StoredRecord>> {
    // One transaction, so that all are of one moment.
    let transaction = connection.unchecked_transaction()?;
    let mut found = Vec::with_capacity(ids.len());
    {
        let mut get = transaction.prepare_cached(&statements::of(kind).get)?;
        for id in ids {
            found.extend(get.query_row(params![realm.uuid(), id], stored).optional()?);
        }
    }
    transaction.commit()?;
    Ok(found)
}

pub(super) fn query(connection: &Connection, realm: Realm, query: &Query) -> Answer<RawPage> {
    let Select { sql, values, key, .. } = Dialect::Sqlite.page(realm, query);
    let limit = query.limit as usize;
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut records = Vec::new();
    let mut next = None;
    let mut last_key = Value::Nothing;
    while let Some(row) = rows.next()? {
        if records.len() == limit {
            next =
                records.last().map(|last: &StoredRecord| Cursor { key: last_key, id: last.id, change: None });
            break;
        }
        records.push(stored(row)?);
        if let (Some(holds), true) = (key, records.len() == limit) {
            last_key = value::read(row.get_ref(4)?, holds).map_err(|error| error_in(4, row, error))?;
        }
    }
    Ok(RawPage { records, next })
}

pub(super) fn count(connection: &Connection, realm: Realm, query: &Query) -> Answer<u64> {
    let Select { sql, values, .. } = Dialect::Sqlite.count(realm, query);
    let count: i64 =
        connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

pub(super) fn history(
    connection: &Connection,
    realm: Realm,
    record: RecordRef,
    part: HistoryPart,
) -> Answer<Vec<RawRevision>> {
    let read = |row: &Row<'_>| {
        let version: Option<u16> = row.get(3)?;
        let json: Option<String> = row.get(4)?;
        Ok(RawRevision {
            revision: revision(row, 0)?,
            at: moment(row, 1)?,
            actor: row.get(2)?,
            body: version.zip(json).map(|(version, json)| RawBody { version, json }),
        })
    };
    let sql = &statements::of(record.kind).history;
    connection
        .prepare_cached(sql)?
        .query_map(params![realm.uuid(), record.id, part.after_number(), part.limit], read)?
        .collect()
}

pub(super) fn change_by(connection: &Connection, realm: Realm, at: DateTime<Utc>) -> Answer<ChangeNumber> {
    let mut statement = connection.prepare_cached(statements::CHANGE_BY)?;
    let number: Option<i64> =
        statement.query_row(params![realm.uuid(), at.timestamp_micros()], |row| row.get(0)).optional()?;
    Ok(number.map_or(ChangeNumber::START, |number| ChangeNumber(number.cast_unsigned())))
}

pub(super) fn get_many_after(
    connection: &Connection,
    realm: Realm,
    kind: RecordKind,
    ids: &[Uuid],
    change: ChangeNumber,
) -> Answer<Vec<StoredRecord>> {
    let mut get = connection.prepare_cached(&statements::of(kind).get_after)?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(get.query_row(params![realm.uuid(), id, Value::from(change)], stored).optional()?);
    }
    Ok(found)
}

pub(super) fn superseded(
    connection: &Connection,
    realm: Realm,
    query: SupersededQuery,
) -> Answer<Vec<Superseded>> {
    let (by, id) = query.after.unwrap_or((query.stood_after, Uuid::max()));
    let read = |row: &Row<'_>| {
        let by: i64 = row.get(4)?;
        Ok(Superseded { stored: stored(row)?, by: ChangeNumber(by.cast_unsigned()) })
    };
    let (change, by) = (Value::from(query.stood_after), Value::from(by));
    connection
        .prepare_cached(statements::SUPERSEDED)?
        .query_map(params![realm.uuid(), query.kind.as_str(), change, by, id, query.limit], read)?
        .collect()
}

pub(super) fn journal(
    connection: &Connection,
    realm: Realm,
    query: JournalQuery,
) -> Answer<Vec<JournalEntry>> {
    let (programme, after, limit) = (realm.uuid(), sequence_number(query.after), query.limit);
    match query.subject {
        None => connection
            .prepare_cached(statements::JOURNAL)?
            .query_map(params![programme, after, limit], entry)?
            .collect(),
        Some(subject) => connection
            .prepare_cached(statements::JOURNAL_ABOUT)?
            .query_map(params![programme, after, limit, subject.kind.as_str(), subject.id], entry)?
            .collect(),
    }
}

pub(super) fn document(connection: &Connection, realm: Realm, hash: ContentHash) -> Answer<Option<Vec<u8>>> {
    connection
        .prepare_cached(statements::DOCUMENT)?
        .query_row(params![realm.uuid(), hash.as_bytes()], |row| row.get(0))
        .optional()
}

pub(super) fn kept_bytes(connection: &Connection, realm: Realm) -> Answer<u64> {
    let sum = |row: &Row<'_>| row.get::<_, i64>(0);
    let bytes = connection.prepare_cached(statements::KEPT_BYTES)?.query_row([realm.uuid()], sum)?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

pub(super) fn reply(
    connection: &Connection,
    realm: Realm,
    key: &IdempotencyKey,
) -> Answer<Option<IdempotencyRecord>> {
    let read = |row: &Row<'_>| {
        Ok(IdempotencyRecord {
            key: key.clone(),
            fingerprint: row.get(0)?,
            status: row.get(1)?,
            body: row.get(2)?,
            expires_at: moment(row, 3)?,
        })
    };
    connection
        .prepare_cached(statements::REPLY)?
        .query_row(params![realm.uuid(), key.credential, key.route, key.key], read)
        .optional()
}

pub(super) fn live_reply(
    connection: &Connection,
    realm: Realm,
    key: &IdempotencyKey,
    now: DateTime<Utc>,
) -> Answer<Option<IdempotencyRecord>> {
    Ok(reply(connection, realm, key)?.filter(|record| record.expires_at > now))
}

pub(super) fn counts(connection: &Connection, realm: Realm) -> Answer<Counts> {
    let transaction = connection.unchecked_transaction()?;
    let mut counts = Counts::new();
    for description in catalogue::ALL {
        let sql = &statements::of(description.kind).count;
        let count: i64 = transaction.prepare_cached(sql)?.query_row([realm.uuid()], |row| row.get(0))?;
        counts.insert(description.kind, count.cast_unsigned());
    }
    transaction.commit()?;
    Ok(counts)
}

pub(super) fn visible_to(
    connection: &Connection,
    reader: Realm,
    query: PeerVisibleQuery,
) -> Answer<Vec<PeerVisible>> {
    let read = |row: &Row<'_>| {
        let body = RawBody { version: row.get(3)?, json: row.get(4)? };
        let stored = StoredRecord { id: row.get(1)?, revision: revision(row, 2)?, body };
        Ok(PeerVisible { programme: ProgrammeId::from_uuid(row.get(0)?), stored })
    };
    let statements = statements::of(query.kind);
    let after = query.after.unwrap_or(Uuid::nil());
    match (query.from, &statements.visible_to, &statements.visible_to_from) {
        (None, Some(sql), _) => connection
            .prepare_cached(sql)?
            .query_map(params![reader.uuid(), after, query.limit], read)?
            .collect(),
        (Some(from), _, Some(sql)) => connection
            .prepare_cached(sql)?
            .query_map(params![reader.uuid(), after, query.limit, from.uuid()], read)?
            .collect(),
        (None, None, _) | (Some(_), _, None) => Ok(Vec::new()),
    }
}

pub(super) fn programmes(
    connection: &Connection,
    after: Option<Uuid>,
    limit: u32,
) -> Answer<Vec<StoredRecord>> {
    connection
        .prepare_cached(statements::PROGRAMMES)?
        .query_map(params![after.unwrap_or(Uuid::nil()), limit], stored)?
        .collect()
}

pub(super) fn token_by_hash(connection: &Connection, hash: [u8; 32]) -> Answer<Option<StoredRecord>> {
    connection.prepare_cached(statements::TOKEN_BY_HASH)?.query_row([hash], stored).optional()
}

pub(super) fn journal_head(connection: &Connection, realm: Realm) -> Answer<Head> {
    super::journal_tail_cache::head(connection, realm.uuid())
}

fn stored(row: &Row<'_>) -> Answer<StoredRecord> {
    Ok(StoredRecord {
        id: row.get(0)?,
        revision: revision(row, 1)?,
        body: RawBody { version: row.get(2)?, json: row.get(3)? },
    })
}

fn entry(row: &Row<'_>) -> Answer<JournalEntry> {
    let sequence: i64 = row.get(0)?;
    let kind: String = row.get(4)?;
    let kind = kind.parse::<RecordKind>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(JournalEntry {
        id: EventId::from_uuid(row.get(1)?),
        sequence: Sequence(sequence.cast_unsigned()),
        at: moment(row, 2)?,
        actor: row.get(3)?,
        event: RawEvent {
            subject: RecordRef { kind, id: row.get(5)? },
            name: row.get(6)?,
            body: RawBody { version: row.get(7)?, json: row.get(8)? },
        },
        changes: row.get(9)?,
        seals: row.get(10)?,
        hash: ContentHash::from_bytes(row.get(11)?),
    })
}

fn error_in(column: usize, row: &Row<'_>, error: rusqlite::types::FromSqlError) -> rusqlite::Error {
    let found = row.get_ref(column).map_or(rusqlite::types::Type::Null, |value| value.data_type());
    rusqlite::Error::FromSqlConversionFailure(column, found, Box::new(error))
}
