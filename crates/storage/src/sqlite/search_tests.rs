//! What search leaves in the file, and what is indexed that was there before.

use std::path::Path;

use sister_cities_domain::access::Actor;
use sister_cities_domain::id::{RecordKind, RecordRef};

use super::{SqliteStore, settings};
use crate::conformance::sample::{World, day, engagement, revision};
use crate::search::{Search, Words};
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
