//! From a query of the catalogue to a `SELECT`: names come from the catalogue, everything else is bound.
//!
//! The two databases differ in how the place of a bound value is written, and in nothing else here.

use std::fmt::Write as _;

use crate::catalogue::{ColumnType, ValueSet, describe};
use crate::{Condition, Cursor, Direction, Order, Query, Realm, Value};

/// How a database writes the place of a bound value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Dialect {
    /// `?1`.
    #[cfg(feature = "sqlite")]
    Sqlite,
    /// `$1`.
    #[cfg(feature = "postgres")]
    Postgres,
}

/// A statement and what is bound to it.
#[derive(Debug)]
pub(crate) struct Select {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
    /// The type of the fifth column, by which the list is ordered; none if it is ordered by id.
    pub(crate) key: Option<ColumnType>,
    dialect: Dialect,
}

impl Dialect {
    /// Selects id, revision, version, body and, if the list is ordered by one, that column.
    ///
    /// One record more than the page holds, so that the end of the list is known without a second question. Nothing is sorted:
    /// an index that holds the records in the order of the list is walked, and what does not pass the filters is left out.
    pub(crate) fn page(self, realm: Realm, query: &Query) -> Select {
        let description = describe(query.kind);
        let key = query.order.by;
        let driving_set = driving_set(query);
        // Written so, SQLite begins with the set.
        let (from, of, own) = match driving_set {
            Some((set, _)) => (format!("{} s CROSS JOIN {} r", set.table, description.table), 's', set.owner),
            None => (format!("{} r", description.table), 'r', "id"),
        };
        let id = format!("{of}.{own}");
        let key_column = key.map(|column| format!(", {of}.{}", column.name)).unwrap_or_default();
        let columns = format!("r.id, r.revision, r.version, r.body{key_column}");
        let mut select = Select::over(self, realm, &format!("{columns} FROM {from}"));
        if let Some((set, member)) = driving_set {
            let member = select.bind(member.clone());
            select.and(&format!("s.programme = {}", self.place(1)));
            select.and(&format!("s.{} = {member} AND r.id = {id}", set.value.name));
        }
        for condition in &query.conditions {
            if !driving_set.is_some_and(|(set, member)| is(condition, set, member)) {
                select.condition(condition, Some(query));
            }
        }
        select.untouched(query);
        if let Some(Cursor { key: value, id: last, .. }) = &query.after {
            let comparison = match query.order.direction {
                Direction::Ascending => '>',
                Direction::Descending => '<',
            };
            let last = select.bind(Value::Id(*last));
            match key {
                Some(column) => {
                    let value = select.bind(value.clone());
                    // Where the values of the column are looked up, the position is only tested.
                    let by_value = query.conditions.iter().any(|condition| is_by_value(condition, query));
                    let tested = if by_value { self.tested() } else { "" };
                    let position = format!("({tested}{of}.{}, {tested}{id})", column.name);
                    select.and(&format!("{position} {comparison} ({value}, {last})"));
                }
                None => select.and(&format!("{id} {comparison} {last}")),
            }
        }
        let direction = match query.order.direction {
            Direction::Ascending => "ASC",
            Direction::Descending => "DESC",
        };
        let by_key = key.map(|column| format!("{of}.{} {direction}, ", column.name)).unwrap_or_default();
        let limit = select.bind(Value::Integer(i64::from(query.limit) + 1));
        // Writing into a `String` cannot fail.
        let _ = write!(select.sql, " ORDER BY {by_key}{id} {direction} LIMIT {limit}");
        select.key = key.map(|column| column.holds);
        select
    }

    /// Counts what the list holds in all.
    pub(crate) fn count(self, realm: Realm, query: &Query) -> Select {
        let mut select =
            Select::over(self, realm, &format!("count(*) FROM {} r", describe(query.kind).table));
        for condition in &query.conditions {
            select.condition(condition, None);
        }
        select.untouched(query);
        select
    }

    fn place(self, number: usize) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("?{number}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("${number}"),
        }
    }

    /// What keeps a condition on a column from choosing the index.
    const fn tested(self) -> &'static str {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => "+",
            // It chooses by what it knows of the table, and by how few are wanted.
            #[cfg(feature = "postgres")]
            Self::Postgres => "",
        }
    }
}

/// The member that the list is read by: of a set whose members are in the order of the list, if no column leads there.
fn driving_set(query: &Query) -> Option<(&'static ValueSet, &Value)> {
    let is_index_ordered = |condition: &Condition| {
        matches!(condition, Condition::OneOf(column, values)
            if values.len() == 1 && column.is_index_ordered(query.order.by))
    };
    let key = query.order.by?;
    if query.conditions.iter().any(is_index_ordered) {
        return None;
    }
    query.conditions.iter().find_map(|condition| {
        let Condition::Has(set, member) = condition else { return None };
        (set.denormalised_key == Some(key)).then_some((*set, member))
    })
}

