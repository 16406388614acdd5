//! No update is lost, and what was is still known.

use sister_cities_domain::id::RecordKind;

use super::sample::{World, actor, event, later, now, place, reference, revision, stored_actor};
use crate::{ChangeSet, CommitError, Conflict, Database, HistoryPart, RawRevision, StoredRecord};

/// The others learn what the record is at now.
pub async fn of_ten_racing_writers_exactly_one_wins(database: Database) {
    let world = World::new(&database).await;
    for round in 1..=20 {
        let commits: Vec<_> = (0..10)
            .map(|writer| {
                let mut changes = world.told();
                changes.update_raw(world.bond_saying(&format!("{round} {writer}")), revision(round));
                database.commit(changes)
            })
            .collect();
        let results = futures_util::future::join_all(commits).await;
        let winners: Vec<_> = results.iter().enumerate().filter(|(_, result)| result.is_ok()).collect();
        assert_eq!(winners.len(), 1, "{results:?}");
        let stale = CommitError::Stale {
            record: world.bond(),
            expected: revision(round),
            found: Some(revision(round + 1)),
        };
        assert_eq!(results.iter().filter(|result| **result == Err(stale.clone())).count(), 9);
        let stored =
            database.store().get(world.realm(), world.bond()).await.expect("a read").expect("the bond");
        assert_eq!(stored.body.json, world.bond_saying(&format!("{round} {}", winners[0].0)).body.json);
    }
}

/// For an update as for a deletion.
pub async fn a_record_that_is_gone_is_stale(database: Database) {
    let world = World::new(&database).await;
    let gone = place(world.id(), "atlantis", None);
    let stale = CommitError::Stale { record: gone.record, expected: revision(1), found: None };
    let mut update = world.told();
    update.update_raw(gone.clone(), revision(1));
    assert_eq!(database.commit(update).await, Err(stale.clone()));
    let mut delete = world.told();
    delete.delete_raw(gone.record, revision(1));
    assert_eq!(database.commit(delete).await, Err(stale));
}

/// With the time and the actor of each.
pub async fn every_revision_stays_readable(database: Database) {
    let world = World::new(&database).await;
    let notes = ["second", "third", "fourth"];
    for (number, note) in (1..).zip(notes) {
        let mut changes = ChangeSet::new(world.programme, &actor(note), later(number.into()));
        changes.update_raw(world.bond_saying(note), revision(number)).event_raw(event(world.bond()));
        let committed = world.store(changes).await;
        assert_eq!(committed.revision(world.bond()), Some(revision(number + 1)));
    }
    let history = history(&world).await;
    assert_eq!(history.iter().map(|past| past.revision.number()).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((history[0].at, history[0].actor.clone()), (now(), stored_actor("tester")));
    for (number, note) in (1..).zip(notes) {
        let past = &history[usize::try_from(number).expect("small")];
        assert_eq!((past.at, past.actor.clone()), (later(number), stored_actor(note)));
        assert_eq!(past.body, Some(world.bond_saying(note).body));
    }
}

/// Of any size, with the last revision of the page before to go on from; and each alone.
pub async fn a_history_is_read_in_parts(database: Database) {
    let world = World::new(&database).await;
    for number in 1..=4 {
        let mut changes = world.told();
        changes.update_raw(world.bond_saying(&format!("note {number}")), revision(number));
        world.store(changes).await;
    }
    let mut delete = world.told();
    delete.delete_raw(world.bond(), revision(5));
    world.store(delete).await;
    let all = history(&world).await;
    assert_eq!(all.len(), 6, "five and the tombstone");
    let read = |part| database.store().history(world.realm(), world.bond(), part);
    for limit in 1..=7 {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let part = read(HistoryPart { after, limit }).await.expect("a part");
            assert!(part.len() <= limit as usize, "{limit}");
            let Some(last) = part.last() else { break };
            after = Some(last.revision);
            found.extend(part);
        }
        assert_eq!(found, all, "{limit} at a time");
    }
    for one in &all {
        assert_eq!(read(HistoryPart::only(one.revision)).await, Ok(vec![one.clone()]));
    }
    assert_eq!(read(HistoryPart { after: Some(revision(6)), limit: 9 }).await, Ok(vec![]));
}

/// What a revision changed is told on each page, of the first revision of a page too.
pub async fn what_became_of_a_record_is_read_in_parts(database: Database) {
    let world = World::new(&database).await;
    for number in 1..=4 {
        let mut changes = world.told();
        changes.update_raw(world.bond_saying(&format!("note {number}")), revision(number));
        world.store(changes).await;
    }
    let records = database.programme(world.programme);
    let all = records.revised(world.bond(), None, 100).await.expect("a history");
    assert_eq!(all.len(), 5);
    for limit in 1..=3 {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let part = records.revised(world.bond(), after, limit).await.expect("a part");
            let Some(last) = part.last() else { break };
            after = Some(last.revision);
            found.extend(part);
        }
        assert_eq!(found, all, "{limit} at a time");
    }
}

/// Its history ends with it.
pub async fn a_deleted_record_leaves_a_tombstone(database: Database) {
    let world = World::new(&database).await;
    let mut changes = ChangeSet::new(world.programme, &actor("tidier"), later(1));
    changes.delete_raw(world.bond(), revision(1)).event_raw(event(world.bond()));
    let committed = world.store(changes).await;
    assert_eq!(committed.revision(world.bond()), None);
    let history = history(&world).await;
    assert_eq!(history.len(), 2);
    assert!(history[0].body.is_some());
    let tombstone =
        RawRevision { revision: revision(2), at: later(1), actor: stored_actor("tidier"), body: None };
    assert_eq!(history[1], tombstone);
}

/// A record that comes back goes on counting, so that no old copy is taken for it.
pub async fn a_revision_is_never_used_twice(database: Database) {
    let world = World::new(&database).await;
    let mut delete = world.told();
    delete.delete_raw(world.bond(), revision(1));
    world.store(delete).await;
    let mut create = world.told();
    create.create_raw(world.bond_saying("back"));
    assert_eq!(world.store(create).await.revision(world.bond()), Some(revision(3)));
    let numbers: Vec<_> = history(&world).await.iter().map(|past| past.revision.number()).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

/// It would be an update without having read.
pub async fn a_record_that_exists_cannot_be_created(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.create_raw(world.bond_saying("again"));
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(Conflict::Exists(world.bond()))));
}

/// To the byte.
pub async fn a_record_reads_back_as_it_was_stored(database: Database) {
    let world = World::new(&database).await;
    let raw = place(world.id(), "łódź — 東京 \u{0} \u{10ffff}", Some(u32::MAX));
    let mut changes = world.told();
    changes.create_raw(raw.clone());
    world.store(changes).await;
    let stored = database.store().get(world.realm(), raw.record).await;
    let expected = StoredRecord { id: raw.record.id, revision: revision(1), body: raw.body };
    assert_eq!(stored, Ok(Some(expected)));
    let absent = reference(RecordKind::Place, world.id());
    assert_eq!(database.store().get(world.realm(), absent).await, Ok(None));
}

async fn history(world: &World) -> Vec<RawRevision> {
    world.database.store().history(world.realm(), world.bond(), HistoryPart::ALL).await.expect("a history")
}
