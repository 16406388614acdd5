//! Conditions and orders over values at hand, as the databases understand them over columns.

use std::cmp::Ordering;

use uuid::Uuid;

use crate::catalogue::{Column, describe};
use crate::{Columns, Condition, Cursor, Direction, Query, Value};

/// Whether a record with these columns meets all conditions.
pub(crate) fn passes(columns: &Columns, query: &Query) -> bool {
    let description = describe(query.kind);
    let value =
        |column: &Column| description.position(column).and_then(|position| columns.values.get(position));
    query.conditions.iter().all(|condition| match condition {
        Condition::OneOf(column, values) => value(column).is_some_and(|value| values.contains(value)),
        Condition::AtLeast(column, least) => {
            value(column).is_some_and(|value| *value != Value::Nothing && value >= least)
        }
        Condition::AtMost(column, most) => {
            value(column).is_some_and(|value| *value != Value::Nothing && value <= most)
        }
        Condition::Has(set, member) => {
            description.set_position(set).is_some_and(|position| columns.sets[position].contains(member))
        }
        Condition::HasAny(set, members) => description
            .set_position(set)
            .is_some_and(|position| columns.sets[position].iter().any(|member| members.contains(member))),
        Condition::HasPrefix(set, prefix) => description.set_position(set).is_some_and(|position| {
            let begins = |value: &Value| matches!(value, Value::Text(text) if text.starts_with(prefix));
            columns.sets[position].iter().any(begins)
        }),
    })
}

/// The cursor of a record with these columns: its position in the list.
pub(crate) fn cursor(columns: &Columns, id: Uuid, query: &Query) -> Cursor {
    let position = query.order.by.and_then(|column| describe(query.kind).position(column));
    let key = position.and_then(|position| columns.values.get(position).cloned());
    Cursor { key: key.unwrap_or(Value::Nothing), id, change: None }
}

/// Which of two positions comes first.
pub(crate) fn order(left: &Cursor, right: &Cursor, query: &Query) -> Ordering {
    let ascending = left.key.cmp(&right.key).then(left.id.cmp(&right.id));
    match query.order.direction {
        Direction::Ascending => ascending,
        Direction::Descending => ascending.reverse(),
    }
}
