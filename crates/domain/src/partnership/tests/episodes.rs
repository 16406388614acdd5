//! Members, episodes, labels and claims: R1–R4 and R6.

use super::fixtures::*;
use crate::partnership::*;
use crate::value::Certainty;

#[test]
fn r1_a_pair_is_unordered() {
    let there = Members::new([place(1), place(2)]).unwrap();
    let back = Members::new([place(2), place(1)]).unwrap();
    assert_eq!(there, back);
    assert_eq!(there.pair_key(), back.pair_key());
    assert_eq!(back.others(place(1)).collect::<Vec<_>>(), vec![place(2)]);
}

#[test]
fn r1_a_partnership_is_between_two_or_more_distinct_places() {
    assert_eq!(Members::new([place(1)]), Err(InvalidMembers::TooFew { found: 1 }));
    assert_eq!(Members::new([]), Err(InvalidMembers::TooFew { found: 0 }));
    assert_eq!(Members::new([place(1), place(1)]), Err(InvalidMembers::Repeated { place: place(1) }));
    assert_eq!(Members::new([place(3), place(1), place(2)]).unwrap().as_slice().len(), 3);
}

#[test]
fn r1_two_episodes_of_the_same_kind_cannot_overlap() {
    let partnership = sisters_since("1960");
    let refused = refusal(partnership.clone().agree(episode("sister-city", "1990"), None));
    assert_eq!(refused, Refusal::Overlapping { kind: kind("sister-city"), with: 0 });
    assert!(partnership.agree(episode("cooperation-agreement", "1990"), None).is_ok());
}

#[test]
fn r1_two_that_both_go_on_overlap_today_even_if_nobody_knows_since_when() {
    let refused = refusal(sisters_since("1960").agree(episode("sister-city", ""), None));
    assert!(matches!(refused, Refusal::Overlapping { .. }));
}

#[test]
fn r1_an_episode_may_begin_on_the_day_the_last_of_its_kind_ended() {
    let treaty = episode("treaty-of-friendship", "1960").ended_on(date("1975-06-30"), source("the treaty"));
    let partnership = bound_by(treaty).agree(episode("sister-city", "1975"), None).unwrap().0;
    let renewed = partnership.clone().agree(episode("treaty-of-friendship", "1975-06-30"), None);
    assert!(renewed.is_ok());
    let too_early = refusal(partnership.agree(episode("treaty-of-friendship", "1975-06-29"), None));
    assert!(matches!(too_early, Refusal::Overlapping { with: 0, .. }));
}

#[test]
fn r1_dates_too_coarse_to_tell_are_no_ground_for_refusal() {
    let project = episode("project", "1960").ended_on(date("1975"), source("the city's report"));
    let partnership = bound_by(project).agree(episode("sister-city", "1962"), None).unwrap().0;
    assert!(partnership.agree(episode("project", "1975-06"), None).is_ok());
    let touching = (Some(date("1975-06")), EffectiveEnd::Open);
    assert_eq!(overlap((Some(date("1960")), EffectiveEnd::On(date("1975"))), touching), Certainty::Possibly);
}

#[test]
fn r1_two_partnerships_of_one_pair_clash_if_an_episode_of_the_same_kind_overlaps() {
    let swapped = Members::new([place(2), place(1)]).unwrap();
    let second = |members: Members, kind_and_date: (&str, &str)| {
        let episode = episode(kind_and_date.0, kind_and_date.1);
        Partnership::agreed(partnership_id(2), programme(), members, episode, None).unwrap().0
    };
    let first = sisters_since("1960");
    let clash = first.clash_with(&second(swapped.clone(), ("sister-city", "1990"))).unwrap();
    assert_eq!((clash.with, clash.certainty), (partnership_id(2), Certainty::Yes));
    assert_eq!(first.clash_with(&second(swapped, ("project", "1990"))), None);
    let elsewhere = Members::new([place(1), place(3)]).unwrap();
    assert_eq!(first.clash_with(&second(elsewhere, ("sister-city", "1990"))), None);
}

#[test]
fn r1_an_ended_partnership_leaves_its_pair_free_for_a_new_one() {
    let ended = after(sisters_since("1960"), [conclude("1990-05-01")]);
    assert_eq!(ended.open_pair_key(), None);
    let new =
        Partnership::agreed(partnership_id(2), programme(), members(), episode("sister-city", "1995"), None);
    let new = new.unwrap().0;
    assert_eq!(ended.clash_with(&new), None);
    assert_eq!(new.open_pair_key(), Some(members().pair_key()));
    let suspended = after(sisters_since("1997"), [suspend("2022-03-01")]);
    assert_eq!(suspended.open_pair_key(), Some(members().pair_key()));
}

