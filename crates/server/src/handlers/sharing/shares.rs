//! What a programme shares with others.

use sister_cities_api::sharing::{
    GetShare, ListShares, RenewShare, ShareBody, ShareRecord, ShareView, WithdrawShare,
};
use sister_cities_api::{NoContent, Page};
use sister_cities_app::sharing::{NewShare, Sharing, ToShare};
use sister_cities_domain::sharing::Share;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};

/// Answers `GET /v1/programmes/{programme}/shares`.
pub(crate) async fn list(call: Call<ListShares>) -> ApiResult<Answer<Page<ShareView>>> {
    let page = call.app.list_shares(&call.caller, call.path.programme, call.listing()?).await?;
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}

/// Answers `POST /v1/programmes/{programme}/shares`.
pub(crate) async fn share(call: Call<ShareRecord>) -> ApiResult<Answer<ShareView>> {
    let reply = call.idempotent_reply(told_now);
    let programme = call.path.programme;
    let request = to_share(call.body)?;
    let done = call.app.share_record(&call.caller, programme, request, reply).await?;
    Ok(Answer::done(done, |share| {
        let location = format!("/v1/programmes/{programme}/shares/{}", share.value.id);
        Answer::created(told_now(&share), share.revision, location)
    }))
}

/// Answers `GET /v1/programmes/{programme}/shares/{share}`.
pub(crate) async fn get(call: Call<GetShare>) -> ApiResult<Answer<ShareView>> {
    let found = call.app.get_share(&call.caller, call.path.programme, call.path.share).await?;
    Ok(Answer::versioned(view(&found), found.share.revision))
}

/// Answers `PUT /v1/programmes/{programme}/shares/{share}`.
pub(crate) async fn renew(call: Call<RenewShare>) -> ApiResult<Answer<ShareView>> {
    let revision = call.based_on()?;
    let (programme, share) = (call.path.programme, call.path.share);
    let renewed = call.app.renew_share(&call.caller, programme, share, revision, call.body.title).await?;
    Ok(Answer::versioned(told_now(&renewed), renewed.revision))
}

/// Answers `DELETE /v1/programmes/{programme}/shares/{share}`.
pub(crate) async fn withdraw(call: Call<WithdrawShare>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.withdraw_share(&call.caller, call.path.programme, call.path.share, revision).await?;
    Ok(Answer::plain(NoContent))
}

/// A share that was told just now: the record says nothing else.
fn told_now(share: &Versioned<Share>) -> ShareView {
    ShareView::of(&share.value, share.revision.number(), share.value.revision)
}

fn view(Sharing { share, record_revision }: &Sharing) -> ShareView {
    ShareView::of(&share.value, share.revision.number(), *record_revision)
}

fn to_share(body: ShareBody) -> ApiResult<NewShare> {
    let expected = "either the id of an engagement or that of an agreement";
    let record = match (body.engagement, body.agreement) {
        (Some(engagement), None) => ToShare::Engagement(engagement, body.title),
        (None, Some(agreement)) if body.title.is_none() => ToShare::Agreement(agreement),
        (None, Some(_)) => {
            let expected = "no title: an agreement is shared under its own";
            return Err(ApiError::field("/title", "is given for an agreement".to_owned(), expected));
        }
        (None, None) => {
            return Err(ApiError::field("/engagement", "no record is named".to_owned(), expected));
        }
        (Some(_), Some(_)) => {
            return Err(ApiError::field("/agreement", "two records are named".to_owned(), expected));
        }
    };
    Ok(NewShare { link: body.link, record })
}
