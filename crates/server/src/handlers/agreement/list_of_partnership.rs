//! `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use sister_cities_api::Page;
use sister_cities_api::agreement::{AgreementView, ListPartnershipAgreements};
use sister_cities_app::agreement::AgreementQuestion;

use super::view::Viewpoint;
use crate::call::{Answer, Call, page_size};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}/agreements`.
pub(crate) async fn handle(call: Call<ListPartnershipAgreements>) -> Step<Answer<Page<AgreementView>>> {
    // A partnership that is not there is 404, not an empty list.
    call.app.partnership(&call.caller, call.path.programme, call.path.partnership).await?;
    let from = Viewpoint::of(&call, call.path.programme).await?;
    let question = AgreementQuestion {
        partnership: Some(call.path.partnership),
        after: call.place(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.agreements(&call.caller, call.path.programme, question).await?;
    let items = page.items.iter().map(|found| from.view(found)).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
