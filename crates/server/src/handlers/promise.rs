//! Action plans, their points, and the steps that are taken.

use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::promise::{
    AcceptedBody, ActionPlanBody, ActionPlanPath, ActionPlanView, ActionPointBody, ActionPointPath,
    ActionPointView, AddActionPlanLines, CheckActionPlan, CheckRhythmBody, CreateActionPlan,
    CreateActionPoint, DeleteActionPlan, DeleteActionPoint, ENDPOINTS, GetActionPlan, GetActionPlanProgress,
    GetActionPoint, ListActionPlans, ListActionPoints, PlanCheckBody, PlanLineBody, PlanLineView,
    PlanLinesBody, PlanLinesView, PlanProgressView, PointOwnerBody, PointStepBody, ReawakenPartnership,
    ReawakeningBody, ReplaceActionPlan, ReplaceActionPoint, StepActionPoint,
};
use sister_cities_api::{NoContent, Page, Paged as _, Parameters as _};
use sister_cities_app::FieldError;
use sister_cities_app::promise::{LinesIntent, PlanLine, PlanLines, PlanWithProgress, PointFacts, PointStep};
use sister_cities_domain::id::{ActionPlanId, ProgrammeId};
use sister_cities_domain::promise::{
    Acceptance, ActionPlan, ActionPlanKind, ActionPoint, ActionPointStep, CheckRhythm, PlanCheck, PointAct,
    PointNumber, PointOwner,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::Period;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, listing, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{needed, refused};
use crate::refusal::field_error;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_action_plans),
        serve(create_action_plan),
        serve(get_action_plan),
        serve(replace_action_plan),
        serve(delete_action_plan),
        serve(get_action_plan_progress),
        serve(check_action_plan),
        serve(add_action_plan_lines),
        serve(reawaken_partnership),
        serve(list_action_points),
        serve(create_action_point),
        serve(get_action_point),
        serve(replace_action_point),
        serve(delete_action_point),
        serve(step_action_point),
    ]
}

async fn list_action_plans(call: Call<ListActionPlans>) -> ApiResult<Answer<Page<ActionPlanView>>> {
    let recorded = times(None, call.query.recorded_at).recorded_at;
    let page =
        call.app.list::<ActionPlan>(&call.caller, call.path.programme, call.listing()?, recorded).await?;
    call.page(&page.items, page.next.as_ref(), plan_view)
}

async fn create_action_plan(call: Call<CreateActionPlan>) -> ApiResult<Answer<ActionPlanView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(plan_view));
    let plan = action_plan(call.body, ActionPlanId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_action_plan(&call.caller, plan, reply).await?;
    let path = |made: &Versioned<ActionPlan>| ActionPlanPath { programme, plan: made.value.id };
    Ok(Answer::created::<GetActionPlan, _>(outcome, plan_view, path))
}

async fn get_action_plan(call: Call<GetActionPlan>) -> ApiResult<Answer<ActionPlanView>> {
    let recorded = times(None, call.query.recorded_at).recorded_at;
    let ActionPlanPath { programme, plan } = call.path;
    let found = call.app.get::<ActionPlan>(&call.caller, programme, plan, recorded).await?;
    Ok(Answer::shown(&found, plan_view))
}

async fn replace_action_plan(call: Call<ReplaceActionPlan>) -> ApiResult<Answer<ActionPlanView>> {
    let revision = call.based_on()?;
    let plan = action_plan(call.body, call.path.plan, call.path.programme)?;
    let now = call.app.replace_action_plan(&call.caller, plan, revision).await?;
    Ok(Answer::shown(&now, plan_view))
}

async fn delete_action_plan(call: Call<DeleteActionPlan>) -> ApiResult<Answer<NoContent>> {
    let (ActionPlanPath { programme, plan }, revision) = (call.path.clone(), call.based_on()?);
    call.app.delete_action_plan(&call.caller, programme, plan, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn get_action_plan_progress(call: Call<GetActionPlanProgress>) -> ApiResult<Answer<PlanProgressView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let ActionPlanPath { programme, plan } = call.path;
    let found = call.app.get_action_plan_progress(&call.caller, programme, plan, times).await?;
    Ok(Answer::plain(progress_view(&found)))
}

async fn check_action_plan(call: Call<CheckActionPlan>) -> ApiResult<Answer<ActionPlanView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(plan_view));
    let PlanCheckBody { on, remark } = call.body;
    let on = call.app.day_or_today(call.path.programme, on).await?;
    let check = PlanCheck { on, remark };
    let path = (call.path.programme, call.path.plan);
    let outcome = call.app.check_action_plan(&call.caller, path, revision, check, reply).await?;
    Ok(Answer::changed(outcome, plan_view))
}

