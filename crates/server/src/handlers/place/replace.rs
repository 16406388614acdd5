//! `PUT /v1/programmes/{programme}/places/{place}`.

use sister_cities_api::place::{PlaceView, ReplacePlace};
use sister_cities_app::IdempotentReply;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `PUT /v1/programmes/{programme}/places/{place}`.
pub(crate) async fn handle(call: Call<ReplacePlace>) -> ApiResult<Answer<PlaceView>> {
    let revision = call.based_on()?;
    let facts = intake::place::facts(call.body, "")?;
    let (programme, place) = (call.path.programme, call.path.place);
    let done = call
        .app
        .replace_place(&call.caller, programme, place, revision, facts, IdempotentReply::NONE)
        .await?;
    Ok(Answer::done(done, |now| {
        Answer::versioned(PlaceView::of(&now.value, now.revision.number()), now.revision)
    }))
}
