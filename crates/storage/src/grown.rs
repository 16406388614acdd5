//! The demo grown to the log of a large city over a lifetime: 100,000 engagements in one programme, with the demo's own texts.
//!
//! Here the plans of statements are what they are for users: on a PostgreSQL that knows its tables, and with enough in them that
//! reading a whole one, or sorting it, would be felt.

use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use crate::catalogue::{self, Column, ColumnType, Comparison, KindDescription};
use crate::conformance::sample::{World, day, engagement, event, partnership, place, reference, revision};
use crate::{Condition, Cursor, Database, Order, Query, RawRecord, Value};

pub(crate) const ENGAGEMENTS: u32 = 100_000;
const AT_ONCE: u32 = 10_000;
const BONDS: u32 = 30;
const FOCI: [&str; 6] = ["culture", "education", "business", "government", "youth", "sports"];
const DIRECTIONS: [&str; 4] = ["inbound", "outbound", "joint", "virtual"];
const FACTS: &str = include_str!("../tests/data/chicago_engagements.csv");

/// The database, grown.
pub(crate) struct Grown {
    pub(crate) world: World,
    /// The engagement that was entered when there was half of them.
    middle: Uuid,
}

/// Stores all of it.
pub(crate) async fn grow(database: &Database) -> Grown {
    let world = World::new(database).await;
    let mut changes = world.changes();
    let mut bonds = vec![world.bond];
    for number in 1..BONDS {
        let (city, bond) = (world.id(), world.id());
        let mut raw = place(city, &format!("city {number}"), Some(number));
        raw.body.json = format!("{{\"names\":[{{\"text\":\"City {number}\"}}]}}");
        changes.create_raw(raw).create_raw(partnership(bond, [world.host, city]));
        bonds.push(bond);
    }
    changes.event_raw(event(world.bond()));
    world.store(changes).await;
    let texts: Vec<&str> = FACTS.lines().skip(1).collect();
    let mut stored = Vec::new();
    for first in (0..ENGAGEMENTS).step_by(AT_ONCE as usize) {
        let mut changes = world.changes();
        for number in first..first + AT_ONCE {
            let raw = visit(&world, &bonds, &texts, number);
            if number % 10 == 0 {
                changes.event_raw(event(raw.record));
            }
            stored.push(raw.record.id);
            changes.create_raw(raw);
        }
        world.store(changes).await;
    }
    // So that there is a past.
    let mut changes = world.changes();
    for (number, id) in (0..AT_ONCE).zip(&stored) {
        let raw = RawRecord {
            record: reference(RecordKind::Engagement, *id),
            ..visit(&world, &bonds, &texts, number)
        };
        changes.update_raw(raw, revision(1));
    }
    changes.event_raw(event(world.bond()));
    world.store(changes).await;
    Grown { middle: stored[stored.len() / 2], world }
}

fn visit(world: &World, bonds: &[Uuid], texts: &[&str], number: u32) -> RawRecord {
    let at = number as usize;
    let mut raw = engagement(world.id(), bonds[at % bonds.len()], Some(day(number * 7 % 9_000)));
    raw.columns[1] = DIRECTIONS[at % DIRECTIONS.len()].into();
    raw.sets[0] = vec![FOCI[at % FOCI.len()].into(), FOCI[at / 7 % FOCI.len()].into()];
    let text = texts[at % texts.len()];
    raw.body.json = serde_json::json!({ "title": format!("{text} {number}") }).to_string();
    raw
}

/// Each filter that is declared, alone, with what it asks for usual and unheard of; and all of a kind together. With each order,
/// from both ends, at the beginning and in the middle.
pub(crate) fn lists(grown: &Grown) -> Vec<Query> {
    let mut all = Vec::new();
    for description in catalogue::ALL {
        let usual: Vec<Condition> = filters(description, grown, false);
        let alone = usual.iter().cloned().chain(filters(description, grown, true)).map(|filter| vec![filter]);
        let together = (usual.len() > 1).then(|| usual.clone());
        for conditions in alone.chain(together).chain([Vec::new()]) {
            for order in orders(description).into_iter().flat_map(|order| [order, order.reversed()]) {
                let key = order.by.map_or(Value::Nothing, |column| usual_value(column, grown));
                for after in [None, Some(Cursor { key, id: grown.middle, change: None })] {
                    let rest = Query::all(description.kind, 50);
                    all.push(Query { conditions: conditions.clone(), order, after, ..rest });
                }
            }
        }
    }
    all
}

fn orders(description: &'static KindDescription) -> Vec<Order> {
    let ordered = description.columns.iter().filter(|column| column.order.is_some());
    ordered.map(Order::by).chain([Order::CREATION]).collect()
}

fn filters(description: &'static KindDescription, grown: &Grown, unheard_of: bool) -> Vec<Condition> {
    let mut all = Vec::new();
    let value = if unheard_of { |column: &Column, _: &Grown| unheard_of_value(column) } else { usual_value };
    for column in description.columns {
        all.extend(column.filter.map(|filter| match filter.comparison {
            Comparison::AtLeast if unheard_of => Condition::AtLeast(column, day(100_000).into()),
            Comparison::AtMost if unheard_of => {
                Condition::AtMost(column, (day(0) - chrono::Days::new(1)).into())
            }
            Comparison::AtLeast => Condition::AtLeast(column, usual_value(column, grown)),
            Comparison::AtMost => Condition::AtMost(column, usual_value(column, grown)),
            Comparison::Is | Comparison::BeginsWith => Condition::OneOf(column, vec![value(column, grown)]),
        }));
    }
    for set in description.sets.iter().filter(|set| set.value.filter.is_some()) {
        all.push(Condition::Has(set, value(&set.value, grown)));
        if set.value.holds == ColumnType::Text && set.denormalised_key.is_none() {
            all.push(Condition::HasPrefix(set, "ci".to_owned()));
        }
    }
    all
}

fn usual_value(column: &Column, grown: &Grown) -> Value {
    match (column.name, column.holds) {
        ("direction", _) => "inbound".into(),
        ("focus", _) => "culture".into(),
        ("began_key", _) => "2013-05-01".into(),
        ("place", _) => grown.world.host.into(),
        (_, ColumnType::Integer) => Value::Integer(1),
        (_, ColumnType::Text) => "agreed".into(),
        (_, ColumnType::Bytes) => Value::Bytes(vec![1]),
        (_, ColumnType::Id) => grown.world.bond.into(),
        (_, ColumnType::Day) => day(4_500).into(),
    }
}

fn unheard_of_value(column: &Column) -> Value {
    match column.holds {
        ColumnType::Integer => Value::Integer(-1),
        ColumnType::Text => "~".into(),
        ColumnType::Bytes => Value::Bytes(vec![2]),
        ColumnType::Id => Uuid::max().into(),
        ColumnType::Day => day(100_000).into(),
    }
}
