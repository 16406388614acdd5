//! `GET /v1/programmes/{programme}/places/{place}`.

use sister_cities_api::place::{GetPlace, PlaceView};

use crate::call::{Answer, Call};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/places/{place}`.
pub(crate) async fn handle(call: Call<GetPlace>) -> Step<Answer<PlaceView>> {
    let found = call.app.place(&call.caller, call.path.programme, call.path.place).await?;
    Ok(Answer::versioned(PlaceView::of(&found.value, found.revision.number()), found.revision))
}
