//! Change sets of an import's size.

use std::time::Instant;

use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use super::sample::{World, day, engagement, reference, revision};
use crate::{ChangeSet, CommitError, Conflict, Counts, Database, HistoryPart};

const BULK: u32 = 50_000;
/// Far above what it takes, so that a slow machine does not fail; quadratic work would.
const PATIENCE_SECONDS: u64 = 300;

/// In bounded time.
pub async fn fifty_thousand_records_are_stored_at_once(database: Database) {
    let world = World::new(&database).await;
    let (changes, _) = bulk(&world);
    let begun = Instant::now();
    let committed = world.store(changes).await;
    let taken = begun.elapsed();
    assert_eq!(committed.revisions.len(), BULK as usize);
    assert!(taken.as_secs() < PATIENCE_SECONDS, "took {taken:?}");
    assert_eq!(engagements(&counts(&world).await), u64::from(BULK));
}

/// However late the fault is found.
pub async fn a_refused_bulk_stores_nothing(database: Database) {
    let world = World::new(&database).await;
    let before = world.dump().await;
    let (mut changes, _) = bulk(&world);
    let nowhere = world.id();
    let astray = engagement(world.id(), nowhere, None);
    let from = astray.record;
    changes.create_raw(astray);
    let refused = database.commit(changes).await;
    let to = reference(RecordKind::Partnership, nowhere);
    let conflict = Conflict::MissingReference { from, column: "partnership", to };
    assert_eq!(refused, Err(CommitError::Conflict(conflict)));
    assert_eq!(world.dump().await, before);
}

/// Undoing an import leaves the records as before it, and its history.
pub async fn what_a_bulk_stored_can_be_deleted_at_once(database: Database) {
    let world = World::new(&database).await;
    let before = world.dump().await;
    let (changes, ids) = bulk(&world);
    world.store(changes).await;
    let mut undo = world.told();
    for id in &ids {
        undo.delete_raw(reference(RecordKind::Engagement, *id), revision(1));
    }
    let begun = Instant::now();
    world.store(undo).await;
    let taken = begun.elapsed();
    assert!(taken.as_secs() < PATIENCE_SECONDS, "took {taken:?}");
    assert_eq!(world.dump().await, before);
    let history = database
        .store()
        .history(world.realm(), reference(RecordKind::Engagement, ids[0]), HistoryPart::ALL)
        .await
        .expect("a history");
    assert_eq!(history.len(), 2);
    assert_eq!(history[1].body, None);
}

fn bulk(world: &World) -> (ChangeSet, Vec<Uuid>) {
    let mut changes = world.told();
    let ids: Vec<Uuid> = (0..BULK).map(|_| world.id()).collect();
    for (number, id) in (0..).zip(&ids) {
        changes.create_raw(engagement(*id, world.bond, Some(day(number % 9_000))));
    }
    (changes, ids)
}

async fn counts(world: &World) -> Counts {
    world.database.programme(world.programme).counts().await.expect("counts")
}

fn engagements(counts: &Counts) -> u64 {
    counts[&RecordKind::Engagement]
}
