//! Reading what a peer shares with this programme.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{LinkId, ProgrammeId, ShareId};
use sister_cities_domain::sharing::{Link, Share};
use sister_cities_storage::Versioned;

use crate::{App, AppError};

/// Part of the list of what a peer shares.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedPage {
    /// What it tells, in the order in which it was first told.
    pub items: Vec<Versioned<Share>>,
    /// The last one, after which the next page begins; none if this is the last page.
    pub next: Option<ShareId>,
}

impl App {
    /// Lists what the programme at the other end of a link shares with this one.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`] if this programme has no such link.
    pub async fn list_received(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        link: LinkId,
        after: Option<ShareId>,
        limit: u32,
    ) -> Result<ReceivedPage, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let peer = context.load::<Link>(link).await?.value.peer;
        let after = after.map(ShareId::uuid);
        let mut items =
            context.store.peer_visible::<Share>(Some(peer), after, limit.saturating_add(1)).await?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|last| last.value.id);
        Ok(ReceivedPage { items, next })
    }
}