/// Whether the list is read by looking up the values of the column that it is in the order of.
fn is_by_value(condition: &Condition, query: &Query) -> bool {
    matches!(condition, Condition::OneOf(column, _) if query.order.by == Some(*column))
}

/// Whether records with that value in the column of the order may come after the position of the query.
fn is_ahead(value: &Value, query: &Query) -> bool {
    query.after.as_ref().is_none_or(|after| match query.order.direction {
        Direction::Ascending => *value >= after.key,
        Direction::Descending => *value <= after.key,
    })
}

fn is(condition: &Condition, set: &ValueSet, member: &Value) -> bool {
    matches!(condition, Condition::Has(other, value) if *other == set && value == member)
}

impl Select {
    fn over(dialect: Dialect, realm: Realm, what: &str) -> Self {
        let sql = format!("SELECT {what} WHERE r.programme = {}", dialect.place(1));
        Self { sql, values: vec![Value::Id(realm.uuid())], key: None, dialect }
    }

    fn untouched(&mut self, query: &Query) {
        if let Some(change) = query.untouched_since {
            let place = self.bind(change.into());
            self.and(&format!("r.change <= {place}"));
        }
    }

    /// Adds a condition; of a list in an order, if it is one.
    fn condition(&mut self, condition: &Condition, list: Option<&Query>) {
        let order = list.map(|query| query.order);
        let tested = order.map_or("", |_| self.dialect.tested());
        match condition {
            // The values are looked up one after the other, from that on where the page begins.
            Condition::OneOf(column, values) if list.is_some_and(|query| is_by_value(condition, query)) => {
                let ahead = values.iter().filter(|value| list.is_none_or(|query| is_ahead(value, query)));
                let places: Vec<String> = ahead.map(|value| self.bind(value.clone())).collect();
                match places.as_slice() {
                    [] => self.and("1 = 0"),
                    [one] => self.and(&format!("r.{} = {one}", column.name)),
                    several => self.and(&format!("r.{} IN ({})", column.name, several.join(", "))),
                }
            }
            // One value is by far the most usual, and then the list can stay in the order of an index.
            Condition::OneOf(column, values) if values.len() == 1 => {
                let is_index_ordered = order.is_some_and(|order| column.is_index_ordered(order.by));
                let place = self.bind(values[0].clone());
                let tested = if is_index_ordered { "" } else { tested };
                self.and(&format!("{tested}r.{} = {place}", column.name));
            }
            Condition::OneOf(_, values) if values.is_empty() => self.and("1 = 0"),
            Condition::OneOf(column, values) => {
                let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
                self.and(&format!("{tested}r.{} IN ({})", column.name, places.join(", ")));
            }
            Condition::AtLeast(column, value) => {
                let place = self.bind(value.clone());
                self.and(&format!("{tested}r.{} >= {place}", column.name));
            }
            Condition::AtMost(column, value) => {
                let place = self.bind(value.clone());
                self.and(&format!("{tested}r.{} <= {place}", column.name));
            }
            Condition::Has(set, value) => {
                let place = self.bind(value.clone());
                self.and_in_set(set, &format!("{} = {place}", set.value.name), order);
            }
            Condition::HasAny(_, values) if values.is_empty() => self.and("1 = 0"),
            Condition::HasAny(set, values) => {
                let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
                self.and_in_set(set, &format!("{} IN ({})", set.value.name, places.join(", ")), order);
            }
            Condition::HasPrefix(set, prefix) => {
                let name = set.value.name;
                let from = self.bind(Value::Text(prefix.clone()));
                let mut range = format!("{name} >= {from}");
                if let Some(end) = end_of_prefix(prefix) {
                    let to = self.bind(Value::Text(end));
                    let _ = write!(range, " AND {name} < {to}");
                }
                self.and_in_set(set, &range, order);
            }
        }
    }

    fn and_in_set(&mut self, set: &ValueSet, condition: &str, order: Option<Order>) {
        let ValueSet { table, owner, .. } = set;
        let programme = self.dialect.place(1);
        let within = format!("FROM {table} WHERE programme = {programme} AND {condition}");
        match order {
            // Asked of each record in turn, so that the others need not be collected first.
            Some(_) => self.and(&format!("EXISTS (SELECT 1 {within} AND {owner} = r.id)")),
            None => self.and(&format!("r.id IN (SELECT {owner} {within})")),
        }
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        self.dialect.place(self.values.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}

/// The least text that is greater than all that begin with `prefix`; none if there is none.
fn end_of_prefix(prefix: &str) -> Option<String> {
    let mut letters: Vec<char> = prefix.chars().collect();
    while let Some(last) = letters.pop() {
        if let Some(next) = (last..=char::MAX).nth(1) {
            letters.push(next);
            return Some(letters.into_iter().collect());
        }
    }
    None
}
