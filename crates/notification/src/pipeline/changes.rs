//! What happened, in facts that can be put into words for one reader: what the event says, with the names that the records have now.

use sister_cities_domain::agreement::{Agreement, AgreementEvent};
use sister_cities_domain::engagement::{Engagement, EngagementEvent};
use sister_cities_domain::event::{Event, EventBody};
use sister_cities_domain::id::{
    ActionPointId, AgreementId, EngagementId, OutcomeId, PartnershipId, PersonId, ProgrammeId, RoleId,
};
use sister_cities_domain::notification::Cause;
use sister_cities_domain::outcome::{Outcome, OutcomeEvent};
use sister_cities_domain::partnership::PartnershipEvent;
use sister_cities_domain::person::{Audience, Person};
use sister_cities_domain::promise::{ActionPoint, ActionPointEvent};
use sister_cities_domain::role::{Role, RoleEvent};
use sister_cities_domain::sharing::Share;
use sister_cities_domain::value::{Name, PartialDate};
use sister_cities_storage::ReadError;

use super::facts::FactReader;
use super::shared;
use crate::message::{Change, ChangeFacts};

/// Reads what happened for one reader.
pub(super) struct ChangeReader<'a> {
    pub(super) facts: FactReader<'a>,
    /// As whom they read: what is told of people follows from it.
    pub(super) audience: Audience,
}

/// What happened, and when it did as the record says.
type Told = Option<(ChangeFacts, Option<PartialDate>)>;

impl ChangeReader<'_> {
    /// What an event tells; none if people are not told of such, a record that it is about is gone, or it is not for the reader to see.
    pub(super) async fn change(&self, event: &Event) -> Result<Option<Change>, ReadError> {
        let id = event.subject.id;
        let told = if let EventBody::Partnership(happened) = &event.body {
            let partner = self.facts.partner(PartnershipId::from_uuid(id)).await?;
            partner.and_then(|partner| of_partnership(happened, partner))
        } else if let EventBody::Agreement(happened) = &event.body {
            self.agreement(AgreementId::from_uuid(id), happened).await?
        } else if let EventBody::Engagement(happened) = &event.body {
            self.engagement(EngagementId::from_uuid(id), happened).await?
        } else if let EventBody::ActionPoint(happened) = &event.body {
            self.point(ActionPointId::from_uuid(id), happened).await?
        } else if let EventBody::Outcome(happened) = &event.body {
            self.outcome(OutcomeId::from_uuid(id), happened).await?
        } else if let EventBody::Role(happened) = &event.body {
            self.role(RoleId::from_uuid(id), happened).await?
        } else {
            None
        };
        Ok(told.map(|(facts, on)| Change { facts, on, by: None }))
    }

    /// That something is shared, in the words that were chosen for it: with another programme by this one, or with this one by another.
    pub(super) async fn shared(
        &self,
        share: &Share,
        cause: &Cause,
        programme: ProgrammeId,
        partnership: PartnershipId,
    ) -> Result<Option<Change>, ReadError> {
        // Whoever is shown it sees the city of the programme that shares it as the partner.
        let partner = if share.programme == programme {
            self.facts.place(self.facts.host).await?
        } else {
            self.facts.partner(partnership).await?
        };
        let Some((record, partner)) = shared::title(share).cloned().zip(partner) else { return Ok(None) };
        let is_new = matches!(cause, Cause::Event { name, .. } if name == "share.made");
        let facts = if is_new {
            ChangeFacts::ShareMade { record, partner }
        } else {
            ChangeFacts::ShareRenewed { record, partner }
        };
        Ok(Some(Change { facts, on: None, by: None }))
    }

    async fn agreement(&self, id: AgreementId, happened: &AgreementEvent) -> Result<Told, ReadError> {
        let Some(record) = self.facts.store.get::<Agreement>(id).await? else { return Ok(None) };
        let Some(partner) = self.facts.partner(record.value.partnership()).await? else { return Ok(None) };
        let agreement = record.value.title().clone();
        if let AgreementEvent::Signed { signature, .. } = happened {
            return Ok(Some((ChangeFacts::AgreementSigned { agreement, partner }, signature.on)));
        }
        let AgreementEvent::NoticeGiven { ends_latest, .. } = happened else { return Ok(None) };
        let ends = *ends_latest;
        Ok(Some((ChangeFacts::AgreementNoticeGiven { agreement, partner, ends }, None)))
    }

    async fn engagement(&self, id: EngagementId, happened: &EngagementEvent) -> Result<Told, ReadError> {
        let (partnership, summary) = match happened {
            EngagementEvent::Recorded(summary) | EngagementEvent::Deleted(summary) => {
                (summary.partnership, Some(summary))
            }
            EngagementEvent::Changed { partnership, .. }
            | EngagementEvent::OutcomeAnswered { partnership, .. } => (*partnership, None),
            EngagementEvent::Invited { .. }
            | EngagementEvent::InvitationChanged { .. }
            | EngagementEvent::Uninvited { .. }
            | EngagementEvent::InvitationAnswered { .. }
            | _ => return Ok(None),
        };
        // As it is now, if it is there: what was corrected since is told as corrected.
        let now =
            self.facts.store.get::<Engagement>(id).await?.map(|found| (found.value.title, found.value.dates));
        let now = now.or_else(|| summary.map(|summary| (summary.title.clone(), summary.dates)));
        let partner = self.facts.partner(partnership).await?;
        Ok(now.zip(partner).and_then(|((engagement, dates), partner)| {
            let facts = match happened.name() {
                "engagement.recorded" => ChangeFacts::EngagementRecorded { engagement, partner },
                "engagement.changed" => ChangeFacts::EngagementChanged { engagement, partner },
                "engagement.deleted" => ChangeFacts::EngagementDeleted { engagement, partner },
                _ => return None,
            };
            Some((facts, dates.start()))
        }))
    }

    async fn point(&self, id: ActionPointId, happened: &ActionPointEvent) -> Result<Told, ReadError> {
        let Some(point) = self.facts.store.get::<ActionPoint>(id).await? else { return Ok(None) };
        let Some(partner) = self.facts.partner(point.value.partnership).await? else { return Ok(None) };
        let promise = point.value.title;
        if let ActionPointEvent::StepTaken { taken, .. } = happened {
            let facts = ChangeFacts::ActionPointStepTaken { promise, partner, state: taken.to };
            return Ok(Some((facts, Some(taken.on))));
        }
        let is_new = matches!(happened, ActionPointEvent::Promised(_));
        Ok(is_new.then_some((ChangeFacts::ActionPointPromised { promise, partner }, None)))
    }

    async fn outcome(&self, id: OutcomeId, happened: &OutcomeEvent) -> Result<Told, ReadError> {
        let Some(record) = self.facts.store.get::<Outcome>(id).await? else { return Ok(None) };
        let Some(partnership) = record.value.partnerships.first() else { return Ok(None) };
        let Some(partner) = self.facts.partner(*partnership).await? else { return Ok(None) };
        let (outcome, on) = (record.value.title, record.value.date);
        if matches!(happened, OutcomeEvent::Verified(_)) {
            return Ok(Some((ChangeFacts::OutcomeVerified { outcome, partner }, on)));
        }
        let is_disputed = matches!(happened, OutcomeEvent::Disputed(_));
        Ok(is_disputed.then_some((ChangeFacts::OutcomeDisputed { outcome, partner }, on)))
    }

    async fn role(&self, id: RoleId, happened: &RoleEvent) -> Result<Told, ReadError> {
        let Some(role) = self.facts.store.get::<Role>(id).await? else { return Ok(None) };
        let role = role.value;
        let (Some(person), Some((office, committee))) =
            (self.person(role.person).await?, self.facts.held(&role).await?)
        else {
            return Ok(None);
        };
        if let RoleEvent::Ended { on, .. } = happened {
            return Ok(Some((ChangeFacts::RoleEnded { person, office, committee }, Some(*on))));
        }
        let is_new = matches!(happened, RoleEvent::Created(_));
        Ok(is_new.then(|| (ChangeFacts::RoleCreated { person, office, committee }, role.tenure.from())))
    }

    /// What a person is called, if the reader may see it.
    async fn person(&self, id: Option<PersonId>) -> Result<Option<Name>, ReadError> {
        let Some(id) = id else { return Ok(None) };
        let found = super::reader::people(self.facts.store, [id]).await?.remove(&id);
        let seen = |person: Person| person.seen_by(self.audience, self.facts.today);
        Ok(found.and_then(seen).map(|person| person.name))
    }
}

