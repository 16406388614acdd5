//! A database that counts how often it is asked: what a list costs must not grow with the list.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, TryFutureExt as _};
use sister_cities_app::due::ListDueQuery;
use sister_cities_app::import::{LineQuery, NewImport, Silent, Trial};
use sister_cities_app::sharing::{LinkQuery, NewLink};
use sister_cities_app::vitality::VitalityQuery;
use sister_cities_app::{App, CountedQuery, HistoryQuery, IdempotentReply, Times};
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::due::{DueItem, NextTouch};
use sister_cities_domain::id::{DueId, PartnershipId, ProgrammeId, RecordKind, RecordRef, SeededIds};
use sister_cities_domain::import_run::{ImportContent, Mapping};
use sister_cities_domain::place::{Place, PlaceLevel};
use sister_cities_domain::value::ContentHash;
use sister_cities_storage::archive::{ArchiveError, Items, Portable, Rules, Scope};
use sister_cities_storage::audit::Head;
use sister_cities_storage::due::{DuePage, DueQuery, DueStore, ReckonedUnit, TouchPage, UnitToReckon};
use sister_cities_storage::notification::NotificationStore;
use sister_cities_storage::search::{RawHits, RawSearch, SearchIndex};
use sister_cities_storage::vault::{KeyStore, WrappedKey};
use sister_cities_storage::work::WorkQueue;
use sister_cities_storage::{
    ChangeNumber, ChangeSet, CommitError, Connections, Counts, Cursor, Database, ErasableStore, HistoryPart,
    IdempotencyKey, IdempotencyRecord, InPlaceUpdate, JournalEntry, JournalQuery, JournalStore, Listing,
    Outcome, Partition, PeerVisible, PeerVisibleQuery, Query, RawPage, RawRevision, ReadFuture, Realm,
    RecordStore, ReplyStore, Store, StoredRecord, StoredValue, StoredValueKey, Superseded, SupersededQuery,
    Unavailable,
};
use uuid::Uuid;

use crate::harness::{Office, day, official, system};

#[derive(Debug)]
struct Counting {
    inner: Arc<dyn Store>,
    cost: Arc<Cost>,
}

/// How often was asked, how many records, revisions and entries came back, and how many bytes of documents.
#[derive(Debug, Default)]
struct Cost {
    reads: AtomicUsize,
    rows: AtomicUsize,
    bytes: AtomicUsize,
}

impl Cost {
    /// What was counted since this was asked the last time.
    fn taken(&self) -> [usize; 3] {
        [&self.reads, &self.rows, &self.bytes].map(|count| count.swap(0, Ordering::Relaxed))
    }
}

impl Counting {
    fn asked(&self) -> &dyn Store {
        self.cost.reads.fetch_add(1, Ordering::Relaxed);
        self.inner.as_ref()
    }

    fn rows<'a, T: Send + 'a>(&'a self, read: ReadFuture<'a, T>, rows: fn(&T) -> usize) -> ReadFuture<'a, T> {
        let counted = read.inspect_ok(move |found| {
            self.cost.rows.fetch_add(rows(found), Ordering::Relaxed);
        });
        counted.boxed()
    }
}

/// An application over the same database, which counts.
fn counted(office: &Office) -> (App, Arc<Cost>) {
    let (inner, cost) = (Arc::clone(office.app.database().store()), Arc::new(Cost::default()));
    let database = Database::new(Counting { inner, cost: Arc::clone(&cost) });
    (App::new(database, Arc::clone(&office.clock) as _, Arc::new(SeededIds::new(1))), cost)
}

impl Store for Counting {
    fn work(self: Arc<Self>) -> Arc<dyn WorkQueue> {
        Arc::clone(&self.inner).work()
    }

    fn notifications(self: Arc<Self>) -> Arc<dyn NotificationStore> {
        Arc::clone(&self.inner).notifications()
    }

    fn connections(&self) -> Option<Connections> {
        self.inner.connections()
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
        self.rows(self.asked().get(realm, record), |found| usize::from(found.is_some()))
    }

