//! Filters, orders and pages.

use std::collections::BTreeSet;

use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use super::sample::{World, agreement, day, engagement, partnership, place, reference, revision};
use crate::catalogue::{Column, ValueSet, describe};
use crate::{Condition, Cursor, Database, Direction, Order, Query, RawPage, ReadError, Value};

/// Nothing is shown twice and nothing that was there all along is left out.
pub async fn pages_hold_still_while_records_come_and_go(database: Database) {
    let world = World::new(&database).await;
    let early = fill(&world).await;
    for order in [Order::CREATION, Order::by(began()), Order::by(began()).reversed()] {
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page =
                query(&world, Query { order, after, limit: 7, ..Query::all(RecordKind::Engagement, 7) })
                    .await;
            seen.extend(page.records.iter().map(|stored| stored.id));
            let mut changes = world.told();
            // One that comes before what was read and one that comes after it, and one read record that goes.
            changes.create_raw(engagement(world.id(), world.bond, Some(day(0))));
            changes.create_raw(engagement(world.id(), world.bond, Some(day(5_000))));
            world.store(changes).await;
            match page.next {
                Some(next) if seen.len() < 500 => after = Some(next),
                Some(_) | None => break,
            }
        }
        let distinct: BTreeSet<_> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "nothing twice");
        assert!(early.iter().all(|id| distinct.contains(id)), "nothing left out");
    }
}

/// Ties are broken by id, so each order is the mirror of the other.
pub async fn every_order_runs_both_ways(database: Database) {
    let world = World::new(&database).await;
    fill(&world).await;
    let sortable = describe(RecordKind::Engagement)
        .columns
        .iter()
        .filter(|column| column.presence == crate::catalogue::Presence::Required);
    for order in sortable.map(Order::by).chain([Order::CREATION]) {
        let forwards = ids(&walk(&world, order).await);
        let mut backwards = ids(&walk(&world, order.reversed()).await);
        assert_eq!(order.reversed().reversed().direction, Direction::Ascending);
        backwards.reverse();
        assert_eq!(forwards.len(), 60);
        assert_eq!(forwards, backwards);
    }
}

/// A bond and a span of days.
pub async fn conditions_must_all_hold(database: Database) {
    let world = World::new(&database).await;
    fill(&world).await;
    let conditions = vec![
        is(RecordKind::Engagement, "partnership", world.bond),
        Condition::AtLeast(column(RecordKind::Engagement, "last_day"), day(3).into()),
        Condition::AtMost(column(RecordKind::Engagement, "first_day"), day(4).into()),
        Condition::Has(set(RecordKind::Engagement), "culture".into()),
        is(RecordKind::Engagement, "direction", "inbound"),
    ];
    let found = query(&world, Query { conditions, ..Query::all(RecordKind::Engagement, 100) }).await;
    // Twice six, one of which is undated.
    assert_eq!(found.records.len(), 11);
    let outbound = vec![is(RecordKind::Engagement, "direction", "outbound")];
    let none = query(&world, Query { conditions: outbound, ..Query::all(RecordKind::Engagement, 100) }).await;
    assert_eq!(none, RawPage { records: Vec::new(), next: None });
}

/// None of none.
pub async fn several_values_of_one_column_can_be_asked_for(database: Database) {
    let world = World::new(&database).await;
    let other = world.id();
    let mut changes = world.told();
    changes.create_raw(partnership(other, [world.host, world.cities[1]]));
    world.store(changes).await;
    let bonds = |wanted: Vec<Value>| Condition::OneOf(column(RecordKind::Partnership, "status"), wanted);
    for (wanted, expected) in
        [(vec!["agreed".into(), "ended".into()], 2), (vec!["ended".into()], 0), (vec![], 0)]
    {
        let conditions = vec![bonds(wanted)];
        let found = query(&world, Query { conditions, ..Query::all(RecordKind::Partnership, 10) }).await;
        assert_eq!(found.records.len(), expected);
    }
}

