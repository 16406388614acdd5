//! The journal in the order of commits.

use std::collections::BTreeSet;

use sister_cities_domain::id::{ProgrammeId, RecordKind};

use super::sample::{World, actor, event, later, now, reference, revision, stored_actor};
use crate::{ChangeSet, Database, JournalEntry, JournalQuery, Sequence};

/// And, within a change set, in the order in which they were told.
pub async fn events_are_read_in_the_order_of_commits(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.event_raw(event(reference(RecordKind::Place, world.host)));
    let committed = world.store(changes).await;
    assert_eq!(committed.first_event, Some(Sequence(2)));
    let mut undated = world.changes();
    undated.document(b"no event".to_vec());
    assert_eq!(world.store(undated).await.first_event, None);

    let entries = read(&world, JournalQuery::after(Sequence::START, 100)).await;
    let subjects: Vec<_> = entries.iter().map(|entry| entry.event.subject).collect();
    let programme = reference(RecordKind::Programme, world.programme.uuid());
    assert_eq!(subjects, [programme, world.bond(), reference(RecordKind::Place, world.host)]);
    assert_eq!(entries.iter().map(|entry| entry.sequence.0).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(
        entries.iter().all(|entry| entry.at == now() && entry.actor == stored_actor("tester")),
        "{entries:?}"
    );
    assert_eq!(entries[1].event, event(world.bond()));
    assert_eq!(read(&world, JournalQuery::after(Sequence(1), 1)).await, entries[1..2]);
}

/// What was read stays as it was, and nothing turns up before it later.
pub async fn a_reader_that_follows_misses_nothing_while_others_write(database: Database) {
    const WRITERS: u64 = 8;
    const EACH: u64 = 25;
    let world = World::new(&database).await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (database, programme, bond) = (database.clone(), world.programme, world.bond());
            tokio::spawn(async move {
                for number in 0..EACH {
                    let mut changes = super::sample::changes(programme);
                    for _ in 0..=number % 3 {
                        changes.event_raw(event(bond));
                    }
                    database.commit(changes).await.expect("a commit");
                }
            })
        })
        .collect();
    let expected = 1 + WRITERS * (0..EACH).map(|number| 1 + number % 3).sum::<u64>();
    let mut last = Sequence::START;
    while last.0 < expected {
        for entry in read(&world, JournalQuery::after(last, 7)).await {
            assert_eq!(entry.sequence, last.next());
            last = entry.sequence;
        }
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.expect("a writer");
    }
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(last));
}

/// With the same sequence numbers as in the whole journal.
pub async fn events_are_found_by_their_subject(database: Database) {
    let world = World::new(&database).await;
    let host = reference(RecordKind::Place, world.host);
    for subject in [world.bond(), host, world.bond(), host, world.bond()] {
        let mut changes = world.changes();
        changes.event_raw(event(subject));
        world.store(changes).await;
    }
    let about = |after| JournalQuery::after(Sequence(after), 2).about(world.bond());
    let sequences =
        |entries: Vec<JournalEntry>| entries.iter().map(|entry| entry.sequence.0).collect::<Vec<_>>();
    assert_eq!(sequences(read(&world, about(0)).await), [2, 4]);
    assert_eq!(sequences(read(&world, about(4)).await), [6]);
}

/// From 1.
pub async fn each_programme_counts_its_own_journal(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    world.store(world.told()).await;
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(Sequence(2)));
    assert_eq!(database.programme(other.programme).journal_end().await, Ok(Sequence(1)));
    let nobody = ProgrammeId::from_uuid(world.id());
    assert_eq!(database.programme(nobody).journal_end().await, Ok(Sequence::START));
}

/// Though no back end has a source of ids.
pub async fn ids_of_events_are_unique_and_sort_by_time(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    for hours in 1..20 {
        let mut changes = ChangeSet::new(world.programme, &actor("tester"), later(hours));
        changes.update_raw(world.bond_saying("again"), revision(u32::try_from(hours).expect("small")));
        changes.event_raw(event(world.bond()));
        world.store(changes).await;
    }
    let mut entries = read(&world, JournalQuery::after(Sequence::START, 100)).await;
    assert!(entries.is_sorted_by_key(|entry| entry.id));
    entries.extend(read(&other, JournalQuery::after(Sequence::START, 100)).await);
    let distinct: BTreeSet<_> = entries.iter().map(|entry| entry.id).collect();
    assert_eq!(distinct.len(), entries.len());
}

async fn read(world: &World, query: JournalQuery) -> Vec<JournalEntry> {
    world.database.store().journal(world.realm(), query).await.expect("the journal")
}
