//! What is due, in facts that can be put into words: what the records say now, not what they said when somebody was to be told.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{DueItem, DueKind};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{
    ActionPlanId, ActionPointId, AgreementId, CommitteeId, EngagementId, PartnershipId, PlaceId, RecordKind,
    RoleId,
};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::{ActionPlan, ActionPoint};
use sister_cities_domain::role::{HeldIn, Role};
use sister_cities_domain::value::{LanguageTag, Name};
use sister_cities_storage::{ProgrammeStore, ReadError};

use crate::message::DueFacts;

/// Reads the facts of one programme for one reader.
#[derive(Debug)]
pub(super) struct FactReader<'a> {
    pub(super) store: &'a ProgrammeStore,
    /// The place whose programme it is.
    pub(super) host: PlaceId,
    /// The places in whose offices the reader is, of a guest: to them the partner is the other side.
    pub(super) guest_of: &'a BTreeSet<PlaceId>,
    /// The languages in which the reader knows places, the best first.
    pub(super) languages: &'a [LanguageTag],
    /// The day on which names hold.
    pub(super) today: NaiveDate,
}

impl FactReader<'_> {
    /// The facts of an item; none if a record that it is about is gone.
    pub(super) async fn due(&self, item: &DueItem) -> Result<Option<DueFacts>, ReadError> {
        let partner = match item.partnership {
            Some(partnership) => self.partner(partnership).await?,
            None => None,
        };
        let id = item.subject.id;
        Ok(match item.kind {
            DueKind::AgreementEnding => {
                let agreement = self.agreement(AgreementId::from_uuid(id)).await?;
                agreement.zip(partner).map(|(agreement, partner)| DueFacts::AgreementEnding {
                    ends: agreement.effective_end().map_or(item.due_on, |end| end.latest),
                    agreement: agreement.title().clone(),
                    partner,
                })
            }
            DueKind::AgreementPending => {
                let agreement = self.agreement(AgreementId::from_uuid(id)).await?;
                agreement.zip(partner).map(|(agreement, partner)| DueFacts::AgreementPending {
                    agreement: agreement.title().clone(),
                    partner,
                })
            }
            DueKind::Anniversary => {
                let years = self.years(item).await?;
                partner.zip(years).map(|(partner, years)| DueFacts::Anniversary { partner, years })
            }
            DueKind::PartnershipFading => partner.map(|partner| DueFacts::PartnershipFading { partner }),
            DueKind::PartnershipSteppedDown => {
                partner.map(|partner| DueFacts::PartnershipSteppedDown { partner })
            }
            DueKind::RequestUnanswered => partner.map(|partner| DueFacts::RequestUnanswered { partner }),
            DueKind::ReviewDeadline => partner.map(|partner| DueFacts::ReviewDeadline { partner }),
            DueKind::SuspensionCheck => partner.map(|partner| DueFacts::SuspensionCheck { partner }),
            DueKind::ReawakeningResult => partner.map(|partner| DueFacts::ReawakeningResult { partner }),
            DueKind::NoChair => {
                let committee = self.committee(item).await?;
                committee.map(|committee| DueFacts::NoChair { committee })
            }
            DueKind::Vacancy => {
                let committee = self.committee(item).await?;
                committee.map(|committee| DueFacts::Vacancy { committee })
            }
            DueKind::RoleExpiring => self.role(RoleId::from_uuid(id)).await?,
            DueKind::PromiseDue => {
                let point = self.store.get::<ActionPoint>(ActionPointId::from_uuid(id)).await?;
                point
                    .zip(partner)
                    .map(|(point, partner)| DueFacts::PromiseDue { promise: point.value.title, partner })
            }
            DueKind::OutcomeQuestion => {
                let engagement = self.store.get::<Engagement>(EngagementId::from_uuid(id)).await?;
                engagement.zip(partner).map(|(engagement, partner)| DueFacts::OutcomeQuestion {
                    engagement: engagement.value.title,
                    partner,
                })
            }
            DueKind::PlanCheck => {
                let plan = self.store.get::<ActionPlan>(ActionPlanId::from_uuid(id)).await?;
                plan.zip(partner)
                    .map(|(plan, partner)| DueFacts::PlanCheck { plan: plan.value.title, partner })
            }
            _ => None,
        })
    }

    /// What the partner city is called, in the reader's language if it has a name there.
    pub(super) async fn partner(&self, partnership: PartnershipId) -> Result<Option<Name>, ReadError> {
        let Some(partnership) = self.store.get::<Partnership>(partnership).await? else { return Ok(None) };
        let members = partnership.value.members();
        let own = members.iter().find(|member| self.guest_of.contains(member)).unwrap_or(self.host);
        let others: Vec<PlaceId> = members.others(own).collect();
        let others = self.store.get_many::<Place>(&others).await?;
        let names: Vec<&str> = others.iter().map(|place| self.called(&place.value).as_str()).collect();
        Ok(Name::new(&names.join(" · ")).ok())
    }

    fn called<'p>(&self, place: &'p Place) -> &'p Name {
        let named = self.languages.iter().find_map(|language| place.name_in(language, self.today));
        named.unwrap_or_else(|| place.display_name_on(self.today))
    }

    async fn agreement(&self, id: AgreementId) -> Result<Option<Agreement>, ReadError> {
        Ok(self.store.get::<Agreement>(id).await?.map(|agreement| agreement.value))
    }

    /// How many years it will be, on the day itself: it begins a day earlier or later at the other side.
    async fn years(&self, item: &DueItem) -> Result<Option<u32>, ReadError> {
        let Some(partnership) = item.partnership else { return Ok(None) };
        let partnership = self.store.get::<Partnership>(partnership).await?;
        let since = partnership.and_then(|partnership| partnership.value.since());
        let day = item.due_on.succ_opt().unwrap_or(item.due_on);
        Ok(since.and_then(|since| u32::try_from(day.year() - since.earliest().year()).ok()))
    }

    async fn committee(&self, item: &DueItem) -> Result<Option<Name>, ReadError> {
        if item.subject.kind != RecordKind::Committee {
            return Ok(None);
        }
        let committee = self.store.get::<Committee>(CommitteeId::from_uuid(item.subject.id)).await?;
        Ok(committee.map(|committee| committee.value.name))
    }

    async fn role(&self, id: RoleId) -> Result<Option<DueFacts>, ReadError> {
        let Some(role) = self.store.get::<Role>(id).await? else { return Ok(None) };
        let held = self.held(&role.value).await?;
        Ok(held.map(|(office, committee)| DueFacts::RoleExpiring { office, committee }))
    }

    /// What a role is called, and where it is held.
    pub(super) async fn held(&self, role: &Role) -> Result<Option<(Name, Name)>, ReadError> {
        let held_in = match role.held_in {
            HeldIn::Committee(id) => self.store.get::<Committee>(id).await?.map(|found| found.value.name),
            HeldIn::Organisation(id) => {
                self.store.get::<Organisation>(id).await?.map(|found| found.value.name)
            }
            HeldIn::Place(id) => self.place(id).await?,
            _ => None,
        };
        let office = role.office.clone().or_else(|| role.responsible().office().cloned());
        Ok(office.zip(held_in))
    }

    /// What a place is called, in the reader's language if it has a name there.
    pub(super) async fn place(&self, id: PlaceId) -> Result<Option<Name>, ReadError> {
        Ok(self.store.get::<Place>(id).await?.map(|found| self.called(&found.value).clone()))
    }
}
