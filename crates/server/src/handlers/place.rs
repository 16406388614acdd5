//! Places.

use sister_cities_api::place::{
    CreatePlace, ENDPOINTS, ExternalIdsBody, GetPlace, ListPlaces, PlaceBody, PlaceNameBody, PlacePath,
    PlaceView, PointBody, PopulationBody, ReplacePlace,
};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::{
    ExternalIds, Place, PlaceIdentity, PlaceLevel, PlaceName, PlaceNames, Population,
};
use sister_cities_domain::value::GeoPoint;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{known, period, refused};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(list_places), serve(create_place), serve(get_place), serve(replace_place)]
}

async fn list_places(call: Call<ListPlaces>) -> ApiResult<Answer<Page<PlaceView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), |found| {
        PlaceView::on(&found.value, found.revision.number(), call.query.as_of)
    })
}

async fn create_place(call: Call<CreatePlace>) -> ApiResult<Answer<PlaceView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let place = place(call.body, PlaceId::next(call.app.ids()), programme, "")?;
    let outcome = call.app.create_place(&call.caller, place, reply).await?;
    let path = |made: &Versioned<Place>| PlacePath { programme, place: made.value.id };
    Ok(Answer::created::<GetPlace, _>(outcome, view, path))
}

async fn get_place(call: Call<GetPlace>) -> ApiResult<Answer<PlaceView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let found =
        call.app.get::<Place>(&call.caller, call.path.programme, call.path.place, times.recorded_at).await?;
    Ok(Answer::shown(&found, |found| PlaceView::on(&found.value, found.revision.number(), times.as_of)))
}

async fn replace_place(call: Call<ReplacePlace>) -> ApiResult<Answer<PlaceView>> {
    let revision = call.based_on()?;
    let place = place(call.body, call.path.place, call.path.programme, "")?;
    let now = call.app.replace_place(&call.caller, place, revision).await?;
    Ok(Answer::shown(&now, view))
}

fn view(place: &Versioned<Place>) -> PlaceView {
    PlaceView::of(&place.value, place.revision.number())
}

/// The place that a body at `pointer` describes.
pub(super) fn place(body: PlaceBody, id: PlaceId, programme: ProgrammeId, pointer: &str) -> ApiResult<Place> {
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
