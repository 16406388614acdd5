//! The journal of a file cannot be rewritten unnoticed, and what was erased is in no byte of it.

use std::collections::BTreeSet;

use rusqlite::Connection;
use sister_cities_domain::access::Actor;

use super::{SqliteStore, settings};
use crate::audit::AuditError;
use crate::conformance::sample::{World, actor, engagement, event, now};
use crate::erasure::{Erasure, Person, ReadDocument, erase};
use crate::vault::MasterKey;
use crate::{ChangeSet, Database, JournalQuery, Sequence};

/// Reads nothing.
struct NoSheets;

impl ReadDocument for NoSheets {
    fn texts(&self, _: &[u8]) -> Option<Vec<String>> {
        None
    }
}

#[tokio::test]
async fn the_journal_can_only_be_added_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = World::new(&Database::new(SqliteStore::open(&path).expect("a database"))).await;
    drop(world);
    let connection = settings::open_writer(&path).expect("a connection");
    for forbidden in [
        "DELETE FROM journal",
        "UPDATE journal SET body = '{}'",
        "UPDATE journal SET seals = '[]'",
        "UPDATE journal SET name = 'x'",
        "UPDATE journal SET hash = zeroblob(32)",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET sequence = 0",
        "DELETE FROM change",
        "UPDATE change SET actor = '{}'",
        "UPDATE change SET at = 0",
    ] {
        assert!(connection.execute(forbidden, []).is_err(), "{forbidden}");
    }
    let erasing = "INSERT INTO erasing SELECT programme FROM journal; UPDATE journal SET hash = zeroblob(32)";
    assert!(connection.execute_batch(erasing).is_err(), "not even then");
}

/// By somebody who has the file and removes the triggers.
#[tokio::test]
async fn whoever_edits_the_file_is_found_out() {
    let all = JournalQuery::after(Sequence::START, 100);
    for (edit, expected) in [
        ("UPDATE journal SET body = replace(body, 'happened', 'invented') WHERE sequence = 3", 3),
        ("UPDATE change SET at = at + 1 WHERE number = 3", 3),
        ("UPDATE change SET actor = replace(actor, 'tester', 'nobody') WHERE number = 4", 4),
        ("UPDATE journal SET name = 'test.other' WHERE sequence = 2", 2),
        ("DELETE FROM journal WHERE sequence = 2", 2),
        ("DELETE FROM journal WHERE sequence > 3", 4),
        ("UPDATE journal SET sequence = 100 WHERE sequence = 5", 5),
        (
            "UPDATE journal SET sequence = 100 WHERE sequence = 2; UPDATE journal SET sequence = 2 WHERE sequence = 3; \
             UPDATE journal SET sequence = 3 WHERE sequence = 100",
            2,
        ),
        ("UPDATE journal SET seals = '[]' WHERE sequence = 3", 3),
        ("UPDATE journal_head SET hash = zeroblob(32)", 5),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("test.db");
        let open = || Database::new(SqliteStore::open(&path).expect("a database"));
        let world = World::new(&open()).await;
        for _ in 0..4 {
            world.store(world.told()).await;
        }
        assert_eq!(world.database.store().journal(world.realm(), all).await.expect("a journal").len(), 5);
        let programme = world.programme;
        drop(world);
        let connection = Connection::open(&path).expect("a connection");
        let triggers = triggers(&connection);
        for trigger in triggers {
            connection.execute_batch(&format!("DROP TRIGGER {trigger}")).expect("no trigger");
        }
        connection.execute_batch(edit).expect(edit);
        drop(connection);
        match open().programme(programme).verify_journal().await {
            Err(AuditError::Fault(fault)) => {
                assert_eq!(fault.sequence(), Sequence(expected), "{edit}: {fault}");
            }
            other => panic!("{edit}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn no_byte_of_the_files_tells_of_a_person_who_was_erased() {
    const CANARY: &str = "Kanaria Gil";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let database = Database::new(SqliteStore::open(&path).expect("a database"));
    let world = World::new(&database).await;
    let mut changes = ChangeSet::new(world.programme, &actor(CANARY), now());
    changes.event_raw(event(world.bond()));
    changes.document(format!("[\"{CANARY}\"]").into_bytes());
    world.store(changes).await;
    let files = || {
        let files = std::fs::read_dir(folder.path()).expect("files");
        files.map(|file| std::fs::read(file.expect("a file").path()).expect("bytes")).collect::<Vec<_>>()
    };
    let told = |files: Vec<Vec<u8>>| {
        files.iter().any(|file| file.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()))
    };
    assert!(told(files()), "it is found where it is");

    let person = Person::named(&CANARY.parse().expect("a name"));
    let (realms, untouched) = ([world.realm()], BTreeSet::new());
    let erasure = Erasure { person: &person, realms: &realms, untouched: &untouched, documents: &NoSheets };
    erase(&database, erasure, &Actor::System, now()).await.expect("an erasure");
    assert!(!told(files()), "while the database is open");
    drop((world, database));
    assert!(!told(files()), "and when it is closed");
}

#[tokio::test]
async fn no_byte_of_the_files_nor_of_a_backup_holds_a_sensitive_value() {
    const CANARY: &str = "allergic to canaries";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let plain = Database::new(SqliteStore::open(&path).expect("a database"));
    let world = World::new(&plain).await;
    let key = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";
    let sealed = plain.clone().sealed_by(MasterKey::from_text(key).expect("a key"));
    let mut visit = engagement(world.id(), world.bond, None);
    visit.body.json = format!("{{\"care\":\"{CANARY}\"}}");
    let record = visit.record;
    let mut changes = world.changes();
    changes.create_raw(visit).event_raw(event(record));
    sealed.commit(changes).await.expect("a commit");
    let stored = sealed.store().get(world.realm(), record).await.expect("a read").expect("the visit");
    assert!(stored.body.json.contains(CANARY));

    let backup = folder.path().join("backup.db");
    let connection = Connection::open(&path).expect("a connection");
    connection.execute("VACUUM INTO ?1", [backup.to_str().expect("a path")]).expect("a backup");
    for file in std::fs::read_dir(folder.path()).expect("files") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("bytes");
        assert!(!bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()));
    }
}

fn triggers(connection: &Connection) -> Vec<String> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").expect("a statement");
    statement.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("names")
}
