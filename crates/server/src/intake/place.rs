//! A place, as a caller says it is.

use sister_cities_api::place::{
    ExternalIdsBody, IdentityWord, LevelWord, NameRoleWord, PlaceBody, PlaceNameBody, PointBody,
    PopulationBody,
};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{ExternalIds, Place, PlaceName, PlaceNames, Population};
use sister_cities_domain::value::GeoPoint;

use super::{meant, period, refused};
use crate::error::{ApiError, ApiResult};

/// The place that a body at `pointer` describes.
pub(crate) fn place(body: PlaceBody, id: PlaceId, programme: ProgrammeId, pointer: &str) -> ApiResult<Place> {
    let at = |field: &str| format!("{pointer}/{field}");
    let PlaceBody { level, names, country, admin1, point, zone, population, external_ids, identity } = body;
    let ExternalIdsBody { geonames, wikidata, unlocode } = external_ids.unwrap_or_default();
    let identity = identity.unwrap_or(match geonames {
        Some(_) => IdentityWord::Resolved,
        None => IdentityWord::Unresolved,
    });
    let names = names.into_iter().enumerate().map(|(nth, body)| name(body, &at(&format!("names/{nth}"))));
    let names = PlaceNames::distinct(names.collect::<ApiResult<Vec<_>>>()?)
        .map_err(|_| ApiError::field(&at("names"), "there is none", "at least one name"))?;
    let point = point.map(|PointBody { latitude, longitude }| GeoPoint::new(latitude, longitude)).transpose();
    let population = population.into_iter();
    Ok(Place {
        id,
        programme,
        level: meant(&level.unwrap_or(LevelWord::City), LevelWord::meaning, &at("level"))?,
        names,
        country,
        admin1,
        point: point.map_err(|error| refused(&at("point"), &error))?,
        zone,
        population: population
            .map(|PopulationBody { people, year, source }| Population { people, year, source })
            .collect(),
        external: ExternalIds { geonames, wikidata, unlocode },
        identity: meant(&identity, IdentityWord::meaning, &at("identity"))?,
    })
}

fn name(body: PlaceNameBody, pointer: &str) -> ApiResult<PlaceName> {
    let PlaceNameBody { text, role, language, script, from, to } = body;
    let role = meant(&role, NameRoleWord::meaning, &format!("{pointer}/role"))?;
    Ok(PlaceName { text, role, language, script, period: period(from, to, pointer)? })
}
