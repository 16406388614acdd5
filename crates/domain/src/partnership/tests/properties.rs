//! Properties of partnerships under any sequence of changes.

use proptest::prelude::*;

use super::fixtures::*;
use crate::event::EventBody;
use crate::partnership::*;
use crate::value::{DateOrder, PartialDate};

/// A change to try; most are refused somewhere, and a refusal must leave everything as it was.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Decide(Decision),
    Agree(Episode),
    EndEpisode(usize, PartialDate),
    Claim(usize, PartialDate),
    Choose(usize, usize),
}

pub(crate) fn any_date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        (1980..2000_i32).prop_map(|year| PartialDate::from_year(year).unwrap()),
        (1980..2000_i32, 1..=12_u32).prop_map(|(year, month)| PartialDate::from_month(year, month).unwrap()),
        (1980..2000_i32, 1..=12_u32, 1..=28_u32).prop_map(|(year, month, day)| format!(
            "{year}-{month:02}-{day:02}"
        )
        .parse()
        .unwrap()),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop::sample::select(vec![
        Act::Enquire,
        Act::Assess,
        Act::Explore,
        Act::Decline { reason: None },
        Act::Review { deadline: day("2001-01-01") },
        Act::Reawaken { plan: None },
        Act::Reawakened,
        Act::Suspend { condition: None },
        Act::Resume { grounds: None },
        Act::Conclude { reason: None },
        Act::Honour,
        Act::Reaffirm { statement: None },
        Act::Measure { measure: Measure::ReturnGifts, note: None },
    ])
}

fn any_episode() -> impl Strategy<Value = Episode> {
    let kinds = prop::sample::select(vec!["sister-city", "friendship-city", "project"]);
    (kinds, prop::option::of(any_date()), prop::option::weighted(0.3, any_date())).prop_map(
        |(key, began, ended)| {
            let episode = Episode::new(kind(key));
            let episode = began.into_iter().fold(episode, |e, on| e.began_on(on, source("a list")));
            ended.into_iter().fold(episode, |e, on| e.ended_on(on, source("a list")))
        },
    )
}

pub(crate) fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        8 => (any_act(), prop::option::weighted(0.9, any_date())).prop_map(|(act, on)| {
            Change::Decide(Decision { on, ..Decision::new(act) })
        }),
        2 => any_episode().prop_map(Change::Agree),
        1 => (0..3_usize, any_date()).prop_map(|(episode, on)| Change::EndEpisode(episode, on)),
        1 => (0..3_usize, any_date()).prop_map(|(episode, on)| Change::Claim(episode, on)),
        1 => (0..3_usize, 0..3_usize).prop_map(|(episode, claim)| Change::Choose(episode, claim)),
    ]
}

pub(crate) fn any_beginning() -> impl Strategy<Value = Partnership> {
    prop_oneof![
        Just(sisters_since("1985")),
        Just(sisters_since("")),
        any_date().prop_map(|on| sisters_since(&on.to_string())),
        any_date().prop_map(|on| {
            let enquiry = Decision::new(Act::Enquire).on(on);
            Partnership::enquired(partnership_id(1), programme(), members(), enquiry).unwrap().0
        }),
    ]
}

fn try_change(
    partnership: Partnership,
    change: Change,
) -> Result<(Partnership, PartnershipEvent), PartnershipTransitionError> {
    match change {
        Change::Decide(decision) => partnership.decide(decision),
        Change::Agree(episode) => partnership.agree(episode, None),
        Change::EndEpisode(episode, on) => partnership.end_episode(episode, on, source("a list")),
        Change::Claim(episode, on) => partnership.claim_beginning(episode, on, source("another list")),
        Change::Choose(episode, claim) => partnership.choose_beginning(episode, claim),
    }
}

pub(crate) fn any_partnership() -> impl Strategy<Value = Partnership> {
    (any_beginning(), prop::collection::vec(any_change(), 0..15)).prop_map(|(partnership, changes)| {
        changes.into_iter().fold(partnership, |partnership, change| {
            try_change(partnership.clone(), change).map_or(partnership, |(after, _)| after)
        })
    })
}

