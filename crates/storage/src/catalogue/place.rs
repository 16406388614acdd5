//! Places, as one programme knows them.

use sister_cities_domain::id::{PlaceId, RecordKind};
use sister_cities_domain::place::{Place, PlaceIdentity};
use sister_cities_domain::value::Country;

use super::column::stored;
use super::fields::fields;
use super::search::{name, text};
use super::{
    ColumnOf, Comparison, Constraint, FieldGroup, Folded, KindDescription, SearchText, SetOf, Stored,
};
use crate::{Condition, Filter, Order, Realm, Record};

/// The name shown, folded for sorting.
pub const NAME_KEY: ColumnOf<Place, Folded> =
    ColumnOf::new("name_key", |place: &Place| Folded::of(place.display_name().as_str()))
        .public()
        .ordered("name");

/// ISO 3166-1 alpha-2.
pub const COUNTRY: ColumnOf<Place, Option<Country>> = ColumnOf::new("country", |place: &Place| place.country)
    .public()
    .filtered("country")
    .index_orders(&["name_key"]);

/// The number at GeoNames. One place of the world is one record of a programme.
pub const GEONAMES: ColumnOf<Place, Option<u32>> =
    ColumnOf::new("geonames", |place: &Place| place.external.geonames)
        .public()
        .constrained(Constraint::UniqueInProgramme)
        .filtered("geonames");

/// Whether we know which place of the world it is, as in `unresolved`.
pub const IDENTITY: ColumnOf<Place, PlaceIdentity> =
    ColumnOf::new("identity", |place: &Place| place.identity)
        .public()
        .filtered("identity")
        .index_orders(&["name_key"]);

/// Every name it has or had, folded. Lists are filtered by how one begins.
pub const NAMES: SetOf<Place, Folded> = SetOf::new("place_name", "place", "name_key", |place: &Place| {
    place.names().iter().map(|name| Folded::of(name.text.as_str())).collect()
})
.public()
.compared("name", Comparison::BeginsWith);

/// Only places with a name, present or past, that begins like this; accents and case do not matter.
#[must_use]
pub fn name_begins(beginning: &str) -> Filter<Place> {
    Filter::new(Condition::HasPrefix(&NAMES.set, Folded::of(beginning).as_str().to_owned()))
}

impl Record for Place {
    const KIND: RecordKind = RecordKind::Place;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![NAME_KEY, COUNTRY, GEONAMES, IDENTITY; NAMES];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::by(&NAME_KEY.column),
        search: SearchText { fields: &[name("/names/*/text"), text("/admin1")], through: None },
        ..KindDescription::of::<Self>("place")
    };
    type Id = PlaceId;

    fn id(&self) -> PlaceId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Public,
    "/id" Public,
    "/programme" Public,
    "/level" Public,
    "/names/**" Public,
    "/country" Public,
    "/admin1" Public,
    "/point/**" Public,
    "/zone" Public,
    "/population/**" Public,
    "/external/**" Public,
    "/identity" Public,
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
        body::<Place>(&golden::<Place>(sister_cities_domain::stored_forms::PLACE));
        event::<Place>(&json!({"name": "x", "called": "x", "fields": ["name"]}));
    }
}
