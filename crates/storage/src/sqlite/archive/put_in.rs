//! Putting everything in, in one transaction.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, ToSql, params, params_from_iter};
use sister_cities_domain::id::RecordKind;

use super::super::error::unavailable;
use super::super::notification_statements::MOVE_POSITION;
use super::super::value::sequence_number;
use super::super::{indexing, keys, read, settings, statements as own};
use super::statements;
use crate::archive::{
    ArchiveError, EntryRow, Item, Items, Journals, RecordRow, Rows, Rules, Scope, WorkRow, raw_record,
};
use crate::audit::{Fault, Head, Walk};
use crate::{IdempotencyRecord, JournalQuery, Realm, Unavailable};

/// How many entries of a journal are verified at a time.
const ENTRIES: u32 = 500;

/// Puts in what comes, or nothing. Says how much work was held. Works on the calling thread until it is done.
pub(super) fn run(path: &Path, items: Items, rules: Rules) -> Result<u64, ArchiveError> {
    let opened = settings::open_writer(path);
    let connection = opened.map_err(|error| Unavailable::Failed(error.to_string()))?;
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| failed(&error))?;
    // Dropping the connection rolls back what is not committed.
    let mut putting = Putting { connection: &connection, rules, realms: Vec::new(), held: 0 };
    putting.all(items)?;
    connection.execute_batch("COMMIT").map_err(|error| putting.why(&error))?;
    Ok(putting.held)
}

fn failed(error: &rusqlite::Error) -> ArchiveError {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => ArchiveError::Contradiction(error.to_string()),
        Some(_) | None => unavailable(error).into(),
    }
}

struct Putting<'a> {
    connection: &'a Connection,
    rules: Rules,
    realms: Vec<(Realm, Head)>,
    held: u64,
}

