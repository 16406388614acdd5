//! What the wire shows of engagements, and how it is made of the domain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::{Cost, Engagement, Focus, Organisation, ParticipantGroup};
use sister_cities_domain::id::{EngagementId, PartnershipId};
use sister_cities_domain::value::{FreeText, PartialDate, Source, Title};
use std::fmt;

use super::{
    CareBody, CostBody, DirectionWord, EngagementBody, EvidenceWord, HappeningWord, InvitedView,
    MutualityWord, OrganisationBody, OutcomeAnswerView, ParticipantsBody,
};
use crate::note::NoteBody;
use crate::{AsText, IncompleteView};

/// What those who take part in an engagement need.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CareView {
    /// The revision of the engagement, to name in `If-Match` when changing it.
    pub revision: u32,
    /// What is needed; absent if nothing is recorded.
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

impl EngagementView {
    /// Shows an engagement at a revision.
    #[must_use]
    pub fn of(engagement: &Engagement, revision: u32) -> Self {
        let &Engagement {
            id,
            partnership,
            direction,
            happening,
            follow_up,
            evidence,
            ref title,
            ref foci,
            ref dates,
            ref participants,
            ref organisations,
            ref costs,
            ref outcomes,
            ref source,
            ref notes,
            ref outcome_answers,
            ref invitations,
            programme: _,
            care: _,
        } = engagement;
        Self {
            id,
            revision,
            partnership,
            title: title.clone(),
            foci: foci.iter().cloned().collect(),
            direction: direction.into(),
            start: dates.start(),
            end: dates.end(),
            participants: participants.iter().map(ParticipantsBody::of).collect(),
            organisations: organisations.iter().map(OrganisationBody::of).collect(),
            costs: costs.iter().map(CostBody::of).collect(),
            outcomes: outcomes.clone(),
            follow_up,
            outcome_answers: outcome_answers.iter().map(OutcomeAnswerView::of).collect(),
            invited: InvitedView::of(invitations),
            evidence: evidence.into(),
            mutuality: engagement.mutuality().into(),
            source: source.clone(),
            happening: happening.into(),
            notes: notes.iter().map(NoteBody::of).collect(),
        }
    }
}

impl ParticipantsBody {
    pub(crate) fn of(group: &ParticipantGroup) -> Self {
        Self { side: group.side.into(), role: group.role.clone(), people: group.people }
    }
}

impl OrganisationBody {
    fn of(organisation: &Organisation) -> Self {
        Self {
            name: organisation.name.clone(),
            side: organisation.side.into(),
            representatives: organisation.representatives.clone(),
            organisation: organisation.organisation,
            represented_by: organisation.represented_by.clone(),
        }
    }
}

impl CostBody {
    fn of(cost: &Cost) -> Self {
        Self { party: cost.party.clone(), amount: AsText(cost.amount) }
    }
}

/// Something that two cities did with each other.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementView {
    /// Its id.
    pub id: EngagementId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it was, as the log puts it.
    pub title: Title,
    /// What it was about.
    #[serde(default)]
    pub foci: Vec<Focus>,
    /// The way it went, seen from the host.
    pub direction: DirectionWord,
    /// When it began, as precisely as is known.
    pub start: Option<PartialDate>,
    /// When it ended, if that is another day.
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
    pub outcomes: Vec<FreeText>,
    /// Whether both sides are asked what came of it.
    #[serde(default)]
    pub follow_up: bool,
    /// What they answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome_answers: Vec<OutcomeAnswerView>,
    /// Who is invited to it, and what they answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<InvitedView>,
    /// What is known of the other side's part.
    pub evidence: EvidenceWord,
    /// Whether it counts as contact both ways: follows from direction and evidence.
    pub mutuality: MutualityWord,
    /// Where it is recorded.
    pub source: Option<Source>,
    /// Whether it took place.
    pub happening: HappeningWord,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
}

/// The engagement as a body that changes nothing: what is to be changed is changed in it.
impl TryFrom<EngagementView> for EngagementBody {
    type Error = IncompleteView;

    fn try_from(view: EngagementView) -> Result<Self, IncompleteView> {
        let EngagementView {
            id: _,
            revision: _,
            partnership,
            title,
            foci,
            direction,
            start,
            end,
            participants,
            organisations,
            costs,
            outcomes,
            follow_up,
            outcome_answers: _,
            invited: _,
            evidence,
            mutuality: _,
            source,
            happening,
            notes,
        } = view;
        Ok(Self {
            partnership,
            title,
            foci,
            direction: direction.recognised("direction")?,
            start,
            end,
            participants,
            organisations,
            costs,
            outcomes,
            follow_up: Some(follow_up),
            evidence: Some(evidence.recognised("evidence")?),
            source,
            happening: Some(happening.recognised("happening")?),
            notes,
        })
    }
}
