//! Adopting a practice, of the programme's own or one that a peer shares, and taking the steps.

use std::collections::BTreeSet;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{
    AdoptionId, OrganisationId, PartnershipId, PlaceId, PracticeId, ProgrammeId, ShareId,
};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{
    AdoptedPractice, Adoption, AdoptionCourse, AdoptionRefusal, Origin, Practice, StepTaken, Topic,
};
use sister_cities_domain::sharing::{Link, Share, SharedContent};
use sister_cities_domain::value::{Note, PartialDate, Source};
use sister_cities_storage::catalogue::link;
use sister_cities_storage::{Listing, Revision, Versioned};
use uuid::Uuid;

use super::{check, check_origin};
use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What is said of an adoption, but for its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAdoption {
    /// What is adopted.
    pub practice: PracticeToAdopt,
    /// The place that adopts it.
    pub by: PlaceId,
    /// The organisation there that does it.
    pub organisation: Option<OrganisationId>,
    /// Through which partnership; for a shared practice the one of the link, if not said.
    pub partnership: Option<PartnershipId>,
    /// From whom it was learnt; from those whose practice it is, if not said.
    pub learnt_from: Option<Origin>,
    /// What it is about; what the practice is about, if not said.
    pub topics: BTreeSet<Topic>,
    /// When it was offered.
    pub offered_on: Option<PartialDate>,
    /// Where we know it from.
    pub sources: Vec<Source>,
    /// Remarks.
    pub notes: Vec<Note>,
}

/// Which practice to adopt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a practice is of the programme or of another")]
pub enum PracticeToAdopt {
    /// One of the programme.
    Own(PracticeId),
    /// One that a peer shares.
    Shared(ShareId),
}

/// What follows from the practice where nothing else is said.
#[derive(Default)]
struct Implied {
    partnership: Option<PartnershipId>,
    learnt_from: Option<Origin>,
    topics: BTreeSet<Topic>,
}