/// In the order of the column too, page by page and from both ends, each once.
pub async fn records_of_some_values_are_listed_in_the_order_of_the_values(database: Database) {
    let world = World::new(&database).await;
    let mut bonds = vec![world.bond];
    let mut changes = world.told();
    for _ in 1..4 {
        let (city, bond) = (world.id(), world.id());
        changes.create_raw(place(city, &city.to_string(), None));
        changes.create_raw(partnership(bond, [world.host, city]));
        bonds.push(bond);
    }
    let mut visits = Vec::new();
    for _ in 0..5 {
        for bond in &bonds {
            let visit = world.id();
            changes.create_raw(engagement(visit, *bond, None));
            visits.push((*bond, visit));
        }
    }
    world.store(changes).await;
    visits.sort_unstable();
    let of = |wanted: &[Uuid]| {
        let values = wanted.iter().map(|bond| Value::Id(*bond)).collect();
        vec![Condition::OneOf(&crate::catalogue::engagement::PARTNERSHIP.column, values)]
    };
    for wanted in [vec![], vec![bonds[2]], vec![bonds[3], bonds[0]], vec![Uuid::max(), bonds[1], bonds[2]]] {
        let mut expected: Vec<Uuid> =
            visits.iter().filter(|(bond, _)| wanted.contains(bond)).map(|(_, visit)| *visit).collect();
        let order = Order::by(&crate::catalogue::engagement::PARTNERSHIP.column);
        for order in [order, order.reversed()] {
            for limit in [1, 3, 5, 100] {
                let (mut found, mut after) = (Vec::new(), None);
                loop {
                    let all = Query::all(RecordKind::Engagement, limit);
                    let asked = Query { conditions: of(&wanted), order, after, ..all };
                    let page = query(&world, asked).await;
                    found.extend(ids(&page));
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(found, expected, "{wanted:?} {order:?} {limit}");
            }
            expected.reverse();
        }
    }
}

/// Undated engagements are in no span of days.
pub async fn a_range_leaves_out_what_has_no_value(database: Database) {
    let world = World::new(&database).await;
    fill(&world).await;
    let first_day = column(RecordKind::Engagement, "first_day");
    for condition in
        [Condition::AtLeast(first_day, day(0).into()), Condition::AtMost(first_day, day(9_999).into())]
    {
        let conditions = vec![condition];
        let found = query(&world, Query { conditions, ..Query::all(RecordKind::Engagement, 100) }).await;
        assert_eq!(found.records.len(), 55);
    }
}

/// Which bonds has this place?
pub async fn records_are_found_by_members_of_their_sets(database: Database) {
    let world = World::new(&database).await;
    let other = world.id();
    let mut changes = world.told();
    changes.create_raw(partnership(other, [world.host, world.cities[1]]));
    world.store(changes).await;
    let bonds_of = |place: Uuid| {
        let conditions = vec![Condition::Has(set(RecordKind::Partnership), place.into())];
        query(&world, Query { conditions, ..Query::all(RecordKind::Partnership, 10) })
    };
    assert_eq!(ids(&bonds_of(world.host).await), [world.bond, other]);
    assert_eq!(ids(&bonds_of(world.cities[1]).await), [other]);

    let mut changes = world.told();
    changes.update_raw(partnership(other, [world.cities[0], world.cities[1]]), revision(1));
    world.store(changes).await;
    assert_eq!(ids(&bonds_of(world.host).await), [world.bond]);
    assert_eq!(ids(&bonds_of(world.cities[0]).await), [world.bond, other]);
}

/// Any of them; what looks like a pattern is only text.
pub async fn names_are_found_by_their_beginning(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    let odd = world.id();
    changes.create_raw(place(odd, "100%_city", None));
    world.store(changes).await;
    let found = |prefix: &str| {
        let conditions = vec![Condition::HasPrefix(set(RecordKind::Place), prefix.to_owned())];
        query(&world, Query { conditions, ..Query::all(RecordKind::Place, 10) })
    };
    assert_eq!(ids(&found("c").await), [world.host, world.cities[0]]);
    assert_eq!(ids(&found("old mos").await), [world.cities[1]]);
    assert_eq!(found("").await.records.len(), 4);
    assert_eq!(ids(&found("100%_").await), [odd]);
    assert!(found("%").await.records.is_empty());
    assert!(found("_").await.records.is_empty());
}

/// It would point nowhere.
pub async fn a_cursor_of_another_list_is_refused(database: Database) {
    let world = World::new(&database).await;
    let by_id = Query::all(RecordKind::Engagement, 10);
    let by_start = Query { order: Order::by(began()), ..by_id.clone() };
    let cursor = |key| Some(Cursor { key, id: world.bond, change: None });
    let store = database.store();
    for (query, key) in [
        (&by_id, Value::Text("2001".to_owned())),
        (&by_start, Value::Nothing),
        (&by_start, Value::Integer(7)),
    ] {
        let refused = store.query(world.realm(), Query { after: cursor(key), ..query.clone() }).await;
        assert_eq!(refused, Err(ReadError::Cursor));
    }
}

/// The catalogue says what can be asked.
pub async fn a_condition_of_another_kind_is_refused(database: Database) {
    let world = World::new(&database).await;
    let store = database.store();
    for condition in [
        is(RecordKind::Place, "country", "US"),
        is(RecordKind::Engagement, "direction", 7_i64),
        Condition::AtLeast(column(RecordKind::Engagement, "first_day"), Value::Nothing),
        Condition::Has(set(RecordKind::Partnership), world.host.into()),
    ] {
        let conditions = vec![condition];
        let refused =
            store.query(world.realm(), Query { conditions, ..Query::all(RecordKind::Engagement, 9) }).await;
        assert!(matches!(refused, Err(ReadError::Condition(_))), "{refused:?}");
    }
    let optional = Order::by(column(RecordKind::Engagement, "first_day"));
    let refused =
        store.query(world.realm(), Query { order: optional, ..Query::all(RecordKind::Engagement, 9) }).await;
    assert_eq!(refused, Err(ReadError::Condition("first_day")));
}

/// Whatever the page.
pub async fn a_list_is_counted_without_reading_it(database: Database) {
    let world = World::new(&database).await;
    fill(&world).await;
    let conditions = vec![Condition::AtLeast(column(RecordKind::Engagement, "first_day"), day(5).into())];
    let query = Query { conditions, ..Query::all(RecordKind::Engagement, 2) };
    assert_eq!(database.store().count(world.realm(), query).await, Ok(27));
}

/// Those without records too.
pub async fn records_of_every_kind_are_counted(database: Database) {
    let world = World::new(&database).await;
    let mut changes = world.told();
    changes.create_raw(agreement(world.id(), world.bond, None));
    world.store(changes).await;
    let counts = database.programme(world.programme).counts().await.expect("counts");
    let expected = [
        (RecordKind::Programme, 1),
        (RecordKind::Place, 3),
        (RecordKind::Partnership, 1),
        (RecordKind::Agreement, 1),
        (RecordKind::Engagement, 0),
        (RecordKind::Import, 0),
        (RecordKind::Token, 0),
        (RecordKind::Link, 0),
        (RecordKind::Share, 0),
        (RecordKind::Committee, 0),
        (RecordKind::Role, 0),
        (RecordKind::Outcome, 0),
        (RecordKind::ActionPlan, 0),
        (RecordKind::ActionPoint, 0),
        (RecordKind::Organisation, 0),
        (RecordKind::Person, 0),
        (RecordKind::Practice, 0),
        (RecordKind::Adoption, 0),
        (RecordKind::DueResponse, 0),
        (RecordKind::Indicator, 0),
        (RecordKind::ValuationRate, 0),
        (RecordKind::WebhookEndpoint, 0),
        (RecordKind::Subscription, 0),
        (RecordKind::CalendarFeed, 0),
    ];
    assert_eq!(counts, expected.into());
}

/// Without those that do not exist.
pub async fn records_asked_for_by_id_come_in_that_order(database: Database) {
    let world = World::new(&database).await;
    let wanted = vec![world.cities[1], world.id(), world.host];
    let found = database.store().get_many(world.realm(), RecordKind::Place, wanted).await.expect("places");
    let found: Vec<_> = found.iter().map(|stored| stored.id).collect();
    assert_eq!(found, [world.cities[1], world.host]);
}

/// And calls equal what is equal, whatever happened in between.
pub async fn a_dump_tells_two_states_apart(database: Database) {
    let world = World::new(&database).await;
    let before = world.dump().await;
    assert_eq!(before.lines().count(), 5);
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("new"), revision(1));
    world.store(changes).await;
    assert_ne!(world.dump().await, before);
    let mut back = world.told();
    back.update_raw(partnership(world.bond, [world.host, world.cities[0]]), revision(2));
    world.store(back).await;
    assert_eq!(world.dump().await, before);
    assert!(before.contains(&reference(RecordKind::Place, world.host).to_string()));
}

