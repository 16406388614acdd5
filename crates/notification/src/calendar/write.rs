//! Entries as an iCalendar text.
//!
//! What may be long or needs escapes is written by `calcard`; the lines whose form is fixed are written as they are, which is what makes a
//! feed of ten thousand entries a matter of milliseconds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarEntry,
    ICalendarParameter, ICalendarParameterName, ICalendarParameterValue, ICalendarParticipationStatus,
    ICalendarProperty, ICalendarValue,
};
use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Timelike as _, Utc,
};
use chrono_tz::Tz;
use sister_cities_domain::value::ZonedTime;

use super::entry::{
    Attendance, Attendee, CalendarEntry, CalendarUser, DaySpan, EntrySpan, EntryStatus, Transparency,
};
use super::text;

/// Who made the text, as RFC 5545 wants it told.
const PRODUCT: &str = "-//Sister Cities//sister-cities//EN";
/// Bytes set aside for an entry, which are those that an entry with a title and two alarms takes.
const BYTES_OF_AN_ENTRY: usize = 512;

/// What is said of a calendar as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarHead {
    /// What it is called, for programs that show several.
    pub name: Option<String>,
    /// How often it is worth fetching again.
    pub refresh: Option<TimeDelta>,
}

/// Writes a calendar that is published: a file to download, or what a feed answers.
#[must_use]
pub fn write_calendar(head: &CalendarHead, entries: &[CalendarEntry]) -> String {
    let mut out = Output::new(entries.len() * BYTES_OF_AN_ENTRY);
    out.begin_calendar("PUBLISH");
    if let Some(name) = &head.name {
        let name = text::one_line(name);
        // RFC 7986 has NAME; the older name is what most programs know.
        out.text_line(ICalendarProperty::Name, name.clone().into_owned());
        out.text_line(ICalendarProperty::Other("X-WR-CALNAME".to_owned()), name.into_owned());
    }
    if let Some(refresh) = head.refresh {
        let every = duration(refresh);
        out.line(format_args!("REFRESH-INTERVAL;VALUE=DURATION:{every}"));
        out.line(format_args!("X-PUBLISHED-TTL:{every}"));
    }
    out.time_zones(entries);
    for entry in entries {
        out.entry(entry, None);
    }
    out.end_calendar()
}

/// Writes a message about one entry to the people of a meeting (RFC 5546).
pub(super) fn write_message(
    method: &'static str,
    entry: &CalendarEntry,
    organizer: &CalendarUser,
    attendees: &[Attendee],
) -> String {
    let mut out = Output::new(2 * BYTES_OF_AN_ENTRY);
    out.begin_calendar(method);
    out.time_zones(std::slice::from_ref(entry));
    out.entry(entry, Some((organizer, attendees)));
    out.end_calendar()
}

/// The text so far. Writing to a `String` cannot fail.
struct Output(String);

impl Output {
    fn new(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// A line that needs neither folding nor escapes: at most 75 bytes, of characters that mean themselves.
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = self.0.write_fmt(line);
        self.0.push_str("\r\n");
    }

    fn property(&mut self, property: &ICalendarEntry) {
        let _ = property.write_to(&mut self.0);
    }

    fn text_line(&mut self, name: ICalendarProperty, text: String) {
        self.property(&ICalendarEntry { name, params: Vec::new(), values: vec![ICalendarValue::Text(text)] });
    }

    fn begin_calendar(&mut self, method: &str) {
        self.line(format_args!("BEGIN:VCALENDAR"));
        self.line(format_args!("VERSION:2.0"));
        self.line(format_args!("PRODID:{PRODUCT}"));
        self.line(format_args!("CALSCALE:GREGORIAN"));
        self.line(format_args!("METHOD:{method}"));
    }

    fn end_calendar(mut self) -> String {
        self.line(format_args!("END:VCALENDAR"));
        self.0
    }

