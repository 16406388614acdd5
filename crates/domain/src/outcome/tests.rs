//! Outcomes: graded by their evidence, counted once.

use proptest::prelude::*;

use super::*;
use crate::id::{IdSource as _, SeededIds};
use crate::value::{FreeText, InvalidValue};

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn programme(number: u64) -> ProgrammeId {
    ProgrammeId::next(&SeededIds::new(number))
}

fn outcome(number: u128, value: &str, date: &str) -> Outcome {
    Outcome {
        value: value.parse().ok(),
        date: date.parse().ok(),
        ..Outcome::claimed(
            OutcomeId::from_uuid(uuid::Uuid::from_u128(number)),
            programme(1),
            OutcomeKind::Deal,
            Title::new("A contract").expect("a title"),
        )
    }
}

fn step(step: EvidenceStep, on: &str) -> EvidenceChange {
    EvidenceChange {
        step,
        on: day(on),
        remark: FreeText::new("The chamber of commerce says so").ok(),
        evidence: Source::new("Annual report 2009, page 4").ok(),
    }
}

fn graded(outcome: Outcome, steps: &[(EvidenceStep, &str)]) -> Outcome {
    let grade =
        |outcome: Outcome, &(taken, on): &(_, &str)| outcome.grade(step(taken, on)).expect("a step").0;
    steps.iter().fold(outcome, grade)
}

/// The sums, each with its level and how many are behind it.
fn sums(totals: &[OutcomeTotal]) -> Vec<String> {
    let shown = |total: &OutcomeTotal| {
        let sum = total.sum.as_ref().map_or("too large".to_owned(), ToString::to_string);
        format!("{sum} {} {} of {}", total.evidence, total.attribution, total.outcomes.len())
    };
    totals.iter().map(shown).collect()
}

#[test]
fn r36_evidence_rises_by_papers_and_what_is_withdrawn_stays_so() {
    let (documented, told) =
        outcome(1, "5 jobs", "2008").grade(step(EvidenceStep::Document, "2009-01-31")).expect("a step");
    assert_eq!((documented.level(), told.name()), (Evidence::Documented, "outcome.documented"));
    let withdrawn = graded(
        documented,
        &[
            (EvidenceStep::Verify, "2009-03-01"),
            (EvidenceStep::Dispute, "2009-03-01"),
            (EvidenceStep::Verify, "2010-01-01"),
            (EvidenceStep::Withdraw, "2011-01-01"),
        ],
    );
    for (on, level) in [
        ("2009-01-30", Evidence::Claimed),
        ("2009-01-31", Evidence::Documented),
        ("2009-03-01", Evidence::Disputed),
        ("2010-06-01", Evidence::Verified),
        ("2020-01-01", Evidence::Withdrawn),
    ] {
        assert_eq!(withdrawn.level_on(day(on)), level, "{on}");
    }
    for taken in EvidenceStep::ALL {
        let refusal = withdrawn.clone().grade(step(taken, "2012-01-01")).expect_err("withdrawn for good");
        let says = refusal.to_string();
        assert!(
            says.contains("outcome out_") && says.contains("is withdrawn") && says.contains(taken.as_str()),
            "{says}"
        );
    }
}

#[test]
fn a_step_that_rests_on_nothing_or_lies_before_the_last_is_refused() {
    let bare = |taken| EvidenceChange { remark: None, evidence: None, ..step(taken, "2009-01-01") };
    for (taken, needs) in [
        (EvidenceStep::Document, "evidence"),
        (EvidenceStep::Dispute, "remark"),
        (EvidenceStep::Withdraw, "remark"),
    ] {
        let refusal = outcome(1, "5 jobs", "2008").grade(bare(taken)).expect_err("bare");
        assert_eq!(refusal, EvidenceRefusal::Bare { step: taken, field: needs });
    }
    let documented = graded(outcome(1, "5 jobs", "2008"), &[(EvidenceStep::Document, "2009-01-31")]);
    let refusal = documented.clone().grade(step(EvidenceStep::Verify, "2009-01-30")).expect_err("before");
    assert_eq!(refusal.to_string(), "the last step was taken on 2009-01-31, this one is dated 2009-01-30");
    assert_eq!(
        documented.grade(bare(EvidenceStep::Verify)).expect_err("bare").to_string(),
        "the step verify needs evidence"
    );
}

