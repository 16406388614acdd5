//! Stories of calendars: what is written is read again, and what others write is understood.

mod feeds;
mod reading;
mod traits;
mod writing;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// Reads lines as a file in which each ends as RFC 5545 wants it.
fn read(lines: &str) -> ReadCalendar {
    let text = lines.trim().lines().map(|line| line.trim_start().to_owned() + "\r\n").collect::<String>();
    read_calendar(text.as_bytes(), &ReadSettings::new(Tz::Europe__Warsaw)).expect("a calendar")
}

/// Reads events as a calendar that says nothing else.
fn events(lines: &str) -> ReadCalendar {
    read(&format!("BEGIN:VCALENDAR\nVERSION:2.0\n{}\nEND:VCALENDAR", lines.trim()))
}

/// From when until when: days as days, the last one included; times as moments.
fn spans(calendar: &ReadCalendar) -> Vec<String> {
    calendar.events.iter().map(|event| span(&event.entry.span)).collect()
}

fn span(span: &EntrySpan) -> String {
    match span {
        EntrySpan::Days(days) => format!("{} to {}", days.first(), days.last()),
        EntrySpan::Times(times) => {
            let shown = |time: &sister_cities_domain::value::ZonedTime| {
                time.instant().format("%Y-%m-%d %H:%MZ").to_string()
            };
            format!("{} to {}", shown(times.start()), shown(times.end()))
        }
    }
}

fn notes(calendar: &ReadCalendar) -> Vec<String> {
    calendar.notes.iter().map(ToString::to_string).collect()
}
