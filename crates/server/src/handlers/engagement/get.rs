//! `GET /v1/programmes/{programme}/engagements/{engagement}`.

use sister_cities_api::engagement::{EngagementView, GetEngagement};

use crate::call::{Answer, Call};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/engagements/{engagement}`.
pub(crate) async fn handle(call: Call<GetEngagement>) -> Step<Answer<EngagementView>> {
    let found = call.app.engagement(&call.caller, call.path.programme, call.path.engagement).await?;
    Ok(Answer::versioned(EngagementView::of(&found.value, found.revision.number()), found.revision))
}
