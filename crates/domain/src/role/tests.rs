//! Roles begin, end and are handed on; who is active follows from the dates.

use std::slice;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::{ActionPlanId, ActionPointId, PartnershipId};
use crate::promise::{Acceptance, ActionPlan, ActionPlanKind, PointAct, PointNumber, PointOwner};
use crate::responsible::Responsible;
use crate::value::{Certainty, InvalidValue, Period};

fn id(number: u128) -> RoleId {
    RoleId::from_uuid(Uuid::from_u128(number))
}

fn date(text: &str) -> PartialDate {
    text.parse().expect(text)
}

fn tenure(from: &str, to: &str, term_end: &str) -> Result<Tenure, InvalidValue> {
    Tenure::new(from.parse().ok(), to.parse().ok(), term_end.parse().ok())
}

fn mayor(from: &str, to: &str) -> Role {
    Role {
        id: id(1),
        programme: ProgrammeId::from_uuid(Uuid::nil()),
        person: None,
        held_in: HeldIn::Place(PlaceId::from_uuid(Uuid::nil())),
        function: RoleFunction::Mayor,
        office: Name::new("Lord Mayor of Birmingham").ok(),
        tenure: tenure(from, to, "").expect("days"),
        appointed_by: None,
        fills_term_of: None,
        successor: None,
        orphaned: None,
        source: None,
        notes: Vec::new(),
    }
}

fn ending(on: &str, open_promises: OpenPromises) -> Ending {
    Ending { on: date(on), open_promises }
}

#[test]
fn who_holds_an_office_on_a_day_follows_from_its_dates_as_far_as_they_are_known() {
    use Certainty::{No, Possibly, Yes};
    let known = tenure("2007-05-22", "2008-05", "2008-05-31").expect("days");
    for (day, held) in [
        ("2007-05-21", No),
        ("2007-05-22", Yes),
        ("2008-04-30", Yes),
        ("2008-05-01", Yes),
        ("2008-05-31", Possibly),
        ("2008-06-01", No),
    ] {
        assert_eq!(known.is_held_on(day.parse().expect(day)), held, "{day}");
    }
    let day = "2030-01-01".parse().expect("a day");
    let goes_on = tenure("2007", "", "2010").expect("days");
    assert_eq!(goes_on.is_held_on(day), Yes, "the end of the term is not that of the role");
    assert_eq!(tenure("", "", "").expect("days").is_held_on(day), Possibly, "nobody knows since when");
}

#[test]
fn a_role_or_its_term_that_ends_before_it_begins_is_refused() {
    for (to, term_end) in [("2006", ""), ("", "2006-12")] {
        assert!(
            matches!(tenure("2007-01", to, term_end), Err(InvalidValue::Reversed { .. })),
            "{to} {term_end}"
        );
    }
    assert!(tenure("2007-06", "2007", "2007").is_ok(), "it may have been later that year");
}

#[test]
fn r25_a_role_ends_with_a_successor_or_as_orphaned_or_with_nothing_open() {
    let reason = FreeText::new("The committee was dissolved.").expect("text");
    for (open, succession) in [
        (OpenPromises::HandedTo(id(2)), Succession::Successor),
        (OpenPromises::Orphaned(reason.clone()), Succession::Orphaned),
        (OpenPromises::None, Succession::NothingOpen),
    ] {
        let (ended, event) = mayor("2007", "").end(ending("2008-05", open), &[], None).expect("it ends");
        assert_eq!(ended.tenure.to(), Some(date("2008-05")));
        let RoleEvent::Ended { on, succession: told, successor, .. } = event else { panic!("{event:?}") };
        assert_eq!((on, told, successor), (date("2008-05"), succession, ended.successor));
        assert_eq!(ended.successor.is_some(), succession == Succession::Successor);
        assert_eq!(ended.orphaned.is_some(), succession == Succession::Orphaned);
    }
}

