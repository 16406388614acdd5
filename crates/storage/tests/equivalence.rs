//! Whatever is asked of them, `sqlite` and `postgres` answer alike: the same commits, the same refusals, the same records.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sister_cities_domain::id::{IdSource as _, RecordKind, RecordRef, SeededIds};
use sister_cities_storage::audit::Head;
use sister_cities_storage::conformance::sample::{
    World, agreement, day, engagement, partnership, place, reference, revision,
};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{
    ChangeSet, CommitError, Conflict, Database, HistoryPart, JournalQuery, Outcome, Query, RawRecord,
    Revision, Sequence, catalogue,
};
use uuid::Uuid;

/// One write, on one of a few records, so that they often meet.
#[derive(Clone, Debug)]
enum Write {
    Create(Subject),
    Update(Subject, Read),
    Delete(Subject, Read),
}

/// Whether the record was read at its present revision.
#[derive(Clone, Copy, Debug)]
enum Read {
    Fresh,
    Stale,
}

/// A record out of a small world: its kind, which of a few ids it has and what it refers to.
#[derive(Clone, Copy, Debug)]
struct Subject {
    kind: Kind,
    id: usize,
    refers_to: (usize, usize),
    geonames: Option<u32>,
}

/// The kinds of which records are made up.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Place,
    Partnership,
    Agreement,
    Engagement,
}

fn subjects() -> impl Strategy<Value = Subject> {
    let kinds = prop::sample::select(vec![Kind::Place, Kind::Partnership, Kind::Agreement, Kind::Engagement]);
    (kinds, 0..4_usize, (0..4_usize, 0..4_usize), prop::option::of(1..4_u32))
        .prop_map(|(kind, id, refers_to, geonames)| Subject { kind, id, refers_to, geonames })
}

fn writes() -> impl Strategy<Value = Write> {
    let read = prop_oneof![9 => Just(Read::Fresh), 1 => Just(Read::Stale)];
    prop_oneof![
        1 => subjects().prop_map(Write::Create),
        6 => (subjects(), read.clone()).prop_map(|(subject, read)| Write::Update(subject, read)),
        2 => (subjects(), read).prop_map(|(subject, read)| Write::Delete(subject, read)),
    ]
}

#[cfg(unix)]
#[test]
fn sqlite_and_postgres_answer_alike() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let Some(found) = runtime.block_on(sister_cities_storage::testing::database()) else { return };
    let postgres = Database::new(runtime.block_on(found.open()));
    let sqlite = Database::new(SqliteStore::temporary().expect("a database"));
    let seed = AtomicU64::new(1);
    let histories = prop::collection::vec(prop::collection::vec(writes(), 1..4), 1..40);
    let mut runner = TestRunner::new(ProptestConfig { cases: 48, ..ProptestConfig::default() });
    let alike = runner.run(&histories, |history| {
        let seed = seed.fetch_add(1, Ordering::Relaxed);
        runtime.block_on(async {
            let (left, right) = (World::seeded(&sqlite, seed).await, World::seeded(&postgres, seed).await);
            for world in [&left, &right] {
                let mut changes = world.told();
                for number in 0..4 {
                    changes.create_raw(place(id(RecordKind::Place, number), "e", None));
                }
                world.store(changes).await;
            }
            for writes in &history {
                let answers = (commit(&left, writes).await, commit(&right, writes).await);
                prop_assert_eq!(&answers.0, &answers.1, "{:?}", writes);
            }
            prop_assert_eq!(all_there_is(&left).await, all_there_is(&right).await);
            Ok(())
        })
    });
    alike.unwrap_or_else(|difference| panic!("{difference}"));
}

/// Which of several referrers a refusal names is up to the back end.
async fn commit(world: &World, writes: &[Write]) -> Result<Outcome, CommitError> {
    let nobody = reference(RecordKind::Place, Uuid::nil());
    match world.database.commit(changes(world, writes).await).await {
        Err(CommitError::Conflict(Conflict::StillReferenced { record, .. })) => {
            Err(Conflict::StillReferenced { record, by: nobody, column: "" }.into())
        }
        answer => answer,
    }
}