#[test]
fn a_value_is_money_or_a_number_of_something() {
    for text in ["25000.00 USD", "-5 JPY", "12.5 jobs", "300 hours", "2 windmills"] {
        assert_eq!(text.parse::<OutcomeValue>().expect(text).to_string(), text);
    }
    for text in ["", "12", "jobs", "12 Jobs", "1,000 jobs", "12.5 XXZ", "25000.0 USD", "12  jobs", "12 jobs "]
    {
        assert!(text.parse::<OutcomeValue>().is_err(), "{text}");
    }
    assert!(matches!("x jobs".parse::<OutcomeValue>(), Err(InvalidValue::Malformed { .. })));
}

#[test]
fn r36_totals_keep_currencies_units_levels_and_attributions_apart() {
    let all = [
        outcome(1, "100.00 USD", "2008"),
        Outcome { attribution: Attribution::Direct, ..outcome(2, "50.00 USD", "2008-03") },
        graded(outcome(3, "25.50 USD", "2008"), &[(EvidenceStep::Document, "2009-01-01")]),
        outcome(4, "0.50 USD", "2008"),
        outcome(5, "70.00 GBP", "2008"),
        outcome(6, "5 jobs", ""),
        outcome(7, "2.5 jobs", "2008"),
        outcome(8, "40 hours", "2008"),
        graded(outcome(9, "1000000.00 USD", "2008"), &[(EvidenceStep::Dispute, "2009-01-01")]),
        graded(outcome(10, "9 jobs", "2008"), &[(EvidenceStep::Withdraw, "2009-01-01")]),
        outcome(11, "", "2008"),
    ];
    let answer = outcome_totals(&all, &OutcomeQuestion::by(day("2009-06-30")));
    assert_eq!(
        sums(&answer.totals),
        [
            "70.00 GBP claimed unknown of 1",
            "50.00 USD claimed direct of 1",
            "100.50 USD claimed unknown of 2",
            "25.50 USD documented unknown of 1",
            "7.5 jobs claimed unknown of 2",
            "40 hours claimed unknown of 1",
        ]
    );
    assert_eq!(
        sums(&answer.left_out),
        ["1000000.00 USD disputed unknown of 1", "9 jobs withdrawn unknown of 1"]
    );
    assert_eq!(answer.without_value, [all[10].id]);
    // Before anybody disputed it, it was a claim like others.
    let before = outcome_totals(&all, &OutcomeQuestion::by(day("2008-12-31")));
    assert!(
        sums(&before.totals).contains(&"1000126.00 USD claimed unknown of 4".to_owned()),
        "{:?}",
        before.totals
    );
}

#[test]
fn what_is_not_dated_well_enough_is_told_and_not_counted() {
    let all = [
        outcome(1, "5 jobs", "2008"),
        outcome(2, "5 jobs", ""),
        outcome(3, "5 jobs", "2008-03"),
        outcome(4, "5 jobs", "2010"),
    ];
    let first_half = OutcomeQuestion {
        from: Some(day("2008-01-01")),
        to: Some(day("2008-06-30")),
        ..OutcomeQuestion::by(day("2009-01-01"))
    };
    let answer = outcome_totals(&all, &first_half);
    assert_eq!(sums(&answer.totals), ["5 jobs claimed unknown of 1"]);
    assert_eq!(answer.possible, [all[0].id, all[1].id]);
}