/// Whatever a list is filtered by, and by whatever index it is read; also after a record has moved in the order.
pub async fn a_filter_leaves_the_order_as_it_is(database: Database) {
    let world = World::new(&database).await;
    let all = fill(&world).await;
    let mut changes = world.told();
    for (id, began) in all.iter().zip([Some(day(100)), None, Some(day(0))]) {
        changes.update_raw(engagement(*id, world.bond, began), revision(1));
    }
    world.store(changes).await;
    let filters = [
        is(RecordKind::Engagement, "partnership", world.bond),
        is(RecordKind::Engagement, "direction", "inbound"),
        Condition::Has(set(RecordKind::Engagement), "culture".into()),
    ];
    for order in [Order::CREATION, Order::by(began())].into_iter().flat_map(|one| [one, one.reversed()]) {
        let unfiltered = ids(&walk(&world, order).await);
        for conditions in filters.iter().map(std::slice::from_ref).chain([&filters[..]]) {
            assert_eq!(
                ids(&walk_those(&world, order, conditions).await),
                unfiltered,
                "{order:?} {conditions:?}"
            );
        }
        let dated = Condition::AtLeast(column(RecordKind::Engagement, "last_day"), day(0).into());
        let dated = ids(&walk_those(&world, order, &[dated, filters[2].clone()]).await);
        assert!(dated.len() < unfiltered.len());
        let among = unfiltered.iter().filter(|id| dated.contains(id));
        assert!(among.eq(&dated), "{order:?}");
    }
}

