//! What only one record may hold.

use sister_cities_domain::id::RecordKind;

use super::sample::{World, changes, event, partnership, place, reference, revision, token};
use crate::{CommitError, Conflict, Database, Realm};

/// Whichever way round they are named.
pub async fn a_pair_of_places_has_one_bond(database: Database) {
    let world = World::new(&database).await;
    let second = partnership(world.id(), [world.cities[0], world.host]);
    let record = second.record;
    let mut changes = world.told();
    changes.create_raw(second);
    let conflict = Conflict::Unique { record, column: "open_pair", holder: world.bond() };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
}

/// For an update too, and for two of one change set.
pub async fn the_refusal_names_the_holder(database: Database) {
    let world = World::new(&database).await;
    let mut update = world.told();
    update.update_raw(place(world.cities[1], "moscow", Some(4_887_398)), revision(1));
    let record = reference(RecordKind::Place, world.cities[1]);
    let holder = reference(RecordKind::Place, world.host);
    let conflict = Conflict::Unique { record, column: "geonames", holder };
    assert_eq!(database.commit(update).await, Err(CommitError::Conflict(conflict)));

    let (first, second) = (place(world.id(), "osaka", Some(7)), place(world.id(), "osaka", Some(7)));
    let (holder, record) = (first.record, second.record);
    let mut twice = world.told();
    twice.create_raw(first).create_raw(second);
    let conflict = Conflict::Unique { record, column: "geonames", holder };
    assert_eq!(database.commit(twice).await, Err(CommitError::Conflict(conflict)));
}

/// Even within one change set.
pub async fn a_value_is_free_again_once_its_holder_is_gone(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes
        .create_raw(partnership(world.id(), [world.host, world.cities[0]]))
        .delete_raw(world.bond(), revision(1));
    world.store(changes).await;
}

/// Places without a GeoNames id.
pub async fn records_without_a_value_do_not_collide(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.create_raw(place(world.id(), "atlantis", None)).create_raw(place(world.id(), "atlantis", None));
    world.store(changes).await;
}

/// Another programme's records are not named.
pub async fn a_token_that_is_taken_elsewhere_is_refused_without_saying_where(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.create_raw(token(world.id(), [1; 32]));
    world.store(changes).await;

    let copy = token(world.id(), [1; 32]);
    let record = copy.record;
    let mut elsewhere = self::changes(Realm::Installation);
    elsewhere.create_raw(copy).event_raw(event(record));
    let conflict = Conflict::Taken { record, column: "hash" };
    assert_eq!(database.commit(elsewhere).await, Err(CommitError::Conflict(conflict)));
}

/// It is its own.
pub async fn an_update_may_keep_its_own_value(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("same places"), revision(1));
    world.store(changes).await;
}
