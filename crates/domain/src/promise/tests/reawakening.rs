//! The plan by which a partnership comes back to life.

use super::*;

#[test]
fn a_reawakening_has_its_first_result_within_a_year() {
    let ids = SeededIds::new(2005);
    let of = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let title = Title::new("Reawakening of Birmingham").expect("a title");
    let made = ReawakeningPlan::beginning(day("2026-12-01"), of, title, &ids).expect("a plan");
    let ReawakeningPlan { plan, points } = &made;
    assert_eq!((plan.programme, plan.partnership), of);
    assert_eq!(plan.kind, ActionPlanKind::Reawakening);
    assert_eq!((plan.runs.from(), plan.runs.to()), (Some(date("2026-12-01")), Some(date("2027-11-30"))));
    assert_eq!(plan.next_check(), Some(day("2027-03-01")));
    let shown: Vec<_> = points
        .iter()
        .map(|point| {
            assert_eq!(
                (point.plan, point.partnership, point.state()),
                (plan.id, plan.partnership, ActionPointState::Open)
            );
            assert_eq!(point.owners().count(), 0, "who is to do it is for the cities to say");
            format!("{} {} by {}", point.number, point.title, point.due.expect("a day"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1 Leader's visit by 2027-03-31",
            "2 Agreed programme by 2027-05-31",
            "3 First result by 2027-11-30"
        ]
    );
    let progress = PlanProgress::of(points, day("2027-04-01"));
    assert_eq!((progress.late, progress.next), (vec![points[0].id], Some(points[1].id)));
}

#[test]
fn a_reawakening_that_would_end_after_the_calendar_is_refused() {
    let ids = SeededIds::new(1);
    let of = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let title = Title::new("x").expect("a title");
    assert!(ReawakeningPlan::beginning(day("9999-06-01"), of, title, &ids).is_err());
}