#[test]
fn an_ending_that_cannot_be_is_refused_with_which_role_and_why() {
    let refused =
        |role: Role, on, open| role.end(ending(on, open), &[], None).expect_err("refused").to_string();
    assert_eq!(
        refused(mayor("2007", "2008"), "2009", OpenPromises::None),
        "the role rol_00000000000000000000000001 ended 2008: it cannot end again; its last day is corrected by \
         replacing the role"
    );
    assert_eq!(
        refused(mayor("2007", ""), "2006", OpenPromises::None),
        "the role rol_00000000000000000000000001 began 2007: it cannot end 2006, which is before"
    );
    assert_eq!(
        refused(mayor("2007", ""), "2008", OpenPromises::HandedTo(id(1))),
        "the role rol_00000000000000000000000001 cannot take over from itself: the successor is another role"
    );
}

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn committee(number: u128) -> CommitteeId {
    CommitteeId::from_uuid(Uuid::from_u128(number))
}

/// The role of that number, held by that person in that committee.
fn chair(number: u128, holder: u128, held_in: u128) -> Role {
    Role {
        id: id(number),
        person: Some(person(holder)),
        held_in: HeldIn::Committee(committee(held_in)),
        function: RoleFunction::Chair,
        office: None,
        ..mayor("2005", "")
    }
}

/// A point of which this is the owner on our side; Jobcentre Plus is on theirs.
fn owed_by(owner: Responsible) -> ActionPoint {
    let plan = ActionPlan {
        id: ActionPlanId::from_uuid(Uuid::nil()),
        programme: ProgrammeId::from_uuid(Uuid::nil()),
        partnership: PartnershipId::from_uuid(Uuid::nil()),
        agreement: None,
        title: Title::new("Best Practice action plan").expect("a title"),
        kind: ActionPlanKind::ActionPlan,
        runs: Period::ALWAYS,
        check: None,
        last_check: None,
        source: None,
        notes: Vec::new(),
    };
    let title = Title::new("Share what works").expect("a title");
    let point = ActionPointId::from_uuid(Uuid::nil());
    let theirs = Responsible::office_alone(Name::new("Jobcentre Plus").expect("a name"));
    ActionPoint {
        host: Some(PointOwner { responsible: owner, acceptance: Acceptance::Accepted { on: None } }),
        counterpart: Some(PointOwner::named(theirs)),
        ..ActionPoint::promised(point, &plan, PointNumber::FIRST, title, None)
    }
}

#[test]
fn r25_nobody_leaves_a_role_with_open_promises_without_a_word_of_what_becomes_of_them() {
    let (leaving, next) = (chair(1, 7, 1), chair(2, 8, 1));
    let point = owed_by(Responsible::person_alone(person(7)));
    let end = |open, successor| leaving.clone().end(ending("2008", open), &[&point], successor);
    let refused = end(OpenPromises::None, None).expect_err("one is open");
    assert_eq!(
        refused.to_string(),
        "the role rol_00000000000000000000000001 cannot end while 1 of its holder's promises are open, first \"Share what \
         works\": name the role that takes over, or say why they are orphaned"
    );
    assert!(end(OpenPromises::HandedTo(next.id), Some(&next)).is_ok());
    assert!(end(OpenPromises::Orphaned(FreeText::new("Nobody was found.").expect("text")), None).is_ok());
    let gone = Role { tenure: tenure("2005", "2007", "").expect("days"), ..next.clone() };
    let refused = end(OpenPromises::HandedTo(gone.id), Some(&gone)).expect_err("it ended before");
    assert!(
        matches!(refused, RoleRefusal::SuccessorGone { successor, .. } if successor == gone.id),
        "{refused}"
    );
}

