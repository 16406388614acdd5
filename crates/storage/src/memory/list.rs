//! Filters, order and pages over rows in memory.

use uuid::Uuid;

use super::state::Row;
use crate::matching::{self, order, place};
use crate::{Cursor, Query, RawPage};

/// Selects, sorts and cuts.
pub(super) fn page<'a>(rows: impl Iterator<Item = (Uuid, &'a Row)>, query: &Query) -> RawPage {
    let mut found: Vec<(Cursor, &Row)> = rows
        .filter(|(_, row)| passes(row, query))
        .map(|(id, row)| (place(&row.columns, id, query), row))
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
    query.untouched_since.is_none_or(|change| row.change <= change) && matching::passes(&row.columns, query)
}
