//! How long a feed of 10,000 entries takes to write: `cargo bench -p sister-cities-notification --bench calendar`.
//!
//! It fails at 25 ms or more in the median: so that a feed may be fetched by every telephone of an office.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use sister_cities_notification::calendar::{
    CalendarEntry, CalendarHead, DaySpan, EntrySpan, EntryStatus, Transparency, write_calendar,
};

const ENTRIES: u32 = 10_000;
const MOST: Duration = Duration::from_millis(25);
const ROUNDS: usize = 21;

/// Visits of three days, one after another, with a title as logs have them and a line on what they were about.
fn entries() -> Vec<CalendarEntry> {
    let start = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
    let one = |at: u32| {
        let first = start + Days::new((at % 9_000).into());
        CalendarEntry {
            uid: format!("eng_01k{at:023}"),
            sequence: at % 5,
            stamp: "2026-11-30T09:00:00Z".parse().expect("a moment"),
            span: EntrySpan::Days(DaySpan::new(first, first + Days::new(2)).expect("a span")),
            summary: format!("Visit of the mayor of Birmingham, with a delegation, number {at}"),
            description: Some("Birmingham, England; inbound; culture".to_owned()),
            location: None,
            status: EntryStatus::Confirmed,
            transparency: Transparency::Busy,
            categories: vec!["culture".to_owned()],
            alarms: Vec::new(),
        }
    };
    (0..ENTRIES).map(one).collect()
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let entries = entries();
    let mut bytes = 0;
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            bytes = black_box(write_calendar(&CalendarHead::default(), black_box(&entries))).len();
            began.elapsed()
        })
        .collect();
    rounds.sort();
    let time = rounds[ROUNDS / 2];
    println!("{ENTRIES} entries, {bytes} bytes: {time:?}");
    assert!(time < MOST, "it takes {time:?}, not less than {MOST:?}");
}