#[test]
fn r25_what_is_owed_in_a_role_is_what_its_holder_promised_and_no_other_role_of_theirs_answers_for() {
    let (leaving, elsewhere) = (chair(1, 7, 1), chair(2, 7, 2));
    let day = "2009-01-01".parse().expect("a day");
    let owes = |owner: Responsible, others: &[Role]| {
        let point = owed_by(owner);
        leaving.owes([&point], others, day).count()
    };
    let in_committee = |holder: u128, number: u128| {
        Responsible::new(Some(person(holder)), None, Some(committee(number)), None).expect("somebody")
    };
    let alone = || Responsible::person_alone(person(7));
    assert_eq!(
        owes(alone(), slice::from_ref(&leaving)),
        1,
        "the role itself does not answer for it afterwards"
    );
    assert_eq!(owes(alone(), slice::from_ref(&elsewhere)), 0, "they are still there in another role");
    let over = Role { tenure: tenure("2005", "2008", "").expect("days"), ..elsewhere.clone() };
    assert_eq!(owes(alone(), &[over]), 1);
    assert_eq!(owes(in_committee(7, 1), slice::from_ref(&elsewhere)), 1);
    assert_eq!(owes(in_committee(7, 2), &[]), 0, "promised in the other committee");
    assert_eq!(owes(in_committee(8, 1), &[]), 0, "promised by somebody else");
    let office = Responsible::office_alone(Name::new("The chair").expect("a name"));
    assert_eq!(owes(office, &[]), 0, "an office goes on");
    let unknown = Role { person: None, ..leaving.clone() };
    assert_eq!(unknown.owes([&owed_by(alone())], &[], day).count(), 0);
    let given_up = PointAct::Drop { reason: FreeText::new("No money").expect("text") };
    let (dropped, _) = owed_by(alone()).take(given_up, date("2008"), None).expect("it is given up");
    assert_eq!(leaving.owes([&dropped], &[], day).count(), 0, "it is over");
}

#[test]
fn r25_a_promise_is_handed_to_whoever_holds_the_successor_who_has_not_accepted_it_yet() {
    let point = owed_by(Responsible::person_alone(person(7)));
    let handed = chair(1, 7, 1).hand_over(&point, &chair(2, 8, 1));
    let host = handed.host.as_ref().expect("an owner");
    assert_eq!(
        (host.responsible.person(), host.responsible.committee()),
        (Some(person(8)), Some(committee(1)))
    );
    assert_eq!(host.acceptance, Acceptance::NotYet);
    assert_eq!(handed.counterpart, point.counterpart, "the other side is none of it");
    assert_eq!(chair(3, 9, 1).hand_over(&point, &chair(2, 8, 1)), point, "it was promised by somebody else");
    let office = mayor("2008", "").responsible();
    assert_eq!(office.office().map(Name::as_str), Some("Lord Mayor of Birmingham"));
}

#[test]
fn an_edit_keeps_how_a_role_ended_unless_it_says_that_it_goes_on() {
    let ended = mayor("2007", "").end(ending("2008", OpenPromises::HandedTo(id(2))), &[], None);
    let (ended, _) = ended.expect("it ends");
    let corrected = Role::edited(&ended, mayor("2007", "2008-05"));
    assert_eq!((corrected.successor, corrected.tenure.to()), (Some(id(2)), Some(date("2008-05"))));
    assert_eq!(Role::edited(&ended, mayor("2007", "")).successor, None);
}

#[test]
fn a_role_is_held_in_exactly_one_place() {
    let (committee, place) = (CommitteeId::from_uuid(Uuid::nil()), PlaceId::from_uuid(Uuid::nil()));
    assert_eq!(HeldIn::only(Some(committee), None, None), Some(HeldIn::Committee(committee)));
    assert_eq!(HeldIn::only(None, None, Some(place)).and_then(HeldIn::place), Some(place));
    assert_eq!(HeldIn::only(None, None, None), None);
    assert_eq!(HeldIn::only(Some(committee), None, Some(place)), None);
}

#[test]
fn r24_a_co_chair_is_a_chair_and_a_business_co_chair_is_not() {
    assert!(RoleFunction::CoChair.fills(&RoleFunction::Chair));
    assert!(!RoleFunction::BusinessCoChair.fills(&RoleFunction::Chair));
    assert!(!RoleFunction::Chair.fills(&RoleFunction::CoChair));
}

proptest! {
    #[test]
    fn no_day_outside_its_span_is_one_on_which_a_role_may_be_held(
        from in 1_i32..4000, length in 0_i32..4000, offset in -4000_i32..8000,
    ) {
        let first = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
        let day = |days: i32| first + chrono::TimeDelta::days(i64::from(days));
        let days = [day(from), day(from + length)].map(|day| PartialDate::from_day(day).ok());
        let tenure = Tenure::new(days[0], days[1], None).expect("in order");
        let asked = day(from + offset);
        let within = 0 <= offset && offset <= length;
        prop_assert_eq!(tenure.is_held_on(asked), Certainty::from(within));
        prop_assert_eq!(tenure.span(), (Some(day(from)), Some(day(from + length))));
    }
}
