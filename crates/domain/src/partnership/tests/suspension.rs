//! Suspension and reaffirmation: R13 and R14, and the stored form of the partnership that had the one.

use super::fixtures::*;
use crate::partnership::*;
use crate::value::{FreeText, Note, Period};

fn condition() -> FreeText {
    words("Until hostilities against Ukraine end and those responsible are held to account")
}

/// Chicago's partnership with Moscow, suspended by the mayor on 1 March 2022.
fn moscow() -> Partnership {
    let suspension = Decision::new(Act::Suspend { condition: Some(condition()) })
        .on(date("2022-03-01"))
        .by(name("Mayor of Chicago"))
        .according_to(source("Chicago Sun-Times 2022-03-01"));
    after(sisters_since("1997"), [reaffirm("2009-09-02"), suspension])
}

#[test]
fn r13_a_suspension_carries_authority_date_condition_and_source() {
    let Status::Suspended(suspension) = moscow().status() else { panic!("not suspended") };
    assert_eq!(suspension.on, date("2022-03-01"));
    assert_eq!(suspension.authority, Some(name("Mayor of Chicago")));
    assert_eq!(suspension.condition, Some(condition()));
    assert_eq!(suspension.source, Some(source("Chicago Sun-Times 2022-03-01")));
    assert_eq!(suspension.gaps(), Vec::new());
}

#[test]
fn r13_a_suspension_without_a_date_is_refused_and_one_without_a_condition_says_what_it_lacks() {
    let undated = Decision::new(Act::Suspend { condition: Some(condition()) });
    assert_eq!(refusal(sisters_since("1997").decide(undated)), Refusal::NoDate);
    let Status::Suspended(bare) = after(sisters_since("1997"), [suspend("2022-03-01")]).status() else {
        panic!("not suspended")
    };
    let gaps = vec![SuspensionGap::Authority, SuspensionGap::Condition, SuspensionGap::Source];
    assert_eq!(bare.gaps(), gaps);
}

#[test]
fn r13_a_suspension_deletes_nothing() {
    let before = after(sisters_since("1997"), [reaffirm("2009-09-02")]);
    let suspended = moscow();
    assert_eq!(suspended.episodes(), before.episodes());
    assert_eq!(&suspended.decisions()[..2], before.decisions());
    assert_eq!(suspended.kinds_on(day("2023-01-01")).len(), 1);
}

#[test]
fn r13_only_resuming_leads_back_and_to_what_was_suspended() {
    let under_review = after(sisters_since("1997"), [review("2023-06-30", "2022-01")]);
    let suspended = after(under_review, [suspend("2022-03-01")]);
    for blocked in [
        reaffirm("2022-05"),
        decided(Act::Reawakened, "2022-05"),
        decided(Act::Reawaken { plan: None }, "2022-05"),
        review("2024-01-01", "2022-05"),
        suspend("2022-05"),
        decided(Act::Honour, "2022-05"),
    ] {
        assert!(matches!(refusal(suspended.clone().decide(blocked)), Refusal::NotFrom { .. }));
    }
    assert!(suspended.clone().agree(episode("project", "2022-05"), None).is_err());
    let (resumed, event) = suspended.decide(resume("2025-01-01")).unwrap();
    assert_eq!(resumed.status(), Status::UnderReview { deadline: day("2023-06-30") });
    assert_eq!(event.name(), "partnership.resumed");
}

#[test]
fn r13_a_suspended_partnership_can_be_ended_by_an_explicit_decision() {
    let ended = after(moscow(), [conclude("2026-01-01")]);
    assert_eq!(ended.status().kind(), StatusKind::Concluded);
    assert_eq!(ended.decisions().len(), 4);
    assert!(matches!(refusal(ended.decide(resume("2027"))), Refusal::NotFrom { .. }));
}

