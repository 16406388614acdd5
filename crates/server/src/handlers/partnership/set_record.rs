//! `PUT /v1/programmes/{programme}/partnerships/{partnership}/record`.

use sister_cities_api::partnership::{PartnershipView, SetRecord};
use sister_cities_app::IdempotentReply;

use super::view::answer;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `PUT /v1/programmes/{programme}/partnerships/{partnership}/record`.
pub(crate) async fn handle(call: Call<SetRecord>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let record = intake::partnership::record(call.body.periods, "/periods")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let done =
        call.app.set_record(&call.caller, programme, id, revision, record, IdempotentReply::NONE).await?;
    Ok(Answer::done(done, |now| answer(&now)))
}
