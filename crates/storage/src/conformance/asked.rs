//! Every column and set that the catalogue declares for lists, asked for in every way there is, against a model in plain code.
//!
//! Nothing here names a kind but the few that a programme cannot have many of, so a kind is covered by being described.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use super::sample::{World, day, raw};
use crate::catalogue::{self, Column, ColumnType, Constraint, KindDescription, Presence};
use crate::{Condition, Database, Direction, Order, Query, RawRecord, Value};

/// How many records of each kind there are.
const RECORDS: usize = 23;

/// Each column and set by its values, by several, from one on and up to one; alone and all together.
pub async fn every_declared_filter_finds_what_it_should(database: Database) {
    let sample = Sample::store(&database).await;
    let mut asked = 0;
    for description in catalogue::ALL {
        let conditions = conditions(description, &sample.records[&description.kind]);
        for condition in &conditions {
            asked += 1;
            sample.compare(description, vec![condition.clone()], Order::CREATION, 100).await;
        }
        for pair in conditions.windows(2) {
            sample.compare(description, pair.to_vec(), Order::CREATION, 100).await;
        }
    }
    assert!(asked > 50, "{asked}");
}

/// Smallest first and greatest first, ties by id, page by page; what has no value comes before all that has.
pub async fn every_declared_order_runs_through_every_page(database: Database) {
    let sample = Sample::store(&database).await;
    for description in catalogue::ALL {
        let ordered = description.columns.iter().filter(|column| column.order.is_some());
        for order in ordered.map(Order::by).chain([Order::CREATION]) {
            for order in [order, order.reversed()] {
                sample.compare(description, Vec::new(), order, 4).await;
                for condition in
                    conditions(description, &sample.records[&description.kind]).into_iter().step_by(3)
                {
                    sample.compare(description, vec![condition], order, 4).await;
                }
            }
        }
    }
}

/// Records of every kind with values of every sort.
struct Sample {
    world: World,
    records: BTreeMap<RecordKind, Vec<RawRecord>>,
}

impl Sample {
    async fn store(database: &Database) -> Self {
        let world = World::new(database).await;
        let programme = super::sample::programme(world.programme, world.host);
        let mut records = BTreeMap::from([(RecordKind::Programme, vec![programme])]);
        let mut ids: BTreeMap<RecordKind, Vec<Uuid>> =
            BTreeMap::from([(RecordKind::Programme, vec![world.programme.uuid()])]);
        let mut changes = world.told();
        for description in catalogue::ALL.iter().filter(|one| one.kind != RecordKind::Programme) {
            let mut own = Vec::new();
            for number in 0..RECORDS {
                let id = world.id();
                let value = |column: &Column, seed: usize| value(column, number, seed, &ids);
                let mut columns: Vec<Value> = description
                    .columns
                    .iter()
                    .enumerate()
                    .map(|(place, column)| value(column, place))
                    .collect();
                lie_on_days(description, number, &mut columns);
                let members = |set: &'static catalogue::ValueSet| {
                    let mut members: Vec<Value> =
                        (0..number % 3).map(|seed| value(&set.value, seed)).collect();
                    // Of what comes later in the catalogue there are no ids yet.
                    members.retain(|member| *member != Value::Nothing);
                    members.sort();
                    members.dedup();
                    members
                };
                let record =
                    raw(description.kind, id, columns, description.sets.iter().map(members).collect());
                changes.create_raw(record.clone());
                ids.entry(description.kind).or_default().push(id);
                own.push(record);
            }
            records.insert(description.kind, own);
        }
        world.store(changes).await;
        Self { world, records }
    }

    /// What the back end answers is what the model does; of what the world itself is made of, it knows nothing.
    async fn compare(
        &self,
        description: &'static KindDescription,
        conditions: Vec<Condition>,
        order: Order,
        limit: u32,
    ) {
        let own = &self.records[&description.kind];
        let mut expected: Vec<&RawRecord> = own
            .iter()
            .filter(|record| conditions.iter().all(|one| holds(description, record, one)))
            .collect();
        expected.sort_by(|left, right| {
            let key = |record: &RawRecord| {
                let place = order.by.and_then(|column| description.position(column));
                (place.map(|place| record.columns[place].clone()), record.record.id)
            };
            let ascending = key(left).cmp(&key(right));
            if order.direction == Direction::Ascending { ascending } else { ascending.reverse() }
        });
        let expected: Vec<Uuid> = expected.iter().map(|record| record.record.id).collect();
        let mut query = Query { conditions, order, ..Query::all(description.kind, limit) };
        let mut found = Vec::new();
        loop {
            let page =
                self.world.database.store().query(self.world.realm(), query.clone()).await.expect("a page");
            found.extend(page.records.iter().map(|stored| stored.id));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let total =
            self.world.database.store().count(self.world.realm(), query.clone()).await.expect("a count");
        assert_eq!(total, found.len() as u64, "{query:?}");
        found.retain(|id| own.iter().any(|record| record.record.id == *id));
        assert_eq!(found, expected, "{query:?}");
    }
}

