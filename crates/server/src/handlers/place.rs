//! Places.

use sister_cities_api::place::{
    CreatePlace, ENDPOINTS, GetPlace, ListPlaces, PlacePath, PlaceView, ReplacePlace,
};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::id::PlaceId;
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::intake;

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
    let place = intake::place::place(call.body, PlaceId::next(call.app.ids()), programme, "")?;
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
    let place = intake::place::place(call.body, call.path.place, call.path.programme, "")?;
    let now = call.app.replace_place(&call.caller, place, revision).await?;
    Ok(Answer::shown(&now, view))
}

fn view(place: &Versioned<Place>) -> PlaceView {
    PlaceView::of(&place.value, place.revision.number())
}
