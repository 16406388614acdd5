//! What is stored, as far as a group of change sets touches it: as it was seen under the lock of their programme, and as those of the
//! group that were accepted will leave it. No database here.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use crate::catalogue::Column;
use crate::decide::{Accepted, CommitReads, unique_values};
use crate::{ChangeSet, IdempotencyKey, IdempotencyRecord, RawBody, Revision, Value};

/// A value that only one record may hold: of which kind and column, and which.
type Holding = (RecordKind, &'static str, Value);

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The replies that are stored under the keys of the change sets.
    pub(super) replies: HashMap<IdempotencyKey, IdempotencyRecord>,
    /// The revisions of the records that exist.
    pub(super) present: HashMap<RecordRef, Revision>,
    /// What the records that are updated hold.
    pub(super) before: HashMap<RecordRef, RawBody>,
    /// The last revisions of records in the history.
    pub(super) past: HashMap<RecordRef, Revision>,
    /// Records that refer to those which are deleted, and are left as they are.
    pub(super) referrers: HashMap<RecordRef, (RecordRef, &'static str)>,
    /// If the programme is not there: the kinds of which there are records all the same, apart from those which are deleted.
    pub(super) left: BTreeSet<RecordKind>,
    holders: HashMap<Holding, (Uuid, RecordRef)>,
    held: HashMap<RecordRef, Vec<Holding>>,
}

impl Seen {
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

    /// What follows is decided on what this one will leave behind.
    pub(super) fn accepted(&mut self, accepted: &Accepted<'_>) {
        let changes = accepted.changes;
        for (record, _) in changes.deletes() {
            self.present.remove(record);
            self.release(*record);
        }
        for (raw, (record, revision)) in changes.written().zip(&accepted.revisions) {
            self.present.insert(*record, *revision);
            self.release(*record);
            for (column, value) in unique_values(raw) {
                self.holder(changes.realm().uuid(), *record, column, value.clone());
            }
        }
    }

    fn release(&mut self, record: RecordRef) {
        for holding in self.held.remove(&record).unwrap_or_default() {
            self.holders.remove(&holding);
        }
    }
}

impl CommitReads for Seen {
    type Error = Infallible;

    fn reply(&mut self, changes: &ChangeSet) -> Result<Option<IdempotencyRecord>, Infallible> {
        Ok(changes.reply().and_then(|reply| self.replies.get(&reply.key)).cloned())
    }

    fn revision(&mut self, record: RecordRef) -> Result<Option<Revision>, Infallible> {
        Ok(self.present.get(&record).copied())
    }

    /// Taken out, as bodies are large and nobody else of the group updates the record.
    fn body(&mut self, record: RecordRef) -> Result<Option<(Revision, RawBody)>, Infallible> {
        Ok(self.present.get(&record).copied().zip(self.before.remove(&record)))
    }

    fn last_revision(&mut self, record: RecordRef) -> Result<Option<Revision>, Infallible> {
        Ok(self.past.get(&record).copied())
    }

    fn holder(
        &mut self,
        kind: RecordKind,
        column: &'static Column,
        value: &Value,
    ) -> Result<Option<(Uuid, Uuid)>, Infallible> {
        let holder = self.holders.get(&(kind, column.name, value.clone()));
        Ok(holder.map(|(programme, record)| (*programme, record.id)))
    }

    /// Those that are changed were left out when it was asked.
    fn referrer(
        &mut self,
        record: RecordRef,
        _: &dyn Fn(RecordRef) -> bool,
    ) -> Result<Option<(RecordRef, &'static str)>, Infallible> {
        Ok(self.referrers.get(&record).copied())
    }

    fn any_but(&mut self, kind: RecordKind, _: &[Uuid]) -> Result<bool, Infallible> {
        Ok(self.left.contains(&kind))
    }
}
