//! A place, as a caller says it is.

use sister_cities_api::place::{ExternalIdsBody, PlaceBody, PlaceNameBody, PointBody, PopulationBody};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{
    ExternalIds, Place, PlaceIdentity, PlaceLevel, PlaceName, PlaceNames, Population,
};
use sister_cities_domain::value::GeoPoint;

use super::{known, period, refused};
use crate::error::{ApiError, ApiResult};

/// The place that a body at `pointer` describes.
pub(crate) fn place(body: PlaceBody, id: PlaceId, programme: ProgrammeId, pointer: &str) -> ApiResult<Place> {
    let at = |field: &str| format!("{pointer}/{field}");
    let PlaceBody { level, names, country, admin1, point, zone, population, external_ids, identity } = body;
    let ExternalIdsBody { geonames, wikidata, unlocode } = external_ids.unwrap_or_default();
    let identity = identity.unwrap_or(match geonames {
        Some(_) => PlaceIdentity::Resolved,
        None => PlaceIdentity::Unresolved,
    });
    let names = names.into_iter().enumerate().map(|(nth, body)| name(body, &at(&format!("names/{nth}"))));
    let names = PlaceNames::distinct(names.collect::<ApiResult<Vec<_>>>()?)
        .map_err(|_| ApiError::field(&at("names"), "there is none", "at least one name"))?;
    let point = point.map(|PointBody { latitude, longitude }| GeoPoint::new(latitude, longitude)).transpose();
    let population = population.into_iter();
    Ok(Place {
        id,
        programme,
        level: level.unwrap_or(PlaceLevel::City),
        names,
        country,
        admin1,
        point: point.map_err(|error| refused(&at("point"), &error))?,
        zone: zone.map(|zone| zone.0),
        population: population
            .map(|PopulationBody { people, year, source }| Population { people, year, source })
            .collect(),
        external: ExternalIds { geonames, wikidata, unlocode },
        identity,
    })
}

fn name(body: PlaceNameBody, pointer: &str) -> ApiResult<PlaceName> {
    let PlaceNameBody { text, role, language, script, from, to } = body;
    let role = known(&role, &format!("{pointer}/role"))?;
    Ok(PlaceName { text, role, language, script, period: period(from, to, pointer)? })
}