/// Lets the record lie on days that agree with each other: on one day, on some, on many years, or on none that is known.
fn lie_on_days(description: &KindDescription, number: usize, columns: &mut [Value]) {
    let Some(span) = description.span else { return };
    let place = |column: &Column| description.position(column).expect("a column of its own");
    let lasting: &[u32] = if span.index_of_long.is_some() { &[0, 9, 366, 367, 4_000] } else { &[0, 30, 365] };
    let first = u32::try_from(number * 131 % 2_000).expect("small");
    let last = first + lasting[number % lasting.len()];
    let (first, last) = if number % 7 == 6 { (None, None) } else { (Some(day(first)), Some(day(last))) };
    columns[place(span.first_day)] = first.into();
    columns[place(span.last_day)] = last.into();
    columns[place(span.key)] = first.map(|first| format!("{first}.2")).unwrap_or_default().into();
}

/// Also together with any other filter; from both ends, page by page.
pub async fn a_list_of_a_window_of_days_holds_what_lies_in_it(database: Database) {
    let sample = Sample::store(&database).await;
    for description in catalogue::ALL {
        let Some(span) = description.span else { continue };
        let others = conditions(description, &sample.records[&description.kind]);
        let mut others = others.into_iter().cycle();
        for (from, to) in [(0, 100), (500, 900), (500, 500), (1_999, 9_999), (0, 9_999), (900, 500)] {
            let from = Condition::AtLeast(span.last_day, day(from).into());
            let to = Condition::AtMost(span.first_day, day(to).into());
            for window in [vec![from.clone()], vec![to.clone()], vec![from, to]] {
                for order in [Order::by(span.key), Order::by(span.key).reversed()] {
                    sample.compare(description, window.clone(), order, 2).await;
                    for other in others.by_ref().take(3) {
                        let mut together = window.clone();
                        together.push(other);
                        sample.compare(description, together, order, 2).await;
                    }
                }
            }
        }
    }
}

