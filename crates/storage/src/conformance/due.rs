//! Due work as last reckoned: marked by what changes, read by the page, gone with its records.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{DueItem, DueKind, DueResponse, NextTouch, TouchReason};
use sister_cities_domain::id::{CommitteeId, DueId, PartnershipId, PersonId, RecordKind, RecordRef, RoleId};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::Role;
use uuid::Uuid;

use super::sample::{World, day, engagement, partnership, place, programme, reference, revision};
use crate::due::{DueQuery, ReckonedUnit, UnitToReckon};
use crate::{ChangeSet, Database, ProgrammeStore};

/// A day on which everything here is asked.
fn today() -> NaiveDate {
    day(100)
}

async fn marked(store: &ProgrammeStore) -> Vec<UnitToReckon> {
    store.units_to_reckon(today(), 100).await.expect("units")
}

/// What is due of the bond: something by the day of that number.
fn item(world: &World, number: u32) -> DueItem {
    let (kind, due_on) = (DueKind::SuspensionCheck, day(number));
    DueItem {
        id: DueId::of(kind, world.bond(), due_on),
        kind,
        subject: world.bond(),
        partnership: Some(PartnershipId::from_uuid(world.bond)),
        committee: None,
        due_on,
        owner: None,
        reason: format!("Café 東京, number {number}."),
        what_to_do: "Look.".to_owned(),
    }
}

fn reckoned(unit: UnitToReckon, items: Vec<DueItem>, holds_until: Option<NaiveDate>) -> ReckonedUnit {
    let touch = NextTouch { on: day(300), because: TouchReason::Proposed, owner: None };
    ReckonedUnit { unit, items, touch: Some(touch), holds_until }
}

/// Reckons all that is marked: the bond has one item, and is to be reckoned again on that day.
async fn reckon(world: &World, holds_until: Option<NaiveDate>) -> ProgrammeStore {
    let store = world.database.programme(world.programme);
    let units = marked(&store).await;
    let items = |unit: &UnitToReckon| if unit.unit == world.bond() { vec![item(world, 120)] } else { vec![] };
    let units = units.into_iter().map(|unit| reckoned(unit, items(&unit), holds_until));
    store.put_reckoned(units.collect()).await.expect("kept");
    store
}

async fn due(store: &ProgrammeStore) -> Vec<DueItem> {
    store.due_items(DueQuery { limit: 10, ..DueQuery::default() }).await.expect("items").items
}

/// And what was reckoned of them is gone with the mark.
pub async fn a_commit_marks_the_units_that_it_touches_and_no_others(database: Database) {
    let world = World::new(&database).await;
    let store = database.programme(world.programme);
    let unit = marked(&store).await;
    assert_eq!(unit.iter().map(|unit| unit.unit).collect::<Vec<_>>(), [world.bond()]);
    let visit = world.id();
    let mut changes = world.told();
    changes.create_raw(engagement(visit, world.bond, None));
    let mut steps = vec![changes];
    let mut changes = world.told();
    changes.update_raw(engagement(visit, world.bond, Some(day(1))), revision(1));
    steps.push(changes);
    let mut changes = world.told();
    changes.delete_raw(reference(RecordKind::Engagement, visit), revision(2));
    steps.push(changes);
    let mut changes = world.told();
    changes.update_raw(place(world.cities[0], "Casablanca", None), revision(1));
    steps.push(changes);
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("anew"), revision(1));
    steps.push(changes);
    let mut changes = world.told();
    changes.update_raw(programme(world.programme, world.host), revision(1));
    steps.push(changes);
    for changes in steps {
        reckon(&world, None).await;
        assert_eq!((marked(&store).await, due(&store).await), (vec![], vec![item(&world, 120)]));
        assert_eq!(store.touches(None, 10).await.expect("touches").items.len(), 1);
        world.store(changes).await;
        assert_eq!(marked(&store).await.len(), 1);
        assert_eq!(
            (due(&store).await, store.touches(None, 10).await.expect("touches").items),
            (vec![], vec![])
        );
    }
    // A city that no partnership joins touches none.
    reckon(&world, None).await;
    let mut changes = world.told();
    changes.update_raw(place(world.cities[1], "Moskva", None), revision(1));
    world.store(changes).await;
    assert_eq!(marked(&store).await, []);
    // A new partnership is a new unit; one that is deleted is none any more.
    let other = world.id();
    let mut changes = world.told();
    changes.create_raw(partnership(other, [world.host, world.cities[1]]));
    world.store(changes).await;
    assert_eq!(marked(&store).await[0].unit.id, other);
    let mut changes = world.told();
    changes.delete_raw(reference(RecordKind::Partnership, other), revision(1));
    world.store(changes).await;
    assert_eq!((marked(&store).await, due(&store).await.len()), (vec![], 1));
}