#[test]
fn r13_giving_back_gifts_and_disbanding_the_committee_are_decisions_of_their_own() {
    let gifts = decided(Act::Measure { measure: Measure::ReturnGifts, note: None }, "2022-03");
    let committee = decided(Act::Measure { measure: Measure::DisbandCommittee, note: None }, "2022-04");
    let partnership = after(moscow(), [gifts, committee]);
    assert_eq!(partnership.status(), moscow().status());
    assert_eq!(partnership.decisions().len(), moscow().decisions().len() + 2);
    let resumed = after(partnership, [resume("2025-01-01")]);
    assert_eq!(resumed.status(), Status::Agreed);
}

#[test]
fn r13_a_measure_this_version_does_not_know_survives_a_round_trip() {
    let json = r#"{"act":"measure","measure":"rename_the_square","on":"2022-05"}"#;
    let decision: Decision = serde_json::from_str(json).unwrap();
    assert_eq!(
        decision.act,
        Act::Measure { measure: Measure::Unlisted(name("rename_the_square")), note: None }
    );
    assert_eq!(serde_json::to_string(&decision).unwrap(), json);
}

#[test]
fn r14_reaffirmation_is_an_event_of_its_own_and_neither_renews_nor_changes_anything() {
    let casablanca = sisters_since("1982");
    let (reaffirmed, event) = casablanca.clone().decide(reaffirm("1991")).unwrap();
    assert_eq!(event.name(), "partnership.reaffirmed");
    assert_eq!(reaffirmed.status(), casablanca.status());
    assert_eq!(reaffirmed.episodes(), casablanca.episodes());
    assert_eq!(reaffirmed.since(), Some(date("1982")));
    assert_eq!(reaffirmed.decisions().len(), 2);
}

#[test]
fn r14_reaffirming_under_review_ends_no_review_and_reaffirming_nothing_is_refused() {
    let reviewed = after(sisters_since("1982"), [review("2001-01-01", "2000-01-01"), reaffirm("2000-06-01")]);
    assert_eq!(reviewed.status(), Status::UnderReview { deadline: day("2001-01-01") });
    let ended = after(sisters_since("1982"), [conclude("2000-01-01")]);
    assert!(matches!(refusal(ended.decide(reaffirm("2001"))), Refusal::NotFrom { .. }));
}

#[test]
fn the_stored_form_of_moscow_reads_back_equal_and_stays_as_it_is_v1() {
    let gifts = decided(Act::Measure { measure: Measure::ReturnGifts, note: None }, "2022-03");
    let label = SideLabel { place: place(2), label: name("Twin city"), source: source("mos.ru") };
    let (partnership, _) = after(moscow(), [gifts]).label(0, label).unwrap();
    let (partnership, _) = partnership.claim_beginning(0, date("1998"), source("a guide book")).unwrap();
    let period = Period::new(Some(date("2006-04")), Some(date("2022-03-01"))).unwrap();
    let coverage = RecordCoverage::new(period, source("the programme's log"));
    let (partnership, _) = partnership.state_record(Record::new(vec![coverage]));
    let note = Note { text: words("33 aldermen asked for more"), source: None };
    let (partnership, _) = partnership.note(note);
    let json = serde_json::to_string_pretty(&partnership).unwrap();
    assert_eq!(serde_json::from_str::<Partnership>(&json).unwrap(), partnership);
    insta::assert_snapshot!(json);
}

#[test]
fn a_stored_partnership_that_contradicts_itself_is_refused() {
    let mut value = serde_json::to_value(moscow()).unwrap();
    value["decisions"][2]["on"] = serde_json::json!("2001-01-01");
    let error = serde_json::from_value::<Partnership>(value).unwrap_err();
    assert!(error.to_string().contains("contradicts itself"), "{error}");
    let mut value = serde_json::to_value(moscow()).unwrap();
    value["v"] = serde_json::json!("999");
    assert!(serde_json::from_value::<Partnership>(value).is_err());
}
