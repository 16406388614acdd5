//! iCalendar texts, as other programs write them, as entries: what the file means, and what of it was not taken, with why.
//!
//! Files in the wild end before they begin, name zones as Windows does, describe one zone twice and repeat for ever. What can be understood
//! is; the rest is a [`ReadNote`]. Only a text that is no calendar at all, or too much of one, is refused.

mod clock;
mod component;
mod recurrence;
mod reply;
mod series;

use std::collections::BTreeMap;

use calcard::Entry;
use calcard::common::IanaString as _;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod, ICalendarProperty, ICalendarValue,
};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::entry::{Attendee, CalendarEntry, CalendarUser};
use super::text;
use clock::Clocks;
use component::Component;
pub use reply::Reply;

/// What the last line of a calendar says.
const END: &str = "END:VCALENDAR";

/// How much is read, before anything is expanded. The numbers are the product's limits on recurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// The most bytes of a text: 5 MiB.
    pub bytes: usize,
    /// The most entries of a file, those of series counted one by one: 20,000.
    pub entries: usize,
    /// The most entries of one series: 1,000.
    pub occurrences: usize,
    /// How many years of one series: 5.
    pub years: u32,
    /// The most that the lists of a rule give when they are multiplied, such as three months with two days each: 64.
    pub combinations: usize,
    /// The longest interval of a rule: 1,000.
    pub interval: u16,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            bytes: 5 * 1024 * 1024,
            entries: 20_000,
            occurrences: 1_000,
            years: 5,
            combinations: 64,
            interval: 1_000,
        }
    }
}

/// What the reader of a calendar adds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadSettings {
    /// The zone of local times that name none, in a calendar that names none.
    pub zone: Tz,
    /// The day from which on the entries of series are taken; without one, from the first. Series may have begun long ago.
    pub since: Option<NaiveDate>,
    /// How much is read.
    pub limits: ReadLimits,
}

impl ReadSettings {
    /// Everything from the first on, within the usual limits.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self { zone, since: None, limits: ReadLimits::default() }
    }
}

/// Why a text is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is too long.
    #[error(
        "a calendar has at most {most} bytes, and this has {bytes}: export a shorter time, or one calendar at a time"
    )]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// No calendar begins in it.
    #[error("this is no calendar: a file of iCalendar begins with BEGIN:VCALENDAR")]
    NoCalendar,
    /// It has too many entries.
    #[error(
        "a calendar has at most {most} entries, those of series counted one by one: export a shorter time"
    )]
    TooManyEntries {
        /// How many it may have.
        most: usize,
    },
}

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadCalendar {
    /// What the calendar is called.
    pub name: Option<String>,
    /// What a message wants, in capitals as RFC 5546 writes it: `REQUEST`, `REPLY`, `PUBLISH`.
    pub method: Option<String>,
    /// The events, series written out, by their start.
    pub events: Vec<ReadEvent>,
    /// What was not taken, or taken otherwise than it stands there.
    pub notes: Vec<ReadNote>,
    /// What people answered to invitations.
    pub replies: Vec<Reply>,
}

/// One event: one of a series, or one by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadEvent {
    /// What it says. A UID that is missing is left empty; all events of a series have the same.
    pub entry: CalendarEntry,
    /// When the series would have it, if it is one of a series: stays the same when this one event is moved.
    pub occurrence: Option<NaiveDateTime>,
    /// Who invites.
    pub organizer: Option<CalendarUser>,
    /// Who is asked to come.
    pub attendees: Vec<Attendee>,
}

/// Something that a file says and that was not taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadNote {
    /// It does not say when it is, so it is left out.
    #[error("event {uid:?} does not say when it begins, and is left out")]
    NoStart {
        /// Its UID; empty without one.
        uid: String,
    },
    /// Its times cannot be kept, so it is left out.
    #[error("event {uid:?} lies outside the years that can be kept, and is left out")]
    OutOfCalendar {
        /// Its UID; empty without one.
        uid: String,
    },
    /// Its two ends were taken the other way round.
    #[error("event {uid:?} ends before it begins: the two are exchanged")]
    Exchanged {
        /// Its UID; empty without one.
        uid: String,
    },
    /// It names a zone that nobody knows and the file does not describe.
    #[error("zone {zone:?} is unknown and not described: its times are read in {instead}")]
    UnknownZone {
        /// The zone as it is named there.
        zone: String,
        /// The zone taken instead.
        instead: Tz,
    },
    /// Its rule is not followed: only the first event is taken.
    #[error("event {uid:?} repeats in a way that is not followed, so only its first is taken: {reason}")]
    RuleRefused {
        /// Its UID; empty without one.
        uid: String,
        /// What is wrong with the rule.
        reason: RuleRefusal,
    },
    /// A series goes on after what was taken of it.
    #[error(
        "event {uid:?} repeats beyond {occurrences} times or {years} years: what comes later is left out"
    )]
    SeriesCut {
        /// Its UID; empty without one.
        uid: String,
        /// How many are taken at most.
        occurrences: usize,
        /// How many years are taken at most.
        years: u32,
    },
    /// Things that are no events.
    #[error("{count} of {what} are no events, and are left out")]
    NoEvents {
        /// What they are called there: `VTODO`, `VJOURNAL`.
        what: String,
        /// How many.
        count: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("it is not written in UTF-8: what could not be read is shown as \u{fffd}")]
    NotUtf8,
    /// The text ends, or breaks off, before the calendar does.
    #[error("the calendar breaks off or holds a line that cannot be read: what stands before was taken")]
    BrokenOff,
}

