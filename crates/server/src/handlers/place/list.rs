//! `GET /v1/programmes/{programme}/places`.

use sister_cities_api::place::{IdentityWord, ListPlaces, PlaceSort, PlaceView};
use sister_cities_api::{Moment, Page};
use sister_cities_app::place::{PlaceOrder, PlaceQuery};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, direction, page_size};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/places`.
pub(crate) async fn handle(call: Call<ListPlaces>) -> ApiResult<Answer<Page<PlaceView>>> {
    let query = PlaceQuery {
        country: call.query.country,
        identity: call.query.identity.as_ref().and_then(IdentityWord::meaning),
        geonames: call.query.geonames,
        name: call.query.name.as_ref().map(ToString::to_string),
        order: match call.query.sort {
            Some(PlaceSort::Entered) => PlaceOrder::Entered,
            _ => PlaceOrder::Name,
        },
        direction: direction(call.query.order.as_ref()),
        recorded_at: call.query.recorded_at.map(Moment::instant),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_places(&call.caller, call.path.programme, query).await?;
    let as_of = call.query.as_of;
    let view = |found: &Versioned<Place>| PlaceView::on(&found.value, found.revision.number(), as_of);
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
