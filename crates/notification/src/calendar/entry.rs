//! What stands in a calendar: entries with their span, alarms and people, as plain values.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use sister_cities_domain::value::{EmailAddress, ZonedTime};

/// Something that stands in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Names it for ever, in every calendar: the id of the record that it shows.
    pub uid: String,
    /// Rises whenever the entry changes, so that an older copy is told from a newer one: follows from the revision of the record.
    pub sequence: u32,
    /// When the entry was last changed.
    pub stamp: DateTime<Utc>,
    /// From when until when.
    pub span: EntrySpan,
    /// What it is, in a line.
    pub summary: String,
    /// What there is to say of it; may run over several lines.
    pub description: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// Whether it stands. What is called off stays, as cancelled, so that it also goes where it was already fetched.
    pub status: EntryStatus,
    /// Whether who has it in the calendar is busy meanwhile.
    pub transparency: Transparency,
    /// Words by which it can be sorted.
    pub categories: Vec<String>,
    /// When to ring. Not read from files: other people's alarms are theirs.
    pub alarms: Vec<Alarm>,
}

/// From when until when an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 5545 has days and times")]
pub enum EntrySpan {
    /// Whole days, wherever the reader is.
    Days(DaySpan),
    /// From one moment to another.
    Times(TimeSpan),
}

impl EntrySpan {
    /// The local time at which it begins; days begin at midnight.
    #[must_use]
    pub fn starts(&self) -> NaiveDateTime {
        match self {
            Self::Days(days) => days.first().and_time(chrono::NaiveTime::MIN),
            Self::Times(times) => times.start().local(),
        }
    }

    /// The days that it touches, each by the clock of its own zone: the first and the last.
    #[must_use]
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Days(days) => (days.first(), days.last()),
            Self::Times(times) => (times.start().local().date(), times.end().local().date()),
        }
    }
}

/// Whole days, from a first to a last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpan {
    first: NaiveDate,
    last: NaiveDate,
}

/// Two moments, each by a clock of its own zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    start: ZonedTime,
    end: ZonedTime,
}

/// Why two days or times are no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpanError {
    /// The end lies before the start.
    #[error("it ends before it begins")]
    Reversed,
    /// A calendar has years of four digits.
    #[error("it does not lie in the years 1 to 9998")]
    OutOfCalendar,
}

fn is_in_calendar(day: NaiveDate) -> bool {
    (1..=9998).contains(&day.year())
}

impl DaySpan {
    /// From a first day to a last, which may be the same.
    ///
    /// # Errors
    ///
    /// [`SpanError`] if the last lies before the first, or one has no year of four digits.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Result<Self, SpanError> {
        match (first <= last, is_in_calendar(first) && is_in_calendar(last)) {
            (true, true) => Ok(Self { first, last }),
            (false, _) => Err(SpanError::Reversed),
            (true, false) => Err(SpanError::OutOfCalendar),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day, which still belongs to it.
    #[must_use]
    pub const fn last(&self) -> NaiveDate {
        self.last
    }
}

impl TimeSpan {
    /// From one moment to another, which may be the same.
    ///
    /// # Errors
    ///
    /// [`SpanError`] if the end lies before the start, or one has no year of four digits.
    pub fn new(start: ZonedTime, end: ZonedTime) -> Result<Self, SpanError> {
        let are_in_calendar = [start, end]
            .iter()
            .all(|time| is_in_calendar(time.local().date()) && is_in_calendar(time.instant().date_naive()));
        match (start.instant() <= end.instant(), are_in_calendar) {
            (true, true) => Ok(Self { start, end }),
            (false, _) => Err(SpanError::Reversed),
            (true, false) => Err(SpanError::OutOfCalendar),
        }
    }

    /// When it begins.
    #[must_use]
    pub const fn start(&self) -> &ZonedTime {
        &self.start
    }

    /// When it is over.
    #[must_use]
    pub const fn end(&self) -> &ZonedTime {
        &self.end
    }
}

/// Whether an entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 5545, 3.8.1.11 has three for events")]
pub enum EntryStatus {
    /// It takes place.
    #[default]
    Confirmed,
    /// It may take place.
    Tentative,
    /// It was called off.
    Cancelled,
}

/// Whether an entry takes the time of who has it in the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 5545, 3.8.2.7 has two")]
pub enum Transparency {
    /// It does.
    #[default]
    Busy,
    /// It does not: a deadline, an anniversary.
    Free,
}

/// When a calendar rings for an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// How long before the start; negative is after it. A day starts at midnight, so 15 hours before it is at 9:00 of the day before.
    pub before: TimeDelta,
    /// What the alarm says.
    pub text: String,
}

/// Somebody with an address to whom an answer can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarUser {
    /// The address.
    pub address: EmailAddress,
    /// What they are called.
    pub name: Option<String>,
}

/// Somebody who is asked to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub user: CalendarUser,
    /// What they said.
    pub attendance: Attendance,
}

/// What somebody said to an invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Attendance {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// They come.
    Accepted,
    /// They do not come.
    Declined,
    /// They may come.
    Tentative,
    /// They send somebody else.
    Delegated,
}
