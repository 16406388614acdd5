//! The back end that forgets: everything in memory, for tests and simulation.
//!
//! It answers as the others do, refusals included, but nothing survives the process.

mod cells;
mod list;
mod search;
mod state;
mod visible_to;
mod work;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::ContentHash;
use uuid::Uuid;

use crate::audit::Head;
use crate::search::{RawHits, RawSearch};
use crate::vault::WrappedKey;
use crate::work::{
    Bell, Claim, LeaseError, LeaseRequest, Leased, Leasing, Retry, Wake, Wakeups, WorkCounts, WorkQueue,
};
use crate::{
    Cell, CellKey, ChangeNumber, ChangeSet, CommitError, Counts, HistoryPart, IdempotencyKey,
    IdempotencyRecord, JournalEntry, JournalQuery, Outcome, PeerVisible, PeerVisibleQuery, Query, RawPage,
    RawRevision, ReadError, Reading, Realm, Rewrite, Shelf, Store, StoredRecord, Superseded, SupersededQuery,
    catalogue,
};
use state::State;
use work::Works;

/// A database in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
    bell: Bell,
}

impl MemoryStore {
    /// Begins empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T: Send + 'static>(&self, work: impl FnOnce(&State) -> Result<T, ReadError>) -> Reading<'_, T> {
        ready(work(&self.state())).boxed()
    }
}

impl Store for MemoryStore {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        self
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        let result = changes.check().map_err(CommitError::from).and_then(|()| self.state().commit(&changes));
        if let Ok(Outcome::Committed(_)) = result {
            self.bell.ring(Wake::In(changes.realm()));
        }
        ready(result).boxed()
    }

    fn get(&self, realm: Realm, record: RecordRef) -> Reading<'_, Option<StoredRecord>> {
        self.read(|state| Ok(state.get(realm, record)))
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> Reading<'_, Vec<StoredRecord>> {
        self.read(|state| {
            Ok(ids.into_iter().filter_map(|id| state.get(realm, RecordRef { kind, id })).collect())
        })
    }

    fn query(&self, realm: Realm, query: Query) -> Reading<'_, RawPage> {
        self.read(|state| {
            query.check()?;
            Ok(list::page(state.rows(realm, query.kind), &query))
        })
    }

    fn count(&self, realm: Realm, query: Query) -> Reading<'_, u64> {
        self.read(|state| {
            query.check()?;
            let matching = state.rows(realm, query.kind).filter(|(_, row)| list::passes(row, &query));
            Ok(matching.count() as u64)
        })
    }

    fn search(&self, realm: Realm, search: RawSearch) -> Reading<'_, RawHits> {
        self.read(|state| state.search(realm, &search))
    }

    fn history(&self, realm: Realm, record: RecordRef, part: HistoryPart) -> Reading<'_, Vec<RawRevision>> {
        self.read(|state| Ok(state.history(realm, record, part)))
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> Reading<'_, ChangeNumber> {
        self.read(|state| Ok(state.change_by(realm, at)))
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> Reading<'_, Vec<StoredRecord>> {
        self.read(|state| {
            let get = |id| state.get_after(realm, RecordRef { kind, id }, change);
            Ok(ids.into_iter().filter_map(get).collect())
        })
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> Reading<'_, Vec<Superseded>> {
        self.read(|state| Ok(state.superseded(realm, query)))
    }

    fn journal(&self, realm: Realm, query: JournalQuery) -> Reading<'_, Vec<JournalEntry>> {
        self.read(|state| Ok(state.journal(realm, query)))
    }

    fn journal_head(&self, realm: Realm) -> Reading<'_, Head> {
        self.read(|state| Ok(state.journal_head(realm)))
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> Reading<'_, Option<Vec<u8>>> {
        self.read(|state| Ok(state.document(realm, hash)))
    }

    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> Reading<'_, Option<IdempotencyRecord>> {
        self.read(|state| Ok(state.reply(realm, &key, now).cloned()))
    }

    fn counts(&self, realm: Realm) -> Reading<'_, Counts> {
        self.read(|state| {
            let count = |kind| state.rows(realm, kind).count() as u64;
            Ok(catalogue::ALL.iter().map(|description| (description.kind, count(description.kind))).collect())
        })
    }

    fn cells(&self, realm: Realm, part: Shelf, after: Option<CellKey>, limit: u32) -> Reading<'_, Vec<Cell>> {
        self.read(|state| Ok(state.cells(realm, part, after.as_ref(), limit)))
    }

    fn rewrite(
        &self,
        rewrites: Vec<Rewrite>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        let checked = changes.check().map_err(CommitError::from);
        ready(checked.and_then(|()| self.state().rewrite(&rewrites, &changes))).boxed()
    }

    fn data_keys(&self, realm: Realm) -> Reading<'_, Vec<WrappedKey>> {
        self.read(|state| Ok(state.keys(realm)))
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        ready(self.state().add_key(realm, key)).boxed()
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        self.state().drop_key(realm, number);
        ready(Ok(())).boxed()
    }

    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> Reading<'_, Vec<PeerVisible>> {
        self.read(|state| {
            query.check()?;
            Ok(visible_to::visible_to(&state.rows, reader, query))
        })
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> Reading<'_, Vec<StoredRecord>> {
        self.read(|state| Ok(state.programmes(after, limit)))
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> Reading<'_, Option<StoredRecord>> {
        self.read(|state| Ok(state.token_by_hash(hash)))
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        ready(Ok(self.state().forget_replies(now, limit))).boxed()
    }
}

impl WorkQueue for MemoryStore {
    fn lease(&self, request: LeaseRequest) -> Leasing<'_, Vec<Leased>> {
        self.works(|works| Ok(works.lease(&request)))
    }

    fn heartbeat(&self, claim: Claim, until: DateTime<Utc>) -> Leasing<'_, ()> {
        self.works(|works| works.heartbeat(claim, until))
    }

    fn complete(&self, claim: Claim, now: DateTime<Utc>) -> Leasing<'_, ()> {
        self.works(|works| works.complete(claim, now))
    }

    fn fail(&self, claim: Claim, error: String, retry: Retry, now: DateTime<Utc>) -> Leasing<'_, ()> {
        self.works(|works| works.fail(claim, error, retry, now))
    }

    fn rescue(&self, now: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        self.works(|works| Ok(works.rescue(now, limit)))
    }

    fn forget_work(&self, before: DateTime<Utc>, limit: u32) -> Leasing<'_, u64> {
        self.works(|works| Ok(works.forget(before, limit)))
    }

    fn work_counts(&self, topic: &'static str) -> Leasing<'_, WorkCounts> {
        self.works(|works| Ok(works.counts(topic)))
    }

    fn wakeups(&self) -> Wakeups {
        self.bell.listen()
    }
}

impl MemoryStore {
    fn works<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Works) -> Result<T, LeaseError>,
    ) -> Leasing<'_, T> {
        ready(work(self.state().works())).boxed()
    }
}