impl App {
    /// Enters that a practice was offered to a place.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `practice:write`; [`AppError::Invalid`] if the programme has no such practice, place or
    /// partnership, or no peer shares such a practice with it.
    pub async fn create_adoption(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        request: NewAdoption,
        reply: IdempotentReply<'_, Versioned<Adoption>>,
    ) -> Result<CommandOutcome<Versioned<Adoption>>, AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, programme)?;
        let course = AdoptionCourse::offered(request.offered_on);
        let id = AdoptionId::next(self.ids());
        let adoption = adoption(&command, (programme, id), request, None, course).await?;
        let event = adoption.offered();
        let created = command.create(adoption, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of an adoption that was read at `revision`, but for its steps. A change that changes nothing writes
    /// nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_adoption`], but that what a peer shared stays known when it is no longer shared; [`AppError::NotFound`];
    /// [`AppError::Stale`].
    pub async fn replace_adoption(
        &self,
        caller: &Caller,
        (programme, adoption): (ProgrammeId, AdoptionId),
        request: NewAdoption,
        revision: Revision,
    ) -> Result<Versioned<Adoption>, AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, programme)?;
        let before = command.load_at::<Adoption>(adoption, revision).await?;
        let course = before.value.course.with_offer_on(request.offered_on);
        let known = Some(&before.value.practice);
        let after = self::adoption(&command, (programme, adoption), request, known, course).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Takes a step of an adoption that was read at `revision`.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `practice:write`; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Refused`] if there is no
    /// such step from where it is; [`AppError::Invalid`] if it lies before the last date on record.
    pub async fn take_adoption_step(
        &self,
        caller: &Caller,
        (programme, adoption): (ProgrammeId, AdoptionId),
        step: StepTaken,
        revision: Revision,
        reply: IdempotentReply<'_, Versioned<Adoption>>,
    ) -> Result<CommandOutcome<Versioned<Adoption>>, AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, programme)?;
        let before = command.load_at::<Adoption>(adoption, revision).await?;
        let (after, event) = before.value.take(step).map_err(refused)?;
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Removes the record of an adoption that was read at `revision`.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `practice:write`; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Conflict`] if it is
    /// shared.
    pub async fn delete_adoption(
        &self,
        caller: &Caller,
        (programme, adoption): (ProgrammeId, AdoptionId),
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, programme)?;
        let before = command.load_at::<Adoption>(adoption, revision).await?;
        command.delete::<Adoption>(adoption, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

fn refused(refusal: AdoptionRefusal) -> AppError {
    match refusal {
        AdoptionRefusal::Step(step) => step.into(),
        earlier @ (AdoptionRefusal::Earlier { .. } | _) => {
            AppError::invalid("/on", earlier.to_string(), "a date no earlier than the last one on record")
        }
    }
}

async fn adoption(
    command: &Command<'_>,
    (programme, id): (ProgrammeId, AdoptionId),
    request: NewAdoption,
    known: Option<&AdoptedPractice>,
    course: AdoptionCourse,
) -> Result<Adoption, AppError> {
    let NewAdoption {
        practice,
        by,
        organisation,
        partnership,
        learnt_from,
        topics,
        offered_on: _,
        sources,
        notes,
    } = request;
    check::<Place>(command, "/by", Some(by)).await?;
    check_origin(command, "/learnt_from", learnt_from.as_ref()).await?;
    let (practice, implied) = match practice {
        PracticeToAdopt::Own(own) => {
            (AdoptedPractice::Own { practice: own }, of_own(command, own, by).await?)
        }
        PracticeToAdopt::Shared(share) => match known {
            Some(told @ AdoptedPractice::Shared { share: same, .. }) if *same == share => {
                (told.clone(), Implied::default())
            }
            Some(_) | None => of_shared(command, share, by).await?,
        },
    };
    Ok(Adoption {
        id,
        programme,
        practice,
        by,
        organisation,
        partnership: partnership.or(implied.partnership),
        learnt_from: learnt_from.or(implied.learnt_from),
        topics: if topics.is_empty() { implied.topics } else { topics },
        course,
        sources,
        notes,
    })
}

async fn of_own(command: &Command<'_>, practice: PracticeId, by: PlaceId) -> Result<Implied, AppError> {
    let Some(found) = command.store.get::<Practice>(practice).await? else {
        return Err(command.missing("/practice", practice.into()).await);
    };
    let Practice { origin, topics, .. } = found.value;
    // Whoever puts a practice of its own to use has learnt it from nobody.
    Ok(Implied { partnership: None, learnt_from: (origin.place() != Some(by)).then_some(origin), topics })
}

/// What a peer tells of a practice, kept as it tells it now; learnt from the other side of the partnership that both keep.
async fn of_shared(
    command: &Command<'_>,
    share: ShareId,
    by: PlaceId,
) -> Result<(AdoptedPractice, Implied), AppError> {
    let unseen = || {
        let expected = "the id of a practice that another programme shares with this one: shr_…";
        AppError::invalid("/share", "no other programme shares a practice under that id", expected)
    };
    let store = &command.store;
    // The one whose id comes next after the one before it.
    let before = Uuid::from_u128(share.uuid().as_u128().saturating_sub(1));
    let visible = store.peer_visible::<Share>(None, Some(before), 1).await?;
    let told = visible.into_iter().map(|told| told.value).find(|told| told.id == share).ok_or_else(unseen)?;
    let SharedContent::Practice(practice) = told.content else { return Err(unseen()) };
    let links = store.list(&Listing::<Link>::first(1).filter(link::PEER.is(told.programme))).await?;
    let Some(own) = links.items.into_iter().next() else { return Err(unseen()) };
    let partnership = store.get::<Partnership>(own.value.partnership).await?;
    let members = partnership.iter().flat_map(|found| found.value.members().iter());
    let others: Vec<PlaceId> = members.filter(|member| *member != by).collect();
    let learnt_from = match others[..] {
        [one] => Some(Origin::of_place(one)),
        _ => None,
    };
    let adopted = AdoptedPractice::Shared {
        share,
        peer: told.programme,
        shared_by: practice.shared_by,
        title: practice.title,
        origin: practice.origin,
        since: practice.since,
    };
    let partnership = Some(own.value.partnership);
    Ok((adopted, Implied { partnership, learnt_from, topics: practice.topics }))
}
