//! Tests of action plans and their points: who accepts, what is late, when a plan is checked.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::id::{ActionPlanId, ActionPointId, PartnershipId, ProgrammeId, RecordRef, SeededIds};
use crate::responsible::Responsible;
use crate::state_machine::StateMachine as _;
use crate::value::{FreeText, Name, PartialDate, Period, Title};

mod reawakening;

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn date(text: &str) -> PartialDate {
    text.parse().expect(text)
}

fn text(text: &str) -> FreeText {
    FreeText::new(text).expect("text")
}

fn office(called: &str) -> PointOwner {
    PointOwner::named(Responsible::office_alone(Name::new(called).expect("a name")))
}

/// The plan of June 2008, potentially over five years.
fn five_points() -> ActionPlan {
    let ids = SeededIds::new(2008);
    ActionPlan {
        id: ActionPlanId::next(&ids),
        programme: ProgrammeId::next(&ids),
        partnership: PartnershipId::next(&ids),
        agreement: None,
        title: Title::new("Best Practice action plan").expect("a title"),
        kind: ActionPlanKind::ActionPlan,
        runs: Period::new(Some(date("2008-06")), Some(date("2013-06"))).expect("a period"),
        check: CheckRhythm::new(CheckRhythm::QUARTERLY, day("2008-06-30")).ok(),
        last_check: None,
        source: None,
        notes: Vec::new(),
    }
}

fn point(number: u32, due: &str) -> ActionPoint {
    let id = ActionPointId::next(&SeededIds::new(number.into()));
    let number = PointNumber::new(number).expect("a number");
    let title = Title::new("Share what works in getting people into work").expect("a title");
    let point = ActionPoint::promised(id, &five_points(), number, title, due.parse().ok());
    ActionPoint { host: Some(office("Mayor's Office of Workforce Development")), ..point }
}

/// With an owner on each side.
fn owned(due: &str) -> ActionPoint {
    ActionPoint { counterpart: Some(office("Jobcentre Plus")), ..point(1, due) }
}

fn taken(point: &ActionPoint, act: PointAct, on: &str) -> ActionPoint {
    point.take(act, date(on), None).expect("a step").0
}

fn done() -> PointAct {
    PointAct::Complete { evidence: text("The joint report") }
}

#[test]
fn a_point_is_taken_up_when_an_owner_on_each_side_has_accepted() {
    let open = owned("2009-06");
    let host = PointAct::Accept { side: Some(PromisedBy::Host) };
    let half = taken(&open, host.clone(), "2008-06-10");
    assert_eq!(half.state(), ActionPointState::Open, "one of two");
    assert_eq!(
        half.host.as_ref().map(|owner| owner.acceptance),
        Some(Acceptance::Accepted { on: Some(date("2008-06-10")) })
    );
    let start = half.take(PointAct::Start, date("2008-06-11"), None).expect_err("one has not accepted");
    assert!(matches!(start.refusal, StepRefusal::NotFrom(_)), "{start}");
    let both = taken(&half, PointAct::Accept { side: None }, "2008-07");
    assert_eq!(both.state(), ActionPointState::BothOwnersAccepted);
    let accepted = both.host.as_ref().map(|owner| owner.acceptance);
    assert_eq!(
        accepted,
        Some(Acceptance::Accepted { on: Some(date("2008-06-10")) }),
        "the first word stands"
    );
    assert_eq!(both.course.steps().len(), 2);
    assert_eq!(both.course.steps()[0].act, host);
}

#[test]
fn nobody_accepts_for_a_side_on_which_nobody_is_named() {
    let lonely = point(1, "2009");
    let refusal = lonely.take(PointAct::Accept { side: None }, date("2008"), None).expect_err("nobody there");
    assert_eq!(refusal.refusal, StepRefusal::NobodyNamed { side: PromisedBy::Counterpart });
    assert_eq!(refusal.point, lonely.id);
    // A promise of one side alone needs nobody on the other.
    let ours = ActionPoint { promised_by: PromisedBy::Host, ..lonely };
    assert_eq!(
        taken(&ours, PointAct::Accept { side: None }, "2008").state(),
        ActionPointState::BothOwnersAccepted
    );
    let theirs = ActionPoint { promised_by: PromisedBy::Counterpart, ..ours };
    assert!(!theirs.is_accepted());
    let theirs = ActionPoint { host: None, counterpart: Some(office("Jobcentre Plus")), ..theirs };
    assert_eq!(
        taken(&theirs, PointAct::Accept { side: None }, "2008").state(),
        ActionPointState::BothOwnersAccepted
    );
}