async fn add_action_plan_lines(call: Call<AddActionPlanLines>) -> ApiResult<Answer<PlanLinesView>> {
    let (path, reply) = ((call.path.programme, call.path.plan), call.idempotent_reply(lines_view));
    let PlanLinesBody { lines, dry_run } = call.body;
    let intent = if dry_run { LinesIntent::Try } else { LinesIntent::Enter };
    let lines = lines.into_iter().map(plan_line).collect();
    let outcome = call.app.add_action_plan_lines(&call.caller, path, lines, intent, reply).await?;
    Ok(Answer::done(outcome, lines_view))
}

async fn reawaken_partnership(call: Call<ReawakenPartnership>) -> ApiResult<Answer<PlanProgressView>> {
    let PartnershipPath { programme, partnership } = call.path;
    let reply = call.idempotent_reply(progress_view);
    let ReawakeningBody { from, title } = call.body;
    let of = (programme, partnership);
    let outcome = call.app.reawaken_partnership(&call.caller, of, from, title, reply).await?;
    let path = |made: &PlanWithProgress| ActionPlanPath { programme, plan: made.plan.value.id };
    Ok(Answer::created::<GetActionPlan, _>(outcome, progress_view, path))
}

async fn list_action_points(call: Call<ListActionPoints>) -> ApiResult<Answer<Page<ActionPointView>>> {
    let recorded = times(None, call.query.recorded_at).recorded_at;
    // Who owns a point is not asked by one id: people are merged.
    let listing = listing::<ActionPoint>(call.query.pairs(), &["owner"])?;
    let listing = listing.after(call.decode_cursor(call.query.cursor())?);
    let of = (call.query.owner, recorded);
    let page = call.app.list_action_points(&call.caller, call.path.programme, listing, of).await?;
    call.page(&page.items, page.next.as_ref(), point_view)
}

async fn create_action_point(call: Call<CreateActionPoint>) -> ApiResult<Answer<ActionPointView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(point_view));
    let facts = point_facts(call.body)?;
    let outcome = call.app.create_action_point(&call.caller, programme, facts, reply).await?;
    let path = |made: &Versioned<ActionPoint>| ActionPointPath { programme, point: made.value.id };
    Ok(Answer::created::<GetActionPoint, _>(outcome, point_view, path))
}

async fn get_action_point(call: Call<GetActionPoint>) -> ApiResult<Answer<ActionPointView>> {
    let recorded = times(None, call.query.recorded_at).recorded_at;
    let ActionPointPath { programme, point } = call.path;
    let found = call.app.get::<ActionPoint>(&call.caller, programme, point, recorded).await?;
    Ok(Answer::shown(&found, point_view))
}

async fn replace_action_point(call: Call<ReplaceActionPoint>) -> ApiResult<Answer<ActionPointView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.point));
    let facts = point_facts(call.body)?;
    let now = call.app.replace_action_point(&call.caller, path, revision, facts).await?;
    Ok(Answer::shown(&now, point_view))
}

async fn delete_action_point(call: Call<DeleteActionPoint>) -> ApiResult<Answer<NoContent>> {
    let (ActionPointPath { programme, point }, revision) = (call.path.clone(), call.based_on()?);
    call.app.delete_action_point(&call.caller, programme, point, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn step_action_point(call: Call<StepActionPoint>) -> ApiResult<Answer<ActionPointView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(point_view));
    let path = (call.path.programme, call.path.point);
    let step = point_step(call.body)?;
    let outcome = call.app.step_action_point(&call.caller, path, revision, step, reply).await?;
    Ok(Answer::changed(outcome, point_view))
}

fn plan_view(plan: &Versioned<ActionPlan>) -> ActionPlanView {
    ActionPlanView::of(&plan.value, plan.revision.number())
}

fn point_view(point: &Versioned<ActionPoint>) -> ActionPointView {
    ActionPointView::of(&point.value, point.revision.number())
}

fn progress_view(found: &PlanWithProgress) -> PlanProgressView {
    let points = found.points.iter().map(point_view).collect();
    PlanProgressView::of(found.on, plan_view(&found.plan), found.progress.clone(), points)
}

