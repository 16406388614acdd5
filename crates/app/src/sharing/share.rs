//! Sharing a record: telling a peer what it says now, telling it anew, and taking it back; and reading what a peer shares.

use std::collections::BTreeMap;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{
    AgreementId, EngagementId, LinkId, ProgrammeId, RecordKind, RecordRef, ShareId,
};
use sister_cities_domain::sharing::{
    Link, Share, SharedAgreement, SharedContent, SharedEngagement, SharingRefusal,
};
use sister_cities_domain::value::Title;
use sister_cities_storage::{Cursor, Listing, ProgrammeStore, Revision, Versioned};

use super::link::answer;
use crate::{App, AppError, CommandOutcome, IdempotentReply, RefusedTransition};

/// A record to be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToShare {
    /// An engagement, in words for the peer: its own title may name people and is not told.
    Engagement(EngagementId, Option<Title>),
    /// An agreement.
    Agreement(AgreementId),
}

/// What is to be shared, and over which link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewShare {
    /// The link.
    pub link: LinkId,
    /// The record.
    pub record: ToShare,
}

/// A share, and whether the record says something else by now.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// The share.
    pub share: Versioned<Share>,
    /// The revision that the record is at now.
    pub record_revision: u32,
}

/// Part of the list of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct SharePage {
    /// The shares.
    pub items: Vec<Sharing>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl App {
    /// Tells a peer what a record says now.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `partnership:write`; [`AppError::Invalid`] if the link or the record is not of the programme,
    /// or the record is of another partnership; [`AppError::Refused`] as long as the peer has not linked back; [`AppError::Conflict`] if
    /// the record is shared over that link already.
    pub async fn share_record(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewShare,
        reply: IdempotentReply<'_, Versioned<Share>>,
    ) -> Result<CommandOutcome<Versioned<Share>>, AppError> {
        let mut command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let Some(link) = command.store.get::<Link>(request.link).await? else {
            return Err(command.missing("/link", request.link.into()).await);
        };
        let link = link.value;
        let (subject, revision, told) = shared_content(&command.store, &link, &request.record).await?;
        let id = ShareId::next(self.ids());
        let share = Share { id, programme, peer: link.peer, link: link.id, subject, revision, content: told };
        let event = share.made();
        let created = command.create(share, event);
        command.commit(created, reply).await
    }

    /// Tells a peer anew what a shared record says now, under that title if it is an engagement. What would tell the same writes
    /// nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::share_record`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn renew_share(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        share: ShareId,
        revision: Revision,
        title: Option<Title>,
    ) -> Result<Versioned<Share>, AppError> {
        let mut command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let before = command.load_at::<Share>(share, revision).await?;
        let link = command.load::<Link>(before.value.link).await?.value;
        let record = match before.value.content {
            SharedContent::Agreement(_) => {
                ToShare::Agreement(AgreementId::from_uuid(before.value.subject.id))
            }
            SharedContent::Engagement(_) | _ => {
                ToShare::Engagement(EngagementId::from_uuid(before.value.subject.id), title)
            }
        };
        let (_, told_at, told) = shared_content(&command.store, &link, &record).await?;
        let after = Share { revision: told_at, content: told, ..before.value.clone() };
        if after == before.value {
            return Ok(before);
        }
        let event = after.renewed();
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Takes back what was told, at once. What the peer has read by then it has read.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `partnership:write`; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn withdraw_share(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        share: ShareId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PartnershipWrite, programme)?;
        let before = command.load_at::<Share>(share, revision).await?;
        command.delete::<Share>(share, revision, before.value.withdrawn());
        command.commit_once(()).await
    }

    /// Reads what is shared of one record.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`].
    pub async fn get_share(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        share: ShareId,
    ) -> Result<Sharing, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let share = context.load::<Share>(share).await?;
        let mut all = with_revisions(&context.store, vec![share]).await?;
        // One in, one out.
        Ok(all.swap_remove(0))
    }

    /// Lists what is shared with others, in the order in which it was first told.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::Cursor`].
    pub async fn list_shares(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Share>,
    ) -> Result<SharePage, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let page = context.store.list(&listing).await?;
        Ok(SharePage { items: with_revisions(&context.store, page.items).await?, next: page.next })
    }
}

/// Which record, at which revision, and what is told of it; if it belongs to the partnership of the link and the peer has linked back.
async fn shared_content(
    store: &ProgrammeStore,
    link: &Link,
    record: &ToShare,
) -> Result<(RecordRef, u32, SharedContent), AppError> {
    if answer(store, link).await?.is_none() {
        let refusal = SharingRefusal::NotLinkedBack { peer: link.peer };
        return Err(AppError::Refused(RefusedTransition::Sharing(refusal)));
    }
    match record {
        ToShare::Engagement(id, title) => {
            let found = store.get::<Engagement>(*id).await?;
            let found = found.filter(|found| found.value.partnership == link.partnership);
            let found = found.ok_or_else(|| not_of_the_partnership("/engagement", "an engagement", link))?;
            let told = SharedEngagement::of(&found.value, title.clone());
            Ok(((*id).into(), found.revision.number(), SharedContent::Engagement(told)))
        }
        ToShare::Agreement(id) => {
            let found = store.get::<Agreement>(*id).await?;
            let found = found.filter(|found| found.value.partnership() == link.partnership);
            let found = found.ok_or_else(|| not_of_the_partnership("/agreement", "an agreement", link))?;
            let told = SharedAgreement::of(&found.value);
            Ok(((*id).into(), found.revision.number(), SharedContent::Agreement(told)))
        }
    }
}

fn not_of_the_partnership(path: &str, what: &str, link: &Link) -> AppError {
    let expected =
        format!("the id of {what} of the partnership {} to which the link belongs", link.partnership);
    AppError::invalid(path, "there is none of that id under the partnership of the link", expected)
}

/// With the revisions that the records are at now.
async fn with_revisions(
    store: &ProgrammeStore,
    shares: Vec<Versioned<Share>>,
) -> Result<Vec<Sharing>, AppError> {
    let of_kind =
        |kind| shares.iter().map(|share| share.value.subject).filter(move |record| record.kind == kind);
    let visits: Vec<_> =
        of_kind(RecordKind::Engagement).map(|record| EngagementId::from_uuid(record.id)).collect();
    let texts: Vec<_> =
        of_kind(RecordKind::Agreement).map(|record| AgreementId::from_uuid(record.id)).collect();
    let mut revisions = BTreeMap::new();
    for found in store.get_many::<Engagement>(&visits).await? {
        revisions.insert(RecordRef::from(found.value.id), found.revision.number());
    }
    for found in store.get_many::<Agreement>(&texts).await? {
        revisions.insert(RecordRef::from(found.value.id()), found.revision.number());
    }
    let sharing = |share: Versioned<Share>| Sharing {
        record_revision: revisions.get(&share.value.subject).copied().unwrap_or(share.value.revision),
        share,
    };
    Ok(shares.into_iter().map(sharing).collect())
}

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
