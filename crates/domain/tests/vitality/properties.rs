//! What must hold for any contacts, any day and any valid policy.

use chrono::NaiveDate;
use proptest::prelude::*;
use sister_cities_domain::engagement::{Focus, Mutuality};
use sister_cities_domain::vitality::{Contact, Forecast, Rung, Snapshot, VitalityPolicy, VitalityState};

use crate::given::{contact, contacts, day, days_after, foci, mutuality, policy, some_foci};

/// Days counted from 1 January of the year 1, around the contacts that `contacts` makes.
fn some_day() -> impl Strategy<Value = NaiveDate> {
    (699_000_i64..712_000).prop_map(|days| days_after(day("0001-01-01"), days))
}

fn total(snapshot: &Snapshot, policy: &VitalityPolicy) -> f64 {
    snapshot.energy.total(policy)
}

/// Equal but for rounding.
fn same(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}

/// The definition the code must agree with: the ladder climbed day by day, each day on the score of that evening.
fn rungs_day_by_day(policy: VitalityPolicy, contacts: &[Contact], until: NaiveDate) -> Vec<Rung> {
    let Some(first) = contacts.iter().map(Contact::earliest).min() else { return Vec::new() };
    let mut rung = Rung::Dormant;
    let mut rungs = Vec::new();
    for today in first.iter_days().take_while(|today| *today <= until) {
        rung = rung.step(Snapshot::of(policy, contacts, today).score.typical, &policy);
        rungs.push(rung);
    }
    rungs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn one_more_contact_is_the_same_as_reckoning_from_all(policy in policy(), mut all in contacts(0..30)) {
        all.sort_by_key(|contact| (contact.earliest(), contact.latest()));
        let mut state = VitalityState::new(policy);
        let mut taken = Vec::new();
        for contact in all {
            // Where the new one may lie before an old one, the state says so instead of being wrong.
            if let Ok(next) = state.clone().advance(&contact) {
                state = next;
                taken.push(contact);
            } else {
                let last = state.last_day().unwrap();
                prop_assert!(contact.latest() < last || contact.middle() < last);
            }
        }
        let anew = VitalityState::from_contacts(policy, &taken);
        prop_assert_eq!(anew.last_day(), state.last_day());
        for later in [0, 1, 100, 1000] {
            let on = days_after(state.last_day().unwrap_or(day("2000-01-01")), later);
            let (kept, anew) = (state.at(on).unwrap(), anew.at(on).unwrap());
            prop_assert!(same(kept.score.low, anew.score.low));
            prop_assert!(same(kept.score.typical, anew.score.typical));
            prop_assert!(same(kept.score.high, anew.score.high));
            prop_assert_eq!((kept.rung, kept.range), (anew.rung, anew.range));
        }
        let on = state.last_day().unwrap_or(day("2000-01-01"));
        prop_assert_eq!(state.forecast(on), anew.forecast(on));
    }

    #[test]
    fn one_more_contact_never_lowers_energy_score_or_rung_on_any_day(
        policy in policy(), all in contacts(0..20), more in contact(700_000..706_000), on in some_day(),
    ) {
        let before = Snapshot::of(policy, &all, on);
        let after = Snapshot::of(policy, all.iter().chain([&more]), on);
        prop_assert!(total(&after, &policy) >= total(&before, &policy) - 1e-12);
        prop_assert!(after.score.low >= before.score.low - 1e-9);
        prop_assert!(after.score.typical >= before.score.typical - 1e-9);
        prop_assert!(after.score.high >= before.score.high - 1e-9);
        prop_assert!(after.rung >= before.rung);
    }

    #[test]
    fn low_is_at_most_typical_is_at_most_high(policy in policy(), all in contacts(0..25), on in some_day()) {
        let Snapshot { score, rung, range, .. } = Snapshot::of(policy, &all, on);
        prop_assert!(0.0 <= score.low && score.low <= score.typical);
        prop_assert!(score.typical <= score.high && score.high < 100.0);
        prop_assert!(range.lowest <= rung && rung <= range.highest);
    }

    #[test]
    fn known_days_leave_no_range(policy in policy(), all in contacts(0..25), on in some_day()) {
        let exact: Vec<Contact> = all
            .iter()
            .map(|c| Contact::on(c.earliest(), c.foci().clone(), c.mutuality()).unwrap())
            .collect();
        let now = Snapshot::of(policy, &exact, on);
        prop_assert_eq!(now.score.low.to_bits(), now.score.high.to_bits());
        prop_assert!(now.range.is_certain());
        if let Some(cooling) = Forecast::of(policy, &exact, on).cooling_on {
            prop_assert!(cooling.is_exact());
        }
    }

    #[test]
    fn what_stays_local_adds_nothing(
        policy in policy(), all in contacts(0..15), first in 700_000_i64..706_000, foci in some_foci(), on in some_day(),
    ) {
        let local = Contact::on(days_after(day("0001-01-01"), first), foci, Mutuality::None).unwrap();
        prop_assert_eq!(Snapshot::of(policy, &all, on), Snapshot::of(policy, all.iter().chain([&local]), on));
    }

    #[test]
    fn the_order_of_the_input_is_of_no_account(
        policy in policy(), (all, shuffled) in contacts(0..25).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        on in some_day(),
    ) {
        prop_assert_eq!(
            VitalityState::from_contacts(policy, &all),
            VitalityState::from_contacts(policy, &shuffled)
        );
        prop_assert_eq!(Snapshot::of(policy, &all, on), Snapshot::of(policy, &shuffled, on));
    }

    #[test]
    fn the_same_contact_of_both_cities_counts_for_more_than_of_one(
        all in contacts(0..15), at in 700_000_i64..706_000, foci in some_foci(), later in 0_i64..2000,
    ) {
        let policy = VitalityPolicy::default();
        let on = days_after(day("0001-01-01"), at);
        let with = |mutuality| {
            let contact = Contact::on(on, foci.clone(), mutuality).unwrap();
            total(&Snapshot::of(policy, all.iter().chain([&contact]), days_after(on, later)), &policy)
        };
        prop_assert!(with(Mutuality::Mutual) > with(Mutuality::OneSided));
        prop_assert!(with(Mutuality::OneSided) >= with(Mutuality::None) - 1e-12);
    }

    #[test]
    fn what_one_side_did_never_counts_for_more_than_what_both_did(
        policy in policy(), all in contacts(0..25), on in some_day(),
    ) {
        let mutual: Vec<&Contact> = all.iter().filter(|c| c.mutuality() == Mutuality::Mutual).collect();
        let with = total(&Snapshot::of(policy, &all, on), &policy);
        let without = total(&Snapshot::of(policy, mutual, on), &policy);
        prop_assert!(with <= 2.0 * without + 1e-12);
    }

    #[test]
    fn the_same_contacts_over_two_areas_count_for_at_least_as_much_as_in_one(
        policy in policy(), all in contacts(0..25), in_one in mutuality(), on in some_day(),
    ) {
        let spread = |pick: fn(usize) -> Focus| -> Vec<Contact> {
            all.iter()
                .enumerate()
                .map(|(n, c)| Contact::between(c.earliest(), c.latest(), foci(&[pick(n)]), in_one).unwrap())
                .collect()
        };
        let one = Snapshot::of(policy, &spread(|_| Focus::Culture), on);
        let two = Snapshot::of(policy, &spread(|n| if n % 2 == 0 { Focus::Culture } else { Focus::Business }), on);
        prop_assert!(total(&two, &policy) >= total(&one, &policy) - 1e-12);
        prop_assert!(one.energy.concentrated <= two.energy.mutual + 1e-12);
    }

    #[test]
    fn the_more_recent_contact_counts_for_more(
        policy in policy(), all in contacts(0..15), at in 700_000_i64..705_000, by in 1_i64..1000, foci in some_foci(),
        mutuality in mutuality(), later in 0_i64..1000,
    ) {
        let earlier_day = days_after(day("0001-01-01"), at);
        let later_day = days_after(earlier_day, by);
        let on = days_after(later_day, later);
        let with = |day| {
            let contact = Contact::on(day, foci.clone(), mutuality).unwrap();
            total(&Snapshot::of(policy, all.iter().chain([&contact]), on), &policy)
        };
        prop_assert!(with(later_day) >= with(earlier_day) - 1e-12);
    }

    #[test]
    fn any_dates_and_any_policy_give_finite_numbers(
        policy in policy(), all in prop::collection::vec(contact(0..3_652_059), 0..12), at in 0_i64..3_652_059,
    ) {
        for on in [days_after(day("0001-01-01"), at), NaiveDate::MIN, NaiveDate::MAX] {
            let now = Snapshot::of(policy, &all, on);
            for number in [now.score.low, now.score.typical, now.score.high, now.energy.all, now.energy.concentrated] {
                prop_assert!(number.is_finite() && number >= 0.0);
            }
            let forecast = Forecast::of(policy, &all, on);
            prop_assert!(now.rung > Rung::Dormant || forecast.dormant_on.is_none());
        }
        let state = VitalityState::from_contacts(policy, &all);
        let text = serde_json::to_string(&state).unwrap();
        let back: VitalityState = serde_json::from_str(&text).unwrap();
        let on = state.last_day().unwrap_or(day("2000-01-01"));
        prop_assert!(same(back.at(on).unwrap().score.typical, state.at(on).unwrap().score.typical));
        prop_assert_eq!(back.last_day(), state.last_day());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn the_forecast_is_the_day_a_search_would_find(
        half_life in prop_oneof![1_u32..40, 100_u32..400], seed in policy(), all in contacts(1..12), wait in 0_i64..400,
    ) {
        let numbers = sister_cities_domain::vitality::PolicyNumbers { half_life_days: half_life, ..*seed.numbers() };
        let policy = VitalityPolicy::new(numbers).unwrap();
        let state = VitalityState::from_contacts(policy, &all);
        let Some(last) = state.last_day() else { return Ok(()) };
        let today = days_after(last, wait);
        let now = state.at(today).unwrap();
        let forecast = state.forecast(today).unwrap();
        prop_assert_eq!(forecast.cooling_on.is_some() || forecast.dormant_on.is_some(), now.rung > Rung::Dormant);
        // The search is long enough for most of these half-lives.
        let rung_on = |day| state.at(day).unwrap().rung;
        let search = |rung| today.iter_days().skip(1).take(3_000).find(|day| rung_on(*day) == rung);
        match forecast.cooling_on {
            Some(cooling) => {
                prop_assert!(cooling.earliest <= cooling.likely && cooling.likely <= cooling.latest);
                prop_assert_eq!(rung_on(cooling.likely), Rung::Cooling);
                prop_assert_eq!(rung_on(cooling.likely.pred_opt().unwrap()), Rung::Active);
                if let Some(found) = search(Rung::Cooling) { prop_assert_eq!(found, cooling.likely); }
            }
            None if now.rung == Rung::Active => prop_assert_eq!(search(Rung::Cooling), None),
            None => {}
        }
        if let Some(dormant) = forecast.dormant_on {
            prop_assert!(dormant.earliest <= dormant.likely && dormant.likely <= dormant.latest);
            prop_assert_eq!(rung_on(dormant.likely), Rung::Dormant);
            prop_assert!(rung_on(dormant.likely.pred_opt().unwrap()) > Rung::Dormant);
            if let Some(found) = search(Rung::Dormant) { prop_assert_eq!(found, dormant.likely); }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_rung_is_the_one_that_climbing_day_by_day_would_reach(policy in policy(), all in contacts(1..8)) {
        let exact: Vec<Contact> = all
            .iter()
            // Within a year or two, so that the day-by-day walk stays short.
            .map(|c| {
                let days = (c.earliest() - day("1917-07-16")).num_days().rem_euclid(500);
                Contact::on(days_after(day("1990-01-01"), days), c.foci().clone(), c.mutuality()).unwrap()
            })
            .collect();
        let first = exact.iter().map(Contact::earliest).min().unwrap();
        let until = days_after(first, 900);
        for (days, rung) in rungs_day_by_day(policy, &exact, until).into_iter().enumerate() {
            let on = days_after(first, i64::try_from(days).unwrap());
            prop_assert_eq!(Snapshot::of(policy, &exact, on).rung, rung, "on {}", on);
        }
    }
}