#[test]
fn a_stalled_point_goes_on_and_is_done_with_evidence() {
    let mut point = owned("2009-06");
    let story = [
        (PointAct::Accept { side: None }, "2008-06", ActionPointState::BothOwnersAccepted),
        (PointAct::Start, "2008-09", ActionPointState::InProgress),
        (PointAct::Stall, "2009", ActionPointState::Stalled),
        (PointAct::GoOn, "2009-05", ActionPointState::InProgress),
        (done(), "2009-06-01", ActionPointState::Done),
    ];
    for (act, on, state) in story {
        point = taken(&point, act, on);
        assert_eq!(point.state(), state);
    }
    let again = point.take(PointAct::GoOn, date("2010"), None).expect_err("it is done");
    assert_eq!(
        again.to_string(),
        format!(
            "action point {} is done: the step go_on is not possible from there, only from stalled",
            point.id
        )
    );
}

#[test]
fn no_step_comes_before_the_last_one_as_far_as_can_be_told() {
    let accepted = taken(&owned("2009"), PointAct::Accept { side: None }, "2008-06-10");
    let early = accepted.take(PointAct::Start, date("2008-05"), None).expect_err("before");
    assert_eq!(early.refusal, StepRefusal::BeforeTheLast { last: date("2008-06-10"), on: date("2008-05") });
    assert!(accepted.take(PointAct::Start, date("2008"), None).is_ok(), "some day of 2008 came after");
    let mut stalling = taken(&accepted, PointAct::Start, "2008-06-10");
    for _ in 0..(Course::MOST_STEPS - 2) / 2 {
        stalling = taken(&stalling, PointAct::Stall, "2009");
        stalling = taken(&stalling, PointAct::GoOn, "2009");
    }
    let refusal = stalling.take(PointAct::Stall, date("2009"), None).expect_err("enough");
    assert_eq!(refusal.refusal, StepRefusal::TooMany);
}

#[test]
fn a_point_is_late_when_every_day_that_can_be_meant_has_passed() {
    for (due, last_in_time) in
        [("2009", "2009-12-31"), ("2009-02", "2009-02-28"), ("2009-02-03", "2009-02-03")]
    {
        let point = owned(due);
        assert!(!point.is_late(day(last_in_time)), "{due}");
        assert!(point.is_late(day(last_in_time) + Days::new(1)), "{due}");
    }
    assert!(!owned("some day").is_late(day("2100-01-01")), "no date was said");
    let dropped = taken(&owned("2009"), PointAct::Drop { reason: text("The programme ended") }, "2008");
    assert!(!dropped.is_late(day("2100-01-01")));
}

