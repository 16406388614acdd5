//! `GET /v1/programmes/{programme}/agreements`.

use sister_cities_api::Page;
use sister_cities_api::agreement::{AgreementView, ListAgreements};

use super::view::Viewpoint;
use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/agreements`.
pub(crate) async fn handle(call: Call<ListAgreements>) -> ApiResult<Answer<Page<AgreementView>>> {
    let from = Viewpoint::of(&call, call.path.programme).await?.on(call.query.as_of);
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_agreements(&call.caller, call.path.programme, call.listing()?, times).await?;
    let items = page.items.iter().map(|found| from.view(found)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