/// Values with ties, with letters on both sides of ASCII, empty ones, and none where there may be none.
fn value(column: &Column, number: usize, seed: usize, ids: &BTreeMap<RecordKind, Vec<Uuid>>) -> Value {
    const TEXTS: [&str; 8] = ["", "a", "A", "a\u{0}b", "ab", "ł", "東京", "\u{10ffff}"];
    let pick = number * 7 + seed * 3;
    if column.presence == Presence::Optional && pick.is_multiple_of(4) {
        return Value::Nothing;
    }
    let unique =
        matches!(column.constraint, Constraint::UniqueInProgramme | Constraint::UniqueInInstallation);
    match (column.holds, column.constraint) {
        (ColumnType::Id, Constraint::References(kind)) => match ids.get(&kind).map(Vec::as_slice) {
            Some(known @ [_, ..]) => known[pick % known.len()].into(),
            Some([]) | None => Value::Nothing,
        },
        (ColumnType::Id, _) => Uuid::from_u128(if unique { number } else { pick % 5 } as u128).into(),
        (ColumnType::Integer, _) if unique => i64::try_from(number).expect("small").into(),
        (ColumnType::Integer, _) => i64::try_from(pick % 5).expect("small").into(),
        (ColumnType::Text, _) if unique => format!("{number}").into(),
        (ColumnType::Text, _) => TEXTS[pick % TEXTS.len()].into(),
        (ColumnType::Bytes, _) => {
            Value::Bytes(vec![u8::try_from(if unique { number } else { pick % 5 }).expect("small"); 32])
        }
        (ColumnType::Day, _) => {
            <NaiveDate as Into<Value>>::into(day(u32::try_from(pick % 6).expect("small")))
        }
    }
}

/// Every way of asking that fits what a column holds, with values that there are and one that there is not.
fn conditions(description: &'static KindDescription, records: &[RawRecord]) -> Vec<Condition> {
    let mut all = Vec::new();
    for column in description.columns.iter().filter(|column| column.filter.is_some()) {
        let place = description.position(column).expect("a column of its own");
        let mut values: Vec<Value> = records.iter().map(|record| record.columns[place].clone()).collect();
        values.sort();
        values.dedup();
        values.retain(|value| *value != Value::Nothing);
        all.extend(values.iter().map(|value| Condition::OneOf(column, vec![value.clone()])));
        all.extend(values.chunks(2).map(|some| Condition::OneOf(column, some.to_vec())));
        all.push(Condition::OneOf(column, Vec::new()));
        if matches!(column.holds, ColumnType::Day | ColumnType::Integer | ColumnType::Text) {
            all.extend(values.iter().map(|value| Condition::AtLeast(column, value.clone())));
            all.extend(values.iter().map(|value| Condition::AtMost(column, value.clone())));
        }
    }
    for set in description.sets.iter().filter(|set| set.value.filter.is_some()) {
        let place = description.set_position(set).expect("a set of its own");
        let mut values: Vec<Value> = records.iter().flat_map(|record| record.sets[place].clone()).collect();
        values.sort();
        values.dedup();
        all.push(Condition::HasAny(set, values.iter().take(2).cloned().collect()));
        for value in values {
            if let Value::Text(text) = &value {
                all.push(Condition::HasPrefix(set, text.chars().take(1).collect()));
            }
            all.push(Condition::Has(set, value));
        }
    }
    all
}

/// The model: what a condition means, without a database.
fn holds(description: &KindDescription, record: &RawRecord, condition: &Condition) -> bool {
    let value = |column: &Column| {
        let place = description.columns.iter().position(|own| own.name == column.name);
        &record.columns[place.expect("a column of its own")]
    };
    let members = |set: &catalogue::ValueSet| {
        let place = description.sets.iter().position(|own| own.table == set.table);
        &record.sets[place.expect("a set of its own")]
    };
    match condition {
        Condition::OneOf(column, values) => values.iter().any(|wanted| wanted == value(column)),
        Condition::AtLeast(column, least) => {
            *value(column) != Value::Nothing && value(column).cmp(least) != Ordering::Less
        }
        Condition::AtMost(column, most) => {
            *value(column) != Value::Nothing && value(column).cmp(most) != Ordering::Greater
        }
        Condition::Has(set, member) => members(set).iter().any(|own| own == member),
        Condition::HasAny(set, any) => members(set).iter().any(|own| any.contains(own)),
        Condition::HasPrefix(set, prefix) => members(set).iter().any(|own| match own {
            Value::Text(text) => text.starts_with(prefix.as_str()),
            Value::Nothing | Value::Integer(_) | Value::Bytes(_) | Value::Id(_) | Value::Day(_) => false,
        }),
    }
}
