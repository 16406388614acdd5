//! A place, as a caller says it is.

use sister_cities_api::place::{IdentityWord, LevelWord, NameRoleWord, PlaceBody, PlaceNameBody};
use sister_cities_app::place::PlaceFacts;
use sister_cities_domain::place::{ExternalIds, PlaceName, Population};
use sister_cities_domain::value::GeoPoint;

use super::{meant, period, refused};
use crate::error::ApiResult;

/// What is said of a place, at `pointer` in the body.
pub(crate) fn facts(body: PlaceBody, pointer: &str) -> ApiResult<PlaceFacts> {
    let external = body.external_ids.unwrap_or_default();
    let identity = body.identity.unwrap_or(match external.geonames {
        Some(_) => IdentityWord::Resolved,
        None => IdentityWord::Unresolved,
    });
    let point = body.point.map(|point| GeoPoint::new(point.latitude, point.longitude)).transpose();
    let names = body.names.into_iter().enumerate();
    Ok(PlaceFacts {
        level: meant(
            &body.level.unwrap_or(LevelWord::City),
            LevelWord::meaning,
            &format!("{pointer}/level"),
        )?,
        names: names
            .map(|(at, body)| name(body, &format!("{pointer}/names/{at}")))
            .collect::<ApiResult<_>>()?,
        country: body.country,
        admin1: body.admin1,
        point: point.map_err(|error| refused(&format!("{pointer}/point"), &error))?,
        zone: body.zone,
        population: body
            .population
            .into_iter()
            .map(|known| Population { people: known.people, year: known.year, source: known.source })
            .collect(),
        external: ExternalIds {
            geonames: external.geonames,
            wikidata: external.wikidata,
            unlocode: external.unlocode,
        },
        identity: meant(&identity, IdentityWord::meaning, &format!("{pointer}/identity"))?,
    })
}

fn name(body: PlaceNameBody, pointer: &str) -> ApiResult<PlaceName> {
    let mut name =
        PlaceName::new(body.text, meant(&body.role, NameRoleWord::meaning, &format!("{pointer}/role"))?);
    name.language = body.language;
    name.script = body.script;
    name.period = period(body.from, body.to, pointer)?;
    Ok(name)
}
