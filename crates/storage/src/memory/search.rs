//! Search in memory: each body is taken apart again for each question.

use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::state::{Row, State};
use crate::catalogue::{Constraint, describe};
use crate::search::{RawHits, RawSearch, Words, entry};
use crate::{ReadError, Realm, Value};

impl State {
    pub(super) fn search(&self, realm: Realm, search: &RawSearch) -> Result<RawHits, ReadError> {
        let Some(up_to) = search.up_to_id()? else { return Ok(RawHits { ids: Vec::new(), next: None }) };
        let mut found: Vec<Uuid> = self
            .rows(realm, search.kind)
            .filter(|(id, row)| *id <= up_to && self.is_found(realm, search, *id, row))
            .map(|(id, _)| id)
            .collect();
        found.reverse();
        let limit = search.limit as usize;
        let is_more = found.len() > limit;
        found.truncate(limit);
        let next = if is_more { found.last().copied().map(Value::Id) } else { None };
        Ok(RawHits { ids: found, next })
    }

    fn is_found(&self, realm: Realm, search: &RawSearch, id: Uuid, row: &Row) -> bool {
        if says(search.kind, id, row, &search.words) {
            return true;
        }
        let description = describe(search.kind);
        let Some(through) = &description.search.through else { return false };
        let Constraint::References(kind) = through.set.value.constraint else { return false };
        let Some(place) = description.set_position(through.set) else { return false };
        row.columns.sets[place].iter().any(|value| {
            let Value::Id(id) = value else { return false };
            let lender = self.row(realm, RecordRef { kind, id: *id });
            lender.is_some_and(|lender| says(kind, *id, lender, &search.words))
        })
    }
}

fn says(kind: RecordKind, id: Uuid, row: &Row, asked: &Words) -> bool {
    let entry = entry(RecordRef { kind, id }, &row.body.json);
    entry.is_some_and(|entry| asked.are_in(&entry.words))
}