/// Six engagements for each of ten days, one in twelve undated instead.
async fn fill(world: &World) -> Vec<Uuid> {
    let mut changes = world.told();
    let mut all = Vec::new();
    for number in 0..60 {
        let id = world.id();
        all.push(id);
        let day = (number % 12 != 11).then(|| day(number % 10));
        changes.create_raw(engagement(id, world.bond, day));
    }
    world.store(changes).await;
    all
}

async fn query(world: &World, query: Query) -> RawPage {
    world.database.store().query(world.realm(), query).await.expect("a page")
}

/// A whole list of engagements, by pages of seven.
async fn walk(world: &World, order: Order) -> RawPage {
    walk_those(world, order, &[]).await
}

/// Those of them that meet conditions.
async fn walk_those(world: &World, order: Order, conditions: &[Condition]) -> RawPage {
    let mut records = Vec::new();
    let mut after = None;
    loop {
        let conditions = conditions.to_vec();
        let rest = Query::all(RecordKind::Engagement, 7);
        let page = query(world, Query { conditions, order, after, ..rest }).await;
        records.extend(page.records);
        after = page.next;
        if after.is_none() {
            return RawPage { records, next: None };
        }
    }
}

fn ids(page: &RawPage) -> Vec<Uuid> {
    page.records.iter().map(|stored| stored.id).collect()
}

fn began() -> &'static Column {
    column(RecordKind::Engagement, "began_key")
}

fn column(kind: RecordKind, name: &str) -> &'static Column {
    describe(kind).column(name).expect("a column")
}

fn set(kind: RecordKind) -> &'static ValueSet {
    describe(kind).sets.first().expect("a set")
}

fn is(kind: RecordKind, name: &str, value: impl Into<Value>) -> Condition {
    Condition::OneOf(column(kind, name), vec![value.into()])
}
