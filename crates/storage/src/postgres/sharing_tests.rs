//! The extra policies of row-level security: what a programme shows its peer, and nothing beside it, whatever a statement asks for.

use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use super::statements;
use crate::Database;
use crate::catalogue::{self, KindDescription};
use crate::conformance::sample::{World, engagement, link, reference, share};
use crate::testing::database;

/// P28, P29 and Shows 5: with every condition taken out by hand.
#[tokio::test]
async fn without_any_condition_a_statement_finds_what_is_shown_and_nothing_else_foreign() {
    let Some(found) = database().await else { return };
    let store = Database::new(found.open().await);
    let (ours, theirs) = (World::new(&store).await, World::seeded(&store, 2).await);
    let third = World::seeded(&store, 3).await;
    for (from, to) in [(&ours, &theirs), (&ours, &third), (&theirs, &ours), (&third, &ours)] {
        let (visit, linked) = (from.id(), from.id());
        let mut changes = from.told();
        changes
            .create_raw(engagement(visit, from.bond, None))
            .create_raw(link(linked, to.programme, from.bond))
            .create_raw(share(from.id(), to.programme, linked, visit));
        from.store(changes).await;
    }
    let client = found.connect(&found.url()).await;
    client.batch_execute("SET search_path = sister_cities; BEGIN").await.expect("a transaction");
    client.query_one(statements::ENTER_PROGRAMME, &[&theirs.programme.uuid()]).await.expect("a programme");
    for KindDescription { kind, table, .. } in catalogue::ALL {
        let foreign = format!("SELECT programme, id FROM {table} WHERE programme <> $1");
        let rows = client.query(&foreign, &[&theirs.programme.uuid()]).await.expect("rows");
        let seen: Vec<(Uuid, Uuid)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        if catalogue::describe(*kind).audience_column.is_none() {
            assert_eq!(seen, [], "{table} shows foreign rows");
            continue;
        }
        // One of ours; not the one for the third, nor what the third shows to us.
        let [(programme, id)] = seen.as_slice() else { panic!("{table} shows {seen:?}") };
        assert_eq!(*programme, ours.programme.uuid(), "{table}");
        let update = format!("UPDATE {table} SET body = 'changed' WHERE id = $1");
        assert_eq!(client.execute(&update, &[id]).await.expect("no error"), 0, "{table} can be changed");
        let delete = format!("DELETE FROM {table} WHERE id = $1");
        assert_eq!(client.execute(&delete, &[id]).await.expect("no error"), 0, "{table} can be emptied");
        let stored = store.store().get(ours.realm(), reference(*kind, *id)).await.expect("a read");
        assert!(stored.is_some_and(|stored| !stored.body.json.contains("changed")));
    }
    client.batch_execute("COMMIT").await.expect("the end");
    let visible = "SELECT count(*) FROM shared_record";
    let left: i64 = client.query_one(visible, &[]).await.expect("a count").get(0);
    assert_eq!(left, 0, "without a programme nothing is seen");
    let unused =
        RecordKind::ALL.iter().filter(|kind| catalogue::describe(**kind).audience_column.is_some()).count();
    assert_eq!(unused, 2, "a kind that others may read is not looked at here");
}

/// A row is written by whose it is, whoever is named as its reader.
#[tokio::test]
async fn nobody_shows_themselves_what_is_anothers() {
    let Some(found) = database().await else { return };
    let store = Database::new(found.open().await);
    let (ours, theirs) = (World::new(&store).await, World::seeded(&store, 2).await);
    let client = found.connect(&found.url()).await;
    client.batch_execute("SET search_path = sister_cities; BEGIN").await.expect("a transaction");
    client.query_one(statements::ENTER_PROGRAMME, &[&theirs.programme.uuid()]).await.expect("a programme");
    let forged = "INSERT INTO peer_link (programme, id, revision, change, version, body, peer, partnership) \
        VALUES ($1, $2, 1, 1, 1, '{}', $3, $4)";
    let (programme, peer) = (ours.programme.uuid(), theirs.programme.uuid());
    let refused = client.execute(forged, &[&programme, &ours.id(), &peer, &ours.bond]).await;
    assert!(refused.is_err_and(|error| {
        error.code() == Some(&tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE)
    }));
}
