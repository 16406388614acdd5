//! The rows and their indices, and how a change set is applied to them or undone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use super::work::Works;
use crate::audit::{Head, Replaced, chain};
use crate::catalogue::{self, Column, Constraint, describe};
use crate::change_set::references;
use crate::vault::WrappedKey;
use crate::{
    Cell, CellKey, ChangeNumber, ChangeSet, Columns, CommitError, Committed, Conflict, Content, HistoryPart,
    IdempotencyKey, IdempotencyRecord, JournalEntry, JournalQuery, Outcome, RawBody, RawRecord, RawRevision,
    Realm, Revision, StoredRecord, Superseded, SupersededQuery, Value,
};

type Key = (Uuid, RecordKind, Uuid);
/// Programme (nil if unique in the installation), kind, place of the column, value.
type UniqueKey = (Uuid, RecordKind, usize, Value);
/// Programme, kind and id referred to, kind and id that refer, column.
type ReferenceKey = (Uuid, RecordKind, Uuid, RecordKind, Uuid, &'static str);

/// A record as it lies in memory.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) revision: Revision,
    at: DateTime<Utc>,
    pub(super) actor: Arc<str>,
    /// The commit that wrote it.
    pub(super) change: ChangeNumber,
    pub(super) columns: Columns,
    pub(super) body: RawBody,
}

/// A revision that is no longer the present one.
#[derive(Clone, Debug)]
pub(super) struct Past {
    pub(super) revision: RawRevision,
    /// The commit that wrote it.
    pub(super) change: ChangeNumber,
    /// The commit that replaced it; none for a tombstone.
    pub(super) until: Option<ChangeNumber>,
}

impl Past {
    fn stood_after(&self, change: ChangeNumber) -> bool {
        self.change <= change && self.until.is_some_and(|until| until > change)
    }

    fn stored(&self, id: Uuid) -> Option<StoredRecord> {
        let body = self.revision.body.clone()?;
        Some(StoredRecord { id, revision: self.revision.revision, body })
    }
}

impl Row {
    pub(super) fn stored(&self, id: Uuid) -> StoredRecord {
        StoredRecord { id, revision: self.revision, body: self.body.clone() }
    }

    fn present(&self) -> RawRevision {
        RawRevision {
            revision: self.revision,
            at: self.at,
            actor: self.actor.to_string(),
            body: Some(self.body.clone()),
        }
    }

    fn raw(&self, record: RecordRef) -> RawRecord {
        let Columns { values, sets } = self.columns.clone();
        RawRecord { record, columns: values, sets, body: self.body.clone() }
    }
}

/// All there is.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) rows: BTreeMap<Key, Row>,
    unique: HashMap<UniqueKey, (Uuid, Uuid)>,
    references: BTreeSet<ReferenceKey>,
    pub(super) history: BTreeMap<Key, Vec<Past>>,
    /// When each commit of a realm was made, in their order.
    changes: BTreeMap<Uuid, Vec<DateTime<Utc>>>,
    pub(super) journals: BTreeMap<Uuid, Vec<JournalEntry>>,
    heads: BTreeMap<Uuid, Head>,
    pub(super) keys: BTreeMap<(Uuid, u32), WrappedKey>,
    pub(super) documents: BTreeMap<(Uuid, ContentHash), Vec<u8>>,
    pub(super) replies: BTreeMap<(Uuid, IdempotencyKey), IdempotencyRecord>,
    works: Works,
}

/// What a row was before, to put it back.
type Before = (Key, Option<Row>);

impl State {
    pub(super) fn works(&mut self) -> &mut Works {
        &mut self.works
    }

    /// What went wrong in doing work.
    pub(super) fn works_of(&self, realm: Realm) -> Vec<Cell> {
        let errors = self.works.errors(realm);
        let cell = |(id, error): (Uuid, &String)| Cell {
            key: CellKey::Work(id),
            content: Content::Text(error.clone()),
        };
        errors.map(cell).collect()
    }

    pub(super) fn get(&self, realm: Realm, record: RecordRef) -> Option<StoredRecord> {
        self.rows.get(&key(realm.uuid(), record)).map(|row| row.stored(record.id))
    }

    pub(super) fn rows(&self, realm: Realm, kind: RecordKind) -> impl Iterator<Item = (Uuid, &Row)> {
        let (from, to) = ((realm.uuid(), kind, Uuid::nil()), (realm.uuid(), kind, Uuid::max()));
        self.rows.range(from..=to).map(|((_, _, id), row)| (*id, row))
    }

    pub(super) fn row(&self, realm: Realm, record: RecordRef) -> Option<&Row> {
        self.rows.get(&key(realm.uuid(), record))
    }

