//! A database of before what an engagement was about repeated when it began learns it when it is brought up to date.

use sister_cities_domain::id::RecordKind;

use crate::conformance::sample::{World, day, engagement};
use crate::testing::database;
use crate::{Condition, Database, Order, Query, RecordStore as _, catalogue};

/// As the version before left it.
const BACK: &str = "SET search_path = sister_cities;
    DROP INDEX engagement_focus_by_focus; ALTER TABLE engagement_focus DROP COLUMN began_key;
    CREATE INDEX engagement_focus_by_focus ON engagement_focus (programme, focus, engagement);
    CREATE INDEX engagement_by_first_day ON engagement (programme, first_day);
    CREATE INDEX engagement_by_last_day ON engagement (programme, last_day);
    CREATE INDEX engagement_by_direction ON engagement (programme, direction, began_key, id);
    DROP INDEX engagement_by_partnership_and_id; DROP INDEX engagement_by_beginning;
    CREATE INDEX engagement_by_beginning ON engagement (programme, began_key, id)";

#[tokio::test]
async fn foci_learn_when_their_engagements_began() {
    let Some(found) = database().await else { return };
    let world = World::new(&Database::new(found.open().await)).await;
    let ids = [world.id(), world.id(), world.id()];
    let mut changes = world.told();
    for (id, began) in ids.into_iter().zip([Some(day(9)), None, Some(day(5))]) {
        changes.create_raw(engagement(id, world.bond, began));
    }
    world.store(changes).await;
    let owner = found.connect(&found.owner_url()).await;
    owner.batch_execute(BACK).await.expect("a step back");
    let migration = include_str!("migrations/V7__lists_in_order.sql");
    owner.batch_execute(&format!("BEGIN; {migration} COMMIT")).await.expect("a migration");

    let kind = catalogue::describe(RecordKind::Engagement);
    let conditions = vec![Condition::Has(&kind.sets[0], "culture".into())];
    let query = Query {
        conditions,
        order: Order::by(&catalogue::engagement::BEGAN_KEY.column),
        ..Query::all(kind.kind, 10)
    };
    let listed = found.open().await.query(world.realm(), query).await.expect("a list");
    assert_eq!(listed.records.iter().map(|one| one.id).collect::<Vec<_>>(), [ids[1], ids[2], ids[0]]);
}
