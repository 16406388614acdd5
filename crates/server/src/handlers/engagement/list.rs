//! `GET /v1/programmes/{programme}/engagements`.

use sister_cities_api::Page;
use sister_cities_api::engagement::{DirectionWord, EngagementSort, EngagementView, ListEngagements};
use sister_cities_app::engagement::{EngagementOrder, EngagementQuery};

use crate::call::{Answer, Call, direction, page_size, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/engagements`.
pub(crate) async fn handle(call: Call<ListEngagements>) -> ApiResult<Answer<Page<EngagementView>>> {
    let query = EngagementQuery {
        partnership: call.query.partnership,
        focus: call.query.focus.clone(),
        direction: call.query.direction.as_ref().and_then(DirectionWord::meaning),
        from: call.query.from,
        to: call.query.to,
        order: match call.query.sort {
            Some(EngagementSort::Entered) => EngagementOrder::Entered,
            _ => EngagementOrder::Began,
        },
        order_direction: direction(call.query.order.as_ref()),
        times: times(call.query.as_of, call.query.recorded_at),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_engagements(&call.caller, call.path.programme, query).await?;
    let items =
        page.items.iter().map(|found| EngagementView::of(&found.value, found.revision.number())).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
