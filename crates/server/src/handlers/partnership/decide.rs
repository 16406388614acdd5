//! `POST /v1/programmes/{programme}/partnerships/{partnership}/decisions`.

use sister_cities_api::partnership::{DecidePartnership, PartnershipView};

use super::view::{answer, view};
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/partnerships/{partnership}/decisions`.
pub(crate) async fn handle(call: Call<DecidePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let reply = call.idempotent_reply(view);
    let decision = intake::partnership::decision(call.body, "")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let done = call.app.decide_partnership(&call.caller, programme, id, revision, decision, reply).await?;
    Ok(Answer::done(done, |now| answer(&now)))
}
