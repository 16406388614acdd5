//! Tests of local times in their zones: gaps and folds.

use chrono::{NaiveDateTime, TimeZone, Utc};
use chrono_tz::{America, Europe, Pacific, Tz};

use crate::value::{Occurrence, ZonedTime, ZonedTimeError};

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect(text)
}

#[test]
fn a_local_time_means_one_instant_and_names_its_zone() {
    let time = ZonedTime::new(local("2008-06-04T10:00:00"), Europe::London).expect("a time");
    assert_eq!(time.instant(), Utc.with_ymd_and_hms(2008, 6, 4, 9, 0, 0).single().expect("an instant"));
    assert_eq!(time.to_string(), "2008-06-04 10:00 (Europe/London)");
}

#[test]
fn a_time_that_happens_twice_is_refused_with_both_candidates() {
    let asked = local("2025-11-02T01:30:00");
    let refusal = ZonedTime::new(asked, America::Chicago).expect_err("the clocks go back");
    let ZonedTimeError::Fold { earlier, later, .. } = refusal else { panic!("{refusal}") };
    assert_eq!((earlier.naive_local(), later.naive_local()), (asked, asked));
    assert_eq!(later - earlier, chrono::Duration::hours(1));

    let chosen = ZonedTime::choosing(asked, America::Chicago, Occurrence::Later).expect("chosen");
    assert_eq!(chosen.instant(), later.to_utc());
    let stored = serde_json::to_string(&chosen).expect("serialises");
    assert_eq!(serde_json::from_str::<ZonedTime>(&stored).expect("reads back"), chosen);
}

#[test]
fn a_time_that_does_not_exist_is_refused_with_both_candidates() {
    let asked = local("2025-03-09T02:30:00");
    let refusal = ZonedTime::new(asked, America::Chicago).expect_err("the clocks go forward");
    let ZonedTimeError::Gap { earlier, later, .. } = refusal else { panic!("{refusal}") };
    assert_eq!(earlier.naive_local(), local("2025-03-09T01:30:00"));
    assert_eq!(later.naive_local(), local("2025-03-09T03:30:00"));
    let chosen = ZonedTime::choosing(asked, America::Chicago, Occurrence::Later).expect("chosen");
    assert_eq!(chosen.local(), later.naive_local());
}

#[test]
fn the_day_that_samoa_left_out_has_candidates_on_either_side() {
    let refusal = ZonedTime::new(local("2011-12-30T12:00:00"), Pacific::Apia).expect_err("no such day");
    let ZonedTimeError::Gap { earlier, later, .. } = refusal else { panic!("{refusal}") };
    assert_eq!(earlier.naive_local(), local("2011-12-29T12:00:00"));
    assert_eq!(later.naive_local(), local("2011-12-31T12:00:00"));
}

#[test]
fn the_wall_clock_wins_over_an_instant_that_no_longer_fits() {
    let stale = r#"{"local":"2008-06-04T10:00:00","zone":"Europe/London","instant":"2008-06-04T10:00:00Z"}"#;
    let time: ZonedTime = serde_json::from_str(stale).expect("reads");
    assert_eq!(time, ZonedTime::new(local("2008-06-04T10:00:00"), Europe::London).expect("a time"));
}

#[test]
fn every_zone_gives_an_instant_or_both_candidates_for_every_hour_of_a_year() {
    for zone in chrono_tz::TZ_VARIANTS.iter().step_by(29) {
        each_hour_of_2025(*zone);
    }
}

fn each_hour_of_2025(zone: Tz) {
    let mut time = local("2025-01-01T00:30:00");
    while time < local("2026-01-01T00:00:00") {
        match ZonedTime::new(time, zone) {
            Ok(resolved) => assert_eq!(resolved.instant().with_timezone(&zone).naive_local(), time),
            Err(ZonedTimeError::Gap { earlier, later, .. } | ZonedTimeError::Fold { earlier, later, .. }) => {
                assert!(earlier < later, "{zone} {time}");
            }
            Err(error @ ZonedTimeError::Unresolvable { .. }) => panic!("{error}"),
        }
        time += chrono::Duration::hours(1);
    }
}

#[test]
fn the_rules_of_the_zones_are_those_of_a_known_year() {
    // Fails when chrono-tz brings newer rules: then look whether any stored time is concerned, and change the line.
    assert_eq!(chrono_tz::IANA_TZDB_VERSION, "2025b");
}
