//! What is said about an engagement, whether it is entered or replaced.

use sister_cities_domain::engagement::{
    Cost, Direction, Engagement, EngagementDates, Foci, Happening, Organisation, OtherSideEvidence,
    ParticipantGroup,
};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::value::{FreeText, Note, Source, Title};

use crate::AppError;
use crate::app::ProgrammeContext;

/// Everything about an engagement but whose record it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagementFacts {
    /// The bond it belongs to.
    pub partnership: PartnershipId,
    /// What it was, in a line.
    pub title: Title,
    /// What it was about.
    pub foci: Foci,
    /// Who went where, seen from the host.
    pub direction: Direction,
    /// When.
    pub dates: EngagementDates,
    /// Whether it took place.
    pub happening: Happening,
    /// Who took part, in groups.
    pub participants: Vec<ParticipantGroup>,
    /// Which organisations were behind it.
    pub organisations: Vec<Organisation>,
    /// Who paid what.
    pub costs: Vec<Cost>,
    /// What came of it.
    pub outcomes: Vec<FreeText>,
    /// What is known of the other side's part.
    pub evidence: OtherSideEvidence,
    /// Where we know it from.
    pub source: Option<Source>,
    /// Remarks.
    pub notes: Vec<Note>,
}

impl EngagementFacts {
    /// An engagement of which only the bond, title, focus and direction are told.
    #[must_use]
    pub const fn new(partnership: PartnershipId, title: Title, foci: Foci, direction: Direction) -> Self {
        Self {
            partnership,
            title,
            foci,
            direction,
            dates: EngagementDates::UNDATED,
            happening: Happening::Held,
            participants: Vec::new(),
            organisations: Vec::new(),
            costs: Vec::new(),
            outcomes: Vec::new(),
            evidence: OtherSideEvidence::Unstated,
            source: None,
            notes: Vec::new(),
        }
    }

    /// The engagement with these facts.
    pub(crate) fn into_engagement(self, id: EngagementId, programme: ProgrammeId) -> Engagement {
        Engagement {
            id,
            programme,
            partnership: self.partnership,
            title: self.title,
            foci: self.foci,
            direction: self.direction,
            dates: self.dates,
            happening: self.happening,
            participants: self.participants,
            organisations: self.organisations,
            costs: self.costs,
            outcomes: self.outcomes,
            evidence: self.evidence,
            source: self.source,
            notes: self.notes,
            care: None,
        }
    }

    /// Refuses an engagement of a bond that the programme does not have.
    pub(super) async fn check_partnership(&self, context: &ProgrammeContext) -> Result<(), AppError> {
        let id = self.partnership;
        match context.store.get::<Partnership>(id).await? {
            Some(_) => Ok(()),
            None => Err(AppError::invalid(
                "/partnership",
                format!("there is no partnership {id} in this programme"),
                "the id of a partnership of this programme",
            )),
        }
    }
}