    fn get_many(&self, realm: Realm, kind: RecordKind, ids: Vec<Uuid>) -> ReadFuture<'_, Vec<StoredRecord>> {
        self.rows(self.asked().get_many(realm, kind, ids), Vec::len)
    }

    fn query(&self, realm: Realm, query: Query) -> ReadFuture<'_, RawPage> {
        self.rows(self.asked().query(realm, query), |page| page.records.len())
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
        self.rows(self.asked().history(realm, record, part), Vec::len)
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
        self.rows(self.asked().superseded(realm, query), Vec::len)
    }

    fn visible_to(&self, reader: Realm, query: PeerVisibleQuery) -> ReadFuture<'_, Vec<PeerVisible>> {
        self.rows(self.asked().visible_to(reader, query), Vec::len)
    }

    fn document(&self, realm: Realm, hash: ContentHash) -> ReadFuture<'_, Option<Vec<u8>>> {
        let counted = self.asked().document(realm, hash).inspect_ok(|found| {
            self.cost.bytes.fetch_add(found.as_ref().map_or(0, Vec::len), Ordering::Relaxed);
        });
        counted.boxed()
    }

    fn kept_bytes(&self, realm: Realm) -> ReadFuture<'_, u64> {
        self.inner.kept_bytes(realm)
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

impl DueStore for Counting {
    fn units_to_reckon(
        &self,
        realm: Realm,
        today: NaiveDate,
        limit: u32,
    ) -> ReadFuture<'_, Vec<UnitToReckon>> {
        self.rows(self.asked().units_to_reckon(realm, today, limit), Vec::len)
    }

    fn put_reckoned(&self, realm: Realm, units: Vec<ReckonedUnit>) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.inner.put_reckoned(realm, units)
    }

    fn due_items(&self, realm: Realm, query: DueQuery) -> ReadFuture<'_, DuePage> {
        self.rows(self.asked().due_items(realm, query), |page| page.items.len())
    }

    fn due_item(&self, realm: Realm, item: DueId) -> ReadFuture<'_, Option<DueItem>> {
        self.asked().due_item(realm, item)
    }

    fn touches(&self, realm: Realm, after: Option<Cursor>, limit: u32) -> ReadFuture<'_, TouchPage> {
        self.rows(self.asked().touches(realm, after, limit), |page| page.items.len())
    }

    fn touches_of(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(PartnershipId, NextTouch)>> {
        self.rows(self.asked().touches_of(realm, of), Vec::len)
    }

    fn unit_versions(&self, realm: Realm, of: Vec<Uuid>) -> ReadFuture<'_, Vec<(Uuid, u64)>> {
        self.rows(self.asked().unit_versions(realm, of), Vec::len)
    }
}

impl JournalStore for Counting {
    fn journal(&self, realm: Realm, query: JournalQuery) -> ReadFuture<'_, Vec<JournalEntry>> {
        self.rows(self.asked().journal(realm, query), Vec::len)
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

    fn cursor_key(&self) -> ReadFuture<'_, Option<Vec<u8>>> {
        self.inner.cursor_key()
    }

    fn put_cursor_key(
        &self,
        new: Vec<u8>,
        instead_of: Option<Vec<u8>>,
    ) -> BoxFuture<'_, Result<(), CommitError>> {
        self.inner.put_cursor_key(new, instead_of)
    }
}

/// How many reads each list costs, in an office with so many bonds and a visit for each.
async fn costs(bonds: usize) -> [usize; 3] {
    let office = Office::open().await;
    for number in 0..bonds {
        let bond = office.sister(&format!("City {number}"), "1990").await.partnership.value.id();
        office.visit(bond, "2008").await;
    }
    let (app, cost) = counted(&office);
    let (caller, programme) = (system(), office.programme);

    let vitality = VitalityQuery { limit: 100, ..VitalityQuery::default() };
    let page = app.list_vitality(&caller, programme, vitality).await.expect("a page");
    assert_eq!(page.items.len(), bonds);
    let for_vitality = cost.taken()[0];

    let (list, times) = (Listing::by_default(100), Times::default());
    assert_eq!(
        app.list_partnerships(&caller, programme, list, times).await.expect("a page").items.len(),
        bonds
    );
    let for_list = cost.taken()[0];

    let query = CountQuery::headline(day("2008-06-04"));
    let count = app.count_partnerships(&caller, programme, &query, None).await.expect("a count");
    assert_eq!(count.count.number(), bonds);
    [for_vitality, for_list, cost.taken()[0]]
}

#[tokio::test]
async fn the_reads_of_a_list_do_not_grow_with_the_list() {
    let few = costs(2).await;
    assert_eq!(few, costs(40).await);
    assert_eq!(
        few,
        [7, 3, 3],
        "the programme, bonds, places; for vitality the host, what touched them, the log and the agreements too"
    );
}

