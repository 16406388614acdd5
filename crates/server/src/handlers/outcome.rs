//! Outcomes.

use sister_cities_api::outcome::{
    CreateOutcome, ENDPOINTS, EvidenceChangeBody, GetOutcome, GradeOutcome, ListOutcomes, OutcomeBody,
    OutcomePath, OutcomeTotalsView, OutcomeView, ReplaceOutcome, SameOutcomeBody, TotalOutcomes,
    TotalOutcomesQuery,
};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::id::{OutcomeId, ProgrammeId};
use sister_cities_domain::outcome::{EvidenceChange, EvidenceHistory, Outcome, OutcomeQuestion, SameOutcome};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::heavy::Weight;
use crate::refusal::in_query;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_outcomes),
        serve(create_outcome),
        serve(total_outcomes).weighing(Weight::Report),
        serve(get_outcome),
        serve(replace_outcome),
        serve(grade_outcome),
    ]
}

async fn list_outcomes(call: Call<ListOutcomes>) -> ApiResult<Answer<Page<OutcomeView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_outcome(call: Call<CreateOutcome>) -> ApiResult<Answer<OutcomeView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let outcome = outcome(call.body, OutcomeId::next(call.app.ids()), programme);
    let outcome = call.app.create_outcome(&call.caller, outcome, reply).await?;
    let path = |made: &Versioned<Outcome>| OutcomePath { programme, outcome: made.value.id };
    Ok(Answer::created::<GetOutcome, _>(outcome, view, path))
}

async fn total_outcomes(call: Call<TotalOutcomes>) -> ApiResult<Answer<OutcomeTotalsView>> {
    let TotalOutcomesQuery { as_of, from, to, partnership, kind } = call.query;
    let as_of = call.app.day_or_today(call.path.programme, as_of).await?;
    let question = OutcomeQuestion { as_of, from, to, partnership, kind };
    let totals = call.app.total_outcomes(&call.caller, call.path.programme, &question).await;
    Ok(Answer::plain(OutcomeTotalsView::of(as_of, totals.map_err(in_query)?)))
}

async fn get_outcome(call: Call<GetOutcome>) -> ApiResult<Answer<OutcomeView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.outcome);
    let found = call.app.get::<Outcome>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_outcome(call: Call<ReplaceOutcome>) -> ApiResult<Answer<OutcomeView>> {
    let revision = call.based_on()?;
    let outcome = outcome(call.body, call.path.outcome, call.path.programme);
    let now = call.app.replace_outcome(&call.caller, outcome, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn grade_outcome(call: Call<GradeOutcome>) -> ApiResult<Answer<OutcomeView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let which = (call.path.programme, call.path.outcome);
    let EvidenceChangeBody { step, on, remark, evidence } = call.body;
    let on = call.app.day_or_today(call.path.programme, on).await?;
    let change = EvidenceChange { step, on, remark, evidence };
    let outcome = call.app.grade_outcome(&call.caller, which, revision, change, reply).await?;
    Ok(Answer::changed(outcome, view))
}

fn view(outcome: &Versioned<Outcome>) -> OutcomeView {
    OutcomeView::of(&outcome.value, outcome.revision.number())
}

/// The outcome that a body describes. How well it is shown is said by steps.
fn outcome(body: OutcomeBody, id: OutcomeId, programme: ProgrammeId) -> Outcome {
    let OutcomeBody {
        kind,
        title,
        value,
        date,
        attribution,
        partnerships,
        engagements,
        agreements,
        action_points,
        practices,
        same_as,
        source,
        notes,
    } = body;
    Outcome {
        id,
        programme,
        kind,
        title,
        value,
        date,
        attribution: attribution.unwrap_or_default(),
        evidence: EvidenceHistory::CLAIMED,
        partnerships,
        engagements,
        agreements,
        action_points,
        practices,
        same_as: same_as.map(|SameOutcomeBody { programme, outcome }| SameOutcome { programme, outcome }),
        source,
        notes: notes.into_iter().map(Into::into).collect(),
    }
}