/// What is held in a committee, and what is answered about it, touches the partnership that it sees to besides.
pub async fn a_committee_and_its_roles_touch_their_units(database: Database) {
    let world = World::new(&database).await;
    let (programme, bond) = (world.programme, world.bond());
    let (theme, of_bond) = (CommitteeId::from_uuid(world.id()), CommitteeId::from_uuid(world.id()));
    let committee = |id: CommitteeId, task: Json| -> Committee {
        let committee = json!({ "v": "1", "id": id, "programme": programme, "name": "x", "task": task });
        serde_json::from_value(committee).expect("a committee")
    };
    let id = RoleId::from_uuid(world.id());
    let role = |held_in: CommitteeId| -> Role {
        let role = json!({ "v": "1", "id": id, "programme": programme, "held_in": { "committee": held_in }, "function": "chair" });
        serde_json::from_value(role).expect("a role")
    };
    let medicine = committee(theme, json!({ "theme": "medicine" }));
    let sister = committee(of_bond, json!({ "partnership": bond }));
    let all = [bond, of_bond.into(), theme.into()];
    let about = DueItem { committee: Some(theme), partnership: None, ..item(&world, 130) };
    let answer = DueResponse::none_to(programme, &about);
    let mut steps: Vec<(&[RecordRef], ChangeSet)> = Vec::new();
    let mut step = |expected, write: &dyn Fn(&mut ChangeSet) -> &mut ChangeSet| {
        let mut changes = world.told();
        write(&mut changes);
        steps.push((expected, changes));
    };
    step(&all[2..], &|changes| changes.create(&medicine));
    step(&all[..2], &|changes| changes.create(&sister));
    step(&all[..2], &|changes| changes.create(&role(of_bond)));
    step(&all, &|changes| changes.update(&role(theme), revision(1)));
    step(&all[2..], &|changes| changes.delete::<Role>(id, revision(2)));
    step(&all[2..], &|changes| changes.create(&answer));
    step(&all[..2], &|changes| changes.update(&sister, revision(1)));
    step(&[], &|changes| changes.delete::<Committee>(theme, revision(1)));
    for (expected, changes) in steps {
        let store = reckon(&world, None).await;
        world.store(changes).await;
        let found: BTreeSet<RecordRef> = marked(&store).await.into_iter().map(|unit| unit.unit).collect();
        assert_eq!(found, expected.iter().copied().collect());
    }
}

/// Whoever reckons reads the records after the mark, so what it read may be older than the last change.
pub async fn a_reckoning_that_a_change_overtook_is_not_kept(database: Database) {
    let world = World::new(&database).await;
    let store = database.programme(world.programme);
    let read = marked(&store).await.remove(0);
    let mut changes = world.told();
    changes.create_raw(engagement(world.id(), world.bond, None));
    world.store(changes).await;
    store.put_reckoned(vec![reckoned(read, vec![item(&world, 1)], None)]).await.expect("no error");
    assert_eq!((due(&store).await, marked(&store).await.len()), (vec![], 1));
    let now = marked(&store).await.remove(0);
    assert!(now.version > read.version, "{now:?}");
    // Twice is once.
    for _ in 0..2 {
        store.put_reckoned(vec![reckoned(now, vec![item(&world, 2)], None)]).await.expect("kept");
    }
    assert_eq!(due(&store).await, [item(&world, 2)]);
}

