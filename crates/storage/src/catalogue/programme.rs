//! Programmes: the tenants. The id of one is the programme of all its records, itself included.

use sister_cities_domain::id::{PlaceId, ProgrammeId, RecordKind};
use sister_cities_domain::programme::Programme;

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, Folded, KindDescription, Stored};
use crate::{Realm, Record};

/// The name, folded for sorting.
pub const NAME_KEY: ColumnOf<Programme, Folded> =
    ColumnOf::new("name_key", |programme: &Programme| Folded::of(programme.name.as_str()))
        .public()
        .ordered("name");

/// The place whose programme it is.
pub const HOST: ColumnOf<Programme, PlaceId> = ColumnOf::new("host", |programme: &Programme| programme.host);

impl Record for Programme {
    const KIND: RecordKind = RecordKind::Programme;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![NAME_KEY, HOST];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("programme")
    };
    type Id = ProgrammeId;

    fn id(&self) -> ProgrammeId {
        self.id
    }

    fn realm(&self) -> Realm {
        Realm::Programme(self.id)
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Public,
    "/id" Public,
    "/name" Public,
    "/host" Public,
    "/kinds/**" Public,
    "/policies/**" Internal,
    "/language" Public,
    "/currency" Public,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/called" Public,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{body, event, golden};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let mut programme = golden::<Programme>(sister_cities_domain::stored_forms::PROGRAMME);
        programme["policies"]["retention"] = json!({"personal": {"days": 7}});
        body::<Programme>(&programme);
        event::<Programme>(&json!({"name": "x", "called": "x", "fields": ["name"]}));
    }
}
