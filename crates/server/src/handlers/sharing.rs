//! Sharing between programmes: links, what is shared over them, and what is received.

use sister_cities_api::sharing::{
    ENDPOINTS, GetLink, GetShare, LinkPath, LinkState, LinkView, LinksView, ListLinks, ListReceived,
    ListShares, MakeLink, OfferView, ReceivedView, RenewShare, ShareBody, SharePath, ShareRecord, ShareView,
    WithdrawLink, WithdrawShare,
};
use sister_cities_api::{NoContent, Page, Parameters as _};
use sister_cities_app::sharing::{self, LinkQuery, Linked, NewLink, NewShare, Sharing, ToShare};
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, listing, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_links),
        serve(make_link),
        serve(get_link),
        serve(withdraw_link),
        serve(list_received),
        serve(list_shares),
        serve(share_record),
        serve(get_share),
        serve(renew_share),
        serve(withdraw_share),
    ]
}

async fn list_links(call: Call<ListLinks>) -> ApiResult<Answer<LinksView>> {
    // How far a link is follows from what the other programme shows; no column holds it.
    let state = call.query.state.as_ref().map(|state| match state {
        LinkState::Mutual => sharing::LinkState::Mutual,
        LinkState::Offered | _ => sharing::LinkState::Offered,
    });
    let (listing, after) =
        (listing(call.query.pairs(), &["state"])?, call.decode_cursor(call.query.cursor.as_ref())?);
    let query = LinkQuery { listing, state, after };
    let page = call.app.list_links(&call.caller, call.path.programme, query).await?;
    let next = call.encode_cursor(page.next.as_ref())?;
    let links = LinksView {
        items: page.own.iter().map(link_view).collect(),
        offers: page.offers.iter().map(OfferView::of).collect(),
        next_cursor: next.clone(),
    };
    Ok(Answer::page(links, next))
}

async fn make_link(call: Call<MakeLink>) -> ApiResult<Answer<LinkView>> {
    // Whether it is answered is for reads to say; a repeated request gets the same reply whatever the other does meanwhile.
    let view = |link: &Versioned<Link>| LinkView::of(&link.value, link.revision.number(), None);
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let request = NewLink { peer: call.body.peer, partnership: call.body.partnership };
    let outcome = call.app.make_link(&call.caller, programme, request, reply).await?;
    let path = |made: &Versioned<Link>| LinkPath { programme, link: made.value.id };
    Ok(Answer::created::<GetLink, _>(outcome, view, path))
}

async fn get_link(call: Call<GetLink>) -> ApiResult<Answer<LinkView>> {
    let found = call.app.get_link(&call.caller, call.path.programme, call.path.link).await?;
    Ok(Answer::shown(&found, link_view))
}

async fn withdraw_link(call: Call<WithdrawLink>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.withdraw_link(&call.caller, call.path.programme, call.path.link, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn list_received(call: Call<ListReceived>) -> ApiResult<Answer<Page<ReceivedView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let limit = page_size(call.query.limit);
    let page =
        call.app.list_received(&call.caller, call.path.programme, call.path.link, after, limit).await?;
    call.page(&page.items, page.next.as_ref(), |found| ReceivedView::of(&found.value))
}

async fn list_shares(call: Call<ListShares>) -> ApiResult<Answer<Page<ShareView>>> {
    let page = call.app.list_shares(&call.caller, call.path.programme, call.listing()?).await?;
    call.page(&page.items, page.next.as_ref(), share_view)
}

async fn share_record(call: Call<ShareRecord>) -> ApiResult<Answer<ShareView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view_of_told));
    let request = to_share(call.body)?;
    let outcome = call.app.share_record(&call.caller, programme, request, reply).await?;
    let path = |made: &Versioned<Share>| SharePath { programme, share: made.value.id };
    Ok(Answer::created::<GetShare, _>(outcome, view_of_told, path))
}

async fn get_share(call: Call<GetShare>) -> ApiResult<Answer<ShareView>> {
    let found = call.app.get_share(&call.caller, call.path.programme, call.path.share).await?;
    Ok(Answer::shown(&found, share_view))
}

async fn renew_share(call: Call<RenewShare>) -> ApiResult<Answer<ShareView>> {
    let revision = call.based_on()?;
    let (programme, share) = (call.path.programme, call.path.share);
    let renewed = call.app.renew_share(&call.caller, programme, share, revision, call.body.title).await?;
    Ok(Answer::shown(&renewed, view_of_told))
}

async fn withdraw_share(call: Call<WithdrawShare>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.withdraw_share(&call.caller, call.path.programme, call.path.share, revision).await?;
    Ok(Answer::plain(NoContent))
}

fn link_view(Linked { link, answer }: &Linked) -> LinkView {
    LinkView::of(&link.value, link.revision.number(), answer.as_ref())
}

/// Of a share that was told just now: the record says nothing else.
fn view_of_told(share: &Versioned<Share>) -> ShareView {
    ShareView::of(&share.value, share.revision.number(), share.value.revision)
}

fn share_view(Sharing { share, record_revision }: &Sharing) -> ShareView {
    ShareView::of(&share.value, share.revision.number(), *record_revision)
}

fn to_share(body: ShareBody) -> ApiResult<NewShare> {
    let ShareBody { link, engagement, agreement, practice, adoption, title } = body;
    if engagement.is_none() && title.is_some() {
        let expected = "no title: only an engagement is shared under another than its own";
        return Err(ApiError::field("/title", "is given for no engagement", expected));
    }
    let named = [
        engagement.map(|id| ("/engagement", ToShare::Engagement(id, title))),
        agreement.map(|id| ("/agreement", ToShare::Agreement(id))),
        practice.map(|id| ("/practice", ToShare::Practice(id))),
        adoption.map(|id| ("/adoption", ToShare::Adoption(id))),
    ];
    let mut named = named.into_iter().flatten();
    let expected = "the id of one engagement, agreement, practice or adoption";
    let Some((_, record)) = named.next() else {
        return Err(ApiError::field("/engagement", "no record is named", expected));
    };
    match named.next() {
        Some((second, _)) => Err(ApiError::field(second, "two records are named", expected)),
        None => Ok(NewShare { link, record }),
    }
}
