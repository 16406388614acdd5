//! Whether a change set may be committed: the rules of every back end, in the order in which their refusals are told.
//!
//! Nothing is written here and no database is known here. A back end answers what is asked of it by [`CommitReads`] while nobody
//! else can commit to the programme, and writes what was [accepted](Accepted).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use crate::audit::{Draft, Head, Link, Prepared, Replaced, links};
use crate::catalogue::{self, Column, Constraint, describe};
use crate::change_set::references;
use crate::{
    ChangeSet, CommitError, Committed, Conflict, IdempotencyRecord, Outcome, RawBody, RawRecord, Realm,
    Revision, Value,
};

/// What is stored in the programme of a change set, as far as the change set touches it, before anything of it is written.
pub(crate) trait CommitReads {
    /// How the database fails to answer.
    type Error;

    /// The reply that is stored under the idempotency key of the change set, expired or not.
    fn reply(&mut self, changes: &ChangeSet) -> Result<Option<IdempotencyRecord>, Self::Error>;

    /// The revision that a record is at; none if there is no such record.
    fn revision(&mut self, record: RecordRef) -> Result<Option<Revision>, Self::Error>;

    /// The revision that a record is at, and its body.
    fn body(&mut self, record: RecordRef) -> Result<Option<(Revision, RawBody)>, Self::Error>;

    /// The last revision of a record in the history.
    fn last_revision(&mut self, record: RecordRef) -> Result<Option<Revision>, Self::Error>;

    /// The programme and the id of the record that holds a value of which there may be but one.
    fn holder(
        &mut self,
        kind: RecordKind,
        column: &'static Column,
        value: &Value,
    ) -> Result<Option<(Uuid, Uuid)>, Self::Error>;

    /// A record that refers to `record`, and by which column, apart from those that the change set itself changes.
    fn referrer(
        &mut self,
        record: RecordRef,
        is_changed: &dyn Fn(RecordRef) -> bool,
    ) -> Result<Option<(RecordRef, &'static str)>, Self::Error>;

    /// Whether there are records of a kind apart from these.
    fn any_but(&mut self, kind: RecordKind, apart_from: &[Uuid]) -> Result<bool, Self::Error>;
}

/// Why nothing was decided in favour of a change set.
#[derive(Debug)]
pub(crate) enum Undecided<E> {
    /// It is refused.
    Refused(CommitError),
    /// The database could not be read.
    Unread(E),
}

impl<E> From<CommitError> for Undecided<E> {
    fn from(refusal: CommitError) -> Self {
        Self::Refused(refusal)
    }
}

impl<E> From<Conflict> for Undecided<E> {
    fn from(conflict: Conflict) -> Self {
        Self::Refused(conflict.into())
    }
}

/// What was decided.
pub(crate) enum Decision<'a> {
    /// The request was made before, and this was the reply.
    Replayed(IdempotencyRecord),
    /// It is to be written.
    Accepted(Accepted<'a>),
}

/// The last commit of a programme, and the end of its journal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JournalTail {
    /// The number of the last commit.
    pub(crate) change: i64,
    /// The last entry.
    pub(crate) head: Head,
}

/// A change set that is to be written, with everything that follows from its place after others.
pub(crate) struct Accepted<'a> {
    pub(crate) changes: &'a ChangeSet,
    /// The revisions that the written records will be at: updates, then creations.
    pub(crate) revisions: Vec<(RecordRef, Revision)>,
    pub(crate) drafts: Cow<'a, [Draft]>,
    pub(crate) links: Vec<Link>,
    /// The number of the commit, and where the journal ends after it.
    pub(crate) tail: JournalTail,
}

impl Accepted<'_> {
    /// What is answered once it is written.
    pub(crate) fn outcome(&self) -> Outcome {
        let first_event = self.links.first().map(|link| link.sequence);
        Outcome::Committed(Committed { revisions: self.revisions.clone(), first_event })
    }
}

/// Decides a change set that would be committed after `tail`.
pub(crate) fn decide<'a, R: CommitReads>(
    prepared: &'a Prepared,
    tail: JournalTail,
    reads: &mut R,
) -> Result<Decision<'a>, Undecided<R::Error>> {
    let changes = prepared.changes();
    if let Some(replayed) = replayed(changes, reads)? {
        return Ok(Decision::Replayed(replayed));
    }
    let mut deciding = Deciding { changes, reads, done: HashSet::new(), taken: HashMap::new() };
    deciding.deletes()?;
    let replaced = deciding.updates()?;
    let created = deciding.creates()?;
    deciding.references()?;
    deciding.referrers()?;
    deciding.programme()?;
    let updated = replaced.iter().map(|replaced| (replaced.record, replaced.revision));
    let revisions = updated.chain(created).collect();
    let drafts = prepared.drafts(&replaced)?;
    let links = links(changes, &drafts, tail.head);
    let head = links.last().map_or(tail.head, |last| Head { sequence: last.sequence, hash: last.hash });
    let tail = JournalTail { change: tail.change + 1, head };
    Ok(Decision::Accepted(Accepted { changes, revisions, drafts, links, tail }))
}

/// The reply to a request that was made before.
fn replayed<R: CommitReads>(
    changes: &ChangeSet,
    reads: &mut R,
) -> Result<Option<IdempotencyRecord>, Undecided<R::Error>> {
    let Some(asked) = changes.reply() else { return Ok(None) };
    let stored = reads.reply(changes).map_err(Undecided::Unread)?;
    match stored.filter(|stored| stored.expires_at > changes.at()) {
        Some(stored) if stored.fingerprint != asked.fingerprint => Err(CommitError::KeyReused.into()),
        stored => Ok(stored),
    }
}

