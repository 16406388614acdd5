//! `POST /v1/programmes`.

use sister_cities_api::programme::{CreateProgramme, ProgrammeView};
use sister_cities_app::programme::ProgrammeWithHost;
use sister_cities_domain::programme::Programme;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes`.
pub(crate) async fn handle(call: Call<CreateProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let reply = call.idempotent_reply(|made: &ProgrammeWithHost| view(&made.programme));
    let request = intake::programme::new(call.body)?;
    let done = call.app.create_programme(&call.caller, request, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{}", made.programme.value.id);
        Answer::created(view(&made.programme), made.programme.revision, location)
    }))
}

fn view(programme: &Versioned<Programme>) -> ProgrammeView {
    ProgrammeView::of(&programme.value, programme.revision.number())
}
