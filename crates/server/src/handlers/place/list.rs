//! `GET /v1/programmes/{programme}/places`.

use sister_cities_api::Page;
use sister_cities_api::place::{IdentityWord, ListPlaces, PlaceView};
use sister_cities_app::place::PlaceQuestion;

use crate::call::{Answer, Call, page_size};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/places`.
pub(crate) async fn handle(call: Call<ListPlaces>) -> Step<Answer<Page<PlaceView>>> {
    let question = PlaceQuestion {
        country: call.query.country,
        identity: call.query.identity.as_ref().and_then(IdentityWord::meaning),
        geonames: call.query.geonames,
        name: None,
        after: call.place(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.places(&call.caller, call.path.programme, question).await?;
    let items = page.items.iter().map(|found| PlaceView::of(&found.value, found.revision.number())).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
