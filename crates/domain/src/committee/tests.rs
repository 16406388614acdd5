//! What is vacant in a committee, since when and for the rest of which term.

use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::{PersonId, RoleId};
use crate::role::{HeldIn, Role, RoleFunction, Tenure};
use crate::value::InvalidValue;

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn functions(keys: &[&str]) -> Result<RequiredFunctions, InvalidValue> {
    RequiredFunctions::new(keys.iter().map(|key| key.parse().expect("a function")))
}

fn committee(seats: u32, required: &[&str]) -> Committee {
    Committee {
        id: CommitteeId::from_uuid(Uuid::nil()),
        programme: ProgrammeId::from_uuid(Uuid::nil()),
        name: Name::new("Birmingham Committee").expect("a name"),
        task: CommitteeTask::Partnership(PartnershipId::from_uuid(Uuid::nil())),
        place: None,
        appointed_by: None,
        seats: NonZeroU32::new(seats),
        term_months: NonZeroU32::new(36),
        functions: functions(required).expect("functions"),
        existed: Period::since("2005-01-01".parse().expect("a day")),
        source: None,
        notes: Vec::new(),
    }
}

/// The role of that number, held by the person of that number if there is one.
fn role(number: u128, person: u128, function: &str, from: &str, to: &str) -> Role {
    Role {
        id: RoleId::from_uuid(Uuid::from_u128(number)),
        programme: ProgrammeId::from_uuid(Uuid::nil()),
        person: (person > 0).then(|| PersonId::from_uuid(Uuid::from_u128(person))),
        held_in: HeldIn::Committee(CommitteeId::from_uuid(Uuid::nil())),
        function: function.parse().expect("a function"),
        office: None,
        tenure: Tenure::new(from.parse().ok(), to.parse().ok(), None).expect("days"),
        appointed_by: None,
        fills_term_of: None,
        successor: None,
        orphaned: None,
        source: None,
        notes: Vec::new(),
    }
}

fn filling(role: Role, of: u128) -> Role {
    Role { fills_term_of: Some(RoleId::from_uuid(Uuid::from_u128(of))), ..role }
}

#[test]
fn r24_a_committee_has_a_chair_at_least() {
    assert_eq!(RequiredFunctions::default(), functions(&["chair"]).expect("a chair"));
    let chicago = functions(&["chair", "business_co_chair", "chair"]).expect("each once");
    assert_eq!(chicago.iter().len(), 2);
    assert!(matches!(functions(&["treasurer"]), Err(InvalidValue::OutOfRange { .. })));
    assert!(functions(&[]).is_err());
}

#[test]
fn r24_staggered_terms_leave_seats_to_be_filled_for_their_rest() {
    let roles = [
        role(1, 1, "chair", "2005-01-01", ""),
        role(2, 2, "member", "2006-01-01", "2006-12-31"),
        role(3, 3, "member", "2007-01-01", "2007-03-31"),
        role(4, 4, "member", "2004-01-01", "2006-12-31"),
    ];
    let found = vacancies(&committee(3, &["chair"]), &roles, day("2007-06-30"));
    assert_eq!(found.seats, Some(VacantSeats { vacant: 2, since: Some(day("2007-01-01")) }));
    let terms: Vec<_> = found
        .unexpired
        .iter()
        .map(|term| (term.role.uuid().as_u128(), term.since, term.until.to_string()))
        .collect();
    assert_eq!(
        terms,
        [(2, day("2007-01-01"), "2008-12-31".to_owned()), (3, day("2007-04-01"), "2009-12-31".to_owned())],
        "the fourth served to the end"
    );

    let filled = [&roles[..], &[filling(role(5, 5, "member", "2007-05-01", ""), 2)]].concat();
    let found = vacancies(&committee(3, &["chair"]), &filled, day("2007-06-30"));
    assert_eq!(found.seats, Some(VacantSeats { vacant: 1, since: Some(day("2007-01-01")) }));
    assert_eq!(found.unexpired.len(), 1);
    let all = [&filled[..], &[role(6, 6, "member", "2007-06-01", "")]].concat();
    let found = vacancies(&committee(3, &["chair"]), &all, day("2007-06-30"));
    assert!(found.is_empty(), "{found:?}: no seat is left for the rest of any term");
}

#[test]
fn r24_the_unexpired_term_is_that_of_the_first_holder_however_many_filled_it() {
    let roles = [
        role(1, 1, "chair", "2006-01-01", "2006-06-30"),
        filling(role(2, 2, "chair", "2006-07-01", "2006-12-31"), 1),
    ];
    let found = vacancies(&committee(1, &["chair"]), &roles, day("2007-02-01"));
    let rest = found.chair().and_then(|chair| chair.rest_of.clone()).expect("the rest of a term");
    assert_eq!((rest.until.to_string().as_str(), rest.since), ("2008-12-31", day("2007-01-01")));
    assert_eq!(rest.role.uuid().as_u128(), 2);
    let in_a_circle = [filling(roles[0].clone(), 2), roles[1].clone()];
    assert!(vacancies(&committee(1, &["chair"]), &in_a_circle, day("2007-02-01")).chair().is_some());
}