#[test]
fn r36_what_both_programmes_tell_is_counted_once_by_the_better_evidence() {
    let ours = outcome(1, "5 jobs", "2008");
    let theirs = Outcome {
        programme: programme(2),
        same_as: Some(SameOutcome { programme: programme(1), outcome: ours.id }),
        ..graded(outcome(2, "6 jobs", "2008"), &[(EvidenceStep::Document, "2009-01-01")])
    };
    let stray = Outcome {
        same_as: Some(SameOutcome { programme: programme(3), outcome: ours.id }),
        ..outcome(3, "1 jobs", "2008")
    };
    let question = OutcomeQuestion::by(day("2010-01-01"));
    let both = outcome_totals([&ours, &theirs, &stray], &question);
    assert_eq!(sums(&both.totals), ["1 jobs claimed unknown of 1", "6 jobs documented unknown of 1"]);
    assert_eq!(both.counted_as, [(ours.id, theirs.id)]);
    // Each programme by itself counts its own.
    assert_eq!(sums(&outcome_totals([&theirs], &question).totals), ["6 jobs documented unknown of 1"]);
    let disputed = graded(theirs, &[(EvidenceStep::Dispute, "2009-02-01")]);
    assert_eq!(sums(&outcome_totals([&ours, &disputed], &question).totals), ["5 jobs claimed unknown of 1"]);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let value = prop_oneof![
        (-9_000..9_000_i64).prop_map(|minor| format!("{minor}.00 USD")),
        (0..9_000_u32).prop_map(|number| format!("{number}.25 jobs")),
        Just(String::new()),
    ];
    let steps = prop::collection::vec((0..4_usize, 0..900_i64), 0..4);
    (any::<u128>(), value, 1990..2010_i32, steps, 0..3_usize, prop::option::of(0..3_u64)).prop_map(
        |(number, value, year, steps, attribution, same)| {
            let mut made = outcome(number, &value, &year.to_string());
            made.attribution = Attribution::ALL[attribution];
            made.programme = programme(same.unwrap_or(1));
            for (taken, days) in steps {
                let change = step(EvidenceStep::ALL[taken], "2009-01-01");
                let change = EvidenceChange { on: change.on + chrono::TimeDelta::days(days), ..change };
                made = made.clone().grade(change).map_or(made, |(after, _)| after);
            }
            made
        },
    )
}

proptest! {
    /// However much more an outcome cites.
    #[test]
    fn r36_citing_more_never_changes_a_total(outcomes in prop::collection::vec(any_outcome(), 0..12), cited in 0..5_usize) {
        let question = OutcomeQuestion::by(day("2010-01-01"));
        let ids = SeededIds::new(9);
        let more: Vec<Outcome> = outcomes.iter().cloned().map(|mut outcome| {
            for _ in 0..cited {
                outcome.partnerships.insert(PartnershipId::from_uuid(ids.next_uuid()));
                outcome.engagements.insert(EngagementId::from_uuid(ids.next_uuid()));
                outcome.agreements.insert(AgreementId::from_uuid(ids.next_uuid()));
                outcome.action_points.insert(ActionPointId::from_uuid(ids.next_uuid()));
                outcome.practices.insert(PracticeId::from_uuid(ids.next_uuid()));
            }
            outcome
        }).collect();
        prop_assert_eq!(outcome_totals(&outcomes, &question), outcome_totals(&more, &question));
    }

    /// Whatever is the same as what, in whatever order they come.
    #[test]
    fn r36_each_outcome_stands_in_one_place_of_the_answer(
        outcomes in prop::collection::vec(any_outcome(), 1..12),
        same in prop::collection::vec((0..12_usize, 0..12_usize), 0..8),
    ) {
        let mut outcomes = outcomes;
        for (one, other) in same {
            let (one, other) = (one % outcomes.len(), other % outcomes.len());
            outcomes[one].same_as = Some(SameOutcome { programme: outcomes[other].programme, outcome: outcomes[other].id });
        }
        let question = OutcomeQuestion::by(day("2010-01-01"));
        let answer = outcome_totals(&outcomes, &question);
        let OutcomeTotals { totals, left_out, without_value, possible, counted_as } = &answer;
        let summed = totals.iter().chain(left_out).flat_map(|total| total.outcomes.iter().copied());
        let told = summed.chain(without_value.iter().chain(possible).copied()).chain(counted_as.iter().map(|(id, _)| *id));
        let mut told: Vec<OutcomeId> = told.collect();
        told.sort_unstable();
        let mut all: Vec<OutcomeId> = outcomes.iter().map(|outcome| outcome.id).collect();
        all.sort_unstable();
        prop_assert_eq!(told, all);
        prop_assert!(totals.iter().all(|total| total.evidence.counts()));
        prop_assert!(left_out.iter().all(|total| !total.evidence.counts()));
        for (id, counted) in counted_as {
            prop_assert!(id != counted && counted_as.iter().all(|(other, _)| other != counted));
        }
        outcomes.reverse();
        prop_assert_eq!(outcome_totals(&outcomes, &question), answer);
    }
}
