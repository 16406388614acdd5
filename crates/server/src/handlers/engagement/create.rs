//! `POST /v1/programmes/{programme}/engagements`.

use sister_cities_api::engagement::{CreateEngagement, EngagementView};
use sister_cities_domain::engagement::Engagement;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/engagements`.
pub(crate) async fn handle(call: Call<CreateEngagement>) -> ApiResult<Answer<EngagementView>> {
    let reply = call.idempotent_reply(view);
    let facts = intake::engagement::facts(call.body)?;
    let programme = call.path.programme;
    let done = call.app.create_engagement(&call.caller, programme, facts, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/engagements/{}", made.value.id);
        Answer::created(view(&made), made.revision, location)
    }))
}

fn view(engagement: &Versioned<Engagement>) -> EngagementView {
    EngagementView::of(&engagement.value, engagement.revision.number())
}