#[test]
fn r1_one_episode_may_give_way_to_another_kind() {
    let friends = bound_by(episode("friendship-city", "1985"));
    let last = refusal(friends.clone().end_episode(0, date("1990"), source("minutes")));
    assert_eq!(last, Refusal::LastEpisode);
    let sisters = friends.agree(episode("sister-city", "1990-05-01"), None).unwrap().0;
    let (sisters, event) = sisters.end_episode(0, date("1990-05-01"), source("minutes")).unwrap();
    assert_eq!(event.name(), "partnership.episode_ended");
    let kinds = |on: &str| -> Vec<String> {
        sisters.kinds_on(day(on)).iter().map(|on| on.kind.to_string()).collect()
    };
    assert_eq!(kinds("1990-04-30"), ["friendship-city"]);
    assert_eq!(kinds("1990-05-01"), ["sister-city"]);
    assert_eq!(sisters.status(), Status::Agreed);
    assert_eq!(sisters.since(), Some(date("1985")));
}

#[test]
fn r3_each_side_may_have_its_own_label() {
    let toronto = SideLabel {
        place: place(2),
        label: name("partnership city"),
        source: source("toronto.ca International Alliance Program"),
    };
    let (partnership, event) = sisters_since("1991").label(0, toronto.clone()).unwrap();
    assert_eq!(event.name(), "partnership.labelled");
    assert_eq!(partnership.episodes()[0].label_of(place(2)), Some(&toronto));
    assert_eq!(partnership.episodes()[0].label_of(place(1)), None);
    let stranger = SideLabel { place: place(9), ..toronto };
    assert_eq!(refusal(partnership.label(0, stranger)), Refusal::NotAMember { place: place(9) });
}

#[test]
fn r4_two_sisters_in_one_country_are_never_refused() {
    // Places carry no weight here: a partnership does not know their countries. Chicago has Shanghai and Shenyang.
    let shanghai = sisters_since("1985");
    let members = Members::new([place(1), place(3)]).unwrap();
    let shenyang =
        Partnership::agreed(partnership_id(2), programme(), members, episode("sister-city", "1985"), None);
    assert_eq!(shanghai.clash_with(&shenyang.unwrap().0), None);
}

#[test]
fn r6_conflicting_years_are_all_kept_with_their_sources_and_one_is_chosen() {
    let page = source("a page of 2013");
    let (vilnius, event) = sisters_since("1993").claim_beginning(0, date("1983"), page.clone()).unwrap();
    assert_eq!(event.name(), "partnership.beginning_claimed");
    assert_eq!(vilnius.since(), Some(date("1993")));
    let conflicts = vilnius.conflicts();
    assert_eq!((conflicts.len(), conflicts[0].episode, conflicts[0].date), (1, 0, EpisodeDate::Began));
    assert_eq!(conflicts[0].claims.all()[1].source, page);
    let (chosen, event) = vilnius.choose_beginning(0, 1).unwrap();
    assert_eq!(event.name(), "partnership.beginning_chosen");
    assert_eq!(chosen.since(), Some(date("1983")));
    assert_eq!(chosen.conflicts()[0].claims.all().len(), 2);
    assert!(matches!(refusal(chosen.choose_beginning(0, 2)), Refusal::NoSuchClaim(_)));
}

#[test]
fn r6_a_date_found_later_fills_a_blank_year_but_never_changes_a_choice() {
    let blank = sisters_since("");
    assert_eq!(refusal(blank.clone().choose_beginning(0, 0)), Refusal::NoClaim);
    let (found, _) = blank.claim_beginning(0, date("1973-04"), source("Comune di Milano")).unwrap();
    assert_eq!(found.since(), Some(date("1973-04")));
    let (again, _) = found.claim_beginning(0, date("1985"), source("the press")).unwrap();
    assert_eq!(again.since(), Some(date("1973-04")));
}

#[test]
fn r6_a_date_that_contradicts_the_history_is_not_chosen() {
    let moscow = after(sisters_since("1997"), [suspend("2022-03-01")]);
    let (claimed, _) = moscow.claim_beginning(0, date("2023"), source("a misprint")).unwrap();
    let refused = refusal(claimed.choose_beginning(0, 1));
    assert!(matches!(refused, Refusal::BreaksLater { later: ActKind::Suspend, .. }), "{refused:?}");
}

#[test]
fn an_episode_cannot_end_before_it_begins() {
    let backwards = episode("project", "1990").ended_on(date("1985"), source("a slip"));
    let refused = refusal(Partnership::agreed(partnership_id(1), programme(), members(), backwards, None));
    assert_eq!(refused, Refusal::EndsBeforeItBegins { began: date("1990"), ended: date("1985") });
}

#[test]
fn what_names_no_episode_is_refused_with_how_many_there_are() {
    let refused = refusal(sisters_since("1990").attest(1, source("a list")));
    assert_eq!(refused, Refusal::NoSuchEpisode { episode: 1, count: 1 });
}
