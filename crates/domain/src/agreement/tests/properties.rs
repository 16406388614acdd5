//! Properties of agreements under any sequence of steps.

use proptest::prelude::*;

use super::fixtures::*;
use crate::agreement::*;
use crate::event::EventBody;
use crate::partnership::tests::fixtures::date;

#[derive(Clone, Debug)]
enum Step {
    Revise(u32),
    Propose(u32),
    Approve(u32, usize),
    Override(u32, usize),
    Sign(u32, usize, i32),
    Withdraw(u32),
    Amend(u32),
    Supersede(u32),
    Notice(usize, i32),
}

fn step() -> impl Strategy<Value = Step> {
    let version = 1..4_u32;
    let side = 0..2_usize;
    let year = 1990..2020_i32;
    prop_oneof![
        version.clone().prop_map(Step::Revise),
        version.clone().prop_map(Step::Propose),
        (version.clone(), side.clone()).prop_map(|(v, s)| Step::Approve(v, s)),
        (version.clone(), side.clone()).prop_map(|(v, s)| Step::Override(v, s)),
        (version.clone(), side.clone(), year.clone()).prop_map(|(v, s, y)| Step::Sign(v, s, y)),
        version.clone().prop_map(Step::Withdraw),
        version.clone().prop_map(Step::Amend),
        version.prop_map(Step::Supersede),
        (side, year).prop_map(|(s, y)| Step::Notice(s, y)),
    ]
}

fn take(agreement: Agreement, step: &Step) -> Agreement {
    let side = |index: usize| [us(), them()][index];
    let before = agreement.clone();
    let result = match *step {
        Step::Revise(v) => agreement.revise(v, text('c'), fixed("2030")),
        Step::Propose(v) => agreement.propose(v, None),
        Step::Approve(v, s) => agreement.approve(v, resolved(side(s))),
        Step::Override(v, s) => agreement.approve(v, overridden(side(s))),
        Step::Sign(v, s, year) => agreement.sign(v, signed(side(s), &year.to_string())),
        Step::Withdraw(v) => agreement.withdraw(v, None, None),
        Step::Amend(v) => agreement.amend(Base::Amends { of: v }, text('d'), Terms::default()),
        Step::Supersede(v) => agreement.amend(Base::Supersedes { of: v }, text('d'), Terms::default()),
        Step::Notice(s, year) => agreement.give_notice(notice_by([side(s)], &year.to_string())),
    };
    let Ok((after, event)) = result else { return before };
    let body = EventBody::from(event);
    let json = serde_json::to_value(&body).unwrap();
    assert_eq!(json["name"], body.name());
    assert_eq!(serde_json::from_value::<EventBody>(json).unwrap(), body);
    after
}

/// A proposed agreement, so that random steps get somewhere.
fn start() -> Agreement {
    draft(Terms::default()).propose(1, None).unwrap().0
}

proptest! {
    #[test]
    fn r9_no_sequence_of_steps_leads_to_a_signature_without_every_sides_approval(steps in prop::collection::vec(step(), 0..40)) {
        let agreement = steps.iter().fold(start(), take);
        for version in agreement.versions() {
            prop_assert!(version.signatures().is_empty() || version.unapproved(agreement.parties()).is_empty());
        }
        let json = serde_json::to_string(&agreement).unwrap();
        prop_assert_eq!(serde_json::from_str::<Agreement>(&json).unwrap(), agreement);
    }

    #[test]
    fn r10_no_step_changes_a_version_that_somebody_has_signed_but_by_further_signatures(steps in prop::collection::vec(step(), 0..40)) {
        let mut agreement = start();
        for step in &steps {
            let before = agreement.clone();
            agreement = take(agreement, step);
            for old in before.versions().iter().filter(|version| !version.signatures().is_empty()) {
                let new = agreement.version(old.number()).unwrap();
                prop_assert_eq!(new.text(), old.text());
                prop_assert_eq!(new.terms(), old.terms());
                prop_assert_eq!(new.approvals(), old.approvals());
                prop_assert!(new.signatures().starts_with(old.signatures()));
            }
        }
    }

    #[test]
    fn every_version_is_in_some_state_on_every_day_and_in_one_if_all_dates_are_days(
        steps in prop::collection::vec(step(), 0..40),
        on in 1985..2025_i32,
    ) {
        let agreement = steps.iter().fold(start(), take);
        for version in agreement.versions() {
            let states = agreement.state_on(version.number(), date(&on.to_string()).latest(), us());
            // Years are certain on their last day.
            prop_assert_eq!(states.len(), 1, "{:?}", states);
        }
    }
}
