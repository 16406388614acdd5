//! Organisations, as one programme knows them.

use sister_cities_domain::id::{OrganisationId, PlaceId, RecordKind};
use sister_cities_domain::organisation::{Organisation, OrganisationKind};

use super::column::stored;
use super::fields::fields;
use super::search::{name, text};
use super::{ColumnOf, Comparison, FieldGroup, Folded, KindDescription, SearchText, SetOf, Stored};
use crate::{Order, Realm, Record};

/// The name, in Latin letters where it has such, folded for sorting.
pub const NAME_KEY: ColumnOf<Organisation, Folded> =
    ColumnOf::new("name_key", |organisation: &Organisation| {
        Folded::of(organisation.latin_name.as_ref().unwrap_or(&organisation.name).as_str())
    })
    .ordered("name");

/// What sort it is, as in `school`.
pub const KIND: ColumnOf<Organisation, OrganisationKind> =
    ColumnOf::new("kind", |organisation: &Organisation| organisation.kind.clone())
        .filtered("kind")
        .index_orders(&["name_key"]);

/// Where it has its seat.
pub const PLACE: ColumnOf<Organisation, Option<PlaceId>> =
    ColumnOf::new("place", |organisation: &Organisation| organisation.place)
        .filtered("place")
        .index_orders(&["name_key"]);

/// What it is part of.
pub const PARENT: ColumnOf<Organisation, Option<OrganisationId>> =
    ColumnOf::new("parent", |organisation: &Organisation| organisation.parent)
        .filtered("parent")
        .index_orders(&["name_key"]);

/// Its names, folded. Lists are filtered by how one begins.
pub const NAMES: SetOf<Organisation, Folded> =
    SetOf::new("organisation_name", "organisation", "name_key", |organisation: &Organisation| {
        let names = std::iter::once(&organisation.name).chain(&organisation.latin_name);
        names.map(|name| Folded::of(name.as_str())).collect()
    })
    .compared("name", Comparison::BeginsWith);

impl Record for Organisation {
    const KIND: RecordKind = RecordKind::Organisation;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![NAME_KEY, KIND, PLACE, PARENT; NAMES];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&NAME_KEY.column),
        search: SearchText {
            fields: &[name("/name"), name("/latin_name"), text("/notes/*/text")],
            through: None,
        },
        ..KindDescription::of::<Self>("organisation")
    };
    type Id = OrganisationId;

    fn id(&self) -> OrganisationId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

// Many an organisation is called after a person.
const FIELDS: &[FieldGroup] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/name" Prose,
    "/latin_name" Prose,
    "/kind" Internal,
    "/place" Internal,
    "/parent" Internal,
    "/register_ids/*/*" Internal,
    "/website" Internal,
    "/notes/*/text" Prose,
    "/notes/*/source" Prose,
    "/source" Prose,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/called" Prose,
    "/fields/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{body, event, golden};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let golden = golden::<Organisation>(sister_cities_domain::stored_forms::ORGANISATION);
        body::<Organisation>(&golden);
        event::<Organisation>(&json!({"name": "x", "called": "x", "fields": ["name"]}));
    }
}