#[test]
fn progress_tells_what_is_done_what_is_late_and_what_comes_next() {
    let start =
        |due| taken(&taken(&owned(due), PointAct::Accept { side: None }, "2008"), PointAct::Start, "2008");
    let numbered = |number, point| {
        let ids = ActionPointId::next(&SeededIds::new(u64::from(number)));
        ActionPoint { id: ids, number: PointNumber::new(number).expect("a number"), ..point }
    };
    let points = [
        numbered(1, taken(&start("2008-12"), done(), "2009")),
        numbered(2, taken(&owned("2008"), PointAct::Drop { reason: text("Twice") }, "2008")),
        numbered(3, taken(&start("2009-03"), PointAct::Stall, "2009")),
        numbered(4, owned("2009-02")),
        numbered(5, owned("")),
        numbered(6, owned("2010")),
    ];
    let progress = PlanProgress::of(&points, day("2009-06-01"));
    let id = |at: usize| points[at].id;
    assert_eq!((progress.points, progress.done, progress.dropped, progress.stalled), (6, 1, 1, 1));
    assert_eq!(progress.late, [id(3), id(2)], "the longest first");
    assert_eq!(progress.next, Some(id(5)), "2010 comes before no date at all");
    assert!(!progress.is_over());
    let reversed = PlanProgress::of(points.iter().rev(), day("2009-06-01"));
    assert_eq!(reversed, progress, "the order does not matter");
    let over = PlanProgress::of(&points[..2], day("2009-06-01"));
    assert!(over.is_over() && over.next.is_none() && over.late.is_empty());
    let later = PlanProgress::of(&points, day("2011-01-01"));
    assert_eq!(later.next, Some(id(4)), "what has no date is never late");
}

#[test]
fn a_plan_is_checked_each_quarter_and_a_last_time_at_its_end() {
    let plan = five_points();
    assert_eq!(plan.next_check(), Some(day("2008-09-30")));
    assert!(!plan.is_to_be_checked(day("2008-09-29")));
    assert!(plan.is_to_be_checked(day("2008-09-30")));
    let check = |on| PlanCheck { on: day(on), remark: None };
    let checked = plan.checked(check("2008-10-15"));
    assert_eq!(checked.next_check(), Some(day("2009-01-15")));
    assert_eq!(checked.checked(check("2008-10-01")), checked, "an earlier check noted later moves nothing");
    let near_the_end = checked.checked(check("2013-05-01"));
    assert_eq!(near_the_end.next_check(), Some(day("2013-06-30")), "the last look is not put off");
    assert_eq!(near_the_end.checked(check("2013-06-30")).next_check(), None, "it is over and was looked at");
    let unchecked = ActionPlan { check: None, ..plan };
    assert_eq!(unchecked.next_check(), None);
    for months in [0, CheckRhythm::MOST_MONTHS + 1] {
        assert!(CheckRhythm::new(months, day("2008-06-30")).is_err(), "{months}");
    }
}

#[test]
fn points_are_numbered_on_from_the_greatest() {
    let number = |number| PointNumber::new(number).expect("a number");
    assert_eq!(PointNumber::after([]), Ok(PointNumber::FIRST));
    assert_eq!(PointNumber::after([number(5), number(2)]), Ok(number(6)));
    assert!(PointNumber::after([number(PointNumber::MOST)]).is_err());
    assert!(PointNumber::new(0).is_err());
}

fn acts() -> impl Strategy<Value = PointAct> {
    let side = prop::option::of(prop::sample::select(PromisedBy::ALL.to_vec()));
    prop_oneof![
        side.prop_map(|side| PointAct::Accept { side }),
        Just(PointAct::Start),
        Just(PointAct::Stall),
        Just(PointAct::GoOn),
        Just(done()),
        Just(PointAct::Drop { reason: text("No longer needed") }),
    ]
}

proptest! {
    /// Whatever is asked for in whatever order, a point is where its table allows, and beyond open only with all owners' word.
    #[test]
    fn whatever_is_tried_a_point_goes_by_its_table(tried in prop::collection::vec(acts(), 0..30), promised_by in prop::sample::select(PromisedBy::ALL.to_vec())) {
        let mut point = ActionPoint { promised_by, ..owned("2009") };
        for act in tried {
            let (from, kind) = (point.state(), act.kind());
            let allowed = from.after(kind, RecordRef::from(point.id));
            match point.take(act, date("2008"), None) {
                Ok((after, step)) => {
                    prop_assert!(step.to == from || Ok(step.to) == allowed);
                    prop_assert_eq!(after.course.steps().last(), Some(&step));
                    point = after;
                }
                Err(refusal) => prop_assert!(allowed.is_err(), "{}", refusal),
            }
            let begun = !matches!(point.state(), ActionPointState::Open | ActionPointState::Dropped);
            prop_assert!(!begun || point.is_accepted());
        }
    }
}
