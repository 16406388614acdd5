//! From a query of the catalogue to a `SELECT`: names come from the catalogue, everything else is bound.
//!
//! The two databases differ in how the place of a bound value is written, and in nothing else here.

use std::fmt::Write as _;

use crate::catalogue::{ColumnType, ValueSet, describe};
use crate::{Condition, Cursor, Direction, Query, Realm, Value};

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
    /// One record more than the page holds, so that the end of the list is known without a second question.
    pub(crate) fn page(self, realm: Realm, query: &Query) -> Select {
        let key = query.order.by;
        let key_column = key.map(|column| format!(", r.{}", column.name)).unwrap_or_default();
        let mut select =
            Select::over(self, realm, query, &format!("r.id, r.revision, r.version, r.body{key_column}"));
        if let Some(Cursor { key: value, id, .. }) = &query.after {
            let comparison = match query.order.direction {
                Direction::Ascending => '>',
                Direction::Descending => '<',
            };
            let id = select.bind(Value::Id(*id));
            match key {
                Some(column) => {
                    let value = select.bind(value.clone());
                    select.and(&format!("(r.{}, r.id) {comparison} ({value}, {id})", column.name));
                }
                None => select.and(&format!("r.id {comparison} {id}")),
            }
        }
        let direction = match query.order.direction {
            Direction::Ascending => "ASC",
            Direction::Descending => "DESC",
        };
        let by_key = key.map(|column| format!("r.{} {direction}, ", column.name)).unwrap_or_default();
        let limit = select.bind(Value::Integer(i64::from(query.limit) + 1));
        // Writing into a `String` cannot fail.
        let _ = write!(select.sql, " ORDER BY {by_key}r.id {direction} LIMIT {limit}");
        select.key = key.map(|column| column.holds);
        select
    }

    /// Counts what the list holds in all.
    pub(crate) fn count(self, realm: Realm, query: &Query) -> Select {
        Select::over(self, realm, query, "count(*)")
    }

    fn place(self, number: usize) -> String {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite => format!("?{number}"),
            #[cfg(feature = "postgres")]
            Self::Postgres => format!("${number}"),
        }
    }
}

impl Select {
    fn over(dialect: Dialect, realm: Realm, query: &Query, what: &str) -> Self {
        let table = describe(query.kind).table;
        let programme = dialect.place(1);
        let sql = format!("SELECT {what} FROM {table} r WHERE r.programme = {programme}");
        let mut select = Self { sql, values: vec![Value::Id(realm.uuid())], key: None, dialect };
        for condition in &query.conditions {
            select.condition(condition);
        }
        if let Some(change) = query.untouched_since {
            let place = select.bind(change.into());
            select.and(&format!("r.change <= {place}"));
        }
        select
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            // One value is by far the most usual, and then the list can stay in the order of an index.
            Condition::OneOf(column, values) if values.len() == 1 => {
                let place = self.bind(values[0].clone());
                self.and(&format!("r.{} = {place}", column.name));
            }
            Condition::OneOf(_, values) if values.is_empty() => self.and("1 = 0"),
            Condition::OneOf(column, values) => {
                let places: Vec<String> = values.iter().map(|value| self.bind(value.clone())).collect();
                self.and(&format!("r.{} IN ({})", column.name, places.join(", ")));
            }
            Condition::AtLeast(column, value) => {
                let place = self.bind(value.clone());
                self.and(&format!("r.{} >= {place}", column.name));
            }
            Condition::AtMost(column, value) => {
                let place = self.bind(value.clone());
                self.and(&format!("r.{} <= {place}", column.name));
            }
            Condition::Has(set, value) => {
                let place = self.bind(value.clone());
                self.and_in_set(set, &format!("{} = {place}", set.value.name));
            }
            Condition::HasPrefix(set, prefix) => {
                let name = set.value.name;
                let from = self.bind(Value::Text(prefix.clone()));
                let mut range = format!("{name} >= {from}");
                if let Some(end) = end_of_prefix(prefix) {
                    let to = self.bind(Value::Text(end));
                    let _ = write!(range, " AND {name} < {to}");
                }
                self.and_in_set(set, &range);
            }
        }
    }

    fn and_in_set(&mut self, set: &ValueSet, condition: &str) {
        let ValueSet { table, owner, .. } = set;
        let programme = self.dialect.place(1);
        self.and(&format!(
            "r.id IN (SELECT {owner} FROM {table} WHERE programme = {programme} AND {condition})"
        ));
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
