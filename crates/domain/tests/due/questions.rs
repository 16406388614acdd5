//! Stories of what came of engagements, and of what was stored under the former names of rules.

use sister_cities_domain::due::{DueKind, DueList, DueResponse, DueRule, Span, due};
use sister_cities_domain::engagement::{AskedSide, Engagement, FollowUp, OutcomeAnswer, WhatCame};
use sister_cities_domain::id::PlaceId;

use crate::given::{Office, day, noon, told};

#[test]
fn both_sides_are_asked_what_came_of_an_engagement_until_both_have_answered() {
    let office = Office::new();
    let birmingham = PlaceId::next(&office.ids);
    let bond = office.agreed(birmingham, "1993-09");
    let visit = Engagement { follow_up: true, ..office.event(&bond, "2008-06-04") };
    let state = office.state().with([office.place(birmingham, "Birmingham", "Europe/London")]).with([bond]);
    let asked = |of: &Engagement, on: &str| -> Vec<String> {
        let all = told(&state.clone().with([of.clone()]), on, DueKind::OutcomeQuestion);
        all.into_iter().map(|(due_on, reason)| format!("{due_on} {reason}")).collect()
    };
    assert!(asked(&visit, "2008-09-03").is_empty());
    assert_eq!(
        asked(&visit, "2008-09-04"),
        ["2008-09-04 3 months after \"A concert\" with Birmingham, both sides are asked what came of it."]
    );
    assert_eq!(
        asked(&visit, "2009-01-01"),
        ["2008-12-04 6 months after \"A concert\" with Birmingham, both sides are asked what came of it."],
        "one question at a time"
    );
    let said = |visit: &Engagement, side, came| {
        let answer = OutcomeAnswer { side, after: FollowUp::SixMonths, on: day("2009-01-01"), came };
        visit.clone().answer(answer).unwrap().unwrap().0
    };
    let half = said(&visit, AskedSide::Host, WhatCame::NothingYet);
    assert!(asked(&half, "2009-01-02")[0].ends_with("Birmingham, the other side is asked what came of it."));
    assert!(asked(&half, "2009-06-04")[0].contains("12 months after"), "and both are asked again");
    let both = said(&half, AskedSide::Counterpart, WhatCame::NothingWill);
    assert!(asked(&both, "2009-06-03").is_empty());
    assert!(asked(&both, "2009-06-04")[0].contains("our side is asked"));
    assert!(
        asked(&Engagement { follow_up: false, ..visit }, "2009-06-04").is_empty(),
        "nobody wants to know"
    );
}

#[test]
fn what_was_said_under_the_former_name_of_a_rule_is_still_read() {
    for (former, kind) in
        [("bond_fading", DueKind::PartnershipFading), ("bond_stepped_down", DueKind::PartnershipSteppedDown)]
    {
        assert_eq!(serde_json::from_str::<DueKind>(&format!("\"{former}\"")).unwrap(), kind);
        assert_eq!(former.parse(), Ok(kind));
        assert!(!DueKind::ALL.map(DueKind::as_str).contains(&former));
    }
    let office = Office::new();
    let state = office.state().with([office.enquired(PlaceId::next(&office.ids), "2024-02-01")]);
    let item = due(&state, noon("2024-02-02")).remove(0);
    let response = DueResponse::none_to(office.programme.id, &item);
    let stored = serde_json::to_string(&response).unwrap();
    let former = stored.replace("request_unanswered", "bond_stepped_down");
    assert_eq!(
        serde_json::from_str::<DueResponse>(&former).unwrap(),
        DueResponse { kind: DueKind::PartnershipSteppedDown, ..response }
    );
}

#[test]
fn a_programme_may_list_questions_before_their_day() {
    let mut office = Office::new();
    let osaka = PlaceId::next(&office.ids);
    let bond = office.agreed(osaka, "1973");
    let visit = Engagement { follow_up: true, ..office.event(&bond, "2008-06-04") };
    let rule = DueRule { lead: Span::Days(7), allowed: Span::Days(0) };
    office.programme.policies.due.rules.insert(DueKind::OutcomeQuestion, rule);
    let mut list = DueList::new(office.state().with([bond]).with([visit]));
    let mut asked = |on: &str| {
        let items = list.due(noon(on)).into_iter().filter(|item| item.kind == DueKind::OutcomeQuestion);
        items.map(|item| item.due_on.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(asked("2008-11-26"), ["2008-09-04"]);
    assert_eq!(asked("2008-11-27"), ["2008-09-04", "2008-12-04"]);
    assert_eq!(asked("2008-12-04"), ["2008-12-04"], "the earlier one is not asked beside it");
}
