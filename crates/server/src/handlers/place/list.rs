//! `GET /v1/programmes/{programme}/places`.

use sister_cities_api::place::{ListPlaces, PlaceView};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/places`.
pub(crate) async fn handle(call: Call<ListPlaces>) -> ApiResult<Answer<Page<PlaceView>>> {
    let (listing, recorded_at) = (call.listing::<Place>()?, call.query.recorded_at.map(Moment::instant));
    let page = call.app.list(&call.caller, call.path.programme, listing, recorded_at).await?;
    let as_of = call.query.as_of;
    let view = |found: &Versioned<Place>| PlaceView::on(&found.value, found.revision.number(), as_of);
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
