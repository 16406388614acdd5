//! What an assessment may claim, for any log, any statements about the record, any day.

use chrono::NaiveDate;
use proptest::prelude::*;
use sister_cities_domain::partnership::{Act, Decision};
use sister_cities_domain::vitality::{
    Footing, Input, Rung, Standing, TimelineStep, VitalityInputs, VitalityPolicy, Weight, assess, timeline,
};

use crate::given::{day, days_after};
use crate::logged::{Logged, source};

/// A date of the precision that is known, in the decades around 2000.
fn date() -> impl Strategy<Value = String> {
    let day = 0_i64..14_000;
    (day, 0_usize..3).prop_map(|(days, precision)| {
        let text = days_after(day_one(), days).to_string();
        text[..[4, 7, 10][precision]].to_owned()
    })
}

fn day_one() -> NaiveDate {
    day("1985-01-01")
}

fn line() -> impl Strategy<Value = String> {
    let directions =
        prop::sample::select(vec!["inbound", "outbound", "joint", "virtual", "local", "unknown"]);
    let foci =
        prop::sample::select(vec!["culture", "business;government", "signing_agreement", "youth;culture"]);
    (prop_oneof![9 => date(), 1 => Just(String::new())], directions, foci)
        .prop_map(|(date, direction, foci)| format!("{date},{direction},{foci},Something was done"))
}

fn log(lines: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(line(), lines)
}

