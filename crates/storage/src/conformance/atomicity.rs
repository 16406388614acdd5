//! All of a change set, or nothing.

use sister_cities_domain::id::RecordKind;

use super::sample::{World, changes, event, partnership, place, reference, revision};
use crate::{CommitError, Database, HistoryPart, JournalQuery, Malformed, Sequence, Value};

/// The journal, the history, the documents and the other records of the change set included.
pub async fn a_change_set_with_one_stale_record_stores_nothing(database: Database) {
    let world = World::new(&database).await;
    let records = database.programme(world.programme);
    let before = world.dump().await;
    let end = records.journal_end().await.expect("the end of the journal");

    let new = world.id();
    let mut changes = world.told();
    changes
        .create_raw(place(new, "osaka", None))
        .update_raw(place(world.cities[1], "moskva", None), revision(1))
        .update_raw(world.bond_saying("stale"), revision(7));
    let document = changes.document(b"a treaty".to_vec());
    let refused = database.commit(changes).await;

    let expected =
        CommitError::Stale { record: world.bond(), expected: revision(7), found: Some(revision(1)) };
    assert_eq!(refused, Err(expected));
    assert_eq!(world.dump().await, before);
    assert_eq!(records.journal_end().await, Ok(end));
    assert_eq!(records.document(document).await, Ok(None));
    let store = database.store();
    let history =
        store.history(world.realm(), reference(RecordKind::Place, world.cities[1]), HistoryPart::ALL).await;
    assert_eq!(history.expect("a history").len(), 1);
    assert_eq!(
        store.history(world.realm(), reference(RecordKind::Place, new), HistoryPart::ALL).await,
        Ok(Vec::new())
    );
}

/// Change sets that are committed together do not share their fate.
pub async fn a_refused_change_set_does_not_harm_its_neighbours(database: Database) {
    let world = World::new(&database).await;
    let mut good = Vec::new();
    let commits = (0..40_u32).map(|number| {
        let mut changes = world.told();
        if number % 3 == 0 {
            let nowhere = partnership(world.id(), [world.host, world.id()]);
            changes.create_raw(nowhere);
        } else {
            let id = world.id();
            good.push(id);
            changes.create_raw(place(id, "osaka", None));
        }
        database.commit(changes)
    });
    let results = futures_util::future::join_all(commits.collect::<Vec<_>>()).await;

    for (number, result) in results.iter().enumerate() {
        assert_eq!(result.is_err(), number % 3 == 0, "change set {number}: {result:?}");
    }
    let found =
        database.store().get_many(world.realm(), RecordKind::Place, good.clone()).await.expect("places");
    assert_eq!(found.iter().map(|stored| stored.id).collect::<Vec<_>>(), good);
    let journal = database.store().journal(world.realm(), JournalQuery::after(Sequence::START, 1_000)).await;
    assert_eq!(journal.expect("a journal").len(), 1 + good.len());
}

/// Whichever connection reads.
pub async fn a_commit_is_seen_by_every_read_after_it(database: Database) {
    let world = World::new(&database).await;
    for number in 1..=50 {
        let mut changes = world.told();
        changes.update_raw(world.bond_saying(&number.to_string()), revision(number));
        world.store(changes).await;
        let reads = (0..4).map(|_| database.store().get(world.realm(), world.bond()));
        for read in futures_util::future::join_all(reads).await {
            let stored = read.expect("a read").expect("the bond");
            assert_eq!(stored.revision, revision(number + 1));
        }
    }
}

/// Which of the two would be meant?
pub async fn a_change_set_in_which_a_record_is_changed_twice_is_refused(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("once"), revision(1)).delete_raw(world.bond(), revision(1));
    let refused = database.commit(changes).await;
    assert_eq!(refused, Err(Malformed::ChangedTwice(world.bond()).into()));
}

/// Every change leaves an event in the same commit.
pub async fn a_change_of_records_without_an_event_is_refused(database: Database) {
    let world = World::new(&database).await;
    let mut silent = world.changes();
    silent.update_raw(world.bond_saying("silent"), revision(1));
    assert_eq!(database.commit(silent).await, Err(Malformed::NoEvent.into()));
}

/// A number where a text belongs, a missing value, too few of them.
pub async fn a_record_whose_columns_do_not_fit_the_catalogue_is_refused(database: Database) {
    let world = World::new(&database).await;
    let id = world.id();
    let mut wrong_type = place(id, "osaka", None);
    wrong_type.columns[0] = Value::Integer(7);
    let mut missing = place(id, "osaka", None);
    missing.columns[0] = Value::Nothing;
    let mut short = place(id, "osaka", None);
    short.columns.pop();
    let mut set = place(id, "osaka", None);
    set.sets[0].push(Value::Nothing);
    for raw in [wrong_type, missing, short, set] {
        let mut changes = changes(world.programme);
        let record = raw.record;
        changes.create_raw(raw).event_raw(event(record));
        let refused = database.commit(changes).await;
        assert!(matches!(refused, Err(CommitError::Malformed(Malformed::Column { .. }))), "{refused:?}");
    }
}
