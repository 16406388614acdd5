//! Commits one change set inside an open transaction: decided on what is there, then written.

use rusqlite::{Connection, OptionalExtension as _, ToSql, params, params_from_iter};
use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::journal_tail_cache::JournalTailCache;
use super::statements::{self, KindStatements};
use super::value::{revision, sequence_number};
use super::{read, work};
use crate::audit::Prepared;
use crate::catalogue::Column;
use crate::decide::{Accepted, CommitReads, Decision, Undecided, decide};
use crate::{ChangeSet, IdempotencyRecord, Outcome, RawBody, RawRecord, Revision, Value};

/// Why a change set was not committed: it is refused, or the database failed.
pub(super) type Refusal = Undecided<rusqlite::Error>;

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unread(error)
    }
}

/// Commits a change set as far as the transaction goes. Of one that is refused nothing is written.
pub(super) fn apply(
    connection: &Connection,
    tails: &mut JournalTailCache,
    prepared: &Prepared,
) -> Result<Outcome, Refusal> {
    let programme = prepared.changes().realm().uuid();
    let tail = tails.tail_of(connection, programme)?;
    match decide(prepared, tail, &mut Reads { connection, programme, tails })? {
        Decision::Replayed(reply) => Ok(Outcome::Replayed(reply)),
        Decision::Accepted(accepted) => {
            Write { connection, programme, change: accepted.tail.change }.all(&accepted)?;
            tails.advance(programme, &accepted);
            Ok(accepted.outcome())
        }
    }
}

/// What is there while the writer has the database to itself.
struct Reads<'a> {
    connection: &'a Connection,
    programme: Uuid,
    tails: &'a mut JournalTailCache,
}

