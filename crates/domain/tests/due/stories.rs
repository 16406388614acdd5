//! What an officer is told, rule by rule.

use std::num::NonZeroU32;

use sister_cities_domain::agreement::{Agreement, Notice, Terms, VersionText};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::due::{
    DueDone, DueItem, DueKind, DueList, DueRefusal, DueResponse, DueRule, DueStage, DueWhen, Span,
    TouchReason, due, reckon,
};
use sister_cities_domain::id::{ActionPointId, CommitteeId, PlaceId, RoleId};
use sister_cities_domain::partnership::Act;
use sister_cities_domain::promise::{
    ActionPlan, ActionPoint, CheckRhythm, PlanCheck, PointNumber, PointOwner,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, RoleFunction, Tenure};
use sister_cities_domain::value::{FreeText, Name, Period, Title};

use crate::given::{Office, complete, day, decided, noon, told};

fn days(told: &[(String, String)]) -> Vec<&str> {
    told.iter().map(|(day, _)| day.as_str()).collect()
}

#[test]
fn r11_an_agreement_is_decided_on_before_the_last_day_for_notice() {
    let office = Office::new();
    let osaka = PlaceId::next(&office.ids);
    let bond = office.agreed(osaka, "1973");
    let with_notice = office.signed(&bond, ["2020-05-01", "2020-05-01"], "2025-04-30", 6);
    let state = office.state().with([office.place(osaka, "Osaka", "Asia/Tokyo")]).with([bond.clone()]);
    let kind = DueKind::AgreementEnding;
    let listed = |on: &str, agreement: &Agreement| told(&state.clone().with([agreement.clone()]), on, kind);
    assert_eq!(days(&listed("2024-04-29", &with_notice)), Vec::<&str>::new());
    assert_eq!(
        listed("2024-04-30", &with_notice),
        [(
            "2024-10-30".to_owned(),
            "\"Sister City Agreement\" with Osaka ends on 30 April 2025, with 6 months of notice.".to_owned()
        )]
    );
    // Who gave notice has decided.
    let notice = Notice {
        by: vec![osaka],
        on: "2024-05-02".parse().unwrap(),
        authority: Name::new("Council").unwrap(),
        reason: None,
        source: None,
    };
    let ended = with_notice.clone().give_notice(notice).unwrap().0;
    assert_eq!(days(&listed("2024-05-03", &ended)), Vec::<&str>::new());
    // Undecided, it stays listed for a year after its end.
    assert_eq!(days(&listed("2026-04-30", &with_notice)), ["2024-10-30"]);
    assert_eq!(days(&listed("2026-05-01", &with_notice)), Vec::<&str>::new());
    // Without a notice period three months before the end are the last to decide in.
    let without = office.signed(&bond, ["2020-05-01", "2020-05-01"], "2025-04-30", 0);
    assert_eq!(days(&listed("2025-01-01", &without)), ["2025-01-30"]);
    // What was renewed by another agreement is decided.
    let renewed = office.signed(&bond, ["2025-02-01", "2025-02-01"], "", 0);
    assert_eq!(
        days(&told(&state.clone().with([with_notice, renewed]), "2025-02-02", kind)),
        Vec::<&str>::new()
    );
}

#[test]
fn r9_a_version_on_the_table_names_who_has_not_approved() {
    let office = Office::new();
    let osaka = PlaceId::next(&office.ids);
    let bond = office.agreed(osaka, "1973");
    let head = office.head(&bond);
    let (draft, _) = Agreement::draft(head, VersionText::NotAtHand, Terms::default()).unwrap();
    let (proposed, _) = draft.propose(1, Some("2024-01-10".parse().unwrap())).unwrap();
    let state =
        office.state().with([office.place(osaka, "Osaka", "Asia/Tokyo")]).with([bond]).with([proposed]);
    let listed = told(&state, "2024-03-01", DueKind::AgreementPending);
    assert_eq!(days(&listed), ["2024-04-09"]);
    assert!(
        listed[0].1.ends_with("since 10 January 2024 and lacks the approval of Chicago and Osaka."),
        "{listed:?}"
    );
}