#[tokio::test]
async fn a_page_of_vitality_reads_the_log_of_its_own_partnerships_only() {
    let mut costs = Vec::new();
    for bonds in [8, 40] {
        let office = Office::open().await;
        for number in 0..bonds {
            let bond = office.sister(&format!("City {number}"), "1990").await.partnership.value.id();
            for year in ["2006", "2007", "2008"] {
                office.visit(bond, year).await;
            }
        }
        let (app, cost) = counted(&office);
        let mut query = VitalityQuery { limit: 4, ..VitalityQuery::default() };
        for _ in 0..2 {
            let page = app.list_vitality(&system(), office.programme, query.clone()).await.expect("a page");
            assert_eq!(page.items.len(), 4);
            query.after = page.next;
            costs.push(cost.taken());
        }
    }
    // The programme, its host for the day it is there, four bonds and what touched them, five places and twelve visits.
    assert_eq!(costs, [[7, 1 + 1 + 4 + 4 + 5 + 12, 0]; 4]);
}

#[tokio::test]
async fn vitality_that_is_asked_for_again_reads_the_log_of_what_changed_since_only() {
    let office = Office::open().await;
    let mut bonds = Vec::new();
    for number in 0..4 {
        let bond = office.sister(&format!("City {number}"), "1990").await.partnership.value.id();
        for year in ["2006", "2007", "2008"] {
            office.visit(bond, year).await;
        }
        bonds.push(bond);
    }
    let (app, cost) = counted(&office);
    let list = async || {
        let query = VitalityQuery { limit: 9, ..VitalityQuery::default() };
        app.list_vitality(&system(), office.programme, query).await.expect("a page");
        cost.taken()
    };
    let unchanged = 1 + 1 + 4 + 4 + 5;
    assert_eq!(list().await, [7, unchanged + 12, 0]);
    assert_eq!(list().await, [5, unchanged, 0]);
    office.visit(bonds[2], "2005").await;
    assert_eq!(list().await, [7, unchanged + 4, 0]);
    assert_eq!(list().await, [5, unchanged, 0]);
}

#[tokio::test]
async fn a_page_of_what_is_due_reads_nothing_outside_of_it_once_it_was_reckoned() {
    let mut costs = Vec::new();
    for bonds in [6, 40] {
        let office = Office::open().await;
        for number in 0..bonds {
            let bond = office.sister(&format!("City {number}"), "1990-05-04").await.partnership.value.id();
            office.visit(bond, "2007-09-01").await;
        }
        let (app, cost) = counted(&office);
        let mut query = ListDueQuery { limit: 3, ..ListDueQuery::default() };
        app.list_due(&system(), office.programme, query.clone()).await.expect("all is reckoned");
        cost.taken();
        for _ in 0..2 {
            let page = app.list_due(&system(), office.programme, query.clone()).await.expect("a page");
            assert_eq!(page.items.len(), 3);
            query.after = page.next;
            costs.push(cost.taken());
        }
        let one = app.list_next_touches(&system(), office.programme, None, 3).await.expect("a page");
        assert_eq!(one.items.len(), 3);
        costs.push(cost.taken());
    }
    // The programme, its host, that nothing is marked, and the page; of touches the partnerships with their places besides.
    let (page, touches) = ([4, 2 + 3, 0], [6, 2 + 3 + 3 + 4, 0]);
    assert_eq!(costs, [page, page, touches, page, page, touches]);
}

#[tokio::test]
async fn a_page_of_a_history_reads_its_own_revisions_only() {
    let mut costs = Vec::new();
    for changes in [10, 50] {
        let office = Office::open().await;
        for number in 0..changes {
            let renamed = official(&format!("Chicago {number}"));
            let after = Place::new(office.chicago, office.programme, PlaceLevel::City, renamed);
            let records = office.app.database().programme(office.programme);
            let read = records.get::<Place>(office.chicago).await;
            let revision = read.expect("a read").expect("the host").revision;
            let changed = office.app.replace_place(&system(), after, revision).await;
            changed.expect("a change");
        }
        let (app, cost) = counted(&office);
        let mut query = HistoryQuery { record: office.chicago.into(), after: None, limit: 4 };
        for _ in 0..2 {
            let page = app.read_history(&system(), office.programme, query).await.expect("a page");
            assert_eq!(page.items.len(), 4);
            query.after = page.next;
            costs.push(cost.taken());
        }
    }
    // The programme, the page and one more; on a later page also the one before.
    let (first, later) = ([2, 1 + 4 + 1, 0], [2, 1 + 4 + 2, 0]);
    assert_eq!(costs, [first, later, first, later]);
}

