//! Links to other programmes: making them, taking them back, and who has linked back.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{LinkId, PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_storage::catalogue::{link, share};
use sister_cities_storage::{Cursor, Listing, ProgrammeStore, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// A link to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// The other programme, by the id that it has told.
    pub peer: ProgrammeId,
    /// The bond that both keep, as this programme keeps it.
    pub partnership: PartnershipId,
}

/// A link and whether the other side has one too.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The link.
    pub link: Versioned<Link>,
    /// The link of the other side; none as long as it has not linked back.
    pub answer: Option<Link>,
}

/// Which links to list, and which page.
#[derive(Clone, Debug)]
pub struct LinkQuery {
    /// Which of its own, read at most so many; and as many of others, which are for no partnership yet.
    pub listing: Listing<Link>,
    /// Only those that are so far; what others offer is no link yet.
    pub state: Option<LinkState>,
    /// After this position of both.
    pub after: Option<LinkPosition>,
}

/// How far a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the other side has linked back or it has not")]
pub enum LinkState {
    /// The other programme has not linked back.
    Offered,
    /// Each has a link to the other.
    Mutual,
}

/// Where a list of links was left. The own ones and those of others are read side by side, and one may end before the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkPosition {
    own: Reached<Cursor>,
    others: Reached<LinkId>,
}

/// How far one of the two was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reached<T> {
    Start,
    After(T),
    End,
}

/// Part of the links of a programme. How far a link is follows from what others show, so a page may hold fewer than were read.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPage {
    /// Its own, in the order of creation.
    pub own: Vec<Linked>,
    /// Those of others who have linked to it and to whom it has not.
    pub offers: Vec<Link>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<LinkPosition>,
}

impl App {
    /// Says that another programme keeps the same bond.
    ///
    /// Whether there is such a programme is not told: it shows when it links back.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin`; [`AppError::Invalid`] if the bond is not of the programme, or the other is itself;
    /// [`AppError::Conflict`] if there is a link to it already.
    pub async fn make_link(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewLink,
        reply: IdempotentReply<'_, Versioned<Link>>,
    ) -> Result<CommandOutcome<Versioned<Link>>, AppError> {
        let mut command = self.command(caller, Scope::Admin, programme)?;
        let own = command.load::<Programme>(programme).await?;
        let NewLink { peer, partnership } = request;
        if peer == programme {
            let expected = "the id of another programme, which that programme has told";
            return Err(AppError::invalid("/peer", "is this programme itself", expected));
        }
        // The commit would say of a second link to the same peer first that there is one already.
        if command.store.get::<Partnership>(partnership).await?.is_none() {
            return Err(AppError::missing("/partnership", partnership.into()));
        }
        let name = own.value.name;
        let link = Link { id: LinkId::next(self.ids()), programme, peer, partnership, name };
        let event = link.made();
        let created = command.create(link, event);
        command.commit(created, reply).await
    }

    /// Takes a link back that was read at `revision`, and with it all that was shared over it.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin`; [`AppError::NotFound`]; [`AppError::Stale`], also if somebody shared more meanwhile.
    pub async fn withdraw_link(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        link: LinkId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::Admin, programme)?;
        let before = command.load_at::<Link>(link, revision).await?;
        for share in command.store.all([share::LINK.is(link)]).await? {
            command.delete::<Share>(share.value.id, share.revision, share.value.withdrawn());
        }
        command.delete::<Link>(link, revision, before.value.withdrawn());
        command.commit_once(()).await
    }

    /// Reads one link.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`].
    pub async fn get_link(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        link: LinkId,
    ) -> Result<Linked, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let link = context.load::<Link>(link).await?;
        let answer = answer(&context.store, &link.value).await?;
        Ok(Linked { link, answer })
    }

    /// Lists the links of a programme and what others offer. A page costs a read for each link on it, whatever else there is.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list_links(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: LinkQuery,
    ) -> Result<LinkPage, AppError> {
        let LinkQuery { listing, state, after } = query;
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let after = after.unwrap_or(LinkPosition { own: Reached::Start, others: Reached::Start });
        let (offers, others) = match (listing.asks_for(&link::PARTNERSHIP), state) {
            (None, None) => offers(&context.store, &listing, after.others).await?,
            (Some(_), _) | (_, Some(_)) => (Vec::new(), Reached::End),
        };
        let (own, reached) = own_links(&context.store, listing, state, after.own).await?;
        let next = LinkPosition { own: reached, others };
        let is_last = matches!(next, LinkPosition { own: Reached::End, others: Reached::End });
        Ok(LinkPage { own, offers, next: (!is_last).then_some(next) })
    }
}

/// Links of the programme, each with its answer.
async fn own_links(
    store: &ProgrammeStore,
    listing: Listing<Link>,
    state: Option<LinkState>,
    after: Reached<Cursor>,
) -> Result<(Vec<Linked>, Reached<Cursor>), AppError> {
    let after = match after {
        Reached::Start => None,
        Reached::After(cursor) => Some(cursor),
        Reached::End => return Ok((Vec::new(), Reached::End)),
    };
    let page = store.list(&listing.after(after)).await?;
    let linked = async |link: Versioned<Link>| {
        let answer = answer(store, &link.value).await?;
        Ok::<_, AppError>(Linked { link, answer })
    };
    let mut own = try_join_all(page.items.into_iter().map(linked)).await?;
    if let Some(state) = state {
        own.retain(|link| link.answer.is_some() == (state == LinkState::Mutual));
    }
    Ok((own, page.next.map_or(Reached::End, Reached::After)))
}

/// Links of others to the programme that it has not answered.
async fn offers(
    store: &ProgrammeStore,
    listing: &Listing<Link>,
    after: Reached<LinkId>,
) -> Result<(Vec<Link>, Reached<LinkId>), AppError> {
    let after = match after {
        Reached::Start => None,
        Reached::After(link) => Some(link.uuid()),
        Reached::End => return Ok((Vec::new(), Reached::End)),
    };
    let (peer, limit) = (listing.asks_for(&link::PEER), listing.limit);
    let mut visible = store.peer_visible::<Link>(peer, after, limit.saturating_add(1)).await?;
    let more = visible.len() > limit as usize;
    visible.truncate(limit as usize);
    let last = visible.last().filter(|_| more).map(|last| last.value.id);
    let from = link::PEER.any_of(visible.iter().map(|link| link.value.programme));
    // There is one link to each programme at most.
    let own = store.list(&Listing::<Link>::first(limit).filter(from)).await?;
    let linked: BTreeSet<ProgrammeId> = own.items.into_iter().map(|link| link.value.peer).collect();
    let offers = visible.into_iter().map(|link| link.value).filter(|link| !linked.contains(&link.programme));
    Ok((offers.collect(), last.map_or(Reached::End, Reached::After)))
}

/// The link by which the other side answers this one.
pub(super) async fn answer(store: &ProgrammeStore, link: &Link) -> Result<Option<Link>, AppError> {
    let visible = store.peer_visible::<Link>(Some(link.peer), None, 1).await?;
    Ok(visible.into_iter().map(|found| found.value).find(|other| link.is_answered_by(other)))
}