#[test]
fn r8_each_side_keeps_the_anniversary_of_its_own_signature() {
    let office = Office::new();
    let lucerne = PlaceId::next(&office.ids);
    let bond = office.agreed(lucerne, "1998");
    let mut on = ["1999-06-01", "1998-09-17"];
    if bond.members().iter().next() == Some(lucerne) {
        on.reverse();
    }
    let state = office
        .state()
        .with([office.place(lucerne, "Lucerne", "Europe/Zurich")])
        .with([office.signed(&bond, on, "", 0)])
        .with([bond]);
    let listed = told(&state, "2023-01-10", DueKind::Anniversary);
    assert_eq!(days(&listed), ["2023-09-16", "2024-06-01"]);
    assert_eq!(
        listed[0].1,
        "On 17 September 2023 the partnership with Lucerne is 25 years old. The day begins there before it does here."
    );
    assert!(listed[1].1.ends_with("is 25 years old, by our own signature."), "{}", listed[1].1);
    // The lead is 18 months; the day after, it is over.
    assert_eq!(days(&told(&state, "2022-12-01", DueKind::Anniversary)), ["2023-09-16", "2024-06-01"]);
    assert_eq!(days(&told(&state, "2022-11-30", DueKind::Anniversary)), ["2023-09-16"]);
    assert_eq!(days(&told(&state, "2023-09-17", DueKind::Anniversary)), ["2023-09-16", "2024-06-01"]);
    assert_eq!(days(&told(&state, "2023-09-18", DueKind::Anniversary)), ["2024-06-01"]);
}

#[test]
fn an_anniversary_of_which_only_the_year_is_known_is_not_overdue_while_the_year_lasts() {
    let office = Office::new();
    let warsaw = PlaceId::next(&office.ids);
    let state = office.state().with([office.place(warsaw, "Warsaw", "Europe/Warsaw")]);
    let state = state.with([office.agreed(warsaw, "1960")]);
    let listed = told(&state, "2025-12-31", DueKind::Anniversary);
    assert_eq!(
        listed,
        [("2025-12-31".to_owned(), "In 2025 the partnership with Warsaw is 65 years old.".to_owned())]
    );
    assert!(told(&state, "2026-01-01", DueKind::Anniversary).is_empty());
}

#[test]
fn r37_a_bond_is_warned_of_before_each_step_down_and_gives_a_dated_task_after_it() {
    let office = Office::new();
    let milan = PlaceId::next(&office.ids);
    let bond = complete(office.agreed(milan, "1973-05-04"), "", "");
    let visit = office.event(&bond, "2020-01-01");
    let state =
        office.state().with([office.place(milan, "Milan", "Europe/Rome")]).with([bond.clone()]).with([visit]);
    let fading = |on: &str| told(&state, on, DueKind::PartnershipFading);
    assert_eq!(days(&fading("2020-10-02")), Vec::<&str>::new());
    assert_eq!(
        fading("2020-10-03"),
        [(
            "2021-01-01".to_owned(),
            "Milan will be called cooling on 1 January 2021 if nothing happens.".to_owned()
        )]
    );
    assert_eq!(
        told(&state, "2021-01-01", DueKind::PartnershipSteppedDown),
        [("2021-01-31".to_owned(), "Milan has been cooling since 1 January 2021.".to_owned())]
    );
    assert_eq!(days(&fading("2022-08-01")), ["2022-08-02"]);
    assert_eq!(
        told(&state, "2024-01-01", DueKind::PartnershipSteppedDown),
        [("2022-09-01".to_owned(), "Milan has been dormant since 2 August 2022.".to_owned())]
    );
    // A review is the answer to a step down, and has a deadline of its own.
    let reviewed = decided(&bond, Act::Review { deadline: day("2024-06-30") }, "2023-12-01");
    let reviewed = state.clone().with([reviewed]);
    assert!(told(&reviewed, "2024-05-01", DueKind::PartnershipSteppedDown).is_empty());
    assert_eq!(days(&told(&reviewed, "2024-05-01", DueKind::ReviewDeadline)), ["2024-06-30"]);
}

#[test]
fn r37_silence_of_an_incomplete_record_is_no_step_down() {
    let office = Office::new();
    let lahore = PlaceId::next(&office.ids);
    let bond = office.agreed(lahore, "2007");
    let state = office.state().with([office.place(lahore, "Lahore", "Asia/Karachi")]).with([bond.clone()]);
    assert!(told(&state, "2020-01-01", DueKind::PartnershipSteppedDown).is_empty());
    // But it is to be touched, if only because nothing is planned.
    let touch = reckon(&state, bond.id().into(), day("2020-02-01")).touch.unwrap();
    assert_eq!((touch.on, touch.because), (day("2020-03-31"), TouchReason::Proposed));
}

