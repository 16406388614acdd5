//! What one programme lets another see.

use std::collections::BTreeMap;

use sister_cities_domain::id::{ProgrammeId, RecordKind};
use uuid::Uuid;

use super::state::Row;
use crate::{PeerVisible, PeerVisibleQuery, Realm, Value, catalogue};

/// Selects, sorts by id and cuts.
pub(super) fn visible_to(
    rows: &BTreeMap<(Uuid, RecordKind, Uuid), Row>,
    reader: Realm,
    query: PeerVisibleQuery,
) -> Vec<PeerVisible> {
    let description = catalogue::describe(query.kind);
    let Some(place) = description.audience_column.and_then(|column| description.position(column)) else {
        return Vec::new();
    };
    let named = Value::Id(reader.uuid());
    let after = query.after.unwrap_or(Uuid::nil());
    let mut found: Vec<PeerVisible> = rows
        .iter()
        .filter(|((programme, kind, id), row)| {
            *kind == query.kind
                && row.columns.values[place] == named
                && *id > after
                && query.from.is_none_or(|from| from.uuid() == *programme)
        })
        .map(|((programme, _, id), row)| PeerVisible {
            programme: ProgrammeId::from_uuid(*programme),
            stored: row.stored(*id),
        })
        .collect();
    found.sort_by_key(|visible| visible.stored.id);
    found.truncate(query.limit as usize);
    found
}
