//! `GET /v1/programmes/{programme}/engagements`.

use sister_cities_api::Page;
use sister_cities_api::engagement::{EngagementView, ListEngagements};

use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/engagements`.
pub(crate) async fn handle(call: Call<ListEngagements>) -> ApiResult<Answer<Page<EngagementView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_engagements(&call.caller, call.path.programme, call.listing()?, times).await?;
    let items =
        page.items.iter().map(|found| EngagementView::of(&found.value, found.revision.number())).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
