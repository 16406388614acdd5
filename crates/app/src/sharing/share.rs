//! Sharing a record: telling a peer what it says now, telling it anew, and taking it back; and reading what a peer shares.

use std::collections::BTreeMap;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{
    AdoptionId, AgreementId, EngagementId, LinkId, PracticeId, ProgrammeId, RecordRef, ShareId,
};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{AdoptedPractice, Adoption, Origin, OriginInWords, Practice};
use sister_cities_domain::sharing::{
    Link, Share, SharedAdoption, SharedAgreement, SharedContent, SharedEngagement, SharedPractice,
    SharingRefusal,
};
use sister_cities_domain::value::Title;
use sister_cities_storage::{Cursor, Listing, ProgrammeStore, Record, Revision, Versioned, record_ref};
use uuid::Uuid;

use super::link::answer;
use crate::{App, AppError, CommandOutcome, IdempotentReply, RefusedTransition};

/// A record to be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToShare {
    /// An engagement, in words for the peer: its own title may name people and is not told.
    Engagement(EngagementId, Option<Title>),
    /// An agreement.
    Agreement(AgreementId),
    /// A practice, with its origin.
    Practice(PracticeId),
    /// An adoption.
    Adoption(AdoptionId),
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
    /// or it is an engagement or agreement of another partnership; [`AppError::Refused`] as long as the peer has not linked back; [`AppError::Conflict`] if
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
        let subject = before.value.subject.id;
        let record = match before.value.content {
            SharedContent::Agreement(_) => ToShare::Agreement(AgreementId::from_uuid(subject)),
            SharedContent::Practice(_) => ToShare::Practice(PracticeId::from_uuid(subject)),
            SharedContent::Adoption(_) => ToShare::Adoption(AdoptionId::from_uuid(subject)),
            SharedContent::Engagement(_) | _ => ToShare::Engagement(EngagementId::from_uuid(subject), title),
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

/// Which record, at which revision, and what is told of it; if the peer has linked back, and an engagement or agreement belongs to the
/// partnership of the link.
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
        ToShare::Practice(id) => {
            let found = store.get::<Practice>(*id).await?;
            let found = found.ok_or_else(|| AppError::missing("/practice", (*id).into()))?;
            let origin = in_words(store, &found.value.origin).await?;
            let told = SharedPractice::of(&found.value, origin, link.name.clone());
            Ok(((*id).into(), found.revision.number(), SharedContent::Practice(told)))
        }
        ToShare::Adoption(id) => {
            let found = store.get::<Adoption>(*id).await?;
            let found = found.ok_or_else(|| AppError::missing("/adoption", (*id).into()))?;
            let told = SharedContent::Adoption(shared_adoption(store, &found.value).await?);
            Ok(((*id).into(), found.revision.number(), told))
        }
    }
}

/// What is told of an adoption. A practice of a third programme is told of with the origin that it came with.
async fn shared_adoption(store: &ProgrammeStore, adoption: &Adoption) -> Result<SharedAdoption, AppError> {
    let practice = match &adoption.practice {
        AdoptedPractice::Shared { title, origin, .. } => (title.clone(), origin.clone()),
        AdoptedPractice::Own { practice } => {
            let own = store.get::<Practice>(*practice).await?;
            let own = own.ok_or_else(|| AppError::missing("/adoption", (*practice).into()))?.value;
            (own.title, in_words(store, &own.origin).await?)
        }
        other => return Err(AppError::invalid("/adoption", format!("adopts {other:?}"), "a practice")),
    };
    let by = match Origin::new(Some(adoption.by), adoption.organisation) {
        Ok(by) => in_words(store, &by).await?,
        Err(error) => return Err(AppError::invalid_value("/adoption", &error)),
    };
    Ok(SharedAdoption::of(adoption, practice, by))
}

/// What an origin is called: the ids of this programme say nothing to another.
async fn in_words(store: &ProgrammeStore, origin: &Origin) -> Result<OriginInWords, AppError> {
    let place = match origin.place() {
        Some(place) => store.get::<Place>(place).await?.map(|found| found.value),
        None => None,
    };
    let organisation = match origin.organisation() {
        Some(organisation) => store.get::<Organisation>(organisation).await?.map(|found| found.value.name),
        None => None,
    };
    Ok(OriginInWords {
        country: place.as_ref().and_then(|place| place.country),
        place: place.map(|place| place.display_name().clone()),
        organisation,
    })
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
    let mut revisions = BTreeMap::new();
    add_revisions::<Engagement>(store, &shares, EngagementId::from_uuid, &mut revisions).await?;
    add_revisions::<Agreement>(store, &shares, AgreementId::from_uuid, &mut revisions).await?;
    add_revisions::<Practice>(store, &shares, PracticeId::from_uuid, &mut revisions).await?;
    add_revisions::<Adoption>(store, &shares, AdoptionId::from_uuid, &mut revisions).await?;
    let sharing = |share: Versioned<Share>| Sharing {
        record_revision: revisions.get(&share.value.subject).copied().unwrap_or(share.value.revision),
        share,
    };
    Ok(shares.into_iter().map(sharing).collect())
}

/// Adds the revisions that the shared records of one type are at now.
async fn add_revisions<T: Record>(
    store: &ProgrammeStore,
    shares: &[Versioned<Share>],
    id: fn(Uuid) -> T::Id,
    revisions: &mut BTreeMap<RecordRef, u32>,
) -> Result<(), AppError> {
    let subjects = shares.iter().map(|share| share.value.subject);
    let wanted: Vec<_> = subjects.filter(|one| one.kind == T::KIND).map(|one| id(one.id)).collect();
    if !wanted.is_empty() {
        let found = store.get_many::<T>(&wanted).await?;
        revisions.extend(found.iter().map(|one| (record_ref::<T>(one.value.id()), one.revision.number())));
    }
    Ok(())
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
