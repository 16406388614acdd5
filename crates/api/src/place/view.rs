//! What the wire shows of places, and how it is made of the domain.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::place::{NameRole, Place, PlaceIdentity, PlaceLevel, PlaceName};
use sister_cities_domain::value::{Country, Name};

use super::{
    ExternalIdsBody, IdentityWord, LevelWord, NameRoleWord, PlaceNameBody, PointBody, PopulationBody,
};
#[cfg(feature = "schema")]
use crate::As;
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

/// A place of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlaceView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<PlaceId>"))]
    pub id: PlaceId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The day that names are shown for, if one was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<NaiveDate>>"))]
    pub as_of: Option<NaiveDate>,
    /// The name to show.
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub display_name: Name,
    /// What it is called: by language, script and period.
    pub names: Vec<PlaceNameBody>,
    /// What kind of place it is.
    pub level: LevelWord,
    /// Its country (ISO 3166-1 alpha-2, and XK).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Country>>"))]
    pub country: Option<Country>,
    /// The state, province or nation of the country that it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub admin1: Option<Name>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<PointBody>,
    /// Its IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Tz>>"))]
    pub zone: Option<Tz>,
    /// How many people live there, by year and source.
    #[serde(default)]
    pub population: Vec<PopulationBody>,
    /// By what other registers know it.
    pub external_ids: ExternalIdsBody,
    /// Whether it is known which place of the world it is.
    pub identity: IdentityWord,
}
