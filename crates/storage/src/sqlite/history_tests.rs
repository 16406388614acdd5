//! A database of before past revisions told what replaced them learns it when it is brought up to date.

use rusqlite::Connection;

use super::{SqliteStore, settings};
use crate::conformance::sample::{World, later, partnership, revision};
use crate::{ChangeNumber, Database, RecordStore as _, SupersededQuery};

/// As the version before left it.
const BACK: &str = "DROP INDEX history_by_end; ALTER TABLE history DROP COLUMN until";

#[tokio::test]
async fn past_revisions_learn_what_replaced_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = World::new(&Database::new(SqliteStore::open(&path).expect("a database"))).await;
    for number in 1..=3 {
        let mut changes = world.told();
        changes.update_raw(world.bond_saying(&number.to_string()), revision(number));
        world.store(changes).await;
    }
    let mut changes = world.told();
    changes.delete_raw(world.bond(), revision(4));
    world.store(changes).await;
    let mut changes = world.told();
    changes.create_raw(partnership(world.bond, [world.host, world.cities[0]]));
    world.store(changes).await;
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("again"), revision(6));
    world.store(changes).await;
    let (realm, kind) = (world.realm(), world.bond().kind);
    drop(world);

    let before = ends(&settings::open_writer(&path).expect("a connection"));
    assert_eq!(before, [Some(2), Some(3), Some(4), Some(5), None, Some(7)]);
    {
        let connection = settings::open_writer(&path).expect("a connection");
        connection.execute_batch(BACK).expect("a step back");
        connection.execute_batch(include_str!("migrations/V5__history_by_time.sql")).expect("a migration");
        assert_eq!(ends(&connection), before);
    }
    let store = SqliteStore::open(&path).expect("a database");
    let query = SupersededQuery { kind, stood_after: ChangeNumber(3), after: None, limit: 10 };
    let found = store.superseded(realm, query).await.expect("a read");
    assert_eq!(found.iter().map(|one| one.stored.revision.number()).collect::<Vec<_>>(), [3]);
    assert_eq!(store.change_by(realm, later(0)).await, Ok(ChangeNumber(7)));
}

fn ends(connection: &Connection) -> Vec<Option<i64>> {
    let mut statement =
        connection.prepare("SELECT until FROM history ORDER BY revision").expect("a statement");
    let ends = statement.query_map([], |row| row.get(0)).expect("rows");
    ends.collect::<Result<_, _>>().expect("numbers")
}