#[test]
fn requests_are_answered_and_weighed_in_time() {
    let office = Office::new();
    let place = PlaceId::next(&office.ids);
    let asked = office.enquired(place, "2024-02-01");
    let state = office.state().with([office.place(place, "Pune", "Asia/Kolkata")]).with([asked.clone()]);
    let kind = DueKind::RequestUnanswered;
    assert_eq!(
        told(&state, "2024-02-02", kind),
        [("2024-03-02".to_owned(), "Pune asked on 1 February 2024 and nobody has taken it up.".to_owned())]
    );
    let weighed = state.clone().with([decided(&asked, Act::Assess, "2024-02-20")]);
    assert_eq!(days(&told(&weighed, "2024-03-10", kind)), ["2024-03-21"]);
    let declined = state.with([decided(&asked, Act::Decline { reason: None }, "2024-02-20")]);
    assert!(told(&declined, "2024-03-10", kind).is_empty());
    assert_eq!(reckon(&declined, asked.id().into(), day("2024-03-10")).touch, None, "it is over");
}

#[test]
fn r13_a_suspension_is_looked_at_every_six_months() {
    let office = Office::new();
    let moscow = PlaceId::next(&office.ids);
    let condition = Some(FreeText::new("the war in Ukraine ends").unwrap());
    let bond = decided(&office.agreed(moscow, "1997"), Act::Suspend { condition }, "2022-03-01");
    let state = office.state().with([office.place(moscow, "Moscow", "Europe/Moscow")]).with([bond.clone()]);
    let checks = |on: &str| told(&state, on, DueKind::SuspensionCheck);
    assert_eq!(days(&checks("2022-08-01")), Vec::<&str>::new());
    assert_eq!(
        checks("2022-08-02"),
        [(
            "2022-09-01".to_owned(),
            "Moscow has been suspended since 1 March 2022, until: the war in Ukraine ends.".to_owned()
        )]
    );
    assert_eq!(days(&checks("2023-01-29")), ["2022-09-01"], "until the next is listed");
    assert_eq!(days(&checks("2023-01-30")), ["2023-03-01"]);
    let resumed = decided(&bond, Act::Resume { grounds: None }, "2023-05-01");
    assert!(told(&state.clone().with([resumed]), "2023-09-01", DueKind::SuspensionCheck).is_empty());
}

#[test]
fn a_plan_to_reawaken_shows_a_first_result_within_a_year() {
    let office = Office::new();
    let birmingham = PlaceId::next(&office.ids);
    let reviewed = decided(
        &office.agreed(birmingham, "1993-09"),
        Act::Review { deadline: day("2005-06-30") },
        "2005-01",
    );
    let bond = decided(&reviewed, Act::Reawaken { plan: None }, "2005-03-01");
    let state = office.state().with([bond]);
    let listed = told(&state, "2005-12-01", DueKind::ReawakeningResult);
    assert_eq!(days(&listed), ["2006-03-01"]);
    assert!(listed[0].1.contains("with a place was"), "a place that is not at hand has no name: {listed:?}");
}

fn tenure(from: &str, to: &str, term_end: &str) -> Tenure {
    let date = |text: &str| text.parse().ok();
    Tenure::new(date(from), date(to), date(term_end)).unwrap()
}

#[test]
fn r24_no_chair_for_60_days_is_due_work_of_who_appoints() {
    let office = Office::new();
    let galway = PlaceId::next(&office.ids);
    let bond = office.agreed(galway, "1997-05-04");
    let appointed_by = Name::new("Mayor").ok();
    let committee =
        Committee { appointed_by, ..office.committee(CommitteeId::next(&office.ids), Some(&bond)) };
    let here = HeldIn::Committee(committee.id);
    let chair = RoleId::next(&office.ids);
    let left = office.role(chair, here, RoleFunction::Chair, tenure("2020", "2024-03-31", ""));
    let state = office.state().with([bond.clone()]).with([committee.clone()]).with([left]);
    let kind = DueKind::NoChair;
    assert!(told(&state, "2024-04-30", kind).is_empty(), "it is listed 30 days before it is an alert");
    assert_eq!(
        told(&state, "2024-05-01", kind),
        [("2024-05-31".to_owned(), "The committee has had no chair since 1 April 2024.".to_owned())]
    );
    let item = due(&state, noon("2024-05-01")).into_iter().find(|item| item.kind == kind).unwrap();
    assert_eq!(item.owner.unwrap().office().unwrap().as_str(), "Mayor");
    assert_eq!(item.partnership, Some(bond.id()));
    let next =
        office.role(RoleId::next(&office.ids), here, RoleFunction::CoChair, tenure("2024-05-02", "", ""));
    assert!(told(&state.with([next]), "2024-06-30", kind).is_empty(), "a co-chair is a chair, too");
}