fn plan_line(body: PlanLineBody) -> PlanLine {
    let PlanLineBody { title, text, promised_by, host, counterpart, due } = body;
    PlanLine { title, text, promised_by, host, counterpart, due }
}

fn lines_view(read: &PlanLines) -> PlanLinesView {
    let entered = read.intent == LinesIntent::Enter;
    let view = |(line, becomes): (u32, &Result<ActionPoint, Vec<FieldError>>)| match becomes {
        Ok(point) => PlanLineView::becoming(line, entered.then_some(point.id), point),
        Err(problems) => PlanLineView::wrong(line, problems.iter().cloned().map(field_error).collect()),
    };
    PlanLinesView { entered, lines: (1..).zip(&read.lines).map(view).collect() }
}

/// The plan that a body describes.
fn action_plan(body: ActionPlanBody, id: ActionPlanId, programme: ProgrammeId) -> ApiResult<ActionPlan> {
    let ActionPlanBody { partnership, agreement, title, kind, agreed_on, ends_on, check, source, notes } =
        body;
    let check = check.map(|CheckRhythmBody { every_months, from }| CheckRhythm::new(every_months, from));
    Ok(ActionPlan {
        id,
        programme,
        partnership,
        agreement,
        title,
        kind: kind.unwrap_or(ActionPlanKind::ActionPlan),
        runs: Period::new(agreed_on, ends_on).map_err(|error| refused("/ends_on", &error))?,
        check: check.transpose().map_err(|error| refused("/check/every_months", &error))?,
        last_check: None,
        source,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}

/// What a body says of a point.
fn point_facts(body: ActionPointBody) -> ApiResult<PointFacts> {
    let ActionPointBody {
        plan,
        number,
        title,
        text,
        promised_by,
        host,
        counterpart,
        due,
        public_status,
        publicity,
    } = body;
    let number = number.map(PointNumber::new).transpose().map_err(|error| refused("/number", &error))?;
    Ok(PointFacts {
        plan,
        number,
        title,
        text,
        promised_by: promised_by.unwrap_or_default(),
        host: host.map(|body| owner(body, "/host")).transpose()?,
        counterpart: counterpart.map(|body| owner(body, "/counterpart")).transpose()?,
        due,
        public_status,
        publicity: publicity.unwrap_or_default(),
    })
}

fn owner(PointOwnerBody { responsible, accepted }: PointOwnerBody, pointer: &str) -> ApiResult<PointOwner> {
    let responsible = Responsible::try_from(responsible).map_err(|_| {
        let expected = "a person, an office, a committee or an organisation";
        ApiError::field(&format!("{pointer}/responsible"), "names nobody", expected)
    })?;
    let acceptance = accepted.map_or(Acceptance::NotYet, |AcceptedBody { on }| Acceptance::Accepted { on });
    Ok(PointOwner { responsible, acceptance })
}

/// The step that a body asks for. What belongs to another step is refused, so that it is not thrown away.
fn point_step(body: PointStepBody) -> ApiResult<PointStep> {
    let PointStepBody { step, on, remark, side, evidence, reason } = body;
    let belongs = |given: bool, pointer: &str, to: ActionPointStep| {
        if given && step != to {
            let expected = format!("nothing here, or the step {to}");
            return Err(ApiError::field(pointer, format!("does not belong to the step {step}"), expected));
        }
        Ok(())
    };
    belongs(side.is_some(), "/side", ActionPointStep::Accept)?;
    belongs(evidence.is_some(), "/evidence", ActionPointStep::Complete)?;
    belongs(reason.is_some(), "/reason", ActionPointStep::Drop)?;
    let act = match step {
        ActionPointStep::Accept => PointAct::Accept { side },
        ActionPointStep::Start => PointAct::Start,
        ActionPointStep::Stall => PointAct::Stall,
        ActionPointStep::GoOn => PointAct::GoOn,
        ActionPointStep::Complete => {
            PointAct::Complete { evidence: needed(evidence, "/evidence", "what shows that it is done")? }
        }
        ActionPointStep::Drop => PointAct::Drop { reason: needed(reason, "/reason", "why it is given up")? },
        other => return Err(ApiError::internal(format!("no act is known for {other}"))),
    };
    Ok(PointStep { act, on, remark })
}