/// Its records need not change for that.
pub async fn a_unit_is_to_be_reckoned_again_on_its_day(database: Database) {
    let world = World::new(&database).await;
    let store = reckon(&world, Some(day(102))).await;
    for (number, units) in [(101, 0), (102, 1), (500, 1)] {
        assert_eq!(store.units_to_reckon(day(number), 10).await.expect("units").len(), units, "{number}");
    }
    assert_eq!(due(&store).await.len(), 1, "until then, what was reckoned is there");
}

/// Whether an item passes a filter.
type Passes = fn(&DueItem) -> bool;

/// Each item once, whatever it is filtered by.
pub async fn due_items_are_read_by_day_page_by_page(database: Database) {
    let world = World::new(&database).await;
    let store = database.programme(world.programme);
    let (person, other) = (PersonId::from_uuid(world.id()), PersonId::from_uuid(world.id()));
    let mut items: Vec<DueItem> = (0..25).map(|number| item(&world, 200 + number / 3)).collect();
    for (number, item) in (0_u32..).zip(&mut items) {
        let kind = if number % 2 == 0 { DueKind::Anniversary } else { DueKind::PartnershipFading };
        *item = DueItem { id: DueId::from_uuid(world.id()), kind, ..item.clone() };
        let owner = if number % 2 == 0 { person } else { other };
        item.owner = (number % 5 == 0).then(|| Responsible::person_alone(owner));
    }
    let unit = marked(&store).await.remove(0);
    store.put_reckoned(vec![reckoned(unit, items.clone(), None)]).await.expect("kept");
    items.sort_by_key(DueItem::sort_key);
    let bond = Some(PartnershipId::from_uuid(world.bond));
    let all = DueQuery { limit: 4, ..DueQuery::default() };
    let questions: [(DueQuery, Passes); 7] = [
        (all.clone(), |_| true),
        (DueQuery { partnership: bond, ..all.clone() }, |_| true),
        (DueQuery { partnership: Some(PartnershipId::from_uuid(Uuid::max())), ..all.clone() }, |_| false),
        (DueQuery { kind: Some(DueKind::PartnershipFading), ..all.clone() }, |item| {
            item.kind == DueKind::PartnershipFading
        }),
        (DueQuery { persons: vec![person], ..all.clone() }, |item| {
            item.owner.is_some() && item.kind == DueKind::Anniversary
        }),
        (DueQuery { persons: vec![person, other], ..all.clone() }, |item| item.owner.is_some()),
        (DueQuery { up_to: Some(day(203)), kind: Some(DueKind::Anniversary), ..all }, |item| {
            item.due_on <= day(203) && item.kind == DueKind::Anniversary
        }),
    ];
    for (mut query, passes) in questions {
        let mut read = Vec::new();
        loop {
            let page = store.due_items(query.clone()).await.expect("a page");
            assert!(page.items.len() <= 4 && (page.next.is_none() || page.items.len() == 4));
            read.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        assert_eq!(read, items.iter().filter(|item| passes(item)).cloned().collect::<Vec<_>>(), "{query:?}");
    }
    let first = items.remove(0);
    assert_eq!(store.due_item(first.id).await.expect("a read"), Some(first));
    assert_eq!(store.due_item(DueId::from_uuid(Uuid::max())).await.expect("a read"), None);
}

/// Neither its units, nor its items, nor its touches.
pub async fn another_programme_sees_nothing_of_due_work(database: Database) {
    let (ours, theirs) = (World::new(&database).await, World::seeded(&database, 2).await);
    let store = reckon(&ours, None).await;
    let other = database.programme(theirs.programme);
    assert_eq!((due(&store).await.len(), due(&other).await), (1, vec![]));
    assert_eq!(other.due_item(item(&ours, 120).id).await.expect("a read"), None);
    assert!(other.touches(None, 10).await.expect("touches").items.is_empty());
    let bond = PartnershipId::from_uuid(ours.bond);
    assert_eq!(store.touches_of(&[bond]).await.expect("touches").len(), 1);
    assert_eq!(other.touches_of(&[bond]).await.expect("touches"), []);
    // Nor can it put anything there.
    let unit = UnitToReckon { unit: ours.bond(), version: 1 };
    other.put_reckoned(vec![reckoned(unit, vec![item(&ours, 9)], None)]).await.expect("no error");
    assert_eq!(due(&store).await, [item(&ours, 120)]);
}
