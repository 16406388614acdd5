//! Engagements, and what those who take part need.

use sister_cities_api::Page;
use sister_cities_api::engagement::{
    CareView, CreateEngagement, ENDPOINTS, EngagementPath, EngagementView, GetEngagement, ListEngagements,
    ReadCare, ReplaceEngagement, SetCare,
};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::EngagementId;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::intake;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_engagements),
        serve(create_engagement),
        serve(get_engagement),
        serve(replace_engagement),
        serve(read_care),
        serve(set_care),
    ]
}

async fn list_engagements(call: Call<ListEngagements>) -> ApiResult<Answer<Page<EngagementView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_engagements(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_engagement(call: Call<CreateEngagement>) -> ApiResult<Answer<EngagementView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let id = EngagementId::next(call.app.ids());
    let engagement = intake::engagement::engagement(call.body, id, programme)?;
    let outcome = call.app.create_engagement(&call.caller, engagement, reply).await?;
    let path = |made: &Versioned<Engagement>| EngagementPath { programme, engagement: made.value.id };
    Ok(Answer::created::<GetEngagement, _>(outcome, view, path))
}

async fn get_engagement(call: Call<GetEngagement>) -> ApiResult<Answer<EngagementView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.engagement);
    let found = call.app.get_engagement(&call.caller, programme, id, times).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_engagement(call: Call<ReplaceEngagement>) -> ApiResult<Answer<EngagementView>> {
    let revision = call.based_on()?;
    let engagement = intake::engagement::engagement(call.body, call.path.engagement, call.path.programme)?;
    let now = call.app.replace_engagement(&call.caller, engagement, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn read_care(call: Call<ReadCare>) -> ApiResult<Answer<CareView>> {
    let found = call.app.read_care(&call.caller, call.path.programme, call.path.engagement).await?;
    Ok(Answer::shown(&found, care_view))
}

async fn set_care(call: Call<SetCare>) -> ApiResult<Answer<CareView>> {
    let revision = call.based_on()?;
    let (programme, id) = (call.path.programme, call.path.engagement);
    let now = call.app.set_care(&call.caller, programme, id, revision, call.body.care).await?;
    Ok(Answer::shown(&now, care_view))
}

fn view(engagement: &Versioned<Engagement>) -> EngagementView {
    EngagementView::of(&engagement.value, engagement.revision.number())
}

fn care_view(engagement: &Versioned<Engagement>) -> CareView {
    CareView { revision: engagement.revision.number(), care: engagement.value.care.clone() }
}
