//! What a client says of places.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sister_cities_domain::place::{Qid, UnLocode};
use sister_cities_domain::value::{Country, LanguageTag, Name, PartialDate, Script, Source};

#[cfg(feature = "schema")]
use crate::As;
use crate::{JsonBody, checked};

/// A place, as created or replaced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceBody {
    /// What it is called; the first official name is shown.
    pub names: Vec<PlaceNameBody>,
    /// What kind of place it is; `city` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<LevelWord>>"))]
    pub level: Option<LevelWord>,
    /// Its country (ISO 3166-1 alpha-2, and XK).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Country>>"))]
    pub country: Option<Country>,
    /// The state, province or nation of the country that it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Name>>"))]
    pub admin1: Option<Name>,
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<PointBody>,
    /// Its IANA time zone, such as `Europe/London`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Tz>>"))]
    pub zone: Option<Tz>,
    /// How many people live there, by year and source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub population: Vec<PopulationBody>,
    /// By what other registers know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_ids: Option<ExternalIdsBody>,
    /// Whether it is known which place of the world it is; `resolved` if a GeoNames id is given, else `unresolved`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<IdentityWord>>"))]
    pub identity: Option<IdentityWord>,
}

impl JsonBody for PlaceBody {}

/// One name of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlaceNameBody {
    /// The name.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Name>"))]
    pub text: Name,
    /// The language that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<LanguageTag>>"))]
    pub language: Option<LanguageTag>,
    /// The script that it is written in, if the language does not say it (ISO 15924).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Script>>"))]
    pub script: Option<Script>,
    /// Since when it was so called.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub from: Option<PartialDate>,
    /// Until when it was so called.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub to: Option<PartialDate>,
    /// Whether it is the official name, an alias, a former name, or the name in somebody's list.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<NameRoleWord>"))]
    pub role: NameRoleWord,
}

/// A point on the globe, WGS 84.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PointBody {
    /// Degrees north, from -90 to 90.
    pub latitude: f64,
    /// Degrees east, from -180 to 180.
    pub longitude: f64,
}

/// How many people live in a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PopulationBody {
    /// How many.
    pub people: u64,
    /// In which year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Who says so.
    #[serde(deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "As<Source>"))]
    pub source: Source,
}

/// By what other registers know a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[derive(Default)]
pub struct ExternalIdsBody {
    /// Its number at GeoNames.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// Its item at Wikidata, such as `Q1297`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Qid>>"))]
    pub wikidata: Option<Qid>,
    /// Its UN/LOCODE, such as `USCHI`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "checked")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<UnLocode>>"))]
    pub unlocode: Option<UnLocode>,
}

crate::open_enum! {
    /// What kind of place it is.
    pub enum LevelWord ("a level of place") {
        /// A city, town or municipality.
        City = "city",
        /// A county or like district of a state.
        County = "county",
        /// A state, province, prefecture or region.
        State = "state",
        /// A part of a city.
        District = "district",
        /// A street or square.
        Street = "street",
    }
}

crate::open_enum! {
    /// What a name is to a place.
    pub enum NameRoleWord ("a role of a name") {
        /// Its official name.
        Official = "official",
        /// Another name in use.
        Alias = "alias",
        /// A name that it had.
        Former = "former",
        /// As it stands in somebody's list.
        AsListed = "as_listed",
    }
}

crate::open_enum! {
    /// Whether it is known which place of the world it is.
    pub enum IdentityWord ("a state of identity") {
        /// It is.
        Resolved = "resolved",
        /// It is kept by name only.
        Unresolved = "unresolved",
    }
}
