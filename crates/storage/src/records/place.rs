//! Places.

use sister_cities_domain::id::{PlaceId, RecordKind};
use sister_cities_domain::place::{Place, PlaceIdentity};
use sister_cities_domain::value::Country;

use super::{column, fold, is};
use crate::catalogue::PLACE;
use crate::{Columns, Condition, Filter, Order, Realm, Record, Sort, Value};

/// What a list of places can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlaceFilter {
    /// In this country.
    Country(Country),
    /// Known to GeoNames by this id.
    GeoNames(u32),
    /// Of which we know, or do not know, which place of the world they are.
    Identity(PlaceIdentity),
    /// With a name, present or past, that begins like this; accents and case do not matter.
    NameBegins(String),
    /// With exactly this name, present or past; accents and case do not matter.
    Named(String),
}

/// How a list of places can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaceSort {
    /// By the name shown.
    Name,
}

impl Record for Place {
    const KIND: RecordKind = RecordKind::Place;
    const VERSION: u16 = 1;
    type Id = PlaceId;
    type Filter = PlaceFilter;
    type Sort = PlaceSort;

    fn id(&self) -> PlaceId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }

    fn columns(&self) -> Columns {
        let names = self.names().iter().map(|name| Value::Text(fold(name.text.as_str()))).collect();
        Columns {
            values: vec![
                fold(self.display_name().as_str()).into(),
                self.country.map(Country::alpha2).into(),
                self.external.geonames.into(),
                self.identity.as_str().into(),
            ],
            sets: vec![names],
        }
    }
}

impl Filter for PlaceFilter {
    fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Country(country) => is(column(&PLACE, 1), country.alpha2()),
            Self::GeoNames(id) => is(column(&PLACE, 2), *id),
            Self::Identity(identity) => is(column(&PLACE, 3), identity.as_str()),
            Self::NameBegins(beginning) => vec![Condition::HasPrefix(&PLACE.sets[0], fold(beginning))],
            Self::Named(name) => vec![Condition::Has(&PLACE.sets[0], fold(name).into())],
        }
    }
}

impl Sort for PlaceSort {
    fn order(self) -> Order {
        match self {
            Self::Name => Order::by(column(&PLACE, 0)),
        }
    }
}
