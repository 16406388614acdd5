//! Five points are signed, taken up and done; one is removed again, and so is a plan without points.

use serde_json::json;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::promise::{
    ActionPlanPath, ActionPointPath, CheckActionPlan, CreateActionPlan, CreateActionPoint, DeleteActionPlan,
    DeleteActionPoint, GetActionPlan, GetActionPlanProgress, GetActionPoint, ListActionPlans,
    ListActionPlansQuery, ListActionPoints, ListActionPointsQuery, ReplaceActionPlan, ReplaceActionPoint,
    StepActionPoint,
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

    let twice = json!({ "plan": made.id, "title": "Entered twice" });
    let (twice, got) = teller.say::<CreateActionPoint>(&of_programme, &NoParameters, &body(&twice)).await;
    assert_eq!(twice.number, 2);
    let of_point = ActionPointPath { programme, point: twice.id };
    teller.change::<DeleteActionPoint>(&of_point, got.etag(), &NoBody).await;
    let empty = json!({ "partnership": partnership, "title": "Entered by mistake", "kind": "meeting" });
    let (empty, got) = teller.say::<CreateActionPlan>(&of_programme, &NoParameters, &body(&empty)).await;
    let of_plan = ActionPlanPath { programme, plan: empty.id };
    teller.change::<DeleteActionPlan>(&of_plan, got.etag(), &NoBody).await;
    teller.say::<ListActionPlans>(&of_programme, &ListActionPlansQuery::default(), &NoBody).await;
    teller.say::<ListActionPoints>(&of_programme, &ListActionPointsQuery::default(), &NoBody).await;
}
