//! `GET /v1/programmes/{programme}`.

use sister_cities_api::Moment;
use sister_cities_api::programme::{GetProgramme, ProgrammeView};

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}`.
pub(crate) async fn handle(call: Call<GetProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let found = call
        .app
        .get_programme(&call.caller, call.path.programme, call.query.recorded_at.map(Moment::instant))
        .await?;
    Ok(Answer::versioned(ProgrammeView::of(&found.value, found.revision.number()), found.revision))
}