/// Why a rule of recurrence is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleRefusal {
    /// It repeats within a day.
    #[error("it repeats more often than daily")]
    TooOften,
    /// Its interval is none, or too long.
    #[error("its interval is not 1 to 1000")]
    Interval,
    /// Its lists multiply to too many.
    #[error("its lists give more than 64 combinations")]
    Combinations,
    /// It counts by a calendar that it names, or says what becomes of days that do not exist (RFC 7529).
    #[error("it repeats by a calendar of its own (RFC 7529)")]
    Scale,
    /// It is no rule by RFC 5545.
    #[error("it is no rule by RFC 5545")]
    Invalid,
}

/// Reads an iCalendar text: a file, the answer of a feed, or the part of a mail. A file may hold several calendars, which are read as one.
///
/// # Errors
///
/// [`ReadError`] if it is too long, no calendar, or holds too many entries.
pub fn read_calendar(bytes: &[u8], settings: &ReadSettings) -> Result<ReadCalendar, ReadError> {
    let limits = &settings.limits;
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLong { bytes: bytes.len(), most: limits.bytes });
    }
    let mut read = ReadCalendar::default();
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        read.notes.push(ReadNote::NotUtf8);
    }
    let text = without_blank_lines(text);
    let mut parser = calcard::Parser::new(&text);
    let (mut calendars, mut broken) = (0, false);
    loop {
        let entry = parser.entry();
        if entry == Entry::Eof {
            break;
        }
        // Whatever else the parser finds, now or in a later version, is no calendar.
        let calendar = if let Entry::ICalendar(calendar) = entry { Some(calendar) } else { None };
        let root = calendar.as_ref().and_then(|calendar| calendar.components.first());
        match calendar.as_ref().zip(root) {
            Some((calendar, root)) if root.component_type == ICalendarComponentType::VCalendar => {
                calendars += 1;
                add(&mut read, calendar, root, settings)?;
            }
            _ => broken = true,
        }
    }
    if calendars == 0 {
        return Err(ReadError::NoCalendar);
    }
    // The parser is content with a calendar that no line ends.
    let end = text.trim_end();
    let is_ended =
        end.get(end.len().saturating_sub(END.len())..).is_some_and(|end| end.eq_ignore_ascii_case(END));
    if broken || !is_ended {
        read.notes.push(ReadNote::BrokenOff);
    }
    read.notes.dedup();
    read.events
        .sort_by(|a, b| (a.entry.span.starts(), &a.entry.uid).cmp(&(b.entry.span.starts(), &b.entry.uid)));
    Ok(read)
}

/// No line of a calendar is blank; mails and web forms add such lines, and a line that was folded would end there.
fn without_blank_lines(text: std::borrow::Cow<'_, str>) -> std::borrow::Cow<'_, str> {
    if !(text.contains("\n\n") || text.contains("\n\r\n")) {
        return text;
    }
    let lines = text.split_inclusive('\n').filter(|line| !matches!(*line, "\n" | "\r\n"));
    std::borrow::Cow::Owned(lines.collect())
}

/// Adds what one calendar says.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "zones, alarms, places and people are read with what they belong to"
)]
fn add(
    read: &mut ReadCalendar,
    calendar: &ICalendar,
    root: &ICalendarComponent,
    settings: &ReadSettings,
) -> Result<(), ReadError> {
    let text_of = |property: &ICalendarProperty| first_text(root, property);
    if read.name.is_none() {
        let older = ICalendarProperty::Other("X-WR-CALNAME".to_owned());
        read.name = text_of(&ICalendarProperty::Name).or_else(|| text_of(&older));
    }
    if read.method.is_none() {
        read.method = root.property(&ICalendarProperty::Method).and_then(|entry| {
            let value = entry.values.first()?;
            let known = if let ICalendarValue::Method(method) = value {
                Some(method.as_str())
            } else {
                value.as_text()
            };
            known.map(|text| text::one_line(text).to_ascii_uppercase())
        });
    }
    let is_reply = root.property(&ICalendarProperty::Method).is_some_and(|entry| {
        matches!(entry.values.first(), Some(ICalendarValue::Method(ICalendarMethod::Reply)))
    });
    let mut clocks = Clocks::new(calendar, settings.zone);
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    let mut components = Vec::new();
    for component in &calendar.components {
        match &component.component_type {
            ICalendarComponentType::VEvent if is_reply => {
                read.replies.extend(reply::replies(component, &mut clocks));
            }
            ICalendarComponentType::VEvent => match Component::read(component, &mut clocks) {
                Ok(component) => components.push(component),
                Err(note) => read.notes.push(note),
            },
            kind @ (ICalendarComponentType::VTodo
            | ICalendarComponentType::VJournal
            | ICalendarComponentType::VFreebusy
            | ICalendarComponentType::VAvailability) => *others.entry(kind.as_str()).or_default() += 1,
            _ => {}
        }
    }
    series::write_out(components, settings, read)?;
    read.notes.extend(clocks.notes());
    let no_events = |(what, count): (&str, usize)| ReadNote::NoEvents { what: what.to_owned(), count };
    read.notes.extend(others.into_iter().map(no_events));
    Ok(())
}

/// The first text of a property, in one line; `None` if it is missing or blank.
fn first_text(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    let value = component.property(property)?.values.first()?.as_text()?;
    let text = text::one_line(value);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