fn of_partnership(happened: &PartnershipEvent, partner: Name) -> Told {
    let (PartnershipEvent::Enquired(decided)
    | PartnershipEvent::Agreed { decided, .. }
    | PartnershipEvent::Declined(decided)
    | PartnershipEvent::ReviewOpened(decided)
    | PartnershipEvent::Reawakening(decided)
    | PartnershipEvent::Reawakened(decided)
    | PartnershipEvent::Suspended(decided)
    | PartnershipEvent::Resumed(decided)
    | PartnershipEvent::Concluded(decided)
    | PartnershipEvent::Reaffirmed(decided)) = happened
    else {
        return None;
    };
    let facts = match happened.name() {
        "partnership.enquired" => ChangeFacts::PartnershipEnquired { partner },
        "partnership.agreed" => ChangeFacts::PartnershipAgreed { partner },
        "partnership.declined" => ChangeFacts::PartnershipDeclined { partner },
        "partnership.review_opened" => ChangeFacts::PartnershipReviewOpened { partner },
        "partnership.reawakening" => ChangeFacts::PartnershipReawakening { partner },
        "partnership.reawakened" => ChangeFacts::PartnershipReawakened { partner },
        "partnership.suspended" => ChangeFacts::PartnershipSuspended { partner },
        "partnership.resumed" => ChangeFacts::PartnershipResumed { partner },
        "partnership.concluded" => ChangeFacts::PartnershipConcluded { partner },
        "partnership.reaffirmed" => ChangeFacts::PartnershipReaffirmed { partner },
        _ => return None,
    };
    Some((facts, decided.decision.on))
}
