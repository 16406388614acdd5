//! Sharing with other programmes.

use sister_cities_client::api::PageLimit;
use sister_cities_client::api::domain::id::{AdoptionId, AgreementId, EngagementId, LinkId, PracticeId};
use sister_cities_client::api::sharing::{
    LinkBody, LinkView, LinksView, ListLinksQuery, ListReceivedQuery, RenewBody, ShareBody, ShareView,
};

use super::session::Session;
use crate::args::{ShareAdd, ShareCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::share;

/// Links, shares, and shows what others share.
pub(super) async fn share(session: &Session, command: ShareCommand) -> Result<(), Failure> {
    let sharing = session.programme.sharing();
    match command {
        ShareCommand::Links(args) => {
            let links = all_links(session, session.query(args).await?).await?;
            let own = session.perspective.programme.id;
            session.output.print(&links, |out| share::links(own, &links, out))
        }
        ShareCommand::Link { peer, partnership } => {
            let partnership = session.partnership(&partnership).await?.id;
            let made = sharing.make_link(LinkBody { peer, partnership }).await?;
            one_link(session, &sharing.get_link(made.id).await?.value)
        }
        ShareCommand::Unlink { link } => {
            let read = sharing.get_link(link).await?;
            sharing.withdraw_link(&read).await?;
            one_link(session, &read.value)
        }
        ShareCommand::List(args) => {
            let all = sharing.list_shares(session.query(args).await?).all().await?;
            session.output.print(&all, |out| share::shares(&all, out))
        }
        ShareCommand::Add(add) => {
            let body = body(session, add).await?;
            one_share(session, &sharing.share_record(body).await?.value)
        }
        ShareCommand::Renew { share, title } => {
            let read = sharing.get_share(share).await?;
            one_share(session, &sharing.renew_share(&read, RenewBody { title }).await?.value)
        }
        ShareCommand::Withdraw { share } => {
            let read = sharing.get_share(share).await?;
            sharing.withdraw_share(&read).await?;
            one_share(session, &read.value)
        }
        ShareCommand::Received { link } => {
            let link = the_link(session, link).await?;
            let query = ListReceivedQuery { limit: Some(PageLimit::MOST), ..Default::default() };
            let all = sharing.list_received(link, query).all().await?;
            session.output.print(&all, |out| share::received(&all, out))
        }
    }
}

fn one_link(session: &Session, link: &LinkView) -> Result<(), Failure> {
    session.output.print(link, |out| share::link(link, out))
}

fn one_share(session: &Session, shared: &ShareView) -> Result<(), Failure> {
    session.output.print(shared, |out| share::shares(std::slice::from_ref(shared), out))
}

async fn body(session: &Session, add: ShareAdd) -> Result<ShareBody, Failure> {
    let ShareAdd { record, link, title } = add;
    let (engagement, agreement) = (record.parse::<EngagementId>().ok(), record.parse::<AgreementId>().ok());
    let (practice, adoption) = (record.parse::<PracticeId>().ok(), record.parse::<AdoptionId>().ok());
    if engagement.is_none() && agreement.is_none() && practice.is_none() && adoption.is_none() {
        let what = "engagement, agreement, practice or adoption";
        let failure = Failure::new(Exit::Refused, format!("{record:?} is no id of an {what}"));
        return Err(failure.hint("`sister-cities --json engagements list` shows the ids: eng_…"));
    }
    let link = the_link(session, link).await?;
    Ok(ShareBody { link, engagement, agreement, practice, adoption, title })
}

/// All links and all offers, page by page.
async fn all_links(session: &Session, query: ListLinksQuery) -> Result<LinksView, Failure> {
    let mut query = ListLinksQuery { limit: Some(PageLimit::MOST), ..query };
    let mut all = LinksView::default();
    loop {
        let page = session.programme.sharing().list_links(query.clone()).await?;
        all.items.extend(page.items);
        all.offers.extend(page.offers);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(all);
        }
    }
}

/// The link that was named, or the only one there is.
async fn the_link(session: &Session, named: Option<LinkId>) -> Result<LinkId, Failure> {
    if let Some(named) = named {
        return Ok(named);
    }
    let links = all_links(session, ListLinksQuery::default()).await?.items;
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
