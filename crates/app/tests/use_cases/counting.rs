//! A database that counts how often it is asked: what a list costs must not grow with the list.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use sister_cities_app::vitality::VitalityQuery;
use sister_cities_app::{App, Times};
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::id::{RecordKind, RecordRef, SeededIds};
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::archive::{ArchiveError, Items, Portable, Rules, Scope};
use sister_cities_storage::audit::Head;
use sister_cities_storage::search::{RawHits, RawSearch, SearchIndex};
use sister_cities_storage::vault::{KeyStore, WrappedKey};
use sister_cities_storage::work::WorkQueue;
use sister_cities_storage::{
    ChangeNumber, ChangeSet, CommitError, Counts, Database, ErasableStore, HistoryPart, IdempotencyKey,
    IdempotencyRecord, InPlaceUpdate, JournalEntry, JournalQuery, JournalStore, Listing, Outcome, Partition,
    PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadFuture, Realm, RecordStore, ReplyStore,
    Store, StoredRecord, StoredValue, StoredValueKey, Superseded, SupersededQuery,
};
use uuid::Uuid;

use crate::harness::{Office, day, system};

#[derive(Debug)]
struct Counting {
    inner: Arc<dyn Store>,
    reads: Arc<AtomicUsize>,
}

impl Counting {
    fn asked(&self) -> &dyn Store {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.inner.as_ref()
    }
}

impl Store for Counting {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        Arc::clone(&self.inner).work()
    }

    fn commit(&self, changes: ChangeSet) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        self.inner.commit(changes)
    }
}

impl Portable for Counting {
    fn take_out(&self, scope: Scope) -> Items {
        self.inner.take_out(scope)
    }

    fn put_in(&self, items: Items, rules: Rules) -> BoxFuture<'_, Result<u64, ArchiveError>> {
        self.inner.put_in(items, rules)
    }
}

impl RecordStore for Counting {
    fn get(&self, realm: Realm, record: RecordRef) -> ReadFuture<'_, Option<StoredRecord>> {
        self.asked().get(realm, record)
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.asked().get_many(realm, kind, ids)
    }

    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage> {
        self.asked().query(realm, query)
    }

    fn count(&self, realm: Realm, query: Query) -> ReadFuture<'_, u64> {
        self.asked().count(realm, query)
    }

    fn history(
        &self,
        realm: Realm,
        record: RecordRef,
        part: HistoryPart,
    ) -> ReadFuture<'_, Vec<RawRevision>> {
        self.asked().history(realm, record, part)
    }

    fn change_by(&self, realm: Realm, at: DateTime<Utc>) -> ReadFuture<'_, ChangeNumber> {
        self.asked().change_by(realm, at)
    }

    fn get_many_after(
        &self,
        realm: Realm,
        kind: RecordKind,
        ids: Vec<Uuid>,
        change: ChangeNumber,
    ) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.asked().get_many_after(realm, kind, ids, change)
    }

    fn superseded(&self, realm: Realm, query: SupersededQuery) -> ReadFuture<'_, Vec<Superseded>> {
        self.asked().superseded(realm, query)
    }

    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>> {
        self.asked().visible_to(reader, query)
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.asked().document(realm, hash)
    }

    fn counts(&self, realm: Realm) -> ReadFuture<'_, Counts> {
        self.asked().counts(realm)
    }

    fn programmes(&self, after: Option<Uuid>, limit: u32) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.asked().programmes(after, limit)
    }

    fn token_by_hash(&self, hash: [u8; 32]) -> ReadFuture<'_, Option<StoredRecord>> {
        self.asked().token_by_hash(hash)
    }
}

impl SearchIndex for Counting {
    fn search(&self, realm: Realm, search: RawSearch) -> ReadFuture<'_, RawHits> {
        self.asked().search(realm, search)
    }
}

impl JournalStore for Counting {
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>> {
        self.asked().journal(realm, query)
    }

    fn journal_head(&self, realm: Realm) -> ReadFuture<'_, Head> {
        self.asked().journal_head(realm)
    }
}

impl ReplyStore for Counting {
    fn idempotency(
        &self,
        realm: Realm,
        key: IdempotencyKey,
        now: DateTime<Utc>,
    ) -> ReadFuture<'_, Option<IdempotencyRecord>> {
        self.asked().idempotency(realm, key, now)
    }

    fn forget_replies(&self, now: DateTime<Utc>, limit: u32) -> BoxFuture<'_, Result<u64, CommitError>> {
        self.inner.forget_replies(now, limit)
    }
}

impl ErasableStore for Counting {
    fn stored_values(
        &self,
        realm: Realm,
        part: Partition,
        after: Option<StoredValueKey>,
        limit: u32,
    ) -> ReadFuture<'_, Vec<StoredValue>> {
        self.asked().stored_values(realm, part, after, limit)
    }

    fn update_in_place(
        &self,
        updates: Vec<InPlaceUpdate>,
        changes: ChangeSet,
    ) -> BoxFuture<'_, Result<Outcome, CommitError>> {
        self.asked().update_in_place(updates, changes)
    }
}

impl KeyStore for Counting {
    fn data_keys(&self, realm: Realm) -> ReadFuture<'_, Vec<WrappedKey>> {
        self.inner.data_keys(realm)
    }

    fn add_data_key(&self, realm: Realm, key: WrappedKey) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.add_data_key(realm, key)
    }

    fn drop_data_key(&self, realm: Realm, number: u32) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.drop_data_key(realm, number)
    }
}

/// How many reads each list costs, in an office with so many bonds and a visit for each.
async fn costs(bonds: usize) -> [usize; 3] {
    let office = Office::open().await;
    for number in 0..bonds {
        let bond = office.sister(&format!("City {number}"), "1990").await.partnership.value.id();
        office.visit(bond, "2008").await;
    }
    let reads = Arc::new(AtomicUsize::new(0));
    let inner = Arc::clone(office.app.database().store());
    let database = Database::new(Counting { inner, reads: Arc::clone(&reads) });
    let app = App::new(database, Arc::clone(&office.clock) as _, Arc::new(SeededIds::new(1)));
    let (caller, programme) = (system(), office.programme);

    let vitality = VitalityQuery { limit: 100, ..VitalityQuery::default() };
    let page = app.list_vitality(&caller, programme, vitality).await.expect("a page");
    assert_eq!(page.items.len(), bonds);
    let for_vitality = reads.swap(0, Ordering::Relaxed);

    let (list, times) = (Listing::by_default(100), Times::default());
    assert_eq!(
        app.list_partnerships(&caller, programme, list, times).await.expect("a page").items.len(),
        bonds
    );
    let for_list = reads.swap(0, Ordering::Relaxed);

    let query = CountQuery::headline(day("2008-06-04"));
    let count = app.count_partnerships(&caller, programme, &query, None).await.expect("a count");
    assert_eq!(count.count.number(), bonds);
    [for_vitality, for_list, reads.swap(0, Ordering::Relaxed)]
}

#[tokio::test]
async fn the_reads_of_a_list_do_not_grow_with_the_list() {
    let few = costs(2).await;
    assert_eq!(few, costs(40).await);
    assert_eq!(few, [5, 3, 3], "the programme, bonds, places; for vitality the log and the agreements too");
}