fn partnership(lines: &[String]) -> Logged {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    Logged::agreed("1985").log(&lines)
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    // From the year after the agreement, so that the partnership is in force.
    (365_i64..16_000).prop_map(|days| days_after(day_one(), days))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn without_a_complete_record_a_partnership_is_active_or_not_known(lines in log(0..15), on in some_day()) {
        match partnership(&lines).on(&on.to_string()).standing {
            Standing::Rated { rung, .. } => prop_assert_eq!(rung, Rung::Active),
            Standing::NotKnown { at_worst, at_best, gap } => {
                prop_assert_eq!(at_best, Rung::Active);
                prop_assert!(at_worst < Rung::Active);
                prop_assert_eq!(gap.unwrap().to, on);
            }
            other @ (Standing::Suspended { .. } | Standing::NotInForce | _) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn with_a_record_complete_from_the_beginning_nothing_is_unknown(lines in log(0..15), on in some_day()) {
        let vitality = partnership(&lines).complete("", "").on(&on.to_string());
        prop_assert!(vitality.standing.rung().is_some());
        prop_assert_eq!(vitality.forecast.unwrap().footing, Footing::CompleteRecord);
    }

    #[test]
    fn more_of_the_record_never_makes_what_is_known_unknown(
        lines in log(0..15), from in date(), more in date(), on in some_day(),
    ) {
        let on = on.to_string();
        let (before, after) = (partnership(&lines).complete(&from, ""), partnership(&lines).complete(&from, "").complete(&more, &more));
        let (before, after) = (before.on(&on).standing, after.on(&on).standing);
        if before.rung().is_some() {
            prop_assert_eq!(before.rung(), after.rung());
        }
    }

    #[test]
    fn no_contact_from_before_the_record_could_change_what_is_claimed(
        lines in log(0..4), since in 3_000_i64..9_000, on in 0_i64..2_500,
        // At most six contacts in the years before: the liveliest partnership we reckon with.
        missing in prop::collection::vec((1_i64..900, prop::sample::select(vec!["culture", "youth", "sports"])), 0..6),
    ) {
        let since = days_after(day_one(), since);
        let on = days_after(since, on).to_string();
        let missing: Vec<String> = missing
            .into_iter()
            .map(|(before, focus)| format!("{},joint,{focus},Not in the record", days_after(since, -before)))
            .collect();
        let known = partnership(&lines).complete(&since.to_string(), "").on(&on);
        let in_truth = partnership(&[lines, missing].concat()).complete("", "").on(&on).standing.rung().unwrap();
        match known.standing {
            Standing::Rated { rung, .. } => prop_assert_eq!(rung, in_truth),
            Standing::NotKnown { at_worst, at_best, .. } => {
                prop_assert!(at_worst <= in_truth && in_truth <= at_best);
            }
            other @ (Standing::Suspended { .. } | Standing::NotInForce | _) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_suspended_partnership_has_no_score(lines in log(0..15), after in 0_i64..5_000) {
        let suspended = partnership(&lines).complete("", "").decided(
            Decision::new(Act::Suspend { condition: None }).on("2022-03-01".parse().unwrap()).according_to(source()),
        );
        let vitality = suspended.on(&days_after(day("2022-03-01"), after).to_string());
        prop_assert_eq!(vitality.standing.as_str(), "suspended");
        prop_assert!(vitality.score.is_none() && vitality.forecast.is_none() && vitality.components.is_empty());
        prop_assert!(vitality.inputs.iter().all(|input| matches!(input.weight, Weight::NotCounted(_))));
        // The day before, it had one.
        prop_assert!(suspended.on("2022-02-28").score.is_some());
    }

    #[test]
    fn components_and_weights_add_up_to_the_score(lines in log(0..25), on in some_day()) {
        let vitality = partnership(&lines).on(&on.to_string());
        let score = vitality.score.unwrap();
        let components: f64 = vitality.components.iter().map(|component| component.points).sum();
        prop_assert!((components - score.typical).abs() < 1e-9);
        prop_assert!(vitality.components.iter().all(|component| component.points >= 0.0));
        let weights: f64 = vitality.inputs.iter().map(Input::points).sum();
        prop_assert!((weights - score.typical).abs() < 1e-9, "{} is not {}", weights, score.typical);
        // Every line is listed, and the beginning of the episode.
        prop_assert_eq!(vitality.inputs.len(), lines.len() + 1);
    }

    #[test]
    fn the_order_of_the_log_is_of_no_account(
        (lines, shuffled) in log(0..12).prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        on in some_day(),
    ) {
        let (one, other) = (partnership(&lines).on(&on.to_string()), partnership(&shuffled).on(&on.to_string()));
        prop_assert_eq!(one.sentences(), other.sentences());
        prop_assert_eq!(one.score, other.score);
    }

    #[test]
    fn a_timeline_says_what_an_assessment_of_each_day_says(lines in log(0..10), from in some_day()) {
        let partnership = partnership(&lines).complete("1990", "2005");
        let to = days_after(from, 900).to_string();
        for point in partnership.timeline(&from.to_string(), &to, TimelineStep::Months(7.try_into().unwrap())) {
            let vitality = partnership.on(&point.day.to_string());
            prop_assert_eq!((point.standing, point.score), (vitality.standing, vitality.score));
        }
    }

    #[test]
    fn any_day_can_be_asked_about(lines in log(0..8)) {
        let partnership = partnership(&lines).complete("1990", "");
        for on in [NaiveDate::MIN, day("0001-01-01"), day("9999-12-31"), NaiveDate::MAX] {
            let vitality = assess(&partnership.inputs(), on);
            prop_assert!(vitality.score.is_none_or(|score| score.high.is_finite()));
            prop_assert!(!vitality.sentences().is_empty());
        }
    }
}

#[test]
fn a_partnership_of_unknown_age_needs_a_record_from_its_beginning() {
    let since_2000 = || Logged::agreed_nobody_knows_when().complete("2000", "");
    assert_eq!(since_2000().standings(&["2001-01-01", "2004-01-01"]), ["not_known"; 2]);
    // After five years and two months of silence nothing from before can matter any more.
    assert_eq!(since_2000().standings(&["2005-02-28", "2005-03-04"]), ["not_known", "dormant"]);
    let always = Logged::agreed_nobody_knows_when().complete("", "");
    assert_eq!(always.standings(&["2001-01-01"]), ["dormant"]);
}

#[test]
fn resuming_brings_the_score_back() {
    let partnership = Logged::agreed("1997")
        .complete("", "")
        .log(&["2021-10-04,virtual,culture,A concert from both town halls"])
        .decided(Decision::new(Act::Suspend { condition: None }).on("2022-03-01".parse().unwrap()))
        .decided(Decision::new(Act::Resume { grounds: None }).on("2023-03-01".parse().unwrap()));
    let days = ["2022-02-28", "2022-03-01", "2023-02-28", "2023-03-01"];
    assert_eq!(partnership.standings(&days), ["active", "suspended", "suspended", "cooling"]);
}

#[test]
fn a_timeline_steps_by_months_without_losing_the_end_of_the_month() {
    let partnership = Logged::agreed("1993");
    let points =
        partnership.timeline("2007-12-31", "2008-04-30", TimelineStep::Months(1.try_into().unwrap()));
    let days: Vec<String> = points.iter().map(|point| point.day.to_string()).collect();
    assert_eq!(days, ["2007-12-31", "2008-01-31", "2008-02-29", "2008-03-31", "2008-04-30"]);
    assert!(
        partnership
            .timeline("2008-01-01", "2007-01-01", TimelineStep::Days(1.try_into().unwrap()))
            .is_empty()
    );
}

#[test]
fn a_timeline_without_end_is_refused() {
    let partnership = Logged::agreed("1993");
    let inputs = VitalityInputs::new(&partnership.partnership, &partnership.log, VitalityPolicy::default());
    let step = TimelineStep::Days(1.try_into().unwrap());
    let refused = timeline(&inputs, day("0001-01-01"), NaiveDate::MAX, step).unwrap_err();
    assert!(refused.to_string().contains("longer step"));
}

#[test]
fn missing_contact_of_both_cities_could_let_one_sided_contact_count() {
    let letters = ["2005-02-01,unknown,culture,Letter", "2005-02-01,unknown,business,Letter"];
    let partnership = || Logged::agreed("1985").complete("2000", "");
    assert_eq!(partnership().standings(&["2005-09-01"]), ["dormant"]);
    assert_eq!(partnership().log(&letters).standings(&["2005-09-01"]), ["not_known"]);
}
