//! Whether a change set can be committed, given what was seen under the lock of its programme. No database here.

use std::collections::HashMap;

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::statements;
use crate::catalogue::Column;
use crate::change_set::references;
use crate::{ChangeSet, CommitError, Conflict, RawRecord, Revision, Value};

/// A value that only one record may hold: of which kind and column, and which.
type Holding = (RecordKind, &'static str, Value);

/// What is stored, as far as the change set touches it; while it is decided, what would be stored.
#[derive(Debug, Default)]
pub(super) struct Seen {
    present: HashMap<RecordRef, Revision>,
    past: HashMap<RecordRef, Revision>,
    holders: HashMap<Holding, (Uuid, RecordRef)>,
    held: HashMap<RecordRef, Vec<Holding>>,
    referrers: HashMap<RecordRef, (RecordRef, &'static str)>,
}

impl Seen {
    /// A record that exists.
    pub(super) fn present(&mut self, record: RecordRef, revision: Revision) {
        self.present.insert(record, revision);
    }

    /// The last revision of a record in the history.
    pub(super) fn past(&mut self, record: RecordRef, revision: Revision) {
        self.past.insert(record, revision);
    }

    /// A record of some programme that holds a value which only one may hold.
    pub(super) fn holder(
        &mut self,
        programme: Uuid,
        record: RecordRef,
        column: &'static Column,
        value: Value,
    ) {
        let holding = (record.kind, column.name, value);
        self.held.entry(record).or_default().push(holding.clone());
        self.holders.insert(holding, (programme, record));
    }

    /// A record that the change set leaves as it is and that refers to one which it deletes.
    pub(super) fn referrer(&mut self, to: RecordRef, by: RecordRef, column: &'static str) {
        self.referrers.insert(to, (by, column));
    }

    /// Whether a record is there.
    pub(super) fn has(&self, record: RecordRef) -> bool {
        self.present.contains_key(&record)
    }

    /// The refusal of a change set of which the very first change was decided on another revision: by far the most usual one, and
    /// found without changing anything here.
    pub(super) fn stale(&self, changes: &ChangeSet) -> Option<CommitError> {
        let deleted = changes.deletes().iter().copied();
        let updated = changes.updates().iter().map(|(raw, read_at)| (raw.record, *read_at));
        let (record, read_at) = deleted.chain(updated).next()?;
        self.expect(record, read_at).err()
    }

    fn expect(&self, record: RecordRef, expected: Revision) -> Result<(), CommitError> {
        match self.present.get(&record).copied() {
            Some(found) if found == expected => Ok(()),
            found => Err(CommitError::Stale { record, expected, found }),
        }
    }

    fn release(&mut self, record: RecordRef) {
        for holding in self.held.remove(&record).unwrap_or_default() {
            self.holders.remove(&holding);
        }
    }

    fn check_free(&self, programme: Uuid, raw: &RawRecord) -> Result<(), Conflict> {
        let record = raw.record;
        for unique in &statements::of(record.kind).unique {
            let (column, value) = (unique.column, &raw.columns[unique.place]);
            if *value == Value::Nothing {
                continue;
            }
            match self.holders.get(&(record.kind, column.name, value.clone())) {
                Some((of, holder)) if *of == programme && *holder != record => {
                    return Err(Conflict::Unique { record, column: column.name, holder: *holder });
                }
                Some((of, _)) if *of != programme => {
                    return Err(Conflict::Taken { record, column: column.name });
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    fn hold(&mut self, programme: Uuid, raw: &RawRecord) {
        self.release(raw.record);
        for unique in &statements::of(raw.record.kind).unique {
            let value = &raw.columns[unique.place];
            if *value != Value::Nothing {
                self.holder(programme, raw.record, unique.column, value.clone());
            }
        }
    }
}

/// The revisions that the written records will be at: updates, then creations.
pub(super) fn decide(
    changes: &ChangeSet,
    seen: &mut Seen,
) -> Result<Vec<(RecordRef, Revision)>, CommitError> {
    let programme = changes.realm().uuid();
    for (record, read_at) in changes.deletes() {
        seen.expect(*record, *read_at)?;
        seen.present.remove(record);
        seen.release(*record);
    }
    let mut revisions = Vec::with_capacity(changes.updates().len() + changes.creates().len());
    for (raw, read_at) in changes.updates() {
        seen.expect(raw.record, *read_at)?;
        seen.check_free(programme, raw)?;
        seen.hold(programme, raw);
        revisions.push((raw.record, read_at.next()));
    }
    for raw in changes.creates() {
        seen.check_free(programme, raw)?;
        if seen.present.contains_key(&raw.record) {
            return Err(Conflict::Exists(raw.record).into());
        }
        let revision = seen.past.get(&raw.record).map_or(Revision::FIRST, |last| last.next());
        seen.present.insert(raw.record, revision);
        seen.hold(programme, raw);
        revisions.push((raw.record, revision));
    }
    for raw in written(changes) {
        for (column, to) in references(raw) {
            if !seen.present.contains_key(&to) {
                return Err(Conflict::MissingReference { from: raw.record, column, to }.into());
            }
        }
    }
    for (record, _) in changes.deletes() {
        if let Some((by, column)) = seen.referrers.get(record) {
            return Err(Conflict::StillReferenced { record: *record, by: *by, column }.into());
        }
    }
    Ok(revisions)
}

/// The records that a change set stores, updates first.
pub(super) fn written(changes: &ChangeSet) -> impl Iterator<Item = &RawRecord> {
    changes.updates().iter().map(|(raw, _)| raw).chain(changes.creates())
}
