//! Stories of action plans and their points: entered, moved, taken up, checked, removed.

use sister_cities_app::promise::{LinesIntent, PlanLine, PlanLines, PointFacts, PointStep};
use sister_cities_app::{AppError, FieldError, IdempotentReply, RefusedTransition, Times};
use sister_cities_domain::agreement::{Term, Terms, VersionText};
use sister_cities_domain::id::{
    ActionPlanId, CommitteeId, OrganisationId, PartnershipId, PersonId, SeededIds,
};
use sister_cities_domain::promise::{
    ActionPlan, ActionPoint, ActionPointState, CheckRhythm, PlanCheck, PointAct, PointNumber, PointOwner,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::{FreeText, Title};
use sister_cities_storage::catalogue::{action_plan, action_point};
use sister_cities_storage::{Conflict, Listing, Revision, Versioned};

use crate::harness::{Office, day, new_point, system};
use crate::stories;

stories! {
    a_point_is_promised_taken_up_and_done;
    a_step_that_is_not_possible_is_refused_and_nothing_is_written;
    the_points_of_a_plan_are_numbered_and_no_number_is_given_twice;
    points_that_are_entered_at_once_get_a_number_each;
    a_plan_moves_to_another_bond_with_its_points;
    a_plan_hangs_under_an_agreement_of_its_own_bond_alone;
    a_plan_with_points_is_not_removed;
    plans_to_be_checked_and_points_that_are_due_are_found_by_their_days;
    the_lines_of_a_meeting_come_in_whole_or_not_at_all;
    a_point_whose_owner_is_not_there_is_refused_with_the_field;
    one_reawakening_runs_at_a_time;
}

impl Office {
    async fn bond(&self, called: &str) -> PartnershipId {
        self.sister(called, "1993").await.partnership.value.id()
    }

    async fn plan(&self, bond: PartnershipId) -> Versioned<ActionPlan> {
        let plan = self.new_plan(bond, "2008-06");
        let made = self.app.create_action_plan(&system(), plan, IdempotentReply::NONE).await;
        made.expect("a plan").executed().expect("fresh")
    }

    async fn enter(&self, facts: PointFacts) -> Result<Versioned<ActionPoint>, AppError> {
        self.app
            .create_action_point(&system(), self.programme, facts, IdempotentReply::NONE)
            .await?
            .executed()
    }

    async fn point(&self, plan: ActionPlanId, due: &str) -> Versioned<ActionPoint> {
        self.enter(new_point(plan, due)).await.expect("a point")
    }

    async fn take(
        &self,
        from: &Versioned<ActionPoint>,
        act: PointAct,
    ) -> Result<Versioned<ActionPoint>, AppError> {
        let step = PointStep { act, on: None, remark: None };
        let of = (self.programme, from.value.id);
        let done =
            self.app.step_action_point(&system(), of, from.revision, step, IdempotentReply::NONE).await;
        done?.executed()
    }

    async fn points(&self, listing: Listing<ActionPoint>) -> Vec<String> {
        let page = self.app.list(&system(), self.programme, listing, None).await.expect("a page");
        page.items.iter().map(|point| point.value.due.map_or("-".to_owned(), |due| due.to_string())).collect()
    }
}

async fn a_point_is_promised_taken_up_and_done(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await;
    let mut point = office.point(plan.value.id, "2009-06").await;
    let evidence = FreeText::new("The joint report").expect("text");
    for act in [PointAct::Accept { side: None }, PointAct::Start, PointAct::Complete { evidence }] {
        point = office.take(&point, act).await.expect("a step");
    }
    assert_eq!(point.value.state(), ActionPointState::Done);
    assert!(point.value.course.steps().iter().all(|step| step.on.day() == Some(day("2008-06-04"))), "today");
    let of = (office.programme, plan.value.id);
    let progress = office.app.get_action_plan_progress(&system(), of.0, of.1, Times::default()).await;
    let progress = progress.expect("progress");
    assert_eq!((progress.progress.done, progress.points.len(), progress.on), (1, 1, day("2008-06-04")));
    let same = office.app.get::<ActionPoint>(&system(), office.programme, point.value.id, None).await;
    assert_eq!(same, Ok(point));
}

async fn a_step_that_is_not_possible_is_refused_and_nothing_is_written(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await;
    let point = office.point(plan.value.id, "2009").await;
    let refusal = office.take(&point, PointAct::Start).await.expect_err("nobody has accepted");
    let AppError::Refused(RefusedTransition::Promise(refused)) = &refusal else { panic!("{refusal}") };
    assert_eq!(
        refused.to_string(),
        format!(
            "action point {} is open: the step start is not possible from there, only from both_owners_accepted",
            point.value.id
        )
    );
    let stale = Versioned { revision: Revision::FIRST.next(), ..point.clone() };
    assert!(matches!(office.take(&stale, PointAct::Start).await, Err(AppError::Stale { .. })));
    let same = office.app.get::<ActionPoint>(&system(), office.programme, point.value.id, None).await;
    assert_eq!(same, Ok(point));
}

async fn the_points_of_a_plan_are_numbered_and_no_number_is_given_twice(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await.value.id;
    let second = PointNumber::new(2).ok();
    let named = PointFacts { number: second, ..new_point(plan, "2009") };
    assert_eq!(office.enter(named.clone()).await.expect("a point").value.number.get(), 2);
    let next = office.point(plan, "2009").await;
    assert_eq!(next.value.number.get(), 3);
    let twice = office.enter(named.clone()).await;
    assert!(matches!(twice, Err(AppError::Conflict(Conflict::Unique { .. }))), "{twice:?}");
    let of = (office.programme, next.value.id);
    let nameless = PointFacts { number: None, ..named.clone() };
    let refusal = office.app.replace_action_point(&system(), of, next.revision, nameless).await;
    let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
    assert_eq!(fields[0].path, "/number");
    let taken = office.app.replace_action_point(&system(), of, next.revision, named).await;
    assert!(matches!(taken, Err(AppError::Conflict(Conflict::Unique { .. }))), "{taken:?}");
    let stranger = ActionPlanId::next(&SeededIds::new(77));
    let Err(AppError::Invalid(fields)) = office.enter(new_point(stranger, "")).await else {
        panic!("a point of no plan")
    };
    assert_eq!(fields[0].path, "/plan");
    assert!(fields[0].problem.starts_with("there is no action plan pln_"), "{:?}", fields[0]);
}

/// Whoever is slower looks again which number is free; who asks for one of their own is told that it is taken.
async fn points_that_are_entered_at_once_get_a_number_each(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await.value.id;
    let entered = || office.enter(new_point(plan, "2009"));
    let all = tokio::join!(entered(), entered(), entered(), entered(), entered());
    let all = [all.0, all.1, all.2, all.3, all.4].map(|point| point.expect("a point").value.number.get());
    let distinct: std::collections::BTreeSet<u32> = all.into();
    assert_eq!(distinct, (1..=5).collect(), "{all:?}");
    let facts = PointFacts { number: PointNumber::new(3).ok(), ..new_point(plan, "2009") };
    assert!(matches!(office.enter(facts).await, Err(AppError::Conflict(Conflict::Unique { .. }))));
}

async fn a_plan_moves_to_another_bond_with_its_points(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await;
    let point = office.point(plan.value.id, "2009").await;
    let milan = office.bond("Milan").await;
    let moved = ActionPlan { partnership: milan, ..plan.value.clone() };
    office.app.replace_action_plan(&system(), moved, plan.revision).await.expect("moved");
    let listing = Listing::by_default(10).filter(action_point::PARTNERSHIP.is(milan));
    let page = office.app.list(&system(), office.programme, listing, None).await.expect("a page");
    assert_eq!(page.items.iter().map(|point| point.value.id).collect::<Vec<_>>(), [point.value.id]);
}

async fn a_plan_hangs_under_an_agreement_of_its_own_bond_alone(office: Office) {
    use sister_cities_app::agreement::{AgreementText, NewAgreement, Origin};
    let (birmingham, milan) = (office.bond("Birmingham").await, office.bond("Milan").await);
    let draft = NewAgreement {
        partnership: birmingham,
        parent: None,
        title: Title::new("Sister City Agreement").expect("a title"),
        parties: Vec::new(),
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms { term: Some(Term::OpenEnded), ..Terms::default() },
        origin: Origin::Draft,
    };
    let text = office.app.create_agreement(&system(), office.programme, draft, IdempotentReply::NONE).await;
    let text = text.expect("an agreement").executed().expect("fresh").value.id();
    for (bond, right) in [(birmingham, true), (milan, false)] {
        let plan = ActionPlan { agreement: Some(text), ..office.new_plan(bond, "2008") };
        match office.app.create_action_plan(&system(), plan, IdempotentReply::NONE).await {
            Ok(_) => assert!(right),
            Err(AppError::Invalid(fields)) => {
                assert_eq!((fields[0].path.as_str(), right), ("/agreement", false));
            }
            Err(other) => panic!("{other}"),
        }
    }
}

async fn a_plan_with_points_is_not_removed(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await;
    let point = office.point(plan.value.id, "2009").await;
    let remove = async || {
        office.app.delete_action_plan(&system(), office.programme, plan.value.id, plan.revision).await
    };
    assert!(matches!(remove().await, Err(AppError::Conflict(Conflict::StillReferenced { .. }))));
    let gone =
        office.app.delete_action_point(&system(), office.programme, point.value.id, point.revision).await;
    assert_eq!(gone, Ok(()));
    assert_eq!(remove().await, Ok(()));
}

async fn plans_to_be_checked_and_points_that_are_due_are_found_by_their_days(office: Office) {
    let bond = office.bond("Birmingham").await;
    let check = CheckRhythm::new(CheckRhythm::QUARTERLY, day("2008-06-04")).ok();
    let plan = ActionPlan { check, ..office.new_plan(bond, "2008-06-04") };
    let made = office.app.create_action_plan(&system(), plan, IdempotentReply::NONE).await;
    let plan = made.expect("a plan").executed().expect("fresh");
    let to_check = async |by| {
        let listing = Listing::by_default(10).filter(action_plan::NEXT_CHECK.at_most(day(by)));
        office.app.list(&system(), office.programme, listing, None).await.expect("a page").items.len()
    };
    assert_eq!((to_check("2008-09-03").await, to_check("2008-09-04").await), (0, 1));
    let looked = PlanCheck { on: day("2008-09-04"), remark: None };
    let of = (office.programme, plan.value.id);
    office
        .app
        .check_action_plan(&system(), of, plan.revision, looked, IdempotentReply::NONE)
        .await
        .expect("noted");
    assert_eq!(to_check("2008-09-04").await, 0);

    for due in ["2010", "2009-06", "", "2009-06-30", "2008-12"] {
        office.point(plan.value.id, due).await;
    }
    let all = ["2008-12", "2009-06", "2009-06-30", "2010", "-"];
    assert_eq!(office.points(Listing::by_default(10)).await, all, "what has no date comes last");
    let due = |by| Listing::by_default(10).filter(action_point::DUE.at_most(day(by)));
    assert_eq!(office.points(due("2009-06-29")).await, ["2008-12"], "a month is over on its last day");
    assert_eq!(office.points(due("2009-06-30")).await, ["2008-12", "2009-06", "2009-06-30"]);
    let stalled = Listing::by_default(10).filter(action_point::STATE.is(ActionPointState::Stalled));
    assert!(office.points(stalled).await.is_empty());
}

fn line(title: &str, host: &str, due: &str) -> PlanLine {
    PlanLine {
        title: title.to_owned(),
        host: Some(host.to_owned()),
        due: Some(due.to_owned()),
        ..PlanLine::default()
    }
}

async fn the_lines_of_a_meeting_come_in_whole_or_not_at_all(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await.value.id;
    office.point(plan, "2009-06").await;
    let add = async |lines: &[PlanLine], intent| {
        let (of, lines) = ((office.programme, plan), lines.to_vec());
        office
            .app
            .add_action_plan_lines(&system(), of, lines, intent, IdempotentReply::NONE)
            .await?
            .executed()
    };
    let stranger = PersonId::next(&SeededIds::new(5));
    let good = [line("Write to the schools", "Mayor's Office", "2009-06-30"), line("Visit", "", "2010")];
    let bad = [good[0].clone(), line("Visit", &stranger.to_string(), "2010"), line("Call", "", "soon")];
    let PlanLines { lines: tried, .. } = add(&bad, LinesIntent::Try).await.expect("what each becomes");
    assert_eq!(tried[0].as_ref().map(|point| point.number.get()), Ok(2));
    let problems = |line: usize| tried[line].as_ref().expect_err("a problem")[0].clone();
    assert_eq!(problems(1).path, "/lines/1/host");
    assert_eq!(problems(1).problem, format!("there is no person {stranger} in this programme"));
    let wrong = |problems: &[FieldError]| -> Vec<String> {
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.problem)).collect()
    };
    let Err(AppError::Invalid(refused)) = add(&bad, LinesIntent::Enter).await else { panic!("entered") };
    assert_eq!(wrong(&refused), wrong(&[problems(1), problems(2)]), "all that is wrong, of all lines");
    assert_eq!(office.points(Listing::by_default(10)).await.len(), 1, "nothing was entered");

    add(&good, LinesIntent::Try).await.expect("what each becomes");
    assert_eq!(office.points(Listing::by_default(10)).await.len(), 1, "only tried");
    let entered = add(&good, LinesIntent::Enter).await.expect("entered").lines;
    let numbers: Vec<_> = entered.iter().flatten().map(|point| point.number.get()).collect();
    assert_eq!((numbers, office.points(Listing::by_default(10)).await.len()), (vec![2, 3], 3));
    let Err(AppError::Invalid(twice)) = add(&good, LinesIntent::Enter).await else { panic!("entered twice") };
    assert_eq!(twice[0].problem, "is that of point 2 already");
    for (number, expected) in [(0, "is empty"), (198, "has 198 lines, and the plan has 3 points already")] {
        let many: Vec<PlanLine> = (0..number).map(|at| line(&format!("To do {at}"), "", "")).collect();
        let Err(AppError::Invalid(refused)) = add(&many, LinesIntent::Try).await else { panic!("{number}") };
        assert_eq!((refused[0].path.as_str(), refused[0].problem.as_str()), ("/lines", expected));
    }
}

