//! Where a partnership stood on a past day, and decisions that are entered late.

use super::fixtures::*;
use crate::partnership::*;
use crate::value::Certainty;

fn kinds(partnership: &Partnership, on: &str) -> Vec<Option<StatusKind>> {
    let status = partnership.status_on(day(on));
    status.candidates().iter().map(|candidate| candidate.as_ref().map(Status::kind)).collect()
}

#[test]
fn a_status_on_a_past_day_is_that_of_the_decisions_taken_by_then() {
    let moscow = after(sisters_since("1997-05-01"), [suspend("2022-03-01")]);
    assert_eq!(kinds(&moscow, "1997-04-30"), [None]);
    assert_eq!(kinds(&moscow, "1997-05-01"), [Some(StatusKind::Agreed)]);
    assert_eq!(kinds(&moscow, "2022-02-28"), [Some(StatusKind::Agreed)]);
    assert_eq!(kinds(&moscow, "2022-03-01"), [Some(StatusKind::Suspended)]);
    assert_eq!(moscow.status_on(day("1990-01-01")).certain(), Some(None));
    assert_eq!(moscow.begun_by(day("1997-04-30")), Certainty::No);
    assert_eq!(moscow.begun_by(day("1997-05-01")), Certainty::Yes);
    assert_eq!(sisters_since("1997").begun_by(day("1997-05-01")), Certainty::Possibly);
}

#[test]
fn a_date_known_by_year_leaves_that_year_open() {
    let partnership = after(sisters_since("1982"), [conclude("1990")]);
    assert_eq!(kinds(&partnership, "1981-12-31"), [None]);
    assert_eq!(kinds(&partnership, "1982-06-01"), [None, Some(StatusKind::Agreed)]);
    assert_eq!(partnership.status_on(day("1982-06-01")).certain(), None);
    assert_eq!(kinds(&partnership, "1982-12-31"), [Some(StatusKind::Agreed)]);
    assert_eq!(kinds(&partnership, "1990-06-01"), [Some(StatusKind::Agreed), Some(StatusKind::Concluded)]);
    assert_eq!(kinds(&partnership, "1990-12-31"), [Some(StatusKind::Concluded)]);
}

#[test]
fn a_blank_year_leaves_every_day_open_until_a_later_decision_proves_it() {
    let milan = sisters_since("");
    assert_eq!(kinds(&milan, "1900-01-01"), [None, Some(StatusKind::Agreed)]);
    assert_eq!(kinds(&milan, "2020-01-01"), [None, Some(StatusKind::Agreed)]);
    let proven = after(milan, [reaffirm("1991-05-05")]);
    assert_eq!(kinds(&proven, "1991-05-04"), [None, Some(StatusKind::Agreed)]);
    assert_eq!(kinds(&proven, "1991-05-05"), [Some(StatusKind::Agreed)]);
}

#[test]
fn an_undated_end_is_possible_on_every_day_after_the_beginning() {
    let partnership = after(sisters_since("1960"), [Decision::new(Act::Conclude { reason: None })]);
    assert_eq!(kinds(&partnership, "1959-01-01"), [None]);
    assert_eq!(kinds(&partnership, "2000-01-01"), [Some(StatusKind::Agreed), Some(StatusKind::Concluded)]);
    assert_eq!(partnership.end_of(0), EffectiveEnd::Undated);
    let honoured = after(partnership, [decided(Act::Honour, "2010-01-01")]);
    assert_eq!(kinds(&honoured, "2010-01-01"), [Some(StatusKind::Historical)]);
}

#[test]
fn a_decision_taken_long_ago_takes_its_place_by_its_date() {
    let moscow = after(sisters_since("1997"), [suspend("2022-03-01")]);
    let (partnership, event) = moscow.decide(reaffirm("2009-09-02")).unwrap();
    assert_eq!(partnership.decisions()[1].act.kind(), ActKind::Reaffirm);
    assert_eq!(partnership.status().kind(), StatusKind::Suspended);
    let PartnershipEvent::Reaffirmed(decided) = event else { panic!("{event:?}") };
    assert_eq!((decided.from, decided.to), (Some(StatusKind::Agreed), StatusKind::Agreed));
}

#[test]
fn a_late_decision_that_makes_a_later_one_impossible_is_refused_and_the_later_one_named() {
    let moscow = after(sisters_since("1997"), [suspend("2022-03-01")]);
    let refused = refusal(moscow.decide(conclude("2010")));
    assert!(matches!(refused, Refusal::BreaksLater { later: ActKind::Suspend, .. }), "{refused:?}");
}

#[test]
fn a_decision_before_the_partnership_began_is_refused() {
    let refused = refusal(sisters_since("1997").decide(suspend("1990")));
    assert_eq!(refused, Refusal::NotFirst);
}

#[test]
fn an_older_episode_entered_later_is_where_the_history_begins() {
    let partnership = sisters_since("1990");
    let friendship = episode("friendship-city", "1985").ended_on(date("1990"), source("minutes"));
    let (partnership, _) = partnership.agree(friendship, Some(name("City Council"))).unwrap();
    assert_eq!(partnership.since(), Some(date("1985")));
    assert_eq!(partnership.decisions()[0].act, Act::Agree { episode: 1 });
}

#[test]
fn a_date_chosen_anew_moves_the_beginning_to_its_place() {
    let partnership = sisters_since("1990").agree(episode("project", "1995"), None).unwrap().0;
    let (partnership, _) = partnership.claim_beginning(1, date("1985"), source("an older list")).unwrap();
    let (partnership, _) = partnership.choose_beginning(1, 1).unwrap();
    assert_eq!(partnership.decisions()[0].act, Act::Agree { episode: 1 });
    assert_eq!(partnership.since(), Some(date("1985")));
    let (partnership, _) = partnership.choose_beginning(1, 0).unwrap();
    assert_eq!(partnership.decisions()[0].act, Act::Agree { episode: 0 });
}

#[test]
fn the_steps_of_a_history_say_what_the_partnership_became_and_when() {
    let moscow = after(sisters_since("1997"), [suspend("2022-03-01"), resume("2030")]);
    let steps: Vec<_> = moscow.steps().iter().map(|step| (step.on, step.status.kind())).collect();
    let expected = [
        (Some(date("1997")), StatusKind::Agreed),
        (Some(date("2022-03-01")), StatusKind::Suspended),
        (Some(date("2030")), StatusKind::Agreed),
    ];
    assert_eq!(steps, expected);
}
