//! An engagement, as a caller says it was.

use sister_cities_api::engagement::{CostBody, EngagementBody, OrganisationBody, ParticipantsBody};
use sister_cities_domain::engagement::{
    Cost, Engagement, EngagementDates, Foci, Happening, Organisation, OtherSideEvidence, ParticipantGroup,
};
use sister_cities_domain::id::{EngagementId, ProgrammeId};

use super::{known, refused};
use crate::error::ApiResult;

/// The engagement that a body describes. What those who take part need is said elsewhere.
pub(crate) fn engagement(
    body: EngagementBody,
    id: EngagementId,
    programme: ProgrammeId,
) -> ApiResult<Engagement> {
    let EngagementBody {
        partnership,
        title,
        foci,
        direction,
        start,
        end,
        happening,
        participants,
        organisations,
        costs,
        outcomes,
        evidence,
        source,
        notes,
    } = body;
    Ok(Engagement {
        id,
        programme,
        partnership,
        title,
        foci: Foci::new(foci).map_err(|error| refused("/foci", &error))?,
        direction,
        dates: EngagementDates::new(start, end).map_err(|error| refused("/end", &error))?,
        happening: happening.unwrap_or(Happening::Held),
        participants: participants.into_iter().enumerate().map(group).collect::<ApiResult<_>>()?,
        organisations: organisations.into_iter().enumerate().map(organisation).collect::<ApiResult<_>>()?,
        costs: costs.into_iter().map(|CostBody { party, amount }| Cost { party, amount: amount.0 }).collect(),
        outcomes,
        evidence: evidence.unwrap_or(OtherSideEvidence::Unstated),
        source,
        notes: notes.into_iter().map(Into::into).collect(),
        care: None,
    })
}

fn group((at, body): (usize, ParticipantsBody)) -> ApiResult<ParticipantGroup> {
    let ParticipantsBody { side, role, people } = body;
    let side = known(&side, &format!("/participants/{at}/side"))?;
    Ok(ParticipantGroup { side, role, people })
}

fn organisation((at, body): (usize, OrganisationBody)) -> ApiResult<Organisation> {
    let OrganisationBody { name, side, representatives } = body;
    let side = known(&side, &format!("/organisations/{at}/side"))?;
    Ok(Organisation { name, side, representatives })
}