    pub(super) fn history(&self, realm: Realm, record: RecordRef, wanted: HistoryPart) -> Vec<RawRevision> {
        let key = key(realm.uuid(), record);
        let past = self.history.get(&key).into_iter().flatten().map(|past| past.revision.clone());
        let all = past.chain(self.rows.get(&key).map(Row::present));
        all.filter(|one| wanted.after.is_none_or(|after| one.revision > after))
            .take(wanted.limit as usize)
            .collect()
    }

    pub(super) fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ChangeNumber {
        let times = self.changes.get(&realm.uuid()).map(Vec::as_slice).unwrap_or_default();
        // As precise as the databases are.
        let last = times.iter().rposition(|time| time.timestamp_micros() <= at.timestamp_micros());
        last.map_or(ChangeNumber::START, |last| ChangeNumber(last as u64 + 1))
    }

    pub(super) fn get_after(
        &self,
        realm: Realm,
        record: RecordRef,
        change: ChangeNumber,
    ) -> Option<StoredRecord> {
        let key = key(realm.uuid(), record);
        let present = self.rows.get(&key).filter(|row| row.change <= change);
        present.map(|row| row.stored(record.id)).or_else(|| {
            let mut past = self.history.get(&key).into_iter().flatten();
            past.find(|past| past.stood_after(change)).and_then(|past| past.stored(record.id))
        })
    }

    pub(super) fn superseded(&self, realm: Realm, query: SupersededQuery) -> Vec<Superseded> {
        let (from, to) = ((realm.uuid(), query.kind, Uuid::nil()), (realm.uuid(), query.kind, Uuid::max()));
        let past = self.history.range(from..=to).flat_map(|((_, _, id), past)| {
            past.iter().filter(|past| past.stood_after(query.stood_after)).map(move |past| (*id, past))
        });
        let mut found: Vec<Superseded> = past
            .filter_map(|(id, past)| Some(Superseded { stored: past.stored(id)?, by: past.until? }))
            .filter(|found| query.after.is_none_or(|after| (found.by, found.stored.id) > after))
            .collect();
        found.sort_by_key(|found| (found.by, found.stored.id));
        found.truncate(query.limit as usize);
        found
    }

    pub(super) fn journal(&self, realm: Realm, query: JournalQuery) -> Vec<JournalEntry> {
        let wanted = |entry: &&JournalEntry| {
            entry.sequence > query.after && query.subject.is_none_or(|subject| entry.event.subject == subject)
        };
        let journal = self.journals.get(&realm.uuid()).into_iter().flatten();
        journal.filter(wanted).take(query.limit as usize).cloned().collect()
    }

    pub(super) fn journal_head(&self, realm: Realm) -> Head {
        self.heads.get(&realm.uuid()).copied().unwrap_or(Head::START)
    }

    pub(super) fn document(&self, realm: Realm, hash: ContentHash) -> Option<Vec<u8>> {
        self.documents.get(&(realm.uuid(), hash)).cloned()
    }

