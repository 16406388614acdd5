//! Sharing with other programmes.

use sister_cities_client::api::PageLimit;
use sister_cities_client::api::domain::id::{AgreementId, EngagementId, LinkId};
use sister_cities_client::api::sharing::{
    LinkBody, LinkView, ListLinksQuery, ListReceivedQuery, ListSharesQuery, RenewBody, ShareBody, ShareView,
};

use super::session::Office;
use crate::args::{ShareAdd, ShareCommand, ShareLinks, ShareList};
use crate::failure::{Exit, Failure};
use crate::show::share;

/// Links, shares, and shows what others share.
pub(super) async fn share(office: &Office, command: ShareCommand) -> Result<(), Failure> {
    let sharing = office.programme.sharing();
    match command {
        ShareCommand::Links(ShareLinks { peer, partnership, state }) => {
            let partnership = match partnership {
                Some(name) => Some(office.bond(&name).await?.id),
                None => None,
            };
            let links = sharing.links(ListLinksQuery { peer, partnership, state }).await?;
            let own = office.lens.programme.id;
            office.output.answer(&links, |canvas, out| share::links(own, &links, canvas, out))
        }
        ShareCommand::Link { peer, partnership } => {
            let partnership = office.bond(&partnership).await?.id;
            let made = sharing.make_link(LinkBody { peer, partnership }).await?;
            one_link(office, &sharing.link(made.id).await?.value)
        }
        ShareCommand::Unlink { link } => {
            let read = sharing.link(link).await?;
            sharing.withdraw_link(&read).await?;
            one_link(office, &read.value)
        }
        ShareCommand::List(ShareList { peer, link, engagement, agreement }) => {
            let limit = Some(PageLimit::MOST);
            let query = ListSharesQuery { peer, link, engagement, agreement, limit, cursor: None };
            let all = sharing.list(query).all().await?;
            office.output.answer(&all, |canvas, out| share::shares(&all, canvas, out))
        }
        ShareCommand::Add(add) => {
            let body = body(office, add).await?;
            one_share(office, &sharing.share(body).await?.value)
        }
        ShareCommand::Renew { share, title } => {
            let read = sharing.get(share).await?;
            one_share(office, &sharing.renew(&read, RenewBody { title }).await?.value)
        }
        ShareCommand::Withdraw { share } => {
            let read = sharing.get(share).await?;
            sharing.withdraw(&read).await?;
            one_share(office, &read.value)
        }
        ShareCommand::Received { link } => {
            let link = the_link(office, link).await?;
            let query = ListReceivedQuery { limit: Some(PageLimit::MOST), ..Default::default() };
            let all = sharing.received(link, query).all().await?;
            office.output.answer(&all, |canvas, out| share::received(&all, canvas, out))
        }
    }
}

fn one_link(office: &Office, link: &LinkView) -> Result<(), Failure> {
    office.output.answer(link, |canvas, out| share::link(link, canvas, out))
}

fn one_share(office: &Office, shared: &ShareView) -> Result<(), Failure> {
    office.output.answer(shared, |canvas, out| share::shares(std::slice::from_ref(shared), canvas, out))
}

async fn body(office: &Office, add: ShareAdd) -> Result<ShareBody, Failure> {
    let ShareAdd { record, link, title } = add;
    let (engagement, agreement) = (record.parse::<EngagementId>().ok(), record.parse::<AgreementId>().ok());
    if engagement.is_none() && agreement.is_none() {
        let failure =
            Failure::new(Exit::Refused, format!("{record:?} is no id of an engagement or agreement"));
        return Err(failure.hint("`sister-cities --json engagements list` shows the ids: eng_…"));
    }
    Ok(ShareBody { link: the_link(office, link).await?, engagement, agreement, title })
}

/// The link that was named, or the only one there is.
async fn the_link(office: &Office, named: Option<LinkId>) -> Result<LinkId, Failure> {
    if let Some(named) = named {
        return Ok(named);
    }
    let links = office.programme.sharing().links(ListLinksQuery::default()).await?.items;
    match links.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Failure::new(Exit::NotFound, "there is no link to another programme yet")
            .hint("`sister-cities share link PROGRAMME --partnership CITY` makes one")),
        several => {
            let failure =
                Failure::new(Exit::NeedsPerson, "there are several links").hint("say which by --link:");
            let name = |link: &LinkView| {
                link.peer_name.as_ref().map_or("not linked back", |name| name.as_str()).to_owned()
            };
            Err(several.iter().fold(failure, |f, link| f.hint(format!("  {}  {}", link.id, name(link)))))
        }
    }
}
