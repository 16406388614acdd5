//! Five points are signed, taken up and done; one is removed again, and so is a plan without points.

use serde_json::json;
use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::promise::{
    ActionPlanPath, ActionPointPath, AddActionPlanLines, CheckActionPlan, CreateActionPlan,
    CreateActionPoint, DeleteActionPlan, DeleteActionPoint, GetActionPlan, GetActionPlanProgress,
    GetActionPoint, ListActionPlans, ListActionPlansQuery, ListActionPoints, ListActionPointsQuery,
    ReawakenPartnership, ReplaceActionPlan, ReplaceActionPoint, StepActionPoint,
};
use sister_cities_api::{NoBody, NoParameters, RecordQuery, RecordedQuery};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::promise::ActionPointState;

use super::{Teller, body};

pub(super) async fn promises(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let of_programme = ProgrammePath { programme };
    let mut plan = json!({
        "partnership": partnership,
        "title": "Best Practice action plan",
        "agreed_on": "2008-06",
        "ends_on": "2013",
        "check": { "every_months": 3, "from": "2008-06-30" },
    });
    let (made, got) = teller.say::<CreateActionPlan>(&of_programme, &NoParameters, &body(&plan)).await;
    let of_plan = ActionPlanPath { programme, plan: made.id };
    plan["source"] = json!("Birmingham Post, June 2008");
    let got = teller.change::<ReplaceActionPlan>(&of_plan, got.etag(), &body(&plan)).await;
    teller.change::<CheckActionPlan>(&of_plan, got.etag(), &body(&json!({ "on": "2008-09-30" }))).await;
    let (read, _) = teller.say::<GetActionPlan>(&of_plan, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.next_check.map(|day| day.to_string()).as_deref(), Some("2008-12-30"));

    let mut point = json!({
        "plan": made.id,
        "title": "Share what works in getting people into work",
        "host": { "responsible": { "office": "Mayor's Office of Workforce Development" } },
        "counterpart": { "responsible": { "office": "Director of Jobcentre Plus" } },
        "due": "2009-06",
    });
    let (promised, got) = teller.say::<CreateActionPoint>(&of_programme, &NoParameters, &body(&point)).await;
    let of_point = ActionPointPath { programme, point: promised.id };
    point["number"] = json!(promised.number);
    point["public_status"] = json!("Both cities are at it.");
    let mut got = teller.change::<ReplaceActionPoint>(&of_point, got.etag(), &body(&point)).await;
    for step in [
        json!({ "step": "accept", "on": "2008-06-04" }),
        json!({ "step": "start", "on": "2008-09" }),
        json!({ "step": "complete", "on": "2009-06-01", "evidence": "The joint report" }),
    ] {
        got = teller.change::<StepActionPoint>(&of_point, got.etag(), &body(&step)).await;
    }
    let (done, _) = teller.say::<GetActionPoint>(&of_point, &RecordedQuery::default(), &NoBody).await;
    assert_eq!((done.state, done.steps.len()), (ActionPointState::Done.into(), 3));
    let (progress, _) = teller.say::<GetActionPlanProgress>(&of_plan, &RecordQuery::default(), &NoBody).await;
    assert_eq!((progress.done, progress.points.len()), (1, 1));

    lines_of_a_meeting(teller, &of_plan).await;
    let of_partnership = PartnershipPath { programme, partnership };
    let begins = body(&json!({ "from": "2026-12-01", "title": "Reawakening of Birmingham" }));
    let (begun, _) = teller.say::<ReawakenPartnership>(&of_partnership, &NoParameters, &begins).await;
    assert_eq!((begun.plan.partnership, begun.points.len()), (partnership, 3));

    let twice = json!({ "plan": made.id, "title": "Entered twice" });
    let (twice, got) = teller.say::<CreateActionPoint>(&of_programme, &NoParameters, &body(&twice)).await;
    assert_eq!(twice.number, 4);
    let of_point = ActionPointPath { programme, point: twice.id };
    teller.change::<DeleteActionPoint>(&of_point, got.etag(), &NoBody).await;
    let empty = json!({ "partnership": partnership, "title": "Entered by mistake", "kind": "meeting" });
    let (empty, got) = teller.say::<CreateActionPlan>(&of_programme, &NoParameters, &body(&empty)).await;
    let of_plan = ActionPlanPath { programme, plan: empty.id };
    teller.change::<DeleteActionPlan>(&of_plan, got.etag(), &NoBody).await;
    teller.say::<ListActionPlans>(&of_programme, &ListActionPlansQuery::default(), &NoBody).await;
    teller.say::<ListActionPoints>(&of_programme, &ListActionPointsQuery::default(), &NoBody).await;
}

/// What was decided at a meeting is tried, and then entered.
async fn lines_of_a_meeting(teller: &mut Teller<'_>, of_plan: &ActionPlanPath) {
    let lines = json!([
        { "title": "Send the joint report to both councils", "host": "Mayor's Office", "due": "2009-07" },
        { "title": "Name a contact for schools", "counterpart": "Director of Jobcentre Plus" },
    ]);
    let tried = body(&json!({ "lines": lines, "dry_run": true }));
    let (tried, _) = teller.say::<AddActionPlanLines>(of_plan, &NoParameters, &tried).await;
    let becomes: Vec<_> = tried.lines.iter().map(|line| (line.number, line.point)).collect();
    assert_eq!((tried.entered, becomes), (false, vec![(Some(2), None), (Some(3), None)]));
    let lines = body(&json!({ "lines": lines }));
    let (entered, _) = teller.say::<AddActionPlanLines>(of_plan, &NoParameters, &lines).await;
    assert!(entered.entered && entered.lines.iter().all(|line| line.point.is_some()));
}
