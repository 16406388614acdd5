//! What search leaves in the file, and what is indexed that was there before.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sister_cities_domain::access::Actor;
use sister_cities_domain::id::{RecordKind, RecordRef};

use super::{SqliteStore, settings};
use crate::conformance::sample::{World, day, engagement, partnership, place, revision};
use crate::search::{RawSearch, Search, Words};
use crate::{Database, RawRecord};

/// What a word is packed as depends on its neighbours, but its end is written out.
const TRACE: &str = "vqxjzkanarek";

fn open(path: &Path) -> Database {
    Database::new(SqliteStore::open(path).expect("a database"))
}

fn holds_trace(path: &Path) -> bool {
    ["db", "db-wal"].iter().any(|end| {
        let bytes = std::fs::read(path.with_extension(end)).unwrap_or_default();
        bytes.windows(TRACE.len()).any(|part| part == TRACE.as_bytes())
    })
}

fn titled(world: &World, id: uuid::Uuid, title: &str) -> RawRecord {
    let mut raw = engagement(id, world.bond, Some(day(1)));
    raw.body.json = format!("{{\"title\":\"{title}\"}}");
    raw
}

async fn found(world: &World, asked: &str) -> usize {
    let words = Words::new(asked).expect("words");
    let search = Search { words, kinds: Vec::new(), after: None, limit: 100 };
    let hits = world.database.programme(world.programme).search(&search).await.expect("hits");
    hits.hits.len()
}

/// The bodies are written in capitals, so that what is found in the file is found in the index.
#[tokio::test]
async fn a_word_that_left_the_index_leaves_nothing_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = World::new(&open(&path)).await;
    let ids: Vec<_> = (0..40).map(|_| world.id()).collect();
    let mut changes = world.told();
    for (number, id) in ids.iter().enumerate() {
        changes.create_raw(titled(&world, *id, &format!("{} {number} LANTERN", TRACE.to_uppercase())));
    }
    world.store(changes).await;
    assert_eq!(found(&world, TRACE).await, 40);
    assert!(holds_trace(&path), "the index would be elsewhere");

    // Half of them say something else, half are gone; neighbours of theirs come in between.
    let mut changes = world.told();
    for (number, id) in ids.iter().enumerate() {
        match number % 2 {
            0 => changes.update_raw(titled(&world, *id, "REGATTA"), revision(1)),
            _ => changes.delete_raw(RecordRef { kind: RecordKind::Engagement, id: *id }, revision(1)),
        };
    }
    changes.create_raw(titled(&world, world.id(), "ANOTHER LANTERN"));
    world.store(changes).await;
    // As an erasure does it: the log is emptied too.
    let store = world.database.store();
    let told = crate::ChangeSet::new(world.realm(), &Actor::System, crate::conformance::sample::now());
    store.update_in_place(Vec::new(), told).await.expect("a commit");
    assert_eq!((found(&world, TRACE).await, found(&world, "lantern").await), (0, 1));
    assert!(!holds_trace(&path));
    let connection = settings::open_writer(&path).expect("a connection");
    connection
        .execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)", [])
        .expect("the index is what the words are");
}

/// As after the migration that brings the index, or when texts are taken apart in another way.
#[tokio::test]
async fn what_was_stored_before_there_was_an_index_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = World::new(&open(&path)).await;
    let mut changes = world.told();
    let id = world.id();
    changes.create_raw(titled(&world, id, "Regatta"));
    world.store(changes).await;
    {
        let connection = settings::open_writer(&path).expect("a connection");
        connection
            .execute_batch(
                "INSERT INTO search_index (search_index) VALUES ('delete-all'); DELETE FROM search; \
                 INSERT INTO search (programme, kind, id, scope, words) VALUES (x'00', 'place', x'00', 'x', 'x'); \
                 PRAGMA user_version = 0",
            )
            .expect("an index of other rules");
    }
    assert_eq!(found(&world, "regatta").await, 0);
    let mut again = world;
    again.database = open(&path);
    assert_eq!(found(&again, "regatta").await, 1);
}

/// How many instructions of SQLite's machine a search among partnerships takes, of which there are so many, all of them found.
async fn instructions(number: usize, kind: RecordKind) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = World::new(&open(&path)).await;
    let mut changes = world.told();
    for at in 0..number {
        let (city, bond) = (world.id(), world.id());
        let mut twin = place(city, &format!("twin {at}"), None);
        twin.body.json = format!("{{\"names\":[{{\"text\":\"alpha beta gamma {at}\"}}]}}");
        changes.create_raw(twin).create_raw(partnership(bond, [world.host, city]));
    }
    world.store(changes).await;
    let mut connection = settings::open_reader(&path).expect("a connection");
    super::search::teach(&connection).expect("a function");
    let counted = Arc::new(AtomicU64::new(0));
    let taken = Arc::clone(&counted);
    let count = move || {
        taken.fetch_add(1, Ordering::Relaxed);
        false
    };
    connection.progress_handler(1, Some(count)).expect("a handler");
    let words = Words::new("alpha beta gam").expect("words");
    let asked = RawSearch { kind, words, after: None, limit: 50 };
    let from = super::search::place(&asked).expect("a place");
    let hits = super::search::search(&connection, world.realm(), &asked, from).expect("hits");
    assert_eq!(hits.ids.len(), number.min(50));
    counted.load(Ordering::Relaxed)
}

/// `a b c` among 20,000 partnerships once took more than half a minute: each name that was found was looked for in all memberships.
#[tokio::test]
async fn a_search_takes_no_more_than_what_it_finds_asks_for() {
    for kind in [RecordKind::Partnership, RecordKind::Place] {
        let (few, many) = (instructions(100, kind).await, instructions(1_000, kind).await);
        assert!(many < 15 * few, "{kind}: {few} instructions for 100, {many} for 1,000");
    }
}