    pub(super) fn reply(
        &self,
        realm: Realm,
        key: &IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Option<&IdempotencyRecord> {
        self.replies.get(&(realm.uuid(), key.clone())).filter(|record| record.expires_at > now)
    }

    pub(super) fn forget_replies(&mut self, now: DateTime<Utc>, limit: u32) -> u64 {
        let mut expired: Vec<_> = self
            .replies
            .iter()
            .filter(|(_, record)| record.expires_at <= now)
            .map(|(key, record)| (record.expires_at, key.clone()))
            .collect();
        expired.sort();
        expired.truncate(limit as usize);
        for (_, key) in &expired {
            self.replies.remove(key);
        }
        expired.len() as u64
    }

    pub(super) fn programmes(&self, after: Option<Uuid>, limit: u32) -> Vec<StoredRecord> {
        let mut found: Vec<_> = self
            .rows
            .iter()
            .filter(|((_, kind, id), _)| {
                *kind == RecordKind::Programme && after.is_none_or(|after| *id > after)
            })
            .map(|((_, _, id), row)| row.stored(*id))
            .collect();
        found.truncate(limit as usize);
        found
    }

    pub(super) fn token_by_hash(&self, hash: [u8; 32]) -> Option<StoredRecord> {
        let place = describe(RecordKind::Token).position(&catalogue::token::HASH.column)?;
        let key = (Uuid::nil(), RecordKind::Token, place, Value::Bytes(hash.to_vec()));
        let (programme, id) = *self.unique.get(&key)?;
        self.rows.get(&(programme, RecordKind::Token, id)).map(|row| row.stored(id))
    }

    /// Commits a change set that was checked.
    pub(super) fn commit(&mut self, changes: &ChangeSet) -> Result<Outcome, CommitError> {
        if let Some(reply) = changes.reply()
            && let Some(stored) = self.reply(changes.reply_realm(), &reply.key, changes.at())
        {
            return if stored.fingerprint == reply.fingerprint {
                Ok(Outcome::Replayed(stored.clone()))
            } else {
                Err(CommitError::KeyReused)
            };
        }
        let mut before = Vec::new();
        let applied = self.apply(changes, &mut before).and_then(|revisions| {
            self.check(changes)?;
            let entries =
                chain(changes, &self.replaced(changes, &before), self.journal_head(changes.realm()))?;
            Ok((revisions, entries))
        });
        match applied {
            Ok((revisions, entries)) => {
                Ok(Outcome::Committed(self.settle(changes, before, revisions, entries)))
            }
            Err(refusal) => {
                for (key, row) in before.into_iter().rev() {
                    self.put(key, row);
                }
                Err(refusal)
            }
        }
    }

    fn apply(
        &mut self,
        changes: &ChangeSet,
        before: &mut Vec<Before>,
    ) -> Result<Vec<(RecordRef, Revision)>, CommitError> {
        let programme = changes.realm().uuid();
        let actor: Arc<str> = changes.actor().into();
        let change = self.next_change(programme);
        for (record, read_at) in changes.deletes() {
            let key = key(programme, *record);
            self.expect(key, *record, *read_at)?;
            before.push((key, self.put(key, None)));
        }
        let mut revisions = Vec::new();
        let updates = changes.updates().iter().map(|(raw, read_at)| (raw, Some(*read_at)));
        for (raw, read_at) in updates.chain(changes.creates().iter().map(|raw| (raw, None))) {
            let key = key(programme, raw.record);
            if let Some(read_at) = read_at {
                self.expect(key, raw.record, read_at)?;
            }
            self.check_unique(programme, raw)?;
            let revision = match read_at {
                Some(read_at) => read_at.next(),
                None if self.rows.contains_key(&key) => return Err(Conflict::Exists(raw.record).into()),
                None => self
                    .history
                    .get(&key)
                    .and_then(|past| past.last())
                    .map_or(Revision::FIRST, |last| last.revision.revision.next()),
            };
            let row = Row {
                revision,
                at: changes.at(),
                actor: Arc::clone(&actor),
                change,
                columns: Columns { values: raw.columns.clone(), sets: raw.sets.clone() },
                body: raw.body.clone(),
            };
            before.push((key, self.put(key, Some(row))));
            revisions.push((raw.record, revision));
        }
        Ok(revisions)
    }

    /// The updated records and what they were.
    fn replaced(&self, changes: &ChangeSet, before: &[Before]) -> Vec<Replaced> {
        let bodies: BTreeMap<&Key, &RawBody> =
            before.iter().filter_map(|(key, row)| Some((key, &row.as_ref()?.body))).collect();
        let replaced = |raw: &RawRecord| {
            let key = key(changes.realm().uuid(), raw.record);
            let revision = self.rows.get(&key)?.revision;
            Some(Replaced { record: raw.record, revision, before: (*bodies.get(&key)?).clone() })
        };
        changes.updates().iter().filter_map(|(raw, _)| replaced(raw)).collect()
    }

    /// Writes what cannot be refused any more.
    fn settle(
        &mut self,
        changes: &ChangeSet,
        before: Vec<Before>,
        revisions: Vec<(RecordRef, Revision)>,
        entries: Vec<JournalEntry>,
    ) -> Committed {
        let programme = changes.realm().uuid();
        let change = self.next_change(programme);
        for (key, row) in before {
            let Some(row) = row else { continue };
            let past = self.history.entry(key).or_default();
            past.push(Past { revision: row.present(), change: row.change, until: Some(change) });
            if !self.rows.contains_key(&key) {
                let (revision, actor) = (row.revision.next(), changes.actor().to_owned());
                let tombstone = RawRevision { revision, at: changes.at(), actor, body: None };
                past.push(Past { revision: tombstone, change, until: None });
            }
        }
        self.changes.entry(programme).or_default().push(changes.at());
        if let Some(last) = entries.last() {
            self.heads.insert(programme, Head { sequence: last.sequence, hash: last.hash });
        }
        let first_event = entries.first().map(|entry| entry.sequence);
        for work in changes.new_work() {
            if let Some(entry) = entries.get(work.event) {
                self.works.add(changes.realm(), work, entry.sequence);
            }
        }
        self.journals.entry(programme).or_default().extend(entries);
        for (hash, bytes) in changes.documents() {
            self.documents.entry((programme, *hash)).or_insert_with(|| bytes.clone());
        }
        if let Some(reply) = changes.reply() {
            self.replies.insert((changes.reply_realm().uuid(), reply.key.clone()), reply.clone());
        }
        Committed { revisions, first_event }
    }

    fn next_change(&self, programme: Uuid) -> ChangeNumber {
        ChangeNumber(self.changes.get(&programme).map_or(0, Vec::len) as u64 + 1)
    }

    fn expect(&self, key: Key, record: RecordRef, read_at: Revision) -> Result<(), CommitError> {
        match self.rows.get(&key).map(|row| row.revision) {
            Some(found) if found == read_at => Ok(()),
            found => Err(CommitError::Stale { record, expected: read_at, found }),
        }
    }

    fn check_unique(&self, programme: Uuid, raw: &RawRecord) -> Result<(), Conflict> {
        for (key, column) in unique_keys(programme, raw) {
            match self.unique.get(&key) {
                Some((holders, id)) if *holders == programme && *id != raw.record.id => {
                    let holder = RecordRef { kind: raw.record.kind, id: *id };
                    return Err(Conflict::Unique { record: raw.record, column: column.name, holder });
                }
                Some((holders, _)) if *holders != programme => {
                    return Err(Conflict::Taken { record: raw.record, column: column.name });
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn check(&self, changes: &ChangeSet) -> Result<(), CommitError> {
        let programme = changes.realm().uuid();
        let written = changes.updates().iter().map(|(raw, _)| raw).chain(changes.creates());
        for raw in written {
            for (column, to) in references(raw) {
                if !self.rows.contains_key(&key(programme, to)) {
                    return Err(Conflict::MissingReference { from: raw.record, column, to }.into());
                }
            }
        }
        for (record, _) in changes.deletes() {
            if let Some((by, column)) = self.referrer(programme, *record) {
                return Err(Conflict::StillReferenced { record: *record, by, column }.into());
            }
        }
        self.check_programme(changes.realm())
    }

    fn referrer(&self, programme: Uuid, record: RecordRef) -> Option<(RecordRef, &'static str)> {
        let from = (programme, record.kind, record.id, RecordKind::Programme, Uuid::nil(), "");
        let (found, kind, id, by_kind, by_id, column) = self.references.range(from..).next()?;
        let refers = (*found, *kind, *id) == (programme, record.kind, record.id);
        refers.then_some((RecordRef { kind: *by_kind, id: *by_id }, column))
    }

    fn check_programme(&self, realm: Realm) -> Result<(), CommitError> {
        let Realm::Programme(programme) = realm else { return Ok(()) };
        let own = RecordRef { kind: RecordKind::Programme, id: programme.uuid() };
        if self.rows.contains_key(&key(programme.uuid(), own)) {
            return Ok(());
        }
        for description in catalogue::ALL {
            if self.rows(realm, description.kind).next().is_some() {
                return Err(Conflict::NoProgramme(description.kind).into());
            }
        }
        Ok(())
    }

    /// Puts a row in the place of another, indices included, and returns what was there.
    fn put(&mut self, key: Key, row: Option<Row>) -> Option<Row> {
        let (programme, kind, id) = key;
        let record = RecordRef { kind, id };
        let before = self.rows.remove(&key);
        if let Some(before) = &before {
            let raw = before.raw(record);
            for (unique, _) in unique_keys(programme, &raw) {
                self.unique.remove(&unique);
            }
            for (column, to) in references(&raw) {
                self.references.remove(&(programme, to.kind, to.id, kind, id, column));
            }
        }
        if let Some(row) = row {
            let raw = row.raw(record);
            for (unique, _) in unique_keys(programme, &raw) {
                self.unique.insert(unique, (programme, id));
            }
            for (column, to) in references(&raw) {
                self.references.insert((programme, to.kind, to.id, kind, id, column));
            }
            self.rows.insert(key, row);
        }
        before
    }
}

fn key(programme: Uuid, record: RecordRef) -> Key {
    (programme, record.kind, record.id)
}

fn unique_keys(programme: Uuid, raw: &RawRecord) -> impl Iterator<Item = (UniqueKey, &'static Column)> + '_ {
    let kind = raw.record.kind;
    let columns = describe(kind).columns.iter().zip(&raw.columns).enumerate();
    columns.filter(|(_, (_, value))| **value != Value::Nothing).filter_map(move |(place, (column, value))| {
        let within = match column.constraint {
            Constraint::UniqueInProgramme => programme,
            Constraint::UniqueInInstallation => Uuid::nil(),
            Constraint::Free | Constraint::References(_) => return None,
        };
        Some(((within, kind, place, value.clone()), column))
    })
}