impl Putting<'_> {
    fn all(&mut self, mut items: Items) -> Result<(), ArchiveError> {
        if self.rules.scope == Scope::Installation && self.is(statements::IS_USED, [])? {
            return Err(ArchiveError::NotEmpty);
        }
        loop {
            match items.blocking_recv() {
                Some(Ok(Item::Realm(realm, head))) => self.begin(realm, head)?,
                Some(Ok(Item::Rows(rows))) => self.add(rows)?,
                Some(Ok(Item::End)) => return self.check(),
                Some(Err(error)) => return Err(error),
                None => return Err(Unavailable::Closed.into()),
            }
        }
    }

    fn is(&self, sql: &str, params: impl rusqlite::Params) -> Result<bool, ArchiveError> {
        let answer = self.connection.query_row(sql, params, |row| row.get(0));
        match answer {
            Ok(found) => Ok(found),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(false),
            Err(error) => Err(failed(&error)),
        }
    }

    fn begin(&mut self, realm: Realm, head: Head) -> Result<(), ArchiveError> {
        if let Scope::Programme(programme) = self.rules.scope {
            if realm != Realm::Programme(programme) {
                return Err(ArchiveError::Contradiction("it holds another programme too".to_owned()));
            }
            if self.is(statements::IS_KNOWN, [realm.uuid()])? {
                return Err(ArchiveError::Exists(realm));
            }
        }
        if head != Head::START {
            let (sequence, hash) = (sequence_number(head.sequence), head.hash);
            self.run(own::MOVE_HEAD, params![realm.uuid(), sequence, hash.as_bytes()])?;
            // What happened before is told to nobody again.
            self.run(MOVE_POSITION, params![realm.uuid(), sequence])?;
        }
        self.realms.push((realm, head));
        Ok(())
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<(), ArchiveError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| failed(&error))?;
        statement.execute(params).map(drop).map_err(|error| failed(&error))
    }

    fn add(&mut self, rows: Rows) -> Result<(), ArchiveError> {
        let Some((realm, _)) = self.realms.last().copied() else {
            return Err(ArchiveError::Contradiction("rows of no programme".to_owned()));
        };
        let programme = realm.uuid();
        match rows {
            Rows::Changes(rows) => rows.iter().try_for_each(|row| {
                let at = row.at.timestamp_micros();
                self.run(own::ADD_CHANGE, params![programme, number(row.number)?, at, row.actor])
            }),
            Rows::Records(kind, rows) => rows.iter().try_for_each(|row| self.record(realm, kind, row)),
            Rows::History(rows) => rows.iter().try_for_each(|row| {
                let body = row.body.as_ref();
                let (version, json) = (body.map(|body| body.version), body.map(|body| &body.json));
                let (kind, revision) = (row.record.kind.as_str(), row.revision.number());
                let (change, until) = (number(row.change)?, row.until.map(number).transpose()?);
                self.run(
                    statements::ADD_PAST,
                    params![programme, kind, row.record.id, revision, change, version, json, until],
                )
            }),
            Rows::Journal(rows) => rows.iter().try_for_each(|row| self.entry(realm, row)),
            Rows::Documents(rows) => rows.iter().try_for_each(|row| {
                let change = number(row.change)?;
                self.run(statements::ADD_DOCUMENT, params![programme, row.hash.as_bytes(), change, row.bytes])
            }),
            Rows::Replies(rows) => rows.iter().try_for_each(|row| self.reply(realm, row)),
            Rows::Work(rows) => rows.into_iter().try_for_each(|row| self.work(realm, row)),
            Rows::Keys(rows) => rows.iter().try_for_each(|key| {
                keys::add(self.connection, realm, key).map(drop).map_err(|error| failed(&error))
            }),
        }
    }

    fn record(&self, realm: Realm, kind: RecordKind, row: &RecordRow) -> Result<(), ArchiveError> {
        let raw = raw_record(realm, kind, row)?;
        let programme = realm.uuid();
        let (revision, change) = (row.revision.number(), number(row.change)?);
        let head: [&dyn ToSql; 6] =
            [&programme, &row.id, &revision, &change, &raw.body.version, &raw.body.json];
        let columns = raw.columns.iter().map(|value| value as &dyn ToSql);
        let values: Vec<&dyn ToSql> = head.into_iter().chain(columns).collect();
        self.run(&statements::of(kind).add, values.as_slice())?;
        for (set, values) in own::of(kind).sets.iter().zip(&raw.sets) {
            for value in values {
                self.run(&set.add, params_from_iter(set.member(&programme, &raw, value)))?;
            }
        }
        let entry = crate::search::entry(raw.record, &raw.body.json);
        indexing::write(self.connection, entry.iter().map(|entry| (realm, entry)))
            .map_err(|error| failed(&error))
    }

    fn entry(&self, realm: Realm, row: &EntryRow) -> Result<(), ArchiveError> {
        self.run(
            own::ADD_EVENT,
            params![
                realm.uuid(),
                sequence_number(row.sequence),
                number(row.change)?,
                row.event.uuid(),
                row.subject.kind.as_str(),
                row.subject.id,
                row.name,
                row.body.version,
                row.body.json,
                row.changes,
                row.seals,
                row.hash.as_bytes()
            ],
        )
    }

    fn reply(&self, realm: Realm, row: &IdempotencyRecord) -> Result<(), ArchiveError> {
        let key = &row.key;
        let expires_at = row.expires_at.timestamp_micros();
        self.run(
            own::PUT_REPLY,
            params![
                realm.uuid(),
                key.credential,
                key.route,
                key.key,
                row.fingerprint,
                row.status,
                row.body,
                expires_at
            ],
        )
    }

    fn work(&mut self, realm: Realm, row: WorkRow) -> Result<(), ArchiveError> {
        let (row, held) = self.rules.work.put(row);
        self.held += u64::from(held);
        self.run(
            statements::ADD_WORK,
            params![
                realm.uuid(),
                row.id,
                row.topic,
                sequence_number(row.event),
                row.state,
                row.attempts,
                row.due_at.timestamp_micros(),
                number(row.fence)?,
                row.owner,
                row.last_error
            ],
        )
    }

    /// What can only be seen when all is in.
    fn check(&self) -> Result<(), ArchiveError> {
        for (realm, head) in &self.realms {
            let known = self.is(statements::HAS_PROGRAMME, [realm.uuid()])?;
            if *realm != Realm::Installation && !known {
                return Err(ArchiveError::Contradiction(format!("{realm:?} has no record of itself")));
            }
            match self.walk(*realm, *head)? {
                Err(fault) if self.rules.journals == Journals::MustBeWhole => {
                    return Err(ArchiveError::Journal { realm: *realm, fault });
                }
                Err(fault) => tracing::warn!(?realm, %fault, "the journal of a restored realm is corrupt"),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    fn walk(&self, realm: Realm, head: Head) -> Result<Result<(), Fault>, ArchiveError> {
        let mut walk = Walk::new(realm);
        loop {
            let query = JournalQuery::after(walk.head().sequence, ENTRIES);
            let entries = read::journal(self.connection, realm, query).map_err(|error| failed(&error))?;
            if entries.is_empty() {
                return Ok(walk.end_at(head));
            }
            for entry in &entries {
                if let Err(fault) = walk.step(entry) {
                    return Ok(Err(fault));
                }
            }
        }
    }

    /// Why a commit was refused: mostly a reference to what is not there, which is named.
    fn why(&self, error: &rusqlite::Error) -> ArchiveError {
        let broken = self.connection.query_row("PRAGMA foreign_key_check", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(2)?))
        });
        match broken {
            Ok((table, to)) => ArchiveError::Contradiction(format!(
                "a row of {table} refers to one of {to} that is not there"
            )),
            Err(_) => failed(error),
        }
    }
}

/// A number as SQLite counts.
fn number(number: u64) -> Result<i64, ArchiveError> {
    i64::try_from(number).map_err(|_| ArchiveError::Contradiction(format!("{number} is no number of a row")))
}