#[tokio::test]
async fn a_page_of_lines_reads_its_part_of_the_report_only() {
    let mut costs = Vec::new();
    for lines in [200, 600] {
        let office = Office::open().await;
        let rows: Vec<String> = (0..lines).map(|line| format!("Nowhere {line:03},Poland\n")).collect();
        let request = NewImport {
            content: ImportContent::Partnerships,
            file: format!("City,Country\n{}", rows.concat()).into_bytes(),
            file_name: None,
            mapping: Mapping::default(),
        };
        let (app, programme, reply) = (&office.app, office.programme, IdempotentReply::NONE);
        let run = app.upload_import(&system(), programme, request, reply).await.expect("an import");
        let import = run.executed().expect("fresh").value.id;
        let (trial, silent, reply) = (Trial::default(), Arc::new(Silent), IdempotentReply::NONE);
        app.dry_run_import(&system(), programme, import, trial, silent, reply).await.expect("a dry run");

        let (app, cost) = counted(&office);
        let mut query = LineQuery { limit: 100, ..LineQuery::default() };
        for _ in 0..2 {
            let page =
                app.list_import_lines(&system(), programme, import, query.clone()).await.expect("a page");
            assert_eq!(page.items.len(), 100);
            query.after = page.next;
            costs.push(cost.taken());
        }
        // The programme, the run, the head and the parts.
        assert_eq!(costs.pop().map(|[reads, ..]| reads), Some(4));
        app.get_import_report(&system(), programme, import).await.expect("a report");
        costs.push(cost.taken());
    }
    for (short, long) in costs[..2].iter().zip(&costs[2..]) {
        assert_eq!(short[..2], long[..2]);
        let (short, long) = (short[2], long[2]);
        assert!(long.abs_diff(short) < 50, "but for the length of numbers: {short} and {long}");
    }
}

#[tokio::test]
async fn a_page_of_links_reads_its_own_links_only() {
    let mut costs = Vec::new();
    for links in [6, 20] {
        let office = Office::open().await;
        let bond = office.sister("Accra", "1989").await.partnership.value.id();
        let ids = SeededIds::new(9);
        for _ in 0..links {
            // Whether there is such a programme is not asked.
            let (peer, partnership) = (ProgrammeId::next(&ids), bond);
            let link = NewLink { peer, partnership };
            let reply = IdempotentReply::NONE;
            office.app.make_link(&system(), office.programme, link, reply).await.expect("a link");
        }
        let (app, cost) = counted(&office);
        let mut query = LinkQuery { listing: Listing::by_default(3), state: None, after: None };
        for _ in 0..2 {
            let page = app.list_links(&system(), office.programme, query.clone()).await.expect("a page");
            assert_eq!(page.own.len(), 3);
            query.after = page.next;
            costs.push(cost.taken());
        }
    }
    // The programme, the links and the answer of each; on the first page also who offers one, and whether they are linked.
    let (first, later) = ([7, 1 + 3, 0], [5, 1 + 3, 0]);
    assert_eq!(costs, [first, later, first, later]);
}

/// R27: what was before and after that year is not read, but for one engagement that tells which year comes next.
#[tokio::test]
async fn r27_counting_a_year_reads_that_year_only() {
    let mut costs = Vec::new();
    for years in [1..3, 1..9] {
        let office = Office::open().await;
        let bond = office.sister("Accra", "1989").await.partnership.value.id();
        for year in years {
            for month in 1..=5 {
                office.visit(bond, &format!("{:04}-{month:02}", 2000 + year)).await;
            }
        }
        let (app, cost) = counted(&office);
        for partnership in [None, Some(bond)] {
            let found = app.count_exchanges(&system(), office.programme, partnership, Some(2002)).await;
            assert_eq!(found.expect("counts").counts.inbound.exchanges, 5);
            costs.push(cost.taken());
        }
        let query = CountedQuery { year: Some(2002), limit: 2, ..CountedQuery::default() };
        let page = app.list_counted_engagements(&system(), office.programme, query).await.expect("a page");
        assert_eq!((page.items.len(), page.next.is_some()), (2, true));
        costs.push(cost.taken());
    }
    // The programme, the year, how many have no date, and the year before; of the list, the programme and the page.
    let (year, page) = ([4, 1 + 5 + 1, 0], [2, 1 + 2, 0]);
    assert_eq!(costs, [year, year, page, year, year, page]);
}