async fn changes(world: &World, writes: &[Write]) -> ChangeSet {
    let mut changes = world.told();
    for write in writes {
        match write {
            Write::Create(subject) => _ = changes.create_raw(subject.raw(world)),
            Write::Update(subject, read) => match (subject.present(world).await, read) {
                (Some(present), Read::Fresh) => _ = changes.update_raw(subject.raw(world), present),
                (None, Read::Fresh) => _ = changes.create_raw(subject.raw(world)),
                (_, Read::Stale) => _ = changes.update_raw(subject.raw(world), revision(9)),
            },
            Write::Delete(subject, read) => match (subject.present(world).await, read) {
                (Some(present), Read::Fresh) => _ = changes.delete_raw(subject.named(), present),
                (None, Read::Fresh) => {}
                (_, Read::Stale) => _ = changes.delete_raw(subject.named(), revision(9)),
            },
        }
    }
    changes
}

impl Subject {
    fn named(self) -> RecordRef {
        let kind = match self.kind {
            Kind::Place => RecordKind::Place,
            Kind::Partnership => RecordKind::Partnership,
            Kind::Agreement => RecordKind::Agreement,
            Kind::Engagement => RecordKind::Engagement,
        };
        reference(kind, id(kind, self.id))
    }

    /// The revision it is at; none if it does not exist.
    async fn present(self, world: &World) -> Option<Revision> {
        let stored = world.database.store().get(world.realm(), self.named()).await.expect("a read");
        stored.map(|stored| stored.revision)
    }

    fn raw(self, world: &World) -> RawRecord {
        let own = self.named().id;
        let of = |kind, number: usize| id(kind, number);
        match self.kind {
            Kind::Place => place(own, ["a", "b", "c", "d"][self.refers_to.0], self.geonames),
            Kind::Partnership => {
                let members =
                    [self.refers_to.0, self.refers_to.1 + 1].map(|number| of(RecordKind::Place, number));
                let members = if members[0] == members[1] { [members[0], world.host] } else { members };
                partnership(own, members)
            }
            Kind::Agreement => {
                let parent = self.geonames.map(|_| of(RecordKind::Agreement, self.refers_to.1));
                agreement(own, of(RecordKind::Partnership, self.refers_to.0), parent)
            }
            Kind::Engagement => {
                let bond = if self.refers_to.0 == 0 {
                    world.bond
                } else {
                    of(RecordKind::Partnership, self.refers_to.0)
                };
                engagement(own, bond, self.geonames.map(day))
            }
        }
    }
}

/// One of a few ids of each kind, the same in both worlds.
fn id(kind: RecordKind, number: usize) -> Uuid {
    let ids = SeededIds::new(1_000 + kind as u64);
    (0..=number).map(|_| ids.next_uuid()).last().expect("an id")
}

/// Records with columns and sets as the lists find them, revisions, counts and the journal.
async fn all_there_is(world: &World) -> Vec<String> {
    let (store, realm) = (world.database.store(), world.realm());
    let mut all = vec![world.dump().await, format!("{:?}", store.counts(realm).await)];
    for description in catalogue::ALL {
        for column in description.columns.iter().filter(|column| column.name.ends_with("_key")) {
            let order = sister_cities_storage::Order::by(column).reversed();
            let page = store.query(realm, Query { order, ..Query::all(description.kind, 100) }).await;
            all.push(format!("{page:?}"));
        }
        for number in 0..5 {
            let record = reference(description.kind, id(description.kind, number));
            all.push(format!("{:?}", store.history(realm, record, HistoryPart::ALL).await));
        }
    }
    let mut journal =
        store.journal(realm, JournalQuery::after(Sequence::START, 1_000)).await.expect("the journal");
    for entry in &mut journal {
        // Salts are random, and hashes follow from them; that each chain is whole says the suite.
        entry.seals.clear();
        entry.hash = Head::START.hash;
    }
    all.push(format!("{journal:?}"));
    all
}
