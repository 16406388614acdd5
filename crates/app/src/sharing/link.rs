//! Links to other programmes: making them, taking them back, and who has linked back.

use std::collections::BTreeMap;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{LinkId, PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::programme::Programme;
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_storage::catalogue::{link, share};
use sister_cities_storage::{Listing, ProgrammeStore, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// How many links of others are read at most: one for each programme that names this one.
const MOST_OFFERS: u32 = 1_000;

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

/// The links of a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Links {
    /// Its own, in the order of creation.
    pub own: Vec<Linked>,
    /// Those of others who have linked to it and to whom it has not.
    pub offers: Vec<Link>,
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

    /// Lists the links of a programme and what others offer, which is for no partnership yet.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_links(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Link>,
    ) -> Result<Links, AppError> {
        let peer = listing.asks_for(&link::PEER);
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let visible = context.store.peer_visible::<Link>(peer, None, MOST_OFFERS).await?;
        let mut offers: BTreeMap<ProgrammeId, Link> =
            visible.into_iter().map(|found| (found.value.programme, found.value)).collect();
        let of_any = listing.asks_for(&link::PARTNERSHIP).is_none();
        let own = context.store.all(listing.filters).await?;
        let linked = |link: Versioned<Link>| Linked { answer: offers.remove(&link.value.peer), link };
        let own = own.into_iter().map(linked).collect();
        let offers = if of_any { offers.into_values().collect() } else { Vec::new() };
        Ok(Links { own, offers })
    }
}

/// The link by which the other side answers this one.
pub(super) async fn answer(store: &ProgrammeStore, link: &Link) -> Result<Option<Link>, AppError> {
    let visible = store.peer_visible::<Link>(Some(link.peer), None, 1).await?;
    Ok(visible.into_iter().map(|found| found.value).find(|other| link.is_answered_by(other)))
}
