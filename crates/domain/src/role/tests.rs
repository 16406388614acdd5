//! Roles begin, end and are handed on; who is active follows from the dates.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::value::{Certainty, InvalidValue};

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
        let (ended, event) = mayor("2007", "").end(ending("2008-05", open)).expect("it ends");
        assert_eq!(ended.tenure.to(), Some(date("2008-05")));
        let RoleEvent::Ended { on, succession: told, successor, .. } = event else { panic!("{event:?}") };
        assert_eq!((on, told, successor), (date("2008-05"), succession, ended.successor));
        assert_eq!(ended.successor.is_some(), succession == Succession::Successor);
        assert_eq!(ended.orphaned.is_some(), succession == Succession::Orphaned);
    }
}

#[test]
fn an_ending_that_cannot_be_is_refused_with_which_role_and_why() {
    let refused = |role: Role, on, open| role.end(ending(on, open)).expect_err("refused").to_string();
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

#[test]
fn an_edit_keeps_how_a_role_ended_unless_it_says_that_it_goes_on() {
    let (ended, _) = mayor("2007", "").end(ending("2008", OpenPromises::HandedTo(id(2)))).expect("it ends");
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
