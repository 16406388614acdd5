//! `GET /v1/programmes/{programme}/partnerships`.

use sister_cities_api::Page;
use sister_cities_api::partnership::{ListPartnerships, PartnershipSort, PartnershipView, StatusWord};
use sister_cities_app::partnership::{PartnershipOrder, PartnershipQuery};

use super::view::view_on;
use crate::call::{Answer, Call, direction, page_size, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/partnerships`.
pub(crate) async fn handle(call: Call<ListPartnerships>) -> ApiResult<Answer<Page<PartnershipView>>> {
    let query = PartnershipQuery {
        kind: call.query.kind.clone(),
        status: call.query.status.as_ref().and_then(StatusWord::meaning),
        place: call.query.place,
        order: match call.query.sort {
            Some(PartnershipSort::Began) => PartnershipOrder::Began,
            _ => PartnershipOrder::Entered,
        },
        direction: direction(call.query.order.as_ref()),
        times: times(call.query.as_of, call.query.recorded_at),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_partnerships(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(|found| view_on(found, call.query.as_of)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