    /// A whole description of every zone in which a time is told, from a year before the first such time to two years after the last.
    fn time_zones(&mut self, entries: &[CalendarEntry]) {
        let mut zones: BTreeMap<&'static str, (i32, i32)> = BTreeMap::new();
        for entry in entries {
            let EntrySpan::Times(times) = &entry.span else { continue };
            for time in [times.start(), times.end()] {
                if is_told_in_zone(time) {
                    let year = time.local().year();
                    let years = zones.entry(time.zone().name()).or_insert((year, year));
                    *years = (years.0.min(year), years.1.max(year));
                }
            }
        }
        for (zone, (first, last)) in zones {
            let mut calendar =
                ICalendar { components: vec![ICalendarComponent::new(ICalendarComponentType::VCalendar)] };
            let described = calendar.add_timezone(zone, start_of_year(first - 1), start_of_year(last + 2));
            // Every zone of our table is one of calcard's: it has the same table.
            debug_assert!(described.is_some(), "{zone} is described");
            // The writer begins with the first component, so the calendar round the description goes.
            calendar.components[0].component_ids.clear();
            let Some(description) = described else { continue };
            let rest: Vec<u32> = calendar.components[description as usize].component_ids.clone();
            self.component(&calendar, description, &rest);
        }
    }

    fn component(&mut self, calendar: &ICalendar, id: u32, within: &[u32]) {
        let Some(component) = calendar.components.get(id as usize) else { return };
        let name = component.component_type.as_str();
        self.line(format_args!("BEGIN:{name}"));
        for property in &component.entries {
            self.property(property);
        }
        for id in within {
            self.component(calendar, *id, &[]);
        }
        self.line(format_args!("END:{name}"));
    }

    fn entry(&mut self, entry: &CalendarEntry, meeting: Option<(&CalendarUser, &[Attendee])>) {
        self.line(format_args!("BEGIN:VEVENT"));
        self.text_line(ICalendarProperty::Uid, text::one_line(&entry.uid).into_owned());
        self.line(format_args!("DTSTAMP:{}", Instant(entry.stamp)));
        self.line(format_args!("SEQUENCE:{}", entry.sequence));
        match &entry.span {
            EntrySpan::Days(days) => self.days(*days),
            EntrySpan::Times(times) => {
                self.time("DTSTART", times.start());
                self.time("DTEND", times.end());
            }
        }
        self.text_line(ICalendarProperty::Summary, text::one_line(&entry.summary).into_owned());
        if let Some(description) = &entry.description {
            self.text_line(ICalendarProperty::Description, text::lines(description).into_owned());
        }
        if let Some(location) = &entry.location {
            self.text_line(ICalendarProperty::Location, text::one_line(location).into_owned());
        }
        if !entry.categories.is_empty() {
            let words =
                entry.categories.iter().map(|word| ICalendarValue::Text(text::one_line(word).into_owned()));
            let (params, values) = (Vec::new(), words.collect());
            self.property(&ICalendarEntry { name: ICalendarProperty::Categories, params, values });
        }
        self.line(format_args!(
            "STATUS:{}",
            match entry.status {
                EntryStatus::Confirmed => "CONFIRMED",
                EntryStatus::Tentative => "TENTATIVE",
                EntryStatus::Cancelled => "CANCELLED",
            }
        ));
        self.line(format_args!(
            "TRANSP:{}",
            match entry.transparency {
                Transparency::Busy => "OPAQUE",
                Transparency::Free => "TRANSPARENT",
            }
        ));
        if let Some((organizer, attendees)) = meeting {
            self.property(&user(ICalendarProperty::Organizer, organizer));
            for attendee in attendees {
                let mut property = user(ICalendarProperty::Attendee, &attendee.user);
                let answer = ICalendarParameterValue::Partstat(participation(attendee.attendance));
                property
                    .params
                    .push(ICalendarParameter { name: ICalendarParameterName::Partstat, value: answer });
                if attendee.attendance == Attendance::NeedsAction {
                    let value = ICalendarParameterValue::Bool(true);
                    property.params.push(ICalendarParameter { name: ICalendarParameterName::Rsvp, value });
                }
                self.property(&property);
            }
        }
        for alarm in &entry.alarms {
            self.line(format_args!("BEGIN:VALARM"));
            self.line(format_args!("ACTION:DISPLAY"));
            self.line(format_args!("TRIGGER:{}", duration(-alarm.before)));
            self.text_line(ICalendarProperty::Description, text::one_line(&alarm.text).into_owned());
            self.line(format_args!("END:VALARM"));
        }
        self.line(format_args!("END:VEVENT"));
    }

