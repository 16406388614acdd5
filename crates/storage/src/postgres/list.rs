//! From a query of the catalogue to a `SELECT`: names come from the catalogue, everything else is bound.

use std::fmt::Write as _;

use super::value::{Param, escape};
use crate::catalogue::{ColumnType, ValueSet, describe};
use crate::{Condition, Cursor, Direction, Query, Realm, Value};

/// A statement and what is bound to it.
pub(super) struct Select {
    pub(super) sql: String,
    pub(super) params: Vec<Param<'static>>,
    /// The type of the fifth column, by which the list is ordered; none if it is ordered by id.
    pub(super) key: Option<ColumnType>,
}

/// Selects one record more than the page holds, so that the end of the list is known without a second question.
pub(super) fn page(realm: Realm, query: &Query) -> Select {
    let key = query.order.by;
    let mut select =
        Select::over(realm, query, &format!("r.id, r.revision, r.version, r.body{}", key_column(query)));
    if let Some(Cursor { key: value, id }) = &query.after {
        let comparison = match query.order.direction {
            Direction::Ascending => '>',
            Direction::Descending => '<',
        };
        let id = select.bind(*id);
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
    let limit = select.bind(i64::from(query.limit) + 1);
    // Writing into a `String` cannot fail.
    let _ = write!(select.sql, " ORDER BY {by_key}r.id {direction} LIMIT {limit}");
    select.key = key.map(|column| column.holds);
    select
}

/// Counts what the list holds in all.
pub(super) fn count(realm: Realm, query: &Query) -> Select {
    Select::over(realm, query, "count(*)")
}

fn key_column(query: &Query) -> String {
    query.order.by.map(|column| format!(", r.{}", column.name)).unwrap_or_default()
}

impl Select {
    fn over(realm: Realm, query: &Query, what: &str) -> Self {
        let table = describe(query.kind).table;
        let sql = format!("SELECT {what} FROM {table} r WHERE r.programme = $1");
        let mut select = Self { sql, params: vec![Box::new(realm.uuid())], key: None };
        for condition in &query.conditions {
            select.condition(condition);
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
            Condition::OneOf(column, values) => {
                let place = self.bind(values.clone());
                self.and(&format!("r.{} = ANY({place})", column.name));
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
                let from = self.bind(Value::Text(prefix.clone()));
                // Bound as it is: escaping leaves the greatest character alone, and the beginning is escaped already.
                let to = self.bind(format!("{}{}", escape(prefix), char::MAX));
                let name = set.value.name;
                self.and_in_set(set, &format!("{name} >= {from} AND {name} < {to}"));
            }
        }
    }

    fn and_in_set(&mut self, set: &ValueSet, condition: &str) {
        let ValueSet { table, owner, .. } = set;
        self.and(&format!("r.id IN (SELECT {owner} FROM {table} WHERE programme = $1 AND {condition})"));
    }

    fn bind(&mut self, value: impl tokio_postgres::types::ToSql + Sync + Send + 'static) -> String {
        self.params.push(Box::new(value));
        format!("${}", self.params.len())
    }

    fn and(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
}
