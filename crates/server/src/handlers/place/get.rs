//! `GET /v1/programmes/{programme}/places/{place}`.

use sister_cities_api::place::{GetPlace, PlaceView};

use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/places/{place}`.
pub(crate) async fn handle(call: Call<GetPlace>) -> ApiResult<Answer<PlaceView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let found = call.app.get_place(&call.caller, call.path.programme, call.path.place, times).await?;
    let view = PlaceView::on(&found.value, found.revision.number(), times.as_of);
    Ok(Answer::versioned(view, found.revision))
}