proptest! {
    #[test]
    fn no_change_ever_loses_a_decision_an_episode_or_a_claim_and_its_event_reads_back(
        partnership in any_beginning(),
        changes in prop::collection::vec(any_change(), 0..20),
    ) {
        let mut partnership = partnership;
        for change in changes {
            let Ok((after, event)) = try_change(partnership.clone(), change) else { continue };
            let body = EventBody::from(event);
            let json = serde_json::to_value(&body).unwrap();
            prop_assert_eq!(&json["name"], body.name());
            prop_assert_eq!(serde_json::from_value::<EventBody>(json).unwrap(), body);
            for decision in partnership.decisions() {
                let count = |of: &Partnership| of.decisions().iter().filter(|d| *d == decision).count();
                prop_assert!(count(&after) >= count(&partnership));
            }
            prop_assert!(after.episodes().len() >= partnership.episodes().len());
            for (old, new) in partnership.episodes().iter().zip(after.episodes()) {
                prop_assert_eq!(&old.kind, &new.kind);
                let claims = |e: &Episode| e.began.as_ref().map_or(Vec::new(), |c| c.all().to_vec());
                prop_assert!(claims(new).starts_with(&claims(old)));
            }
            partnership = after;
        }
    }

    #[test]
    fn every_partnership_reads_back_from_its_stored_form_which_checks_every_invariant(partnership in any_partnership()) {
        let json = serde_json::to_string(&partnership).unwrap();
        prop_assert_eq!(serde_json::from_str::<Partnership>(&json).unwrap(), partnership);
    }

    #[test]
    fn the_history_is_in_order_and_every_decision_has_its_status(partnership in any_partnership()) {
        prop_assert_eq!(partnership.steps().len(), partnership.decisions().len());
        let dates: Vec<PartialDate> = partnership.steps().iter().filter_map(|step| step.on).collect();
        for (position, earlier) in dates.iter().enumerate() {
            for later in &dates[position..] {
                prop_assert_ne!(earlier.compare(later), DateOrder::After);
            }
        }
    }

    #[test]
    fn on_every_day_there_is_at_least_one_candidate_and_after_all_dates_only_todays_if_none_is_blank(
        partnership in any_partnership(),
        on in any_date(),
    ) {
        prop_assert!(!partnership.status_on(on.earliest()).candidates().is_empty());
        if partnership.steps().iter().all(|step| step.on.is_some()) {
            let at_last = partnership.status_on(day("2100-01-01"));
            prop_assert_eq!(at_last.certain(), Some(Some(&partnership.status())));
            let at_first = partnership.status_on(day("1900-01-01"));
            prop_assert_eq!(at_first.certain(), Some(None));
        }
    }

    #[test]
    fn whatever_the_true_days_were_the_true_status_is_among_the_candidates(
        partnership in any_partnership(),
        guesses in prop::collection::vec(0..400_i64, 20),
        on in any_date(),
    ) {
        // One possible truth: a day within each date, none before that of the decision before it.
        let mut truth = Vec::new();
        let mut last = day("1900-01-01");
        for (step, guess) in partnership.steps().iter().zip(guesses) {
            let (first, end) = step.on.map_or((last, day("2100-01-01")), |on| (on.earliest().max(last), on.latest()));
            prop_assume!(first <= end);
            last = first + chrono::Days::new(guess.unsigned_abs() % ((end - first).num_days().unsigned_abs() + 1));
            truth.push((last, step.status.clone()));
        }
        let on = on.middle();
        let was = truth.into_iter().rev().find(|(from, _)| *from <= on).map(|(_, status)| status);
        let candidates = partnership.status_on(on);
        prop_assert!(candidates.candidates().contains(&was), "{:?} not among {:?}", was, candidates);
    }

    #[test]
    fn r1_the_order_of_members_never_matters(mut ids in prop::collection::hash_set(1..100_u128, 2..6).prop_map(Vec::from_iter), turn in 0..6_usize) {
        let straight = Members::new(ids.iter().copied().map(place)).unwrap();
        let turn = turn % ids.len();
        ids.rotate_left(turn);
        ids.reverse();
        let turned = Members::new(ids.into_iter().map(place)).unwrap();
        prop_assert_eq!(straight.pair_key(), turned.pair_key());
        prop_assert_eq!(straight, turned);
    }

    #[test]
    fn r14_a_reaffirmation_wherever_it_is_possible_changes_no_status_on_any_day(partnership in any_partnership(), said in any_date(), on in any_date()) {
        let reaffirmation = Decision::new(Act::Reaffirm { statement: None }).on(said);
        if let Ok((after, _)) = partnership.clone().decide(reaffirmation) {
            prop_assert_eq!(after.status(), partnership.status());
            // It can only prove what was a candidate before.
            let before = partnership.status_on(on.earliest());
            for candidate in after.status_on(on.earliest()).candidates() {
                prop_assert!(before.candidates().contains(candidate));
            }
        }
    }

    #[test]
    fn r13_resuming_brings_back_exactly_what_was_suspended(partnership in any_partnership()) {
        let last = Decision::new(Act::Suspend { condition: None }).on(date("2050"));
        if let Ok((suspended, _)) = partnership.clone().decide(last) {
            let resumed = suspended.decide(resume("2051")).unwrap().0;
            prop_assert_eq!(resumed.status(), partnership.status());
            prop_assert_eq!(resumed.episodes(), partnership.episodes());
        }
    }
}
