//! How an engagement of the domain is shown.

use sister_cities_domain::engagement::{
    Cost, Direction, Engagement, Happening, Mutuality, Organisation, OtherSideEvidence, ParticipantGroup,
    Side,
};

use super::{
    CostBody, DirectionWord, EngagementView, EvidenceWord, HappeningWord, MutualityWord, OrganisationBody,
    ParticipantsBody, SideWord,
};
use crate::MoneyText;
use crate::meaning::plain_meanings;
use crate::note::NoteBody;

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