async fn a_point_whose_owner_is_not_there_is_refused_with_the_field(office: Office) {
    let plan = office.plan(office.bond("Birmingham").await).await.value.id;
    let ids = SeededIds::new(5);
    let nobody = [
        ("person", Responsible::person_alone(PersonId::next(&ids))),
        ("committee", Responsible::of_committee(CommitteeId::next(&ids), None, None)),
        ("organisation", Responsible::new(None, None, None, Some(OrganisationId::next(&ids))).expect("one")),
    ];
    let made = office.point(plan, "2009").await;
    for (field, nobody) in nobody {
        let owner = Some(PointOwner::named(nobody));
        let facts = PointFacts { counterpart: owner.clone(), ..new_point(plan, "2009") };
        let Err(AppError::Invalid(refused)) = office.enter(facts).await else { panic!("{field}") };
        assert_eq!(refused[0].path, format!("/counterpart/responsible/{field}"));
        let facts = PointFacts { host: owner, number: Some(made.value.number), ..new_point(plan, "2009") };
        let of = (office.programme, made.value.id);
        let refused = office.app.replace_action_point(&system(), of, made.revision, facts).await;
        let Err(AppError::Invalid(refused)) = refused else { panic!("{field}") };
        assert_eq!(refused[0].path, format!("/host/responsible/{field}"));
    }
}

