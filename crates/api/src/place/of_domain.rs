//! How a place of the domain is shown.

use chrono::NaiveDate;
use sister_cities_domain::place::{NameRole, Place, PlaceIdentity, PlaceLevel, PlaceName};

use super::{
    ExternalIdsBody, IdentityWord, LevelWord, NameRoleWord, PlaceNameBody, PlaceView, PointBody,
    PopulationBody,
};
use crate::meaning::plain_meanings;

plain_meanings! {
    LevelWord => PlaceLevel { City, County, State, District, Street }
    NameRoleWord => NameRole { Official, Alias, Former, AsListed }
    IdentityWord => PlaceIdentity { Resolved, Unresolved }
}

impl PlaceView {
    /// Shows a place at a revision by the names that it had, or may have had, on a day; by all of them if no day is asked about.
    #[must_use]
    pub fn on(place: &Place, revision: u32, day: Option<NaiveDate>) -> Self {
        let view = Self::of(place, revision);
        let Some(day) = day else { return view };
        Self {
            as_of: Some(day),
            display_name: place.display_name_on(day).clone(),
            names: place.names_on(day).map(PlaceNameBody::of).collect(),
            ..view
        }
    }

    /// Shows a place at a revision.
    #[must_use]
    pub fn of(place: &Place, revision: u32) -> Self {
        let population = |known: &sister_cities_domain::place::Population| PopulationBody {
            people: known.people,
            year: known.year,
            source: known.source.clone(),
        };
        Self {
            id: place.id,
            revision,
            as_of: None,
            display_name: place.display_name().clone(),
            names: place.names().iter().map(PlaceNameBody::of).collect(),
            level: LevelWord::of(&place.level),
            country: place.country,
            admin1: place.admin1.clone(),
            point: place
                .point
                .map(|point| PointBody { latitude: point.latitude(), longitude: point.longitude() }),
            zone: place.zone,
            population: place.population.iter().map(population).collect(),
            external_ids: ExternalIdsBody {
                geonames: place.external.geonames,
                wikidata: place.external.wikidata,
                unlocode: place.external.unlocode,
            },
            identity: IdentityWord::of(&place.identity),
        }
    }
}

impl PlaceNameBody {
    fn of(name: &PlaceName) -> Self {
        Self {
            text: name.text.clone(),
            language: name.language.clone(),
            script: name.script,
            from: name.period.and_then(|period| period.from()),
            to: name.period.and_then(|period| period.to()),
            role: NameRoleWord::of(&name.role),
        }
    }
}
