//! What the wire shows of engagements, and how it is made of the domain.

use serde::{Deserialize, Serialize};
use sister_cities_domain::engagement::{
    Cost, Direction, Engagement, Focus, Happening, Mutuality, Organisation, OtherSideEvidence,
    ParticipantGroup, Side,
};
use sister_cities_domain::id::{EngagementId, PartnershipId};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};
use std::fmt;

use super::{
    CareBody, CostBody, DirectionWord, EvidenceWord, HappeningWord, MutualityWord, OrganisationBody,
    ParticipantsBody, SideWord,
};
#[cfg(feature = "schema")]
use crate::As;
use crate::MoneyText;
use crate::meaning::plain_meanings;
use crate::note::NoteBody;

/// What those who take part in an engagement need.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CareView {
    /// The revision of the engagement, to name in `If-Match` when changing it.
    pub revision: u32,
    /// What is needed; absent if nothing is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<FreeText>>"))]
    pub care: Option<FreeText>,
}

/// Stands for what is sensitive, which no log is to hold.
const HIDDEN: &str = "***";

impl fmt::Debug for CareBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CareBody").field("care", &self.care.as_ref().map(|_| HIDDEN)).finish()
    }
}

impl fmt::Debug for CareView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let care = self.care.as_ref().map(|_| HIDDEN);
        f.debug_struct("CareView").field("revision", &self.revision).field("care", &care).finish()
    }
}

plain_meanings! {
    DirectionWord => Direction { Inbound, Outbound, Joint, Virtual, Local, Unknown }
    EvidenceWord => OtherSideEvidence { TookPart, OnlyOneSide, LocalOnly, Unstated }
    HappeningWord => Happening { Held, AnnouncedOnly, CalledOff }
    MutualityWord => Mutuality { Mutual, OneSided, None }
    SideWord => Side { Host, Counterpart, Both, Unstated }
}

impl EngagementView {
    /// Shows an engagement at a revision.
    #[must_use]
    pub fn of(engagement: &Engagement, revision: u32) -> Self {
        Self {
            id: engagement.id,
            revision,
            partnership: engagement.partnership,
            title: engagement.title.clone(),
            foci: engagement.foci.iter().cloned().collect(),
            direction: DirectionWord::of(&engagement.direction),
            start: engagement.dates.start(),
            end: engagement.dates.end(),
            participants: engagement.participants.iter().map(ParticipantsBody::of).collect(),
            organisations: engagement.organisations.iter().map(OrganisationBody::of).collect(),
            costs: engagement.costs.iter().map(CostBody::of).collect(),
            outcomes: engagement.outcomes.clone(),
            evidence: EvidenceWord::of(&engagement.evidence),
            mutuality: MutualityWord::of(&engagement.mutuality()),
            source: engagement.source.clone(),
            happening: HappeningWord::of(&engagement.happening),
            notes: engagement.notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl ParticipantsBody {
    pub(crate) fn of(group: &ParticipantGroup) -> Self {
        Self { side: SideWord::of(&group.side), role: group.role.clone(), people: group.people }
    }
}

impl OrganisationBody {
    fn of(organisation: &Organisation) -> Self {
        Self {
            name: organisation.name.clone(),
            side: SideWord::of(&organisation.side),
            representatives: organisation.representatives.clone(),
        }
    }
}

impl CostBody {
    fn of(cost: &Cost) -> Self {
        Self { party: cost.party.clone(), amount: MoneyText(cost.amount) }
    }
}

/// Something that two cities did with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EngagementView {
    /// Its id.
    #[cfg_attr(feature = "schema", schemars(with = "As<EngagementId>"))]
    pub id: EngagementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    #[cfg_attr(feature = "schema", schemars(with = "As<PartnershipId>"))]
    pub partnership: PartnershipId,
    /// What it was, as the log puts it.
    #[cfg_attr(feature = "schema", schemars(with = "As<Title>"))]
    pub title: Title,
    /// What it was about.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<Focus>>"))]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host.
    pub direction: DirectionWord,
    /// When it began, as precisely as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<PartialDate>>"))]
    pub end: Option<PartialDate>,
    /// Who took part, in groups.
    #[serde(default)]
    pub participants: Vec<ParticipantsBody>,
    /// The organisations behind it.
    #[serde(default)]
    pub organisations: Vec<OrganisationBody>,
    /// What it cost, and whom.
    #[serde(default)]
    pub costs: Vec<CostBody>,
    /// What came of it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<As<FreeText>>"))]
    pub outcomes: Vec<FreeText>,
    /// What is known of the other side's part.
    pub evidence: EvidenceWord,
    /// Whether it counts as contact both ways: follows from direction and evidence.
    pub mutuality: MutualityWord,
    /// Where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<As<Source>>"))]
    pub source: Option<Source>,
    /// Whether it took place.
    pub happening: HappeningWord,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}
