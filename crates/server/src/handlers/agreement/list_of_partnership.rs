//! `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use sister_cities_api::Page;
use sister_cities_api::agreement::{AgreementView, ListPartnershipAgreements};
use sister_cities_storage::catalogue::agreement;

use super::view::Viewpoint;
use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.
pub(crate) async fn handle(call: Call<ListPartnershipAgreements>) -> ApiResult<Answer<Page<AgreementView>>> {
    // A partnership that is not there is 404, not an empty list.
    let recorded = times(None, call.query.recorded_at);
    let (programme, bond) = (call.path.programme, call.path.partnership);
    call.app.get_partnership(&call.caller, programme, bond, recorded).await?;
    let from = Viewpoint::of(&call, call.path.programme).await?.on(call.query.as_of);
    let listing = call.listing()?.filter(agreement::PARTNERSHIP.is(bond));
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_agreements(&call.caller, programme, listing, times).await?;
    let items = page.items.iter().map(|found| from.view(found)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
