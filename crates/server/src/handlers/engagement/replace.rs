//! `PUT /v1/programmes/{programme}/engagements/{engagement}`.

use sister_cities_api::engagement::{EngagementView, ReplaceEngagement};
use sister_cities_app::IdempotentReply;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `PUT /v1/programmes/{programme}/engagements/{engagement}`.
pub(crate) async fn handle(call: Call<ReplaceEngagement>) -> ApiResult<Answer<EngagementView>> {
    let revision = call.based_on()?;
    let facts = intake::engagement::facts(call.body)?;
    let (programme, id) = (call.path.programme, call.path.engagement);
    let done = call
        .app
        .replace_engagement(&call.caller, programme, id, revision, facts, IdempotentReply::NONE)
        .await?;
    Ok(Answer::done(done, |now| {
        Answer::versioned(EngagementView::of(&now.value, now.revision.number()), now.revision)
    }))
}
