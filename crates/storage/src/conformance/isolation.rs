//! What is asked for in one programme never shows anything of another.

use sister_cities_domain::id::RecordKind;

use super::sample::{World, changes, event, partnership, place, reference, revision, token};
use crate::{CommitError, Conflict, Database, HistoryPart, JournalQuery, Query, Realm, Sequence};

/// By id, by list, by history, by journal, by document, by count.
pub async fn another_programme_finds_nothing(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let mut written = world.told();
    let document = written.document(b"secret".to_vec());
    written.update_raw(world.bond_saying("secret"), revision(1));
    world.store(written).await;

    let store = database.store();
    for realm in [other.realm(), Realm::Installation] {
        assert_eq!(store.get(realm, world.bond()).await, Ok(None));
        assert_eq!(
            store.get(realm, reference(RecordKind::Programme, world.programme.uuid())).await,
            Ok(None)
        );
        assert_eq!(store.get_many(realm, RecordKind::Place, vec![world.host]).await, Ok(vec![]));
        assert_eq!(store.history(realm, world.bond(), HistoryPart::ALL).await, Ok(vec![]));
        assert_eq!(store.document(realm, document).await, Ok(None));
        let about = JournalQuery::after(Sequence::START, 100).about(world.bond());
        assert_eq!(store.journal(realm, about).await, Ok(vec![]));
        let page = store.query(realm, Query::all(RecordKind::Partnership, 100)).await.expect("a page");
        assert!(page.records.iter().all(|stored| stored.id != world.bond));
    }
    let counts = store.counts(Realm::Installation).await.expect("counts");
    assert!(counts.values().all(|count| *count == 0), "{counts:?}");
}

/// A collision is not even noticed, so ids cannot be probed.
pub async fn the_same_id_may_live_in_two_programmes(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let mut changes = other.told();
    changes.create_raw(place(world.host, "not chicago", Some(4_887_399)));
    other.store(changes).await;
    let place = reference(RecordKind::Place, world.host);
    let own = database.store().get(world.realm(), place).await.expect("a read").expect("a place");
    let mut again = other.told();
    again.delete_raw(place, revision(1));
    other.store(again).await;
    assert_eq!(database.store().get(world.realm(), place).await, Ok(Some(own)));
}

/// It does not exist there.
pub async fn a_record_cannot_refer_into_another_programme(database: Database) {
    let world = World::new(&database).await;
    let other = World::seeded(&database, 2).await;
    let astray = partnership(other.id(), [other.host, world.host]);
    let from = astray.record;
    let mut changes = other.told();
    changes.create_raw(astray);
    let to = reference(RecordKind::Place, world.host);
    let conflict = Conflict::MissingReference { from, column: "place", to };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
}

/// The one read that crosses programmes, as nobody knows yet who is asking.
pub async fn a_token_is_found_by_its_hash_whoever_it_is_for(database: Database) {
    let world = World::new(&database).await;
    let (own, general) = (world.id(), world.id());
    let mut changes = world.told();
    changes.create_raw(token(own, [1; 32]));
    world.store(changes).await;
    let mut installation = self::changes(Realm::Installation);
    installation.create_raw(token(general, [2; 32])).event_raw(event(reference(RecordKind::Token, general)));
    world.store(installation).await;

    let store = database.store();
    let find = |hash| async move { store.token_by_hash(hash).await.expect("a read").map(|stored| stored.id) };
    assert_eq!(find([1; 32]).await, Some(own));
    assert_eq!(find([2; 32]).await, Some(general));
    assert_eq!(find([3; 32]).await, None);
    assert_eq!(store.get(Realm::Installation, reference(RecordKind::Token, own)).await, Ok(None));
    assert_eq!(store.get(world.realm(), reference(RecordKind::Token, general)).await, Ok(None));
}

/// In the order of creation, page by page.
pub async fn programmes_are_listed_for_the_installation(database: Database) {
    let mut expected = Vec::new();
    for seed in 1..=5 {
        expected.push(World::seeded(&database, seed).await.programme.uuid());
    }
    expected.sort();
    let store = database.store();
    let first = store.programmes(None, 2).await.expect("programmes");
    let rest = store.programmes(Some(first[1].id), 10).await.expect("programmes");
    let found: Vec<_> = first.iter().chain(&rest).map(|stored| stored.id).collect();
    assert_eq!(found, expected);
}