/// A value of which there may be but one: of which kind and column.
type Holding<'a> = (RecordKind, &'static str, &'a Value);

/// A change set half decided: what it changes is looked at in its order, deletions first.
struct Deciding<'a, 'r, R> {
    changes: &'a ChangeSet,
    reads: &'r mut R,
    /// Those that are changed by now: what they held is free.
    done: HashSet<RecordRef>,
    /// What they hold instead.
    taken: HashMap<Holding<'a>, RecordRef>,
}

impl<'a, R: CommitReads> Deciding<'a, '_, R> {
    fn deletes(&mut self) -> Result<(), Undecided<R::Error>> {
        for (record, expected) in self.changes.deletes() {
            let found = self.reads.revision(*record).map_err(Undecided::Unread)?;
            check_fresh(*record, *expected, found)?;
            self.done.insert(*record);
        }
        Ok(())
    }

    fn updates(&mut self) -> Result<Vec<Replaced>, Undecided<R::Error>> {
        let mut replaced = Vec::with_capacity(self.changes.updates().len());
        for (raw, expected) in self.changes.updates() {
            let found = self.reads.body(raw.record).map_err(Undecided::Unread)?;
            check_fresh(raw.record, *expected, found.as_ref().map(|(revision, _)| *revision))?;
            self.take(raw)?;
            replaced.extend(found.map(|(_, before)| Replaced {
                record: raw.record,
                revision: expected.next(),
                before,
            }));
        }
        Ok(replaced)
    }

    fn creates(&mut self) -> Result<Vec<(RecordRef, Revision)>, Undecided<R::Error>> {
        let mut created = Vec::with_capacity(self.changes.creates().len());
        for raw in self.changes.creates() {
            let record = raw.record;
            self.take(raw)?;
            if self.reads.revision(record).map_err(Undecided::Unread)?.is_some() {
                return Err(Conflict::Exists(record).into());
            }
            let last = self.reads.last_revision(record).map_err(Undecided::Unread)?;
            created.push((record, last.map_or(Revision::FIRST, Revision::next)));
        }
        Ok(created)
    }

    /// Gives a record the values of which there may be but one, if nobody else holds them.
    fn take(&mut self, raw: &'a RawRecord) -> Result<(), Undecided<R::Error>> {
        let record = raw.record;
        let own = self.changes.realm().uuid();
        let mut held = Vec::new();
        for (column, value) in unique_values(raw) {
            let holding = (record.kind, column.name, value);
            if let Some(holder) = self.taken.get(&holding) {
                return Err(Conflict::Unique { record, column: column.name, holder: *holder }.into());
            }
            let holder = self.reads.holder(record.kind, column, value).map_err(Undecided::Unread)?;
            if let Some((programme, id)) = holder {
                let holder = RecordRef { kind: record.kind, id };
                if programme != own {
                    return Err(Conflict::Taken { record, column: column.name }.into());
                }
                if holder != record && !self.done.contains(&holder) {
                    return Err(Conflict::Unique { record, column: column.name, holder }.into());
                }
            }
            held.push(holding);
        }
        self.done.insert(record);
        self.taken.extend(held.into_iter().map(|holding| (holding, record)));
        Ok(())
    }

    fn references(&mut self) -> Result<(), Undecided<R::Error>> {
        for raw in self.changes.written() {
            for (column, to) in references(raw) {
                if !self.will_be_there(to)? {
                    return Err(Conflict::MissingReference { from: raw.record, column, to }.into());
                }
            }
        }
        Ok(())
    }

    fn referrers(&mut self) -> Result<(), Undecided<R::Error>> {
        for (record, _) in self.changes.deletes() {
            let is_changed = |by: RecordRef| self.done.contains(&by);
            if let Some((by, column)) =
                self.reads.referrer(*record, &is_changed).map_err(Undecided::Unread)?
            {
                return Err(Conflict::StillReferenced { record: *record, by, column }.into());
            }
        }
        Ok(())
    }

    /// A programme's records stand and fall with it.
    fn programme(&mut self) -> Result<(), Undecided<R::Error>> {
        let Realm::Programme(programme) = self.changes.realm() else { return Ok(()) };
        if self.will_be_there(RecordRef { kind: RecordKind::Programme, id: programme.uuid() })? {
            return Ok(());
        }
        for kind in catalogue::ALL.iter().map(|description| description.kind) {
            let deleted: Vec<_> = self.changes.deleted(kind).collect();
            if self.changes.creates().iter().any(|raw| raw.record.kind == kind)
                || self.reads.any_but(kind, &deleted).map_err(Undecided::Unread)?
            {
                return Err(Conflict::NoProgramme(kind).into());
            }
        }
        Ok(())
    }

    /// Whether a record is there after the change set.
    fn will_be_there(&mut self, record: RecordRef) -> Result<bool, Undecided<R::Error>> {
        if self.done.contains(&record) {
            return Ok(self.changes.deletes().iter().all(|(deleted, _)| *deleted != record));
        }
        Ok(self.reads.revision(record).map_err(Undecided::Unread)?.is_some())
    }
}

fn check_fresh(record: RecordRef, expected: Revision, found: Option<Revision>) -> Result<(), CommitError> {
    if found == Some(expected) { Ok(()) } else { Err(CommitError::Stale { record, expected, found }) }
}

/// The values of a record of which there may be but one, with their columns.
pub(crate) fn unique_values(raw: &RawRecord) -> impl Iterator<Item = (&'static Column, &Value)> {
    let columns = describe(raw.record.kind).columns.iter().zip(&raw.columns);
    columns.filter(|(column, value)| match column.constraint {
        Constraint::UniqueInProgramme | Constraint::UniqueInInstallation => **value != Value::Nothing,
        Constraint::Free | Constraint::References(_) => false,
    })
}