impl CommitReads for Reads<'_> {
    type Error = rusqlite::Error;

    fn reply(&mut self, changes: &ChangeSet) -> Result<Option<IdempotencyRecord>, rusqlite::Error> {
        let Some(reply) = changes.reply() else { return Ok(None) };
        read::reply(self.connection, changes.reply_realm(), &reply.key)
    }

    fn revision(&mut self, record: RecordRef) -> Result<Option<Revision>, rusqlite::Error> {
        if let Some(known) = self.tails.revision(self.programme, record) {
            return Ok(Some(known));
        }
        let found = self
            .connection
            .prepare_cached(&statements::of(record.kind).revision)?
            .query_row(params![self.programme, record.id], |row| revision(row, 0))
            .optional()?;
        if let Some(found) = found {
            self.tails.found(self.programme, record, found);
        }
        Ok(found)
    }

    fn body(&mut self, record: RecordRef) -> Result<Option<(Revision, RawBody)>, rusqlite::Error> {
        let stored = read::get(self.connection, self.programme, record)?;
        Ok(stored.map(|stored| (stored.revision, stored.body)))
    }

    fn last_revision(&mut self, record: RecordRef) -> Result<Option<Revision>, rusqlite::Error> {
        self.connection
            .prepare_cached(&statements::of(record.kind).last)?
            .query_row(params![self.programme, record.id], |row| revision(row, 0))
            .optional()
    }

    fn holder(
        &mut self,
        kind: RecordKind,
        column: &'static Column,
        value: &Value,
    ) -> Result<Option<(Uuid, Uuid)>, rusqlite::Error> {
        let unique = &statements::of(kind).unique;
        let Some((_, sql)) = unique.iter().find(|(name, _)| *name == column.name) else { return Ok(None) };
        self.connection
            .prepare_cached(sql)?
            .query_row(params![self.programme, value], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
    }

    fn referrer(
        &mut self,
        record: RecordRef,
        is_changed: &dyn Fn(RecordRef) -> bool,
    ) -> Result<Option<(RecordRef, &'static str)>, rusqlite::Error> {
        for referrer in &statements::of(record.kind).referrers {
            let mut find = self.connection.prepare_cached(&referrer.find)?;
            let mut rows = find.query(params![self.programme, record.id])?;
            while let Some(row) = rows.next()? {
                let by = RecordRef { kind: referrer.kind, id: row.get(0)? };
                if !is_changed(by) {
                    return Ok(Some((by, referrer.column)));
                }
            }
        }
        Ok(None)
    }

    fn any_but(&mut self, kind: RecordKind, apart_from: &[Uuid]) -> Result<bool, rusqlite::Error> {
        let mut all = self.connection.prepare_cached(&statements::of(kind).ids)?;
        let mut rows = all.query([self.programme])?;
        while let Some(row) = rows.next()? {
            if !apart_from.contains(&row.get(0)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Writes what was accepted.
struct Write<'a> {
    connection: &'a Connection,
    programme: Uuid,
    change: i64,
}

impl Write<'_> {
    fn all(&self, accepted: &Accepted<'_>) -> Result<(), rusqlite::Error> {
        let changes = accepted.changes;
        self.run(
            statements::ADD_CHANGE,
            params![self.programme, self.change, changes.at().timestamp_micros(), changes.actor()],
        )?;
        for (record, read_at) in changes.deletes() {
            self.delete(*record, *read_at)?;
        }
        let mut revisions = accepted.revisions.iter();
        for ((raw, _), (_, revision)) in changes.updates().iter().zip(revisions.by_ref()) {
            self.update(raw, *revision)?;
        }
        for (raw, (_, revision)) in changes.creates().iter().zip(revisions) {
            let own = statements::of(raw.record.kind);
            self.store(raw, &own.create, *revision)?;
            self.fill_sets(raw, own)?;
        }
        self.journal(accepted)?;
        for (hash, bytes) in changes.documents() {
            self.run(statements::ADD_DOCUMENT, params![self.programme, hash.as_bytes(), self.change, bytes])?;
        }
        for hash in changes.forgotten_documents() {
            self.run(statements::FORGET_DOCUMENT, params![self.programme, hash.as_bytes()])?;
        }
        changes.reply().map_or(Ok(()), |reply| self.put_reply(changes.reply_realm().uuid(), reply))
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<(), rusqlite::Error> {
        self.connection.prepare_cached(sql)?.execute(params).map(drop)
    }

    fn delete(&self, record: RecordRef, read_at: Revision) -> Result<(), rusqlite::Error> {
        let own = statements::of(record.kind);
        self.run(&own.supersede, params![self.programme, record.id, self.change])?;
        self.run(&own.delete, params![self.programme, record.id])?;
        self.run(
            statements::ADD_TOMBSTONE,
            params![self.programme, record.kind.as_str(), record.id, read_at.next().number(), self.change],
        )
    }

    fn update(&self, raw: &RawRecord, revision: Revision) -> Result<(), rusqlite::Error> {
        let own = statements::of(raw.record.kind);
        self.run(&own.supersede, params![self.programme, raw.record.id, self.change])?;
        self.store(raw, &own.update, revision)?;
        for set in &own.sets {
            self.run(&set.clear, params![self.programme, raw.record.id])?;
        }
        self.fill_sets(raw, own)
    }

    fn store(&self, raw: &RawRecord, sql: &str, revision: Revision) -> Result<(), rusqlite::Error> {
        let number = revision.number();
        let head: [&dyn ToSql; 6] =
            [&self.programme, &raw.record.id, &number, &self.change, &raw.body.version, &raw.body.json];
        let columns = raw.columns.iter().map(|value| value as &dyn ToSql);
        let values: Vec<&dyn ToSql> = head.into_iter().chain(columns).collect();
        self.run(sql, values.as_slice())
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

    fn journal(&self, accepted: &Accepted<'_>) -> Result<(), rusqlite::Error> {
        let Accepted { changes, drafts, links, .. } = accepted;
        let mut add = self.connection.prepare_cached(statements::ADD_EVENT)?;
        for ((event, draft), link) in changes.events().iter().zip(drafts.iter()).zip(links) {
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
        for new in changes.new_work() {
            if let Some(link) = links.get(new.event) {
                work::add(self.connection, changes.realm(), new, link.sequence)?;
            }
        }
        Ok(())
    }

    fn put_reply(&self, programme: Uuid, reply: &IdempotencyRecord) -> Result<(), rusqlite::Error> {
        self.run(
            statements::PUT_REPLY,
            params![
                programme,
                reply.key.credential,
                reply.key.route,
                reply.key.key,
                reply.fingerprint,
                reply.status,
                reply.body,
                reply.expires_at.timestamp_micros()
            ],
        )
    }
}
