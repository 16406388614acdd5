//! An engagement, as a caller says it was.

use sister_cities_api::engagement::{
    DirectionWord, EngagementBody, EvidenceWord, HappeningWord, OrganisationBody, ParticipantsBody, SideWord,
};
use sister_cities_app::engagement::EngagementFacts;
use sister_cities_domain::engagement::{Cost, EngagementDates, Foci, Organisation, ParticipantGroup};

use super::{meant, refused};
use crate::error::ApiResult;

/// What is said of an engagement.
pub(crate) fn facts(body: EngagementBody) -> ApiResult<EngagementFacts> {
    let happening = body.happening.unwrap_or(HappeningWord::Held);
    let evidence = body.evidence.unwrap_or(EvidenceWord::Unstated);
    let cost =
        |body: sister_cities_api::engagement::CostBody| Cost { party: body.party, amount: body.amount.0 };
    Ok(EngagementFacts {
        partnership: body.partnership,
        title: body.title,
        foci: Foci::new(body.foci).map_err(|error| refused("/foci", &error))?,
        direction: meant(&body.direction, DirectionWord::meaning, "/direction")?,
        dates: EngagementDates::new(body.start, body.end).map_err(|error| refused("/end", &error))?,
        happening: meant(&happening, HappeningWord::meaning, "/happening")?,
        participants: body.participants.into_iter().enumerate().map(group).collect::<ApiResult<_>>()?,
        organisations: body
            .organisations
            .into_iter()
            .enumerate()
            .map(organisation)
            .collect::<ApiResult<_>>()?,
        costs: body.costs.into_iter().map(cost).collect(),
        outcomes: body.outcomes,
        evidence: meant(&evidence, EvidenceWord::meaning, "/evidence")?,
        source: body.source,
        notes: body.notes.into_iter().map(Into::into).collect(),
    })
}

fn group((at, body): (usize, ParticipantsBody)) -> ApiResult<ParticipantGroup> {
    let side = meant(&body.side, SideWord::meaning, &format!("/participants/{at}/side"))?;
    Ok(ParticipantGroup { side, role: body.role, people: body.people })
}

fn organisation((at, body): (usize, OrganisationBody)) -> ApiResult<Organisation> {
    let side = meant(&body.side, SideWord::meaning, &format!("/organisations/{at}/side"))?;
    Ok(Organisation { name: body.name, side, representatives: body.representatives })
}
