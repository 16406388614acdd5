//! Filters, order and pages over rows in memory.

use std::cmp::Ordering;

use uuid::Uuid;

use super::state::Row;
use crate::catalogue::{Column, describe};
use crate::{Condition, Cursor, Direction, Query, RawPage, Value};

/// Selects, sorts and cuts.
pub(super) fn page<'a>(rows: impl Iterator<Item = (Uuid, &'a Row)>, query: &Query) -> RawPage {
    let mut found: Vec<(Cursor, &Row)> = rows
        .filter(|(_, row)| passes(row, query))
        .map(|(id, row)| (Cursor { key: key(row, query), id }, row))
        .filter(|(place, _)| query.after.as_ref().is_none_or(|after| order(place, after, query).is_gt()))
        .collect();
    found.sort_by(|(left, _), (right, _)| order(left, right, query));
    let limit = query.limit as usize;
    let next =
        if found.len() > limit { limit.checked_sub(1).map(|last| found[last].0.clone()) } else { None };
    let records = found.into_iter().take(limit).map(|(place, row)| row.stored(place.id)).collect();
    RawPage { records, next }
}

/// Whether a row meets all conditions.
pub(super) fn passes(row: &Row, query: &Query) -> bool {
    let description = describe(query.kind);
    let value = |column: &Column| description.position(column).map(|place| &row.columns[place]);
    query.conditions.iter().all(|condition| match condition {
        Condition::OneOf(column, values) => value(column).is_some_and(|value| values.contains(value)),
        Condition::AtLeast(column, least) => {
            value(column).is_some_and(|value| *value != Value::Nothing && value >= least)
        }
        Condition::AtMost(column, most) => {
            value(column).is_some_and(|value| *value != Value::Nothing && value <= most)
        }
        Condition::Has(set, member) => {
            description.set_position(set).is_some_and(|place| row.sets[place].contains(member))
        }
        Condition::HasPrefix(set, prefix) => description.set_position(set).is_some_and(|place| {
            row.sets[place].iter().any(|value| matches!(value, Value::Text(text) if text.starts_with(prefix)))
        }),
    })
}

fn key(row: &Row, query: &Query) -> Value {
    let place = query.order.by.and_then(|column| describe(query.kind).position(column));
    place.map_or(Value::Nothing, |place| row.columns[place].clone())
}

fn order(left: &Cursor, right: &Cursor, query: &Query) -> Ordering {
    let ascending = left.key.cmp(&right.key).then(left.id.cmp(&right.id));
    match query.order.direction {
        Direction::Ascending => ascending,
        Direction::Descending => ascending.reverse(),
    }
}