#[test]
fn r24_a_term_that_ends_and_a_vacant_seat_are_due_and_the_chair_owns_what_is_due_of_the_partnership() {
    let office = Office::new();
    let galway = PlaceId::next(&office.ids);
    let bond = office.agreed(galway, "1997-05-04");
    let id = CommitteeId::next(&office.ids);
    let committee = Committee {
        seats: NonZeroU32::new(2),
        existed: Period::since("2020-01-01".parse().unwrap()),
        ..office.committee(id, Some(&bond))
    };
    let here = HeldIn::Committee(id);
    let chair = office.role(
        RoleId::next(&office.ids),
        here,
        RoleFunction::Chair,
        tenure("2020-01-01", "", "2022-12-31"),
    );
    let state = office.state().with([bond.clone()]).with([committee]).with([chair]);
    assert_eq!(
        told(&state, "2022-10-01", DueKind::RoleExpiring),
        [(
            "2022-12-31".to_owned(),
            "The term of a chair of The committee ends on 31 December 2022.".to_owned()
        )]
    );
    assert!(told(&state, "2022-09-29", DueKind::RoleExpiring).is_empty());
    assert_eq!(
        days(&told(&state, "2024-01-01", DueKind::RoleExpiring)),
        ["2022-12-31"],
        "until somebody says so"
    );
    assert_eq!(
        told(&state, "2022-10-01", DueKind::Vacancy),
        [("2020-03-31".to_owned(), "Vacant in The committee since 1 January 2020: one seat.".to_owned())]
    );
    let anniversary =
        due(&state, noon("2022-01-10")).into_iter().find(|item| item.kind == DueKind::Anniversary);
    assert_eq!(anniversary.unwrap().owner.unwrap().committee(), Some(id));
}

#[test]
fn r24_a_committee_for_a_theme_is_a_unit_by_itself_and_what_is_answered_finds_it() {
    let office = Office::new();
    let committee = office.committee(CommitteeId::next(&office.ids), None);
    let mut list = DueList::new(office.state().with([committee.clone()]));
    let item = list.due(noon("2024-05-01")).remove(0);
    assert_eq!(
        (item.kind, item.due_on, item.committee),
        (DueKind::NoChair, day("2024-01-01"), Some(committee.id))
    );
    assert_eq!(item.reason, "The committee has had no chair, as far as is known.");
    let done = DueDone { on: day("2024-05-01"), remark: None };
    list.put(DueResponse { done: Some(done), ..DueResponse::none_to(office.programme.id, &item) });
    assert_eq!(list.due(noon("2024-05-01")), []);
    // Where nobody knows since when, it is asked anew each year.
    assert_eq!(list.due(noon("2025-01-01")).len(), 1);
}

#[test]
fn a_promise_is_due_by_its_day_of_its_owner_until_it_is_over_and_a_plan_is_looked_at_in_its_rhythm() {
    let office = Office::new();
    let birmingham = PlaceId::next(&office.ids);
    let bond = office.agreed(birmingham, "1993-09");
    let plan = ActionPlan { check: CheckRhythm::new(3, day("2008-06-02")).ok(), ..office.plan(&bond) };
    let number = PointNumber::new(3).unwrap();
    let title = Title::new("Exchange of staff").unwrap();
    let due_on = "2009-03".parse().ok();
    let point = ActionPoint::promised(ActionPointId::next(&office.ids), &plan, number, title, due_on);
    let desk = Responsible::office_alone(Name::new("Director of Jobcentre Plus").unwrap());
    let point = ActionPoint { host: Some(PointOwner::named(desk.clone())), ..point };
    let state = office.state().with([office.place(birmingham, "Birmingham", "Europe/London")]).with([bond]);
    let state = state.with([plan.clone()]).with([point.clone()]);
    assert!(told(&state, "2009-02-28", DueKind::PromiseDue).is_empty());
    assert_eq!(
        told(&state, "2009-06-01", DueKind::PromiseDue),
        [(
            "2009-03-31".to_owned(),
            "Both sides promised, with Birmingham, by 31 March 2009: \"Exchange of staff\"; it is open."
                .to_owned()
        )]
    );
    let item =
        due(&state, noon("2009-06-01")).into_iter().find(|item| item.kind == DueKind::PromiseDue).unwrap();
    assert_eq!(item.owner, Some(desk));
    assert_eq!(days(&told(&state, "2008-09-01", DueKind::PlanCheck)), ["2008-09-02"]);
    let checked = plan.checked(PlanCheck { on: day("2008-09-05"), remark: None });
    assert_eq!(days(&told(&state.clone().with([checked]), "2008-12-01", DueKind::PlanCheck)), ["2008-12-05"]);
    let mut list = DueList::new(state);
    list.due(noon("2009-06-01"));
    list.remove(point.id);
    assert!(list.due(noon("2009-06-01")).iter().all(|item| item.kind != DueKind::PromiseDue));
}