    /// The day after the last is written as the end: there the end is the first day that does not belong to it.
    fn days(&mut self, days: DaySpan) {
        let after = days.last().checked_add_days(Days::new(1)).unwrap_or(days.last());
        self.line(format_args!("DTSTART;VALUE=DATE:{}", Day(days.first())));
        self.line(format_args!("DTEND;VALUE=DATE:{}", Day(after)));
    }

    fn time(&mut self, property: &str, time: &ZonedTime) {
        if is_told_in_zone(time) {
            self.line(format_args!("{property};TZID={}:{}", time.zone().name(), Local(time.local())));
        } else {
            self.line(format_args!("{property}:{}", Instant(time.instant())));
        }
    }
}

/// Whether the local time says which moment is meant: the second of two equal ones is told in UTC.
fn is_told_in_zone(time: &ZonedTime) -> bool {
    time.zone() != Tz::UTC
        && time.zone().from_local_datetime(&time.local()).earliest().is_some_and(|at| at == time.instant())
}

/// Seconds from the epoch to the start of a year, a day earlier, so that no zone is in that year yet.
fn start_of_year(year: i32) -> i64 {
    const DAY: i64 = 86_400;
    let midnight = NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    midnight.map_or(0, |midnight| midnight.and_utc().timestamp() - DAY)
}

/// Days, hours, minutes and seconds: weeks may not stand beside them (RFC 5545, 3.3.6).
fn duration(length: TimeDelta) -> ICalendarDuration {
    let part = |value: i64| u32::try_from(value.abs()).unwrap_or(u32::MAX);
    ICalendarDuration {
        neg: length < TimeDelta::zero(),
        weeks: 0,
        days: part(length.num_days()),
        hours: part(length.num_hours() % 24),
        minutes: part(length.num_minutes() % 60),
        seconds: part(length.num_seconds() % 60),
    }
}

fn user(name: ICalendarProperty, user: &CalendarUser) -> ICalendarEntry {
    let called = user.name.as_deref().map(|name| ICalendarParameter {
        name: ICalendarParameterName::Cn,
        value: ICalendarParameterValue::Text(text::parameter(name)),
    });
    let address = ICalendarValue::Text(format!("mailto:{}", user.address));
    ICalendarEntry { name, params: called.into_iter().collect(), values: vec![address] }
}

const fn participation(attendance: Attendance) -> ICalendarParticipationStatus {
    match attendance {
        Attendance::NeedsAction => ICalendarParticipationStatus::NeedsAction,
        Attendance::Accepted => ICalendarParticipationStatus::Accepted,
        Attendance::Declined => ICalendarParticipationStatus::Declined,
        Attendance::Tentative => ICalendarParticipationStatus::Tentative,
        Attendance::Delegated => ICalendarParticipationStatus::Delegated,
    }
}

/// `20261130`.
struct Day(NaiveDate);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}{:02}{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// `20261130T093000`.
struct Local(NaiveDateTime);

impl std::fmt::Display for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let time = self.0.time();
        write!(f, "{}T{:02}{:02}{:02}", Day(self.0.date()), time.hour(), time.minute(), time.second())
    }
}

/// `20261130T093000Z`.
struct Instant(DateTime<Utc>);

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}Z", Local(self.0.naive_utc()))
    }
}
