//! `GET /v1/programmes/{programme}/partnerships`.

use sister_cities_api::Page;
use sister_cities_api::partnership::{ListPartnerships, PartnershipView};

use super::view::view_on;
use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/partnerships`.
pub(crate) async fn handle(call: Call<ListPartnerships>) -> ApiResult<Answer<Page<PartnershipView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_partnerships(&call.caller, call.path.programme, call.listing()?, times).await?;
    let items = page.items.iter().map(|found| view_on(found, call.query.as_of)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
