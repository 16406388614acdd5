//! `PATCH /v1/programmes/{programme}`.

use sister_cities_api::programme::{ChangeProgramme, ProgrammeView};
use sister_cities_app::IdempotentReply;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `PATCH /v1/programmes/{programme}`.
pub(crate) async fn handle(call: Call<ChangeProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let revision = call.based_on()?;
    let change = intake::programme::change(call.body)?;
    let programme = call.path.programme;
    let done =
        call.app.change_programme(&call.caller, programme, revision, change, IdempotentReply::NONE).await?;
    Ok(Answer::done(done, |now| {
        Answer::versioned(ProgrammeView::of(&now.value, now.revision.number()), now.revision)
    }))
}
