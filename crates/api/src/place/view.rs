//! A place as the wire shows it.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::{Country, Name};

#[cfg(feature = "schema")]
use crate::As;

use super::{ExternalIdsBody, IdentityWord, LevelWord, PlaceNameBody, PointBody, PopulationBody};

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
