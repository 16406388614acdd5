//! What the wire shows of places, and how it is made of the domain.

use chrono::NaiveDate;
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::place::{Place, PlaceName};
use sister_cities_domain::value::{Country, Name};

use super::{ExternalIdsBody, IdentityWord, LevelWord, PlaceBody, PlaceNameBody, PointBody, PopulationBody};
use crate::{AsText, IncompleteView};

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
        let &Place {
            id,
            level,
            country,
            point,
            zone,
            external,
            identity,
            ref admin1,
            ref population,
            programme: _,
            names: _,
        } = place;
        let people = |known: &sister_cities_domain::place::Population| PopulationBody {
            people: known.people,
            year: known.year,
            source: known.source.clone(),
        };
        Self {
            id,
            revision,
            as_of: None,
            display_name: place.display_name().clone(),
            names: place.names().iter().map(PlaceNameBody::of).collect(),
            level: level.into(),
            country,
            admin1: admin1.clone(),
            point: point.map(|point| PointBody { latitude: point.latitude(), longitude: point.longitude() }),
            zone: zone.map(AsText),
            population: population.iter().map(people).collect(),
            external_ids: ExternalIdsBody {
                geonames: external.geonames,
                wikidata: external.wikidata,
                unlocode: external.unlocode,
            },
            identity: identity.into(),
        }
    }
}

impl PlaceNameBody {
    fn of(name: &PlaceName) -> Self {
        let &PlaceName { script, period, role, ref text, ref language } = name;
        Self {
            text: text.clone(),
            language: language.clone(),
            script,
            from: period.and_then(|period| period.from()),
            to: period.and_then(|period| period.to()),
            role: role.into(),
        }
    }
}

/// A place of a programme.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceView {
    /// Its id.
    pub id: PlaceId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The day that names are shown for, if one was asked about.
    pub as_of: Option<NaiveDate>,
    /// The name to show.
    pub display_name: Name,
    /// What it is called: by language, script and period.
    pub names: Vec<PlaceNameBody>,
    /// What kind of place it is.
    pub level: LevelWord,
    /// Its country (ISO 3166-1 alpha-2, and XK).
    pub country: Option<Country>,
    /// The state, province or nation of the country that it lies in.
    pub admin1: Option<Name>,
    /// Where it lies.
    pub point: Option<PointBody>,
    /// Its IANA time zone.
    pub zone: Option<AsText<Tz>>,
    /// How many people live there, by year and source.
    #[serde(default)]
    pub population: Vec<PopulationBody>,
    /// By what other registers know it.
    pub external_ids: ExternalIdsBody,
    /// Whether it is known which place of the world it is.
    pub identity: IdentityWord,
}

/// The place as a body that changes nothing: what is to be changed is changed in it.
impl TryFrom<PlaceView> for PlaceBody {
    type Error = IncompleteView;

    fn try_from(view: PlaceView) -> Result<Self, IncompleteView> {
        let PlaceView {
            id: _,
            revision: _,
            as_of,
            display_name: _,
            names,
            level,
            country,
            admin1,
            point,
            zone,
            population,
            external_ids,
            identity,
        } = view;
        if let Some(day) = as_of {
            return Err(IncompleteView::AsOf(day));
        }
        Ok(Self {
            names,
            level: Some(level.recognised("level")?),
            country,
            admin1,
            point,
            zone,
            population,
            external_ids: Some(external_ids),
            identity: Some(identity.recognised("identity")?),
        })
    }
}
