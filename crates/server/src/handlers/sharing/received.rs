//! What others share with a programme.

use sister_cities_api::Page;
use sister_cities_api::sharing::{ListReceived, ReceivedView};

use crate::call::{Answer, Call, page_size};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/links/{link}/received`.
pub(crate) async fn list(call: Call<ListReceived>) -> ApiResult<Answer<Page<ReceivedView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let limit = page_size(call.query.limit);
    let page =
        call.app.list_received(&call.caller, call.path.programme, call.path.link, after, limit).await?;
    let items = page.items.iter().map(|found| ReceivedView::of(&found.value)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
