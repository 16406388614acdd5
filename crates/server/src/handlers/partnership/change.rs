//! `PATCH /v1/programmes/{programme}/partnerships/{partnership}`.

use sister_cities_api::partnership::{ChangePartnership, PartnershipView};
use sister_cities_app::IdempotentReply;

use super::view::answer;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `PATCH /v1/programmes/{programme}/partnerships/{partnership}`.
pub(crate) async fn handle(call: Call<ChangePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let addition = intake::partnership::addition(call.body)?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let done = call
        .app
        .change_partnership(&call.caller, programme, id, revision, addition, IdempotentReply::NONE)
        .await?;
    Ok(Answer::done(done, |now| answer(&now)))
}
