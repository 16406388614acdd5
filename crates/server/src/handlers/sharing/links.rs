//! Links to other programmes.

use sister_cities_api::sharing::{
    GetLink, LinkView, LinksView, ListLinks, MakeLink, OfferView, WithdrawLink,
};
use sister_cities_api::{NoContent, Parameters as _};
use sister_cities_app::sharing::{Linked, NewLink};
use sister_cities_domain::sharing::Link;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, listing};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/links`.
pub(crate) async fn list(call: Call<ListLinks>) -> ApiResult<Answer<LinksView>> {
    // How far a link is follows from what the other programme shows; no column holds it.
    let listing = listing(call.query.pairs(), &["state"])?;
    let links = call.app.list_links(&call.caller, call.path.programme, listing).await?;
    let (mut items, mut offers): (Vec<_>, Vec<_>) =
        (links.own.iter().map(view).collect(), links.offers.iter().map(OfferView::of).collect());
    if let Some(state) = &call.query.state {
        items.retain(|link| link.state == *state);
        offers.clear();
    }
    Ok(Answer::plain(LinksView { items, offers }))
}

/// Answers `POST /v1/programmes/{programme}/links`.
pub(crate) async fn make(call: Call<MakeLink>) -> ApiResult<Answer<LinkView>> {
    // Whether it is answered is for reads to say; a repeated request gets the same reply whatever the other does meanwhile.
    let made = |link: &Versioned<Link>| LinkView::of(&link.value, link.revision.number(), None);
    let reply = call.idempotent_reply(made);
    let programme = call.path.programme;
    let request = NewLink { peer: call.body.peer, partnership: call.body.partnership };
    let done = call.app.make_link(&call.caller, programme, request, reply).await?;
    Ok(Answer::done(done, |link| {
        let location = format!("/v1/programmes/{programme}/links/{}", link.value.id);
        Answer::created(made(&link), link.revision, location)
    }))
}

/// Answers `GET /v1/programmes/{programme}/links/{link}`.
pub(crate) async fn get(call: Call<GetLink>) -> ApiResult<Answer<LinkView>> {
    let found = call.app.get_link(&call.caller, call.path.programme, call.path.link).await?;
    Ok(Answer::versioned(view(&found), found.link.revision))
}

/// Answers `DELETE /v1/programmes/{programme}/links/{link}`.
pub(crate) async fn withdraw(call: Call<WithdrawLink>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.withdraw_link(&call.caller, call.path.programme, call.path.link, revision).await?;
    Ok(Answer::plain(NoContent))
}

fn view(Linked { link, answer }: &Linked) -> LinkView {
    LinkView::of(&link.value, link.revision.number(), answer.as_ref())
}
