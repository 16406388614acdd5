//! What a client says of places.

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::place::{NameRole, PlaceIdentity, PlaceLevel, Qid, UnLocode};
use sister_cities_domain::value::{Country, LanguageTag, Name, PartialDate, Script, Source};

use super::NameRoleWord;
use crate::AsText;

/// A place, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// What it is called; the first official name is shown.
    #[schemars(length(min = 1))]
    pub names: Vec<PlaceNameBody>,
    /// What kind of place it is; `city` if not given.
    pub level: Option<PlaceLevel>,
    /// Its country (ISO 3166-1 alpha-2, and XK).
    pub country: Option<Country>,
    /// The state, province or nation of the country that it lies in.
    pub admin1: Option<Name>,
    /// Where it lies.
    pub point: Option<PointBody>,
    /// Its IANA time zone, such as `Europe/London`.
    pub zone: Option<AsText<Tz>>,
    /// How many people live there, by year and source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub population: Vec<PopulationBody>,
    /// By what other registers know it.
    pub external_ids: Option<ExternalIdsBody>,
    /// Whether it is known which place of the world it is; `resolved` if a GeoNames id is given, else `unresolved`.
    pub identity: Option<PlaceIdentity>,
}

/// One name of a place.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceNameBody {
    /// The name.
    pub text: Name,
    /// The language that it is in.
    pub language: Option<LanguageTag>,
    /// The script that it is written in, if the language does not say it (ISO 15924).
    pub script: Option<Script>,
    /// Since when it was so called.
    pub from: Option<PartialDate>,
    /// Until when it was so called.
    pub to: Option<PartialDate>,
    /// Whether it is the official name, an alias, a former name, or the name in somebody's list.
    #[schemars(with = "NameRole")]
    pub role: NameRoleWord,
}

/// A point on the globe, WGS 84.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointBody {
    /// Degrees north, from -90 to 90.
    pub latitude: f64,
    /// Degrees east, from -180 to 180.
    pub longitude: f64,
}

/// How many people live in a place.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PopulationBody {
    /// How many.
    pub people: u64,
    /// In which year.
    pub year: Option<i32>,
    /// Who says so.
    pub source: Source,
}

/// By what other registers know a place.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Default, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalIdsBody {
    /// Its number at GeoNames.
    pub geonames: Option<u32>,
    /// Its item at Wikidata, such as `Q1297`.
    pub wikidata: Option<Qid>,
    /// Its UN/LOCODE, such as `USCHI`.
    pub unlocode: Option<UnLocode>,
}
