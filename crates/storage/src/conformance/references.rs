//! References hold.

use sister_cities_domain::id::{ProgrammeId, RecordKind};

use super::sample::{
    World, agreement, changes, engagement, event, partnership, place, programme, reference, revision,
};
use crate::{CommitError, Conflict, Database};

/// The record, the column and what is missing.
pub async fn a_reference_to_nothing_is_refused_by_name(database: Database) {
    let world = World::new(&database).await;
    let nowhere = world.id();
    let astray = agreement(world.id(), world.bond, Some(nowhere));
    let from = astray.record;
    let mut changes = world.told();
    changes.create_raw(astray);
    let to = reference(RecordKind::Agreement, nowhere);
    let conflict = Conflict::MissingReference { from, column: "parent", to };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
}

/// A bond with a place nobody has stored.
pub async fn a_member_of_a_set_must_exist(database: Database) {
    let world = World::new(&database).await;
    let nowhere = world.id();
    let astray = partnership(world.bond, [world.host, nowhere]);
    let mut changes = world.told();
    changes.update_raw(astray, revision(1));
    let to = reference(RecordKind::Place, nowhere);
    let conflict = Conflict::MissingReference { from: world.bond(), column: "place", to };
    assert_eq!(database.commit(changes).await, Err(CommitError::Conflict(conflict)));
}

/// A programme refers to its host and the host to its programme, so no order would do.
pub async fn records_of_one_change_set_may_refer_to_each_other_in_any_order(database: Database) {
    let world = World::new(&database).await;
    let (city, bond, parent, child, visit) = (world.id(), world.id(), world.id(), world.id(), world.id());
    let mut changes = world.told();
    changes
        .create_raw(engagement(visit, bond, None))
        .create_raw(agreement(child, bond, Some(parent)))
        .create_raw(agreement(parent, bond, None))
        .create_raw(partnership(bond, [world.host, city]))
        .create_raw(place(city, "osaka", None));
    world.store(changes).await;
}

/// The refusal names one that refers.
pub async fn what_is_referred_to_cannot_be_deleted(database: Database) {
    let world = World::new(&database).await;
    let visit = engagement(world.id(), world.bond, None);
    let by = visit.record;
    let mut changes = world.told();
    changes.create_raw(visit);
    world.store(changes).await;

    let mut delete = world.told();
    delete.delete_raw(world.bond(), revision(1));
    let conflict = Conflict::StillReferenced { record: world.bond(), by, column: "partnership" };
    assert_eq!(database.commit(delete).await, Err(CommitError::Conflict(conflict)));

    let member = reference(RecordKind::Place, world.cities[0]);
    let mut delete = world.told();
    delete.delete_raw(member, revision(1));
    let conflict = Conflict::StillReferenced { record: member, by: world.bond(), column: "place" };
    assert_eq!(database.commit(delete).await, Err(CommitError::Conflict(conflict)));
}

/// In any order.
pub async fn what_refers_and_what_is_referred_to_can_be_deleted_together(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes
        .delete_raw(reference(RecordKind::Place, world.cities[0]), revision(1))
        .delete_raw(world.bond(), revision(1));
    world.store(changes).await;
    assert_eq!(database.store().get(world.realm(), world.bond()).await, Ok(None));
}

/// Its records would belong to nobody.
pub async fn a_programme_with_records_cannot_be_deleted(database: Database) {
    let world = World::new(&database).await;
    let own = reference(RecordKind::Programme, world.programme.uuid());
    let mut delete = world.told();
    delete.delete_raw(own, revision(1));
    let refused = database.commit(delete).await;
    assert_eq!(refused, Err(CommitError::Conflict(Conflict::NoProgramme(RecordKind::Place))));

    let mut everything = world.told();
    everything.delete_raw(own, revision(1)).delete_raw(world.bond(), revision(1));
    for id in [world.host, world.cities[0], world.cities[1]] {
        everything.delete_raw(reference(RecordKind::Place, id), revision(1));
    }
    world.store(everything).await;
    assert_eq!(world.dump().await, "");
}

/// Whoever makes the id up.
pub async fn records_need_their_programme(database: Database) {
    let world = World::new(&database).await;
    let nobody = ProgrammeId::from_uuid(world.id());
    let city = place(world.id(), "osaka", None);
    let mut astray = changes(nobody);
    astray.event_raw(event(city.record)).create_raw(city);
    let refused = database.commit(astray).await;
    assert_eq!(refused, Err(CommitError::Conflict(Conflict::NoProgramme(RecordKind::Place))));

    let host = world.id();
    let mut homeless = changes(nobody);
    homeless
        .create_raw(programme(nobody, host))
        .event_raw(event(reference(RecordKind::Programme, nobody.uuid())));
    let from = reference(RecordKind::Programme, nobody.uuid());
    let to = reference(RecordKind::Place, host);
    let conflict = Conflict::MissingReference { from, column: "host", to };
    assert_eq!(database.commit(homeless).await, Err(CommitError::Conflict(conflict)));
}
