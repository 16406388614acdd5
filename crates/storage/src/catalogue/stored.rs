//! Stored bodies of which only the kind is known, read by the type that the kind has.

use sister_cities_domain::id::RecordRef;

use crate::{ChangeSet, Columns, RawBody, Realm, Record, Revision};

/// A stored record of which only kind and body are known, and what follows from the body.
#[derive(Debug)]
pub(crate) struct ReadRecord {
    /// Which.
    pub(crate) record: RecordRef,
    /// Whose.
    pub(crate) realm: Realm,
    /// Its columns.
    pub(crate) columns: Columns,
}

pub(super) fn read<T: Record>(body: &RawBody) -> Result<ReadRecord, String> {
    let value = T::from_body(body)?;
    Ok(ReadRecord { record: value.id().into(), realm: value.realm(), columns: value.columns() })
}

pub(super) fn update<T: Record>(
    changes: &mut ChangeSet,
    body: &RawBody,
    revision: Revision,
) -> Result<(), String> {
    changes.update(&T::from_body(body)?, revision);
    Ok(())
}
