//! Engagements, and what those who take part need.

use sister_cities_api::Page;
use sister_cities_api::engagement::{
    AnswerOutcomeQuestion, CareView, CostBody, CreateEngagement, ENDPOINTS, EngagementBody, EngagementPath,
    EngagementView, FollowUpView, GetEngagement, GetOutcomeQuestions, InviteToEngagement, ListEngagements,
    OrganisationBody, OutcomeAnswerBody, ParticipantsBody, ReadCare, ReplaceEngagement, SetCare,
};
use sister_cities_domain::engagement::{
    Cost, Engagement, EngagementDates, Foci, Happening, Invitations, Organisation, OtherSideEvidence,
    OutcomeAnswer, ParticipantGroup, WhatCame, WhatCameKind,
};
use sister_cities_domain::id::{EngagementId, OutcomeId, ProgrammeId};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{known, needed, refused};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_engagements),
        serve(create_engagement),
        serve(get_engagement),
        serve(replace_engagement),
        serve(read_care),
        serve(set_care),
        serve(get_outcome_questions),
        serve(answer_outcome_question),
        serve(invite_to_engagement),
    ]
}

async fn list_engagements(call: Call<ListEngagements>) -> ApiResult<Answer<Page<EngagementView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_engagements(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_engagement(call: Call<CreateEngagement>) -> ApiResult<Answer<EngagementView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let id = EngagementId::next(call.app.ids());
    let engagement = engagement(call.body, id, programme)?;
    let outcome = call.app.create_engagement(&call.caller, engagement, reply).await?;
    let path = |made: &Versioned<Engagement>| EngagementPath { programme, engagement: made.value.id };
    Ok(Answer::created::<GetEngagement, _>(outcome, view, path))
}

async fn get_engagement(call: Call<GetEngagement>) -> ApiResult<Answer<EngagementView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.engagement);
    let found = call.app.get_engagement(&call.caller, programme, id, times).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_engagement(call: Call<ReplaceEngagement>) -> ApiResult<Answer<EngagementView>> {
    let revision = call.based_on()?;
    let engagement = engagement(call.body, call.path.engagement, call.path.programme)?;
    let now = call.app.replace_engagement(&call.caller, engagement, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn read_care(call: Call<ReadCare>) -> ApiResult<Answer<CareView>> {
    let found = call.app.read_care(&call.caller, call.path.programme, call.path.engagement).await?;
    Ok(Answer::shown(&found, care_view))
}

async fn set_care(call: Call<SetCare>) -> ApiResult<Answer<CareView>> {
    let revision = call.based_on()?;
    let (programme, id) = (call.path.programme, call.path.engagement);
    let now = call.app.set_care(&call.caller, programme, id, revision, call.body.care).await?;
    Ok(Answer::shown(&now, care_view))
}

async fn get_outcome_questions(call: Call<GetOutcomeQuestions>) -> ApiResult<Answer<FollowUpView>> {
    let as_of = call.app.day_or_today(call.path.programme, call.query.as_of).await?;
    let (programme, id) = (call.path.programme, call.path.engagement);
    let questions = call.app.get_outcome_questions(&call.caller, programme, id, as_of).await?;
    Ok(Answer::plain(FollowUpView::of(&questions)))
}

async fn answer_outcome_question(call: Call<AnswerOutcomeQuestion>) -> ApiResult<Answer<EngagementView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let which = (call.path.programme, call.path.engagement);
    let OutcomeAnswerBody { side, after, said, outcome, on } = call.body;
    let none = |outcome: Option<OutcomeId>, came| {
        if outcome.is_none() {
            return Ok(came);
        }
        let expected = "no outcome, or \"said\": \"outcome\"";
        Err(ApiError::field("/outcome", format!("is given, but {said} is said"), expected))
    };
    let came = match said {
        WhatCameKind::NothingYet => none(outcome, WhatCame::NothingYet)?,
        WhatCameKind::NothingWill => none(outcome, WhatCame::NothingWill)?,
        WhatCameKind::Outcome | _ => WhatCame::Outcome {
            outcome: needed(outcome, "/outcome", "the id of the outcome that came of it")?,
        },
    };
    let on = call.app.day_or_today(call.path.programme, on).await?;
    let answer = OutcomeAnswer { side, after, on, came };
    let answered = call.app.answer_outcome_question(&call.caller, which, revision, answer, reply).await?;
    Ok(Answer::changed(answered, view))
}

async fn invite_to_engagement(call: Call<InviteToEngagement>) -> ApiResult<Answer<EngagementView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let which = (call.path.programme, call.path.engagement);
    let whom = call.body.persons.as_deref();
    let invited = call.app.invite_to_engagement(&call.caller, which, revision, whom, reply).await?;
    Ok(Answer::changed(invited, view))
}

fn view(engagement: &Versioned<Engagement>) -> EngagementView {
    EngagementView::of(&engagement.value, engagement.revision.number())
}

fn care_view(engagement: &Versioned<Engagement>) -> CareView {
    CareView { revision: engagement.revision.number(), care: engagement.value.care.clone() }
}

/// The engagement that a body describes. What those who take part need is said elsewhere.
fn engagement(body: EngagementBody, id: EngagementId, programme: ProgrammeId) -> ApiResult<Engagement> {
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
        follow_up,
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
        follow_up: follow_up.unwrap_or_default(),
        outcome_answers: Vec::new(),
        invitations: Invitations::NONE,
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
    let OrganisationBody { name, side, representatives, organisation, represented_by } = body;
    let side = known(&side, &format!("/organisations/{at}/side"))?;
    Ok(Organisation { name, side, representatives, organisation, represented_by })
}
