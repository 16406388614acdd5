//! `GET /v1/programmes/{programme}/engagements/{engagement}`.

use sister_cities_api::engagement::{EngagementView, GetEngagement};

use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/engagements/{engagement}`.
pub(crate) async fn handle(call: Call<GetEngagement>) -> ApiResult<Answer<EngagementView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.engagement);
    let found = call.app.get_engagement(&call.caller, programme, id, times).await?;
    Ok(Answer::versioned(EngagementView::of(&found.value, found.revision.number()), found.revision))
}
