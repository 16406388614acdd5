//! Reading everything out of one snapshot, while others write.

use std::path::Path;

use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use sister_cities_domain::id::{EventId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::super::error::unavailable;
use super::super::value::{moment, revision};
use super::super::{keys, read, settings};
use super::statements;
use crate::archive::{
    ArchiveError, ChangeRow, DocumentRow, EntryRow, Item, ItemSender, PAGE, Part, PastRow, RecordRow, Rows,
    Scope, WorkRow,
};
use crate::{IdempotencyKey, IdempotencyRecord, RawBody, Realm, Sequence, Unavailable};

/// Why reading ended before its end.
enum Stop {
    /// Nobody takes it any more.
    Gone,
    Failed(ArchiveError),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(unavailable(&error).into())
    }
}

/// Reads everything, and sends it. Works on the calling thread until it is done.
pub(super) fn run(path: &Path, scope: Scope, out: &ItemSender) {
    let opened = settings::open_reader(path)
        .map_err(|error| Stop::Failed(Unavailable::Failed(error.to_string()).into()));
    let result = opened.and_then(|connection| Reading { connection: &connection, out }.all(scope));
    if let Err(Stop::Failed(error)) = result {
        // Whoever asked may be gone.
        drop(out.blocking_send(Err(error)));
    }
}

struct Reading<'a> {
    connection: &'a Connection,
    out: &'a ItemSender,
}

impl Reading<'_> {
    fn send(&self, item: Item) -> Result<(), Stop> {
        self.out.blocking_send(Ok(item)).map_err(|_| Stop::Gone)
    }

    fn all(&self, scope: Scope) -> Result<(), Stop> {
        // All that is read until the end is of the moment of the first read.
        let snapshot = self.connection.unchecked_transaction()?;
        let realms = match scope {
            Scope::Programme(programme) => {
                let mut known = self.connection.prepare(statements::HAS_PROGRAMME)?;
                if !known.exists([programme.uuid()])? {
                    return Err(Stop::Failed(ArchiveError::NoProgramme(programme)));
                }
                vec![Realm::Programme(programme)]
            }
            Scope::Installation => {
                let mut all = self.connection.prepare(statements::PROGRAMMES)?;
                let ids = all.query_map([], |row| row.get::<_, Uuid>(0))?;
                let mut realms = vec![Realm::Installation];
                for id in ids {
                    realms.push(Realm::Programme(ProgrammeId::from_uuid(id?)));
                }
                realms
            }
        };
        for realm in realms {
            self.send(Item::Realm(realm, read::journal_head(self.connection, realm)?))?;
            for part in Part::all() {
                self.part(realm, part)?;
            }
        }
        snapshot.commit()?;
        self.send(Item::End)
    }

    fn part(&self, realm: Realm, part: Part) -> Result<(), Stop> {
        match part {
            Part::Changes => self.rows(statements::CHANGES, realm, PAGE, Rows::Changes, change),
            Part::Records(kind) => {
                let wrap = |rows| Rows::Records(kind, rows);
                self.rows(&statements::of(kind).all, realm, PAGE, wrap, record)
            }
            Part::History => self.rows(statements::HISTORY, realm, PAGE, Rows::History, past),
            Part::Journal => self.rows(statements::JOURNAL, realm, PAGE, Rows::Journal, entry),
            // Each may be large.
            Part::Documents => self.rows(statements::DOCUMENTS, realm, 1, Rows::Documents, document),
            Part::Replies => self.rows(statements::REPLIES, realm, PAGE, Rows::Replies, reply),
            Part::Work => self.rows(statements::WORK, realm, PAGE, Rows::Work, work),
            Part::Keys => {
                let keys = keys::all(self.connection, realm)?;
                if keys.is_empty() { Ok(()) } else { self.send(Item::Rows(Rows::Keys(keys))) }
            }
        }
    }

    fn rows<T>(
        &self,
        sql: &str,
        realm: Realm,
        page: usize,
        wrap: impl Fn(Vec<T>) -> Rows,
        read: fn(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<(), Stop> {
        let mut statement = self.connection.prepare(sql)?;
        let mut found = statement.query([realm.uuid()])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(read(row)?);
            if rows.len() == page {
                self.send(Item::Rows(wrap(std::mem::take(&mut rows))))?;
            }
        }
        if rows.is_empty() { Ok(()) } else { self.send(Item::Rows(wrap(rows))) }
    }
}

/// A number that is never negative.
fn count(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

fn kind_of(row: &Row<'_>, column: usize) -> Result<RecordKind, rusqlite::Error> {
    let kind: String = row.get(column)?;
    kind.parse::<RecordKind>()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

fn change(row: &Row<'_>) -> Result<ChangeRow, rusqlite::Error> {
    Ok(ChangeRow { number: count(row, 0)?, at: moment(row, 1)?, actor: row.get(2)? })
}

fn record(row: &Row<'_>) -> Result<RecordRow, rusqlite::Error> {
    Ok(RecordRow {
        id: row.get(0)?,
        revision: revision(row, 1)?,
        change: count(row, 2)?,
        body: RawBody { version: row.get(3)?, json: row.get(4)? },
    })
}

fn past(row: &Row<'_>) -> Result<PastRow, rusqlite::Error> {
    let version: Option<u16> = row.get(4)?;
    let json: Option<String> = row.get(5)?;
    Ok(PastRow {
        record: RecordRef { kind: kind_of(row, 0)?, id: row.get(1)? },
        revision: revision(row, 2)?,
        change: count(row, 3)?,
        body: version.zip(json).map(|(version, json)| RawBody { version, json }),
        until: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
    })
}

fn entry(row: &Row<'_>) -> Result<EntryRow, rusqlite::Error> {
    Ok(EntryRow {
        sequence: Sequence(count(row, 0)?),
        change: count(row, 1)?,
        event: EventId::from_uuid(row.get(2)?),
        subject: RecordRef { kind: kind_of(row, 3)?, id: row.get(4)? },
        name: row.get(5)?,
        body: RawBody { version: row.get(6)?, json: row.get(7)? },
        changes: row.get(8)?,
        seals: row.get(9)?,
        hash: ContentHash::from_bytes(row.get(10)?),
    })
}

fn document(row: &Row<'_>) -> Result<DocumentRow, rusqlite::Error> {
    Ok(DocumentRow { hash: ContentHash::from_bytes(row.get(0)?), change: count(row, 1)?, bytes: row.get(2)? })
}

fn reply(row: &Row<'_>) -> Result<IdempotencyRecord, rusqlite::Error> {
    Ok(IdempotencyRecord {
        key: IdempotencyKey { credential: row.get(0)?, route: row.get(1)?, key: row.get(2)? },
        fingerprint: row.get(3)?,
        status: row.get(4)?,
        body: row.get(5)?,
        expires_at: moment(row, 6)?,
    })
}

fn work(row: &Row<'_>) -> Result<WorkRow, rusqlite::Error> {
    Ok(WorkRow {
        id: row.get(0)?,
        topic: row.get(1)?,
        event: Sequence(count(row, 2)?),
        state: row.get(3)?,
        attempts: row.get(4)?,
        due_at: moment(row, 5)?,
        fence: count(row, 6)?,
        owner: row.get(7)?,
        last_error: row.get(8)?,
    })
}
