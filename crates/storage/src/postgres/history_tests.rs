//! A database of before past revisions told what replaced them learns it when it is brought up to date.

use crate::conformance::sample::{World, partnership, revision};
use crate::testing::database;
use crate::{ChangeNumber, Database, RecordStore as _, SupersededQuery};

/// As the version before left it.
const BACK: &str =
    "SET search_path = sister_cities; DROP INDEX history_by_end; ALTER TABLE history DROP COLUMN until";

#[tokio::test]
async fn past_revisions_learn_what_replaced_them() {
    let Some(found) = database().await else { return };
    let world = World::new(&Database::new(found.open().await)).await;
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

    let (owner, connection) =
        tokio_postgres::connect(&found.owner_url(), tokio_postgres::NoTls).await.expect("the owner");
    let conversation = tokio::spawn(connection);
    owner.batch_execute(BACK).await.expect("a step back");
    let migration = include_str!("migrations/V5__history_by_time.sql");
    owner.batch_execute(&format!("BEGIN; {migration} COMMIT")).await.expect("a migration");
    drop(owner);
    conversation.await.expect("a conversation").expect("no failure");

    let store = found.open().await;
    let mut stood = Vec::new();
    for change in 0..=6 {
        let query = SupersededQuery {
            kind: world.bond().kind,
            stood_after: ChangeNumber(change),
            after: None,
            limit: 10,
        };
        let superseded = store.superseded(world.realm(), query).await.expect("a read");
        stood.push(superseded.iter().map(|one| one.stored.revision.number()).collect::<Vec<_>>());
    }
    // Revision 5 is the tombstone, and 6 the present.
    assert_eq!(stood, [vec![], vec![1], vec![2], vec![3], vec![4], vec![], vec![]]);
}
