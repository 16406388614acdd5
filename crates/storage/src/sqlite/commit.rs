//! Applies one change set inside an open transaction.

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, ToSql, params, params_from_iter};
use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::ends::{End, Ends};
use super::statements::{self, KindStatements};
use super::value::revision;
use super::work;
use crate::audit::{Head, Prepared, Replaced, links};
use crate::catalogue::{self, describe};
use crate::change_set::references;
use crate::{
    ChangeSet, CommitError, Committed, Conflict, IdempotencyRecord, Outcome, RawBody, RawRecord, Realm,
    Revision, Sequence, Unavailable,
};

/// Why a change set was not applied.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The change set cannot be committed; others can.
    Refused(CommitError),
    /// The database failed.
    Broken(rusqlite::Error),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<CommitError> for Refusal {
    fn from(error: CommitError) -> Self {
        Self::Refused(error)
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

/// Applies a change set. After an error the caller rolls back to where it began.
pub(super) fn apply(
    connection: &Connection,
    ends: &mut Ends,
    prepared: &Prepared,
) -> Result<Outcome, Refusal> {
    let changes = prepared.changes();
    if let Some(reply) = changes.reply()
        && let Some(stored) = stored_reply(connection, changes, reply)?
    {
        return if stored.fingerprint == reply.fingerprint {
            Ok(Outcome::Replayed(stored))
        } else {
            Err(CommitError::KeyReused.into())
        };
    }
    let programme = changes.realm().uuid();
    let End { change: last, head } = ends.of(connection, programme)?;
    let change = last + 1;
    connection.prepare_cached(statements::ADD_CHANGE)?.execute(params![
        programme,
        change,
        changes.at().timestamp_micros(),
        changes.actor()
    ])?;
    let work = Work { connection, programme, change };
    for (record, read_at) in changes.deletes() {
        work.delete(*record, *read_at)?;
        ends.gone(programme, *record);
    }
    let mut revisions = Vec::with_capacity(changes.updates().len() + changes.creates().len());
    let mut replaced = Vec::with_capacity(changes.updates().len());
    for (raw, read_at) in changes.updates() {
        let update = work.update(raw, *read_at)?;
        revisions.push((raw.record, update.revision));
        replaced.push(update);
    }
    for raw in changes.creates() {
        revisions.push((raw.record, work.create(raw)?));
    }
    work.check_references(changes, ends)?;
    let end = work.add_events(prepared, &replaced, head)?;
    for (hash, bytes) in changes.documents() {
        connection.prepare_cached(statements::ADD_DOCUMENT)?.execute(params![
            programme,
            hash.as_bytes(),
            change,
            bytes
        ])?;
    }
    if let Some(reply) = changes.reply() {
        put_reply(connection, changes.reply_realm().uuid(), reply)?;
    }
    ends.advance(programme, End { change, head: end });
    let first_event = (end.sequence > head.sequence).then(|| head.sequence.next());
    Ok(Outcome::Committed(Committed { revisions, first_event }))
}

struct Work<'a> {
    connection: &'a Connection,
    programme: Uuid,
    change: i64,
}

impl Work<'_> {
    fn delete(&self, record: RecordRef, read_at: Revision) -> Result<(), Refusal> {
        let own = statements::of(record.kind);
        self.supersede(own, record, read_at)?;
        self.connection.prepare_cached(&own.delete)?.execute(params![self.programme, record.id])?;
        self.connection.prepare_cached(statements::ADD_TOMBSTONE)?.execute(params![
            self.programme,
            record.kind.as_str(),
            record.id,
            read_at.next().number(),
            self.change
        ])?;
        Ok(())
    }

    fn update(&self, raw: &RawRecord, read_at: Revision) -> Result<Replaced, Refusal> {
        let own = statements::of(raw.record.kind);
        let before = self.supersede(own, raw.record, read_at)?;
        let revision = read_at.next();
        self.store(raw, &own.update, revision)?;
        for set in &own.sets {
            self.connection.prepare_cached(&set.clear)?.execute(params![self.programme, raw.record.id])?;
        }
        self.fill_sets(raw, own)?;
        Ok(Replaced { record: raw.record, revision, before })
    }

    fn create(&self, raw: &RawRecord) -> Result<Revision, Refusal> {
        let own = statements::of(raw.record.kind);
        let last = self
            .connection
            .prepare_cached(&own.last)?
            .query_row(params![self.programme, raw.record.id], |row| revision(row, 0))
            .optional()?;
        let revision = last.map_or(Revision::FIRST, Revision::next);
        self.store(raw, &own.create, revision)?;
        self.fill_sets(raw, own)?;
        Ok(revision)
    }

    /// Copies the present revision into the history and answers its body, or says that it is not the one that was read.
    fn supersede(
        &self,
        own: &KindStatements,
        record: RecordRef,
        read_at: Revision,
    ) -> Result<RawBody, Refusal> {
        let read = |row: &rusqlite::Row<'_>| Ok(RawBody { version: row.get(0)?, json: row.get(1)? });
        let copied = self
            .connection
            .prepare_cached(&own.supersede)?
            .query_row(params![self.programme, record.id, read_at.number(), self.change], read)
            .optional()?;
        if let Some(body) = copied {
            return Ok(body);
        }
        let found = self
            .connection
            .prepare_cached(&own.revision)?
            .query_row(params![self.programme, record.id], |row| revision(row, 0))
            .optional()?;
        Err(CommitError::Stale { record, expected: read_at, found }.into())
    }

    fn store(&self, raw: &RawRecord, sql: &str, revision: Revision) -> Result<(), Refusal> {
        let number = revision.number();
        let head: [&dyn ToSql; 6] =
            [&self.programme, &raw.record.id, &number, &self.change, &raw.body.version, &raw.body.json];
        let columns = raw.columns.iter().map(|value| value as &dyn ToSql);
        let values: Vec<&dyn ToSql> = head.into_iter().chain(columns).collect();
        match self.connection.prepare_cached(sql)?.execute(values.as_slice()) {
            Ok(_) => Ok(()),
            Err(error) if is_violation(&error) => {
                Err(self.conflict(raw)?.map_or(Refusal::Broken(error), Into::into))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Which constraint a record violates.
    fn conflict(&self, raw: &RawRecord) -> Result<Option<Conflict>, rusqlite::Error> {
        let own = statements::of(raw.record.kind);
        for (place, sql) in &own.unique {
            let (column, value) = (&describe(raw.record.kind).columns[*place], &raw.columns[*place]);
            let holder: Option<(Uuid, Uuid)> = self
                .connection
                .prepare_cached(sql)?
                .query_row(params![self.programme, value], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match holder {
                Some((programme, id)) if programme == self.programme && id != raw.record.id => {
                    let holder = RecordRef { kind: raw.record.kind, id };
                    return Ok(Some(Conflict::Unique { record: raw.record, column: column.name, holder }));
                }
                Some((programme, _)) if programme != self.programme => {
                    return Ok(Some(Conflict::Taken { record: raw.record, column: column.name }));
                }
                Some(_) | None => {}
            }
        }
        Ok(self.exists(raw.record)?.then_some(Conflict::Exists(raw.record)))
    }

    fn fill_sets(&self, raw: &RawRecord, own: &KindStatements) -> Result<(), rusqlite::Error> {
        for (set, values) in own.sets.iter().zip(&raw.sets) {
            let mut add = self.connection.prepare_cached(&set.add)?;
            for value in values {
                add.execute(params_from_iter(set.member(&self.programme, raw, value)))?;
            }
        }
        Ok(())
    }

    fn exists(&self, record: RecordRef) -> Result<bool, rusqlite::Error> {
        let own = statements::of(record.kind);
        self.connection.prepare_cached(&own.revision)?.exists(params![self.programme, record.id])
    }

    /// SQLite says that a reference is broken, but not which; so they are looked up, each target once.
    fn check_references(&self, changes: &ChangeSet, ends: &mut Ends) -> Result<(), Refusal> {
        let written = || changes.updates().iter().map(|(raw, _)| raw).chain(changes.creates());
        for raw in written() {
            ends.found(self.programme, raw.record);
        }
        for raw in written() {
            for (column, to) in references(raw) {
                if !self.is_there(to, ends)? {
                    return Err(Conflict::MissingReference { from: raw.record, column, to }.into());
                }
            }
        }
        for (record, _) in changes.deletes() {
            if ends.knows(self.programme, *record) {
                continue;
            }
            for referrer in &statements::of(record.kind).referrers {
                let by: Option<Uuid> = self
                    .connection
                    .prepare_cached(&referrer.find)?
                    .query_row(params![self.programme, record.id], |row| row.get(0))
                    .optional()?;
                if let Some(id) = by {
                    let by = RecordRef { kind: referrer.kind, id };
                    let column = referrer.column;
                    return Err(Conflict::StillReferenced { record: *record, by, column }.into());
                }
            }
        }
        self.check_programme(changes, ends)
    }

    fn is_there(&self, record: RecordRef, ends: &mut Ends) -> Result<bool, rusqlite::Error> {
        if ends.knows(self.programme, record) {
            return Ok(true);
        }
        let exists = self.exists(record)?;
        if exists {
            ends.found(self.programme, record);
        }
        Ok(exists)
    }

    /// A programme's records stand and fall with it.
    fn check_programme(&self, changes: &ChangeSet, ends: &mut Ends) -> Result<(), Refusal> {
        let Realm::Programme(programme) = changes.realm() else { return Ok(()) };
        if self.is_there(RecordRef { kind: RecordKind::Programme, id: programme.uuid() }, ends)? {
            return Ok(());
        }
        for description in catalogue::ALL {
            let own = statements::of(description.kind);
            if self.connection.prepare_cached(&own.any)?.exists([self.programme])? {
                return Err(Conflict::NoProgramme(description.kind).into());
            }
        }
        Ok(())
    }

    /// Adds the events after `head`, and answers where the journal ends then.
    fn add_events(&self, prepared: &Prepared, replaced: &[Replaced], head: Head) -> Result<Head, Refusal> {
        let changes = prepared.changes();
        let drafts = prepared.drafts(replaced)?;
        let links = links(changes, &drafts, head);
        let mut add = self.connection.prepare_cached(statements::ADD_EVENT)?;
        for ((event, draft), link) in changes.events().iter().zip(drafts.iter()).zip(&links) {
            add.execute(params![
                self.programme,
                sequence_number(link.sequence),
                self.change,
                link.id.uuid(),
                event.subject.kind.as_str(),
                event.subject.id,
                event.name,
                event.body.version,
                event.body.json,
                draft.changes,
                draft.seals,
                link.hash.as_bytes()
            ])?;
        }
        for work in changes.new_work() {
            if let Some(link) = links.get(work.event) {
                work::add(self.connection, changes.realm(), work, link.sequence)?;
            }
        }
        Ok(links.last().map_or(head, |last| Head { sequence: last.sequence, hash: last.hash }))
    }
}

/// A sequence as SQLite counts; it has no unsigned numbers and no journal comes near 2^63.
pub(super) fn sequence_number(sequence: Sequence) -> i64 {
    i64::try_from(sequence.0).unwrap_or(i64::MAX)
}

fn stored_reply(
    connection: &Connection,
    changes: &ChangeSet,
    reply: &IdempotencyRecord,
) -> Result<Option<IdempotencyRecord>, rusqlite::Error> {
    let stored = super::read::reply(connection, changes.reply_realm(), &reply.key)?;
    Ok(stored.filter(|stored| stored.expires_at > changes.at()))
}

fn put_reply(
    connection: &Connection,
    programme: Uuid,
    reply: &IdempotencyRecord,
) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(statements::PUT_REPLY)?.execute(params![
        programme,
        reply.key.credential,
        reply.key.route,
        reply.key.key,
        reply.fingerprint,
        reply.status,
        reply.body,
        reply.expires_at.timestamp_micros()
    ])?;
    Ok(())
}

fn is_violation(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}

/// What a failure of the database means for who asked.
pub(super) fn unavailable(error: &rusqlite::Error) -> Unavailable {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Unavailable::Busy,
        Some(ErrorCode::DiskFull) => Unavailable::DiskFull,
        Some(_) | None => Unavailable::Failed(error.to_string()),
    }
}