/// The item of a request that came on 1 February 2024, due on 2 March.
fn asked() -> (Office, DueList, DueItem) {
    let office = Office::new();
    let place = PlaceId::next(&office.ids);
    let state = office.state().with([office.enquired(place, "2024-02-01")]);
    let item = due(&state, noon("2024-02-02")).remove(0);
    (office, DueList::new(state), item)
}

fn ids(list: &mut DueList, on: &str) -> usize {
    list.due(noon(on)).len()
}

#[test]
fn what_is_snoozed_comes_back_and_what_is_done_does_not() {
    let (office, mut list, item) = asked();
    let snoozed = DueResponse {
        snoozed_until: Some(day("2024-02-20")),
        ..DueResponse::none_to(office.programme.id, &item)
    };
    list.put(snoozed.clone());
    assert_eq!(
        [ids(&mut list, "2024-02-02"), ids(&mut list, "2024-02-19"), ids(&mut list, "2024-02-20")],
        [0, 0, 1]
    );
    assert_eq!(list.due(noon("2024-02-20"))[0], item, "it is the same item still");
    list.put(DueResponse { done: Some(DueDone { on: day("2024-02-21"), remark: None }), ..snoozed });
    assert_eq!([ids(&mut list, "2024-02-20"), ids(&mut list, "2034-02-20")], [0, 0]);
}

#[test]
fn an_item_belongs_to_whom_it_was_handed_else_to_the_office_else_to_nobody() {
    let (mut office, mut list, item) = asked();
    assert_eq!(item.owner, None);
    let desk = Responsible::office_alone(Name::new("Desk officer").unwrap());
    office.programme.policies.due.owner = Some(desk.clone());
    list.put(office.programme.clone());
    assert_eq!(list.due(noon("2024-02-02"))[0].owner, Some(desk));
    let chair = Responsible::office_alone(Name::new("Chair of the committee").unwrap());
    let handed =
        DueResponse { handed_to: Some(chair.clone()), ..DueResponse::none_to(office.programme.id, &item) };
    list.put(handed);
    let handed = list.due(noon("2024-02-02"));
    assert_eq!((handed[0].owner.as_ref(), handed[0].id), (Some(&chair), item.id));
    assert_eq!(list.next_touch(item.partnership.unwrap(), noon("2024-02-02")).unwrap().owner, Some(chair));
}

