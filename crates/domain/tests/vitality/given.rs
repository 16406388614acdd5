//! Ways to say what a test is about: days, foci, contacts, policies; the strategies that make up any of them.

#![expect(clippy::unwrap_used, reason = "in a test, what is given is right or the test fails")]

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use sister_cities_domain::engagement::{Foci, Focus, Mutuality};
use sister_cities_domain::vitality::{Contact, PolicyNumbers, VitalityPolicy};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap()
}

pub(crate) fn foci(foci: &[Focus]) -> Foci {
    Foci::new(foci.iter().cloned()).unwrap()
}

/// Some contacts within the same decades, so that they matter to each other.
pub(crate) fn contacts(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Contact>> {
    prop::collection::vec(contact(700_000..706_000), count)
}

/// A contact whose first possible day lies in a range of days counted from 1 January of the year 1.
pub(crate) fn contact(first: std::ops::Range<i64>) -> impl Strategy<Value = Contact> {
    let span = prop_oneof![4 => Just(0_i64), 2 => 0_i64..31, 1 => Just(364_i64)];
    (first, span, some_foci(), mutuality()).prop_map(|(first, span, foci, mutuality)| {
        let earliest = days_after(day("0001-01-01"), first);
        let latest = days_after(earliest, span).min(day("9999-12-31"));
        Contact::between(earliest, latest, foci, mutuality).unwrap()
    })
}

pub(crate) fn some_foci() -> impl Strategy<Value = Foci> {
    let all =
        [Focus::Culture, Focus::Education, Focus::Business, Focus::Government, Focus::Medicine, Focus::Youth];
    prop::sample::subsequence(all.to_vec(), 1..=6).prop_map(|some| foci(&some))
}

pub(crate) fn mutuality() -> impl Strategy<Value = Mutuality> {
    prop_oneof![3 => Just(Mutuality::Mutual), 2 => Just(Mutuality::OneSided), 1 => Just(Mutuality::None)]
}

/// The standard policy as often as any other valid one.
pub(crate) fn policy() -> impl Strategy<Value = VitalityPolicy> {
    prop_oneof![Just(VitalityPolicy::default()), any_policy()]
}

fn any_policy() -> impl Strategy<Value = VitalityPolicy> {
    let half_life = prop_oneof![1_u32..=36_525, 30_u32..1500];
    let thresholds = (prop::array::uniform4(0.1_f64..=99.9), any::<bool>());
    (half_life, 1.0_f64..=100.0, 0.0_f64..=0.999, 0.01_f64..=1000.0, thresholds, 1.0_f64..5.0).prop_map(
        |(half_life_days, capacity, one_sided_factor, half_score_energy, (mut thresholds, swap), lively)| {
            thresholds.sort_by(f64::total_cmp);
            let [dormant_below, lower, upper, active_at] = thresholds;
            let (cooling_below, reviving_at) = if swap { (lower, upper) } else { (upper, lower) };
            let enough = half_score_energy * active_at / (100.0 - active_at);
            VitalityPolicy::new(PolicyNumbers {
                half_life_days,
                capacity,
                one_sided_factor,
                half_score_energy,
                active_at,
                cooling_below,
                reviving_at,
                dormant_below,
                lively_energy: enough * lively + 1e-6,
            })
            .unwrap()
        },
    )
}
