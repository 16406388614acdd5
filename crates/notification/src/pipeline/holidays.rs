//! Public holidays: days on which nobody is at their desk.
//!
//! Of whole countries, from 2025 to 2029, as the Python package `holidays` 0.109 (MIT) reckons them; those that follow the moon may fall a day or two beside. What is
//! known of no holiday is taken for a working day: a message comes then rather than never. `cargo xtask refresh public-holidays` brings the newest table, to three
//! years ahead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use sister_cities_domain::value::Country;

/// A line for each country: its code, then the days of its holidays, each counted from the one before, the first from 1 January 2025.
const TABLE: &str = include_str!("../../data/public_holidays.txt");

static HOLIDAYS: LazyLock<BTreeMap<&'static str, BTreeSet<NaiveDate>>> =
    LazyLock::new(|| TABLE.lines().filter_map(country).collect());

fn country(line: &'static str) -> Option<(&'static str, BTreeSet<NaiveDate>)> {
    let (code, days) = line.split_once(' ')?;
    let first = NaiveDate::from_ymd_opt(2025, 1, 1)?;
    let days = days.split(' ').scan(0, |day: &mut u64, step| {
        *day += step.parse::<u64>().ok()?;
        first.checked_add_days(Days::new(*day))
    });
    Some((code, days.collect()))
}

/// Whether a day is a public holiday in all of a country, as far as is known.
#[must_use]
pub fn is_public_holiday(country: Country, day: NaiveDate) -> bool {
    HOLIDAYS.get(country.alpha2()).is_some_and(|days| days.contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_holidays_are_known() {
        let is = |code: &str, day: &str| {
            is_public_holiday(code.parse().expect("a country"), day.parse().expect("a day"))
        };
        assert!(is("PL", "2026-11-11") && !is("PL", "2026-11-12"));
        assert!(is("US", "2027-07-04") && is("DE", "2029-10-03") && is("JP", "2025-01-01"));
        assert!(!is("PL", "2035-11-11"), "nothing is known so far ahead");
    }

    #[test]
    fn every_line_of_the_table_is_of_a_country_and_holds_days() {
        assert_eq!(TABLE.lines().count(), HOLIDAYS.len());
        for (code, days) in HOLIDAYS.iter() {
            assert!(code.parse::<Country>().is_ok(), "{code}");
            assert!(days.len() >= 5, "{code}: {}", days.len());
        }
    }
}