#[test]
fn lead_times_terms_and_escalation_are_data_of_the_programme() {
    let (mut office, mut list, item) = asked();
    let policy = &mut office.programme.policies.due;
    assert_eq!(policy.escalated(&item, day("2024-03-31")), None);
    let told = policy.escalated(&item, day("2024-04-01")).unwrap();
    assert_eq!(told.to.office().unwrap().as_str(), "Head of the international office");
    let rule = DueRule { lead: Span::Days(7), allowed: Span::Months(3) };
    policy.rules.insert(DueKind::RequestUnanswered, rule);
    let stored = serde_json::to_string(policy).unwrap();
    assert!(stored.contains(r#""rules":{"request_unanswered":{"lead":"P7D","allowed":"P3M"}}"#), "{stored}");
    assert_eq!(&serde_json::from_str::<sister_cities_domain::due::DuePolicy>(&stored).unwrap(), policy);
    for wrong in ["", "P", "7D", "P7", "P+7D", "P7W", "P70000D", "PD"] {
        assert!(wrong.parse::<Span>().is_err(), "{wrong}");
    }
    list.put(office.programme.clone());
    assert_eq!([ids(&mut list, "2024-04-23"), ids(&mut list, "2024-04-24")], [0, 1]);
    assert_eq!(list.due(noon("2024-04-24"))[0].due_on, day("2024-05-01"));
}

#[test]
fn the_next_touch_is_the_first_of_what_is_planned_due_and_proposed() {
    let office = Office::new();
    let accra = PlaceId::next(&office.ids);
    let bond = complete(office.agreed(accra, "1989-05-04"), "", "");
    let visit = office.event(&bond, "2024-02-10");
    let mut list = DueList::new(office.state().with([bond.clone()]).with([visit]));
    let next = |list: &mut DueList| {
        let touch = list.next_touch(bond.id(), noon("2024-03-01")).unwrap();
        (touch.on.to_string(), touch.because)
    };
    // In silence it cools on 11 February 2025; but the 35th anniversary comes first.
    let (on, because) = next(&mut list);
    assert_eq!(on, "2024-05-04");
    assert!(matches!(because, TouchReason::Due { kind: DueKind::Anniversary, .. }));
    let planned = office.planned(&bond, "2024-04-15");
    list.put(planned.clone());
    assert_eq!(next(&mut list), ("2024-04-15".to_owned(), TouchReason::Planned { engagement: planned.id }));
    list.remove(planned.id);
    assert_eq!(next(&mut list).0, "2024-05-04");
}

#[test]
fn an_officer_plans_by_the_week_and_the_month() {
    // A Wednesday.
    let when = |due_on: &str| DueWhen::of(day(due_on), day("2026-12-23")).as_str();
    let days = ["2026-12-22", "2026-12-23", "2026-12-27", "2026-12-28", "2026-12-31", "2027-01-01"];
    assert_eq!(days.map(when), ["overdue", "this_week", "this_week", "this_month", "this_month", "later"]);
    // Next week may be next month.
    assert_eq!(DueWhen::of(day("2027-01-03"), day("2026-12-30")), DueWhen::ThisWeek);
    assert_eq!(DueWhen::of(day("2027-12-30"), day("2026-12-30")), DueWhen::Later);
}

#[test]
fn the_day_is_the_hosts_wherever_the_server_stands() {
    let office = Office::new();
    let state = office.state();
    assert_eq!(state.today("2024-03-02T05:59:00Z".parse().unwrap()), day("2024-03-01"));
    assert_eq!(state.today("2024-03-02T06:00:00Z".parse().unwrap()), day("2024-03-02"));
}

#[test]
fn what_is_done_is_answered_once_and_a_refusal_says_who_what_and_from_where() {
    let (office, _, item) = asked();
    let today = day("2024-02-02");
    let open = DueResponse::none_to(office.programme.id, &item);
    for until in ["2024-02-02", "2025-02-03"] {
        let refused = open.clone().snooze(day(until), today).unwrap_err();
        assert_eq!(refused, DueRefusal::Until { until: day(until), today });
    }
    let (snoozed, event) = open.snooze(day("2025-02-02"), today).unwrap();
    assert_eq!((event.name(), snoozed.snoozed_until), ("due_response.snoozed", Some(day("2025-02-02"))));
    let desk = Responsible::office_alone(Name::new("Desk officer").unwrap());
    let (handed, event) = snoozed.hand(desk.clone()).unwrap();
    assert_eq!(
        (event.name(), handed.handed_to.as_ref(), handed.stage()),
        ("due_response.handed", Some(&desk), DueStage::Open)
    );
    let (done, event) = handed.finish(today, Some(FreeText::new("Answered by letter").unwrap())).unwrap();
    assert_eq!((event.name(), done.stage()), ("due_response.done", DueStage::Done));
    let text = |refused: &dyn std::fmt::Display| refused.to_string();
    let refused = |step: &str| {
        format!("due item {} is done: the step {step} is not possible from there, only from open", item.id)
    };
    assert_eq!(text(&done.clone().snooze(day("2024-03-01"), today).unwrap_err()), refused("snooze"));
    assert_eq!(text(&done.clone().hand(desk).unwrap_err()), refused("hand"));
    assert_eq!(text(&done.finish(today, None).unwrap_err()), refused("finish"));
}
