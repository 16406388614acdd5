//! `POST /v1/programmes/{programme}/places`.

use sister_cities_api::place::{CreatePlace, PlaceView};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/places`.
pub(crate) async fn handle(call: Call<CreatePlace>) -> ApiResult<Answer<PlaceView>> {
    let reply = call.idempotent_reply(view);
    let facts = intake::place::facts(call.body, "")?;
    let programme = call.path.programme;
    let done = call.app.create_place(&call.caller, programme, facts, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/places/{}", made.value.id);
        Answer::created(view(&made), made.revision, location)
    }))
}

fn view(place: &Versioned<Place>) -> PlaceView {
    PlaceView::of(&place.value, place.revision.number())
}
