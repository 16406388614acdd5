//! For which days the log is believed complete.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::fixtures::*;
use crate::partnership::*;
use crate::value::{PartialDate, Period};

fn coverage(from: Option<&str>, to: Option<&str>) -> RecordCoverage {
    let period = Period::new(from.map(date), to.map(date)).unwrap();
    RecordCoverage::new(period, source("CSCI History of Exchange"))
}

/// Casablanca's log was readable from 1982 to 1995; an association's from 2003 on.
fn casablanca() -> Record {
    Record::new(vec![coverage(Some("2003"), None), coverage(Some("1982"), Some("1995"))])
}

#[test]
fn silence_inside_the_record_and_a_gap_of_it_are_told_apart() {
    assert!(casablanca().covers(day("1985-05-05")));
    assert!(!casablanca().covers(day("1999-05-05")));
    assert!(casablanca().covers(day("2100-01-01")));
}

#[test]
fn a_bound_given_by_year_covers_the_whole_year() {
    assert!(casablanca().covers(day("1982-01-01")));
    assert!(casablanca().covers(day("1995-12-31")));
    assert!(!casablanca().covers(day("1996-01-01")));
}

#[test]
fn a_record_is_unbroken_since_the_start_of_the_stretch_around_a_day() {
    assert_eq!(casablanca().unbroken_since(day("1990-01-01")), Some(StretchStart::Day(day("1982-01-01"))));
    assert_eq!(casablanca().unbroken_since(day("2010-01-01")), Some(StretchStart::Day(day("2003-01-01"))));
    assert_eq!(casablanca().unbroken_since(day("2000-01-01")), None);
    let whole = Record::new(vec![coverage(None, Some("1995"))]);
    assert_eq!(whole.unbroken_since(day("1990-01-01")), Some(StretchStart::Beginning));
}

#[test]
fn stretches_that_overlap_or_follow_each_other_are_one() {
    let record = casablanca().with(coverage(Some("1996-01"), Some("2001")));
    let record = record.with(coverage(Some("1999"), Some("2002-12-31")));
    assert_eq!(record.stretches().len(), 1);
    assert_eq!(record.unbroken_since(day("2020-01-01")), Some(StretchStart::Day(day("1982-01-01"))));
}

#[test]
fn the_gaps_between_two_days_are_listed() {
    let gaps = casablanca().gaps_between(day("1980-01-01"), day("2010-01-01"));
    let expected = [
        RecordGap { from: day("1980-01-01"), to: day("1981-12-31") },
        RecordGap { from: day("1996-01-01"), to: day("2002-12-31") },
    ];
    assert_eq!(gaps, expected);
}

#[test]
fn without_any_statement_nothing_is_covered() {
    let gaps = Record::default().gaps_between(day("2000-01-01"), day("2000-12-31"));
    assert_eq!(gaps, [RecordGap { from: day("2000-01-01"), to: day("2000-12-31") }]);
    assert!(!Record::default().covers(day("2000-01-01")));
}

fn small_day(offset: u64) -> NaiveDate {
    day("2000-01-01") + Days::new(offset)
}

fn statement() -> impl Strategy<Value = RecordCoverage> {
    let bound = prop::option::weighted(0.9, 0..60_u64);
    (bound, 0..20_u64, prop::bool::weighted(0.1)).prop_map(|(from, length, open)| {
        let bound = |offset: u64| PartialDate::from_day(small_day(offset)).unwrap();
        let to = if open { None } else { Some(bound(from.unwrap_or(0) + length)) };
        let period = Period::new(from.map(bound), to).unwrap();
        RecordCoverage::new(period, source("a list"))
    })
}

proptest! {
    #[test]
    fn stretches_and_gaps_agree_with_looking_day_by_day(
        statements in prop::collection::vec(statement(), 0..6),
        from in 0..80_u64,
        length in 0..80_u64,
    ) {
        let record = Record::new(statements.clone());
        let covered = |on: NaiveDate| statements.iter().any(|s| s.period.contains(on).is_certain());
        let gaps = record.gaps_between(small_day(from), small_day(from + length));
        for offset in from..=from + length {
            let on = small_day(offset);
            prop_assert_eq!(record.covers(on), covered(on));
            prop_assert_eq!(gaps.iter().any(|gap| gap.from <= on && on <= gap.to), !covered(on));
            if let Some(StretchStart::Day(start)) = record.unbroken_since(on) {
                prop_assert!(start.iter_days().take_while(|d| *d <= on).all(covered));
                prop_assert!(!covered(start - Days::new(1)));
            }
        }
        for pair in gaps.windows(2) {
            prop_assert!(pair[0].to + Days::new(1) < pair[1].from);
        }
    }
}
