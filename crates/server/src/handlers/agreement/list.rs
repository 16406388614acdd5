//! `GET /v1/programmes/{programme}/agreements`.

use sister_cities_api::Page;
use sister_cities_api::agreement::{AgreementView, ListAgreements};
use sister_cities_app::agreement::AgreementQuery;

use super::view::{Viewpoint, order};
use crate::call::{Answer, Call, direction, page_size, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/agreements`.
pub(crate) async fn handle(call: Call<ListAgreements>) -> ApiResult<Answer<Page<AgreementView>>> {
    let from = Viewpoint::of(&call, call.path.programme).await?.on(call.query.as_of);
    let query = AgreementQuery {
        partnership: call.query.partnership,
        parent: call.query.parent,
        party: call.query.party,
        order: order(call.query.sort.as_ref()),
        direction: direction(call.query.order.as_ref()),
        times: times(call.query.as_of, call.query.recorded_at),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_agreements(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(|found| from.view(found)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
