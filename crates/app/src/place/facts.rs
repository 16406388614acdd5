//! What is said about a place, whether it is entered or replaced.

use chrono_tz::Tz;
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{ExternalIds, Place, PlaceIdentity, PlaceLevel, PlaceName, Population};
use sister_cities_domain::value::{Country, GeoPoint, Name};

use crate::AppError;

/// Everything about a place but whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFacts {
    /// What sort of community it is.
    pub level: PlaceLevel,
    /// Its names, at least one.
    pub names: Vec<PlaceName>,
    /// Its country today.
    pub country: Option<Country>,
    /// The name of the first-order division it lies in.
    pub admin1: Option<Name>,
    /// Where it is.
    pub point: Option<GeoPoint>,
    /// Its time zone.
    pub zone: Option<Tz>,
    /// How many live there, by year and source.
    pub population: Vec<Population>,
    /// Its ids elsewhere.
    pub external: ExternalIds,
    /// Whether we know which place of the world it is.
    pub identity: PlaceIdentity,
}

impl PlaceFacts {
    /// A city of that name of which nothing more is known.
    #[must_use]
    pub fn city(name: PlaceName) -> Self {
        Self {
            level: PlaceLevel::City,
            names: vec![name],
            country: None,
            admin1: None,
            point: None,
            zone: None,
            population: Vec::new(),
            external: ExternalIds::default(),
            identity: PlaceIdentity::Unresolved,
        }
    }

    /// The place with these facts. `path` is where they stand in the request.
    pub(crate) fn into_place(
        mut self,
        id: PlaceId,
        programme: ProgrammeId,
        path: &str,
    ) -> Result<Place, AppError> {
        let no_name = || AppError::invalid(format!("{path}/names"), "there is none", "at least one name");
        if self.names.is_empty() {
            return Err(no_name());
        }
        let first = self.names.remove(0);
        let mut place = Place::new(id, programme, self.level, first);
        self.names.into_iter().for_each(|name| place.add_name(name));
        place.country = self.country;
        place.admin1 = self.admin1;
        place.point = self.point;
        place.zone = self.zone;
        place.population = self.population;
        place.external = self.external;
        place.identity = self.identity;
        Ok(place)
    }
}