#[test]
fn r24_no_chair_for_60_days_is_a_fact() {
    let roles =
        [role(1, 1, "co_chair", "2006-01-01", "2007-01-31"), role(2, 2, "business_co_chair", "2006", "")];
    let on = |text| vacancies(&committee(2, &["chair", "business_co_chair"]), &roles, day(text));
    assert!(on("2007-01-31").is_empty(), "a co-chair leads");
    let since = |found: &Vacancies| found.chair().and_then(|chair| chair.since);
    assert_eq!(since(&on("2007-02-01")), Some(day("2007-02-01")));
    assert_eq!(on("2007-04-01").chair_overdue(), None, "the 59th day after");
    assert!(on("2007-04-02").chair_overdue().is_some());
    assert_eq!(on("2007-04-02").functions.len(), 1, "the business co-chair is there");
}

#[test]
fn what_is_only_possibly_vacant_is_not_told_and_what_nobody_knows_has_no_day() {
    let until_some_day_of_2007 = [role(1, 1, "chair", "2006", "2007")];
    let on = |committee: &Committee, roles: &[Role], text| vacancies(committee, roles, day(text));
    let one = committee(1, &["chair"]);
    assert!(on(&one, &until_some_day_of_2007, "2007-12-31").is_empty());
    assert_eq!(
        on(&one, &until_some_day_of_2007, "2008-01-01").chair().and_then(|chair| chair.since),
        Some(day("2008-01-01")),
        "at least since then"
    );
    let undated = Committee { existed: Period::ALWAYS, seats: None, ..committee(1, &["chair"]) };
    let found = on(&undated, &[], "2007-06-30");
    assert_eq!((found.seats, found.chair_overdue().map(|chair| chair.since)), (None, Some(None)));
    assert_eq!(on(&one, &[], "2006-06-30").chair().and_then(|chair| chair.since), Some(day("2005-01-01")));
    assert!(on(&one, &[], "2004-12-31").is_empty(), "it did not exist yet");
}

#[test]
fn somebody_with_two_functions_sits_once_and_those_unknown_sit_each() {
    let found = |roles: &[Role]| {
        let found = vacancies(&committee(3, &["chair"]), roles, day("2007-06-30"));
        found.seats.map(|seats| seats.vacant)
    };
    let chair = role(1, 1, "chair", "2006", "");
    assert_eq!(found(&[chair.clone(), role(2, 1, "treasurer", "2006", "")]), Some(2));
    assert_eq!(
        found(&[chair.clone(), role(2, 0, "member", "2006", ""), role(3, 0, "member", "2006", "")]),
        None
    );
    let elsewhere = HeldIn::Committee(CommitteeId::from_uuid(Uuid::from_u128(9)));
    assert_eq!(found(&[chair, Role { held_in: elsewhere, ..role(2, 2, "member", "2006", "") }]), Some(2));
}

#[test]
fn a_term_is_as_precise_as_its_beginning() {
    for (from, until) in [("2006-01-01", "2008-12-31"), ("2006-03", "2009-03"), ("2006", "2009")] {
        let roles = [role(1, 1, "chair", from, "2007-01-31")];
        let found = vacancies(&committee(1, &["chair"]), &roles, day("2007-06-30"));
        assert_eq!(found.unexpired[0].until.to_string(), until, "{from}");
    }
}

fn some_roles() -> impl Strategy<Value = Vec<Role>> {
    let one = (0..4_u128, 0..3_usize, 2000..2010_i32, 0..6_i32);
    prop::collection::vec(one, 0..6).prop_map(|drawn| {
        let roles = drawn.into_iter().zip(1..).map(|((person, function, from, years), number)| {
            let to = if years == 5 { String::new() } else { (from + years).to_string() };
            role(number, person, ["chair", "co_chair", "member"][function], &from.to_string(), &to)
        });
        roles.collect()
    })
}

proptest! {
    #[test]
    fn what_is_told_as_vacant_surely_is_and_has_been_ever_since(roles in some_roles(), year in 2006..2016_i32) {
        let day = NaiveDate::from_ymd_opt(year, 7, 1).expect("a day");
        let committee = committee(3, &["chair"]);
        let found = vacancies(&committee, &roles, day);
        let chairs = |day| {
            let mut chairs = roles.iter().filter(|role| role.function.fills(&RoleFunction::Chair));
            chairs.any(|role| role.tenure.is_held_on(day).is_possible())
        };
        prop_assert_eq!(found.chair().is_none(), chairs(day));
        if let Some(since) = found.chair().and_then(|chair| chair.since) {
            prop_assert!(since <= day);
            let mut days = since.iter_days().take_while(|one| *one <= day);
            prop_assert!(days.all(|one| !chairs(one)), "since {}", since);
        }
        for term in &found.unexpired {
            prop_assert!(term.until.latest() > day && term.since <= day);
        }
    }

    #[test]
    fn whoever_comes_leaves_no_more_vacant_than_before(roles in some_roles(), year in 2006..2016_i32) {
        let day = NaiveDate::from_ymd_opt(year, 7, 1).expect("a day");
        let committee = committee(3, &["chair"]);
        let before = vacancies(&committee, &roles, day);
        let newcomer = role(99, 99, "chair", "2000", "");
        let after = vacancies(&committee, &[&roles[..], &[newcomer]].concat(), day);
        let vacant = |found: &Vacancies| found.seats.map_or(0, |seats| seats.vacant);
        prop_assert!(after.functions.is_empty());
        prop_assert_eq!(vacant(&after), vacant(&before).saturating_sub(1));
    }
}