async fn one_reawakening_runs_at_a_time(office: Office) {
    let bond = office.bond("Birmingham").await;
    let reawaken = async |from: Option<&str>| {
        let (of, from) = ((office.programme, bond), from.map(day));
        let begun = office.app.reawaken_partnership(&system(), of, from, None, IdempotentReply::NONE).await;
        begun?.executed()
    };
    let begun = reawaken(None).await.expect("a plan");
    assert_eq!(begun.plan.value.title.as_str(), "Reawakening from 2008-06-04", "today");
    let due: Vec<_> = begun.points.iter().filter_map(|point| point.value.due).collect();
    let due: Vec<_> = due.iter().map(ToString::to_string).collect();
    assert_eq!(due, ["2008-10-03", "2008-12-03", "2009-06-03"]);
    let of = (office.programme, begun.plan.value.id);
    let same = office.app.get_action_plan_progress(&system(), of.0, of.1, Times::default()).await;
    assert_eq!(same.expect("progress").points, begun.points);
    let Err(AppError::Invalid(refused)) = reawaken(Some("2009-06-03")).await else { panic!("two at once") };
    assert_eq!(refused[0].path, "/from");
    reawaken(Some("2009-06-04")).await.expect("the next, when the first is over");
    let stranger = (office.programme, PartnershipId::next(&SeededIds::new(5)));
    let refused =
        office.app.reawaken_partnership(&system(), stranger, None, None, IdempotentReply::NONE).await;
    assert!(matches!(refused, Err(AppError::NotFound(_))), "{refused:?}");
}
