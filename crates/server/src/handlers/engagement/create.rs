//! `POST /v1/programmes/{programme}/engagements`.

use sister_cities_api::engagement::{CreateEngagement, EngagementView};
use sister_cities_domain::engagement::Engagement;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::failure::Step;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/engagements`.
pub(crate) async fn handle(call: Call<CreateEngagement>) -> Step<Answer<EngagementView>> {
    let keep = call.keep(view);
    let facts = intake::engagement::facts(call.body)?;
    let programme = call.path.programme;
    let done = call.app.create_engagement(&call.caller, programme, facts, keep).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/engagements/{}", made.value.id);
        Answer::created(view(&made), made.revision, location)
    }))
}

fn view(engagement: &Versioned<Engagement>) -> EngagementView {
    EngagementView::of(&engagement.value, engagement.revision.number())
}
