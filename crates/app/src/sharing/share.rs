//! Sharing a record: telling a peer what it says now, telling it anew, and taking it back.

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
use sister_cities_storage::{Cursor, Listing, Revision, Versioned};

use super::link::answer;
use crate::command::{based_on, changed, created, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply, ProgrammeContext, RefusedTransition};

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
    /// or the record is of another bond; [`AppError::Refused`] as long as the peer has not linked back; [`AppError::Conflict`] if
    /// the record is shared over that link already.
    pub async fn share_record(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewShare,
        reply: IdempotentReply<'_, Versioned<Share>>,
    ) -> Result<CommandOutcome<Versioned<Share>>, AppError> {
        let context = self.authorize(caller, Scope::PartnershipWrite, programme).await?;
        let Some(link) = context.store.get::<Link>(request.link).await? else {
            let problem = format!("there is no link {} in this programme", request.link);
            return Err(AppError::invalid("/link", problem, "the id of a link of this programme"));
        };
        let link = link.value;
        let (subject, revision, told) = shared_content(&context, &link, &request.record).await?;
        let id = ShareId::next(self.ids());
        let share = Share { id, programme, peer: link.peer, link: link.id, subject, revision, content: told };
        let mut changes = self.changes(programme, caller);
        changes.create(&share);
        record_event(&mut changes, id, share.made());
        self.commit(changes, created(share), reply).await
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
        let context = self.authorize(caller, Scope::PartnershipWrite, programme).await?;
        let before = context.load::<Share>(share).await?;
        based_on(share, &before, revision)?;
        let link = context.load::<Link>(before.value.link).await?.value;
        let record = match before.value.content {
            SharedContent::Agreement(_) => {
                ToShare::Agreement(AgreementId::from_uuid(before.value.subject.id))
            }
            SharedContent::Engagement(_) | _ => {
                ToShare::Engagement(EngagementId::from_uuid(before.value.subject.id), title)
            }
        };
        let (_, told_at, told) = shared_content(&context, &link, &record).await?;
        let after = Share { revision: told_at, content: told, ..before.value.clone() };
        if after == before.value {
            return Ok(before);
        }
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        record_event(&mut changes, share, after.renewed());
        self.commit(changes, changed(after, revision), IdempotentReply::NONE).await?.executed()
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
        let context = self.authorize(caller, Scope::PartnershipWrite, programme).await?;
        let before = context.load::<Share>(share).await?;
        based_on(share, &before, revision)?;
        let mut changes = self.changes(programme, caller);
        changes.delete::<Share>(share, revision);
        record_event(&mut changes, share, before.value.withdrawn());
        self.commit(changes, (), IdempotentReply::NONE).await?.executed()
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
        let mut all = with_revisions(&context, vec![share]).await?;
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
        Ok(SharePage { items: with_revisions(&context, page.items).await?, next: page.next })
    }
}

/// Which record, at which revision, and what is told of it; if it belongs to the bond of the link and the peer has linked back.
async fn shared_content(
    context: &ProgrammeContext,
    link: &Link,
    record: &ToShare,
) -> Result<(RecordRef, u32, SharedContent), AppError> {
    if answer(context, link).await?.is_none() {
        let refusal = SharingRefusal::NotLinkedBack { peer: link.peer };
        return Err(AppError::Refused(RefusedTransition::Sharing(refusal)));
    }
    match record {
        ToShare::Engagement(id, title) => {
            let found = context.store.get::<Engagement>(*id).await?;
            let found = found.filter(|found| found.value.partnership == link.partnership);
            let found = found.ok_or_else(|| not_of_the_bond("/engagement", "an engagement", link))?;
            let told = SharedEngagement::of(&found.value, title.clone());
            Ok(((*id).into(), found.revision.number(), SharedContent::Engagement(told)))
        }
        ToShare::Agreement(id) => {
            let found = context.store.get::<Agreement>(*id).await?;
            let found = found.filter(|found| found.value.partnership() == link.partnership);
            let found = found.ok_or_else(|| not_of_the_bond("/agreement", "an agreement", link))?;
            let told = SharedAgreement::of(&found.value);
            Ok(((*id).into(), found.revision.number(), SharedContent::Agreement(told)))
        }
    }
}

fn not_of_the_bond(path: &str, what: &str, link: &Link) -> AppError {
    let expected =
        format!("the id of {what} of the partnership {} to which the link belongs", link.partnership);
    AppError::invalid(path, "there is none of that id under the partnership of the link", expected)
}

/// With the revisions that the records are at now.
async fn with_revisions(
    context: &ProgrammeContext,
    shares: Vec<Versioned<Share>>,
) -> Result<Vec<Sharing>, AppError> {
    let of_kind =
        |kind| shares.iter().map(|share| share.value.subject).filter(move |record| record.kind == kind);
    let visits: Vec<_> =
        of_kind(RecordKind::Engagement).map(|record| EngagementId::from_uuid(record.id)).collect();
    let texts: Vec<_> =
        of_kind(RecordKind::Agreement).map(|record| AgreementId::from_uuid(record.id)).collect();
    let mut revisions = BTreeMap::new();
    for found in context.store.get_many::<Engagement>(&visits).await? {
        revisions.insert(RecordRef::from(found.value.id), found.revision.number());
    }
    for found in context.store.get_many::<Agreement>(&texts).await? {
        revisions.insert(RecordRef::from(found.value.id()), found.revision.number());
    }
    let sharing = |share: Versioned<Share>| Sharing {
        record_revision: revisions.get(&share.value.subject).copied().unwrap_or(share.value.revision),
        share,
    };
    Ok(shares.into_iter().map(sharing).collect())
}
