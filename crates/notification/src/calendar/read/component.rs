//! One event of a file as it stands there, before its series is written out.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarParameterName, ICalendarParameterValue,
    ICalendarParticipationStatus, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, Utc};
use sister_cities_domain::value::{EmailAddress, ZonedTime};

use super::ReadNote;
use super::clock::{Clock, Clocks, later};
use crate::calendar::entry::{
    Attendance, Attendee, CalendarEntry, CalendarUser, DaySpan, EntrySpan, EntryStatus, SpanError, TimeSpan,
    Transparency,
};
use crate::calendar::text;

/// The most people of one event that are read, and the most words it is sorted by.
const MOST_OF_A_KIND: usize = 500;
/// The most dates that are listed one by one of one event, those that are added and those that are left out.
const MOST_DATES: usize = 10_000;

/// When something is: a day, or a local time by a clock.
#[derive(Clone, Debug)]
pub(super) struct When {
    pub(super) local: NaiveDateTime,
    pub(super) clock: Clock,
    pub(super) is_day: bool,
}

impl When {
    pub(super) fn of(
        entry: &ICalendarEntry,
        value: &PartialDateTime,
        clocks: &mut Clocks<'_>,
    ) -> Option<Self> {
        let read = value.to_date_time()?;
        let is_day = !value.has_time();
        let clock = clocks.of(entry.tz_id(), read.offset);
        // A time in UTC of a calendar with a zone of its own is told by that zone's clock.
        let local = match (&clock, read.offset) {
            (Clock::Zone(_), Some(offset)) => {
                let moment = read.date_time.checked_sub_offset(offset)?;
                clock.local(moment.and_utc())
            }
            _ => read.date_time,
        };
        Some(Self { local, clock, is_day })
    }

    /// The local time by the clock of a series. A day is the same by every clock; of a series of days, a time names the day that it
    /// stands on, as Exchange writes it.
    pub(super) fn by(&self, series: &Self) -> Option<NaiveDateTime> {
        if series.is_day {
            return Some(self.local.date().and_time(chrono::NaiveTime::MIN));
        }
        if self.is_day || self.clock == series.clock {
            return Some(self.local);
        }
        Some(series.clock.local(self.clock.time(self.local)?.instant()))
    }
}

/// How long an event takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Length {
    /// As many days, the last one included: at least one.
    Days(u64),
    /// As much time, whatever the clocks do meanwhile.
    Exact(Duration),
    /// As many days by the clock, and then as much time.
    Nominal { days: i64, then: Duration },
}

/// What a date that is added to a series says of its end.
#[derive(Clone, Debug)]
pub(super) struct Added {
    pub(super) when: When,
    pub(super) length: Option<Length>,
}

/// An event as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) start: When,
    pub(super) length: Length,
    pub(super) rules: Vec<ICalendarRecurrenceRule>,
    pub(super) added: Vec<Added>,
    pub(super) left_out: Vec<When>,
    /// Which event of a series this replaces.
    pub(super) replaces: Option<When>,
    /// Whether it also replaces all that come later.
    pub(super) and_later: bool,
    pub(super) exchanged: bool,
    pub(super) uid: String,
    pub(super) sequence: u32,
    stamp: Option<DateTime<Utc>>,
    summary: String,
    description: Option<String>,
    location: Option<String>,
    status: EntryStatus,
    transparency: Transparency,
    categories: Vec<String>,
    pub(super) organizer: Option<CalendarUser>,
    pub(super) attendees: Vec<Attendee>,
}

impl Component {
    /// Reads an event.
    pub(super) fn read(component: &ICalendarComponent, clocks: &mut Clocks<'_>) -> Result<Self, ReadNote> {
        let uid = super::first_text(component, &ICalendarProperty::Uid).unwrap_or_default();
        let when = |property: &ICalendarProperty, clocks: &mut Clocks<'_>| {
            let entry = component.property(property)?;
            When::of(entry, entry.values.first()?.as_partial_date_time()?, clocks)
        };
        let replaces = when(&ICalendarProperty::RecurrenceId, clocks);
        let start = when(&ICalendarProperty::Dtstart, clocks).or_else(|| replaces.clone());
        let Some(mut start) = start else { return Err(ReadNote::NoStart { uid }) };
        let end = when(&ICalendarProperty::Dtend, clocks);
        let duration =
            component.property(&ICalendarProperty::Duration).and_then(|entry| entry.values.first());
        let duration = duration.and_then(|value| {
            let ICalendarValue::Duration(duration) = value else { return None };
            (!duration.neg).then(|| nominal(duration))
        });
        let (length, exchanged) = match end {
            Some(end) => {
                length_until(&mut start, end).ok_or_else(|| ReadNote::OutOfCalendar { uid: uid.clone() })?
            }
            None => (duration.map_or_else(|| no_length(&start), |length| of_kind(&start, length)), false),
        };
        let mut read = Self {
            length,
            rules: Vec::new(),
            added: Vec::new(),
            left_out: Vec::new(),
            and_later: component.property(&ICalendarProperty::RecurrenceId).is_some_and(|entry| {
                entry.params.iter().any(|parameter| parameter.name == ICalendarParameterName::Range)
            }),
            replaces,
            exchanged,
            sequence: number(component, &ICalendarProperty::Sequence),
            stamp: moment(component, &ICalendarProperty::LastModified)
                .or_else(|| moment(component, &ICalendarProperty::Dtstamp)),
            summary: super::first_text(component, &ICalendarProperty::Summary).unwrap_or_default(),
            description: whole_text(component, &ICalendarProperty::Description),
            location: super::first_text(component, &ICalendarProperty::Location),
            status: match component.status() {
                Some(ICalendarStatus::Cancelled) => EntryStatus::Cancelled,
                Some(ICalendarStatus::Tentative) => EntryStatus::Tentative,
                // Whatever else stands there, RFC 5545 has no other for events.
                Some(_) | None => EntryStatus::Confirmed,
            },
            transparency: match component.transparency() {
                Some(ICalendarTransparency::Transparent) => Transparency::Free,
                Some(ICalendarTransparency::Opaque) | None => Transparency::Busy,
            },
            categories: categories(component),
            organizer: component.property(&ICalendarProperty::Organizer).and_then(user),
            attendees: attendees(component),
            start,
            uid,
        };
        read.read_series(component, clocks);
        Ok(read)
    }

    fn read_series(&mut self, component: &ICalendarComponent, clocks: &mut Clocks<'_>) {
        for entry in &component.entries {
            for value in &entry.values {
                match (&entry.name, value) {
                    // The same rule twice is one; more than a few different ones nobody writes.
                    (ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(rule))
                        if self.rules.len() < 4 && !self.rules.contains(rule) =>
                    {
                        self.rules.push((**rule).clone());
                    }
                    (ICalendarProperty::Rdate, value) if self.added.len() < MOST_DATES => {
                        self.added.extend(added(entry, value, clocks));
                    }
                    (ICalendarProperty::Exdate, ICalendarValue::PartialDateTime(at))
                        if self.left_out.len() < MOST_DATES =>
                    {
                        self.left_out.extend(When::of(entry, at, clocks));
                    }
                    // The rest is read by name.
                    _ => {}
                }
            }
        }
    }

    /// The event at a local time of its own clock.
    pub(super) fn entry(&self, local: NaiveDateTime, length: Length) -> Result<CalendarEntry, ReadNote> {
        let span =
            self.span(local, length).ok_or_else(|| ReadNote::OutOfCalendar { uid: self.uid.clone() })?;
        let start = match &span {
            EntrySpan::Days(days) => days.first().and_time(chrono::NaiveTime::MIN).and_utc(),
            EntrySpan::Times(times) => times.start().instant(),
        };
        Ok(CalendarEntry {
            uid: self.uid.clone(),
            sequence: self.sequence,
            stamp: self.stamp.unwrap_or(start),
            span,
            summary: self.summary.clone(),
            description: self.description.clone(),
            location: self.location.clone(),
            status: self.status,
            transparency: self.transparency,
            categories: self.categories.clone(),
            alarms: Vec::new(),
        })
    }

    fn span(&self, local: NaiveDateTime, length: Length) -> Option<EntrySpan> {
        let span: Result<EntrySpan, SpanError> = match length {
            Length::Days(days) => {
                let first = local.date();
                let last: NaiveDate = first.checked_add_days(Days::new(days.saturating_sub(1)))?;
                DaySpan::new(first, last).map(EntrySpan::Days)
            }
            Length::Exact(time) => {
                let start = self.start.clock.time(local)?;
                TimeSpan::new(start, later(&start, time)?).map(EntrySpan::Times)
            }
            Length::Nominal { days, then } => {
                let start = self.start.clock.time(local)?;
                let day: ZonedTime = match days {
                    0 => start,
                    days => self.start.clock.time(local.checked_add_signed(Duration::try_days(days)?)?)?,
                };
                TimeSpan::new(start, later(&day, then)?).map(EntrySpan::Times)
            }
        };
        span.ok()
    }
}

/// How long it is until an end, which may lie before the start: then the two are exchanged, and it is told.
fn length_until(start: &mut When, mut end: When) -> Option<(Length, bool)> {
    if start.is_day || end.is_day {
        let days = |start: &When, end: &When| (end.local.date() - start.local.date()).num_days();
        let exchanged = days(start, &end) < 0;
        if exchanged {
            std::mem::swap(start, &mut end);
        }
        let days = days(start, &end);
        start.is_day = true;
        return Some((Length::Days(u64::try_from(days).ok()?.max(1)), exchanged));
    }
    let moment = |when: &When| Some(when.clock.time(when.local)?.instant());
    let exchanged = moment(&end)? < moment(start)?;
    if exchanged {
        std::mem::swap(start, &mut end);
    }
    Some((Length::Exact(moment(&end)? - moment(start)?), exchanged))
}

/// The length of what has neither an end nor a duration (RFC 5545, 3.6.1).
const fn no_length(start: &When) -> Length {
    if start.is_day { Length::Days(1) } else { Length::Exact(Duration::zero()) }
}

/// A duration as one of days, if the start is a day.
fn of_kind(start: &When, length: Length) -> Length {
    match (start.is_day, length) {
        (true, Length::Nominal { days, then }) => {
            Length::Days(u64::try_from(days + then.num_days()).unwrap_or(0).max(1))
        }
        (_, length) => length,
    }
}

fn nominal(duration: &ICalendarDuration) -> Length {
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds =
        i64::from(duration.hours) * 3600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
    Length::Nominal { days, then: Duration::seconds(seconds) }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is no date adds none")]
fn added(entry: &ICalendarEntry, value: &ICalendarValue, clocks: &mut Clocks<'_>) -> Option<Added> {
    match value {
        ICalendarValue::PartialDateTime(at) => {
            Some(Added { when: When::of(entry, at, clocks)?, length: None })
        }
        ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
            let (mut when, end) = (When::of(entry, start, clocks)?, When::of(entry, end, clocks)?);
            let (length, _) = length_until(&mut when, end)?;
            Some(Added { when, length: Some(length) })
        }
        ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
            Some(Added { when: When::of(entry, start, clocks)?, length: Some(nominal(duration)) })
        }
        _ => None,
    }
}

pub(super) fn number(component: &ICalendarComponent, property: &ICalendarProperty) -> u32 {
    let value = component.property(property).and_then(|entry| entry.values.first()?.as_integer());
    value.and_then(|value| u32::try_from(value).ok()).unwrap_or(0)
}

fn moment(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<DateTime<Utc>> {
    let at = component.property(property)?.values.first()?.as_partial_date_time()?.to_date_time()?;
    Some(at.date_time.checked_sub_offset(at.offset.unwrap_or_else(|| chrono::Offset::fix(&Utc)))?.and_utc())
}

fn whole_text(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    let value = component.property(property)?.values.first()?.as_text()?;
    let text = text::lines(value);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn categories(component: &ICalendarComponent) -> Vec<String> {
    let values = component.properties(&ICalendarProperty::Categories).flat_map(|entry| &entry.values);
    let words = values.filter_map(|value| Some(text::one_line(value.as_text()?).trim().to_owned()));
    words.filter(|word| !word.is_empty()).take(MOST_OF_A_KIND).collect()
}

/// Who stands in a property of people; `None` without an address that can be written to.
pub(super) fn user(entry: &ICalendarEntry) -> Option<CalendarUser> {
    let address = entry.calendar_address().or_else(|| entry.values.first()?.as_text())?;
    let address = calcard::icalendar::utils::strip_mailto_scheme(address.trim());
    let name = entry.parameter(&ICalendarParameterName::Cn).and_then(ICalendarParameterValue::as_text);
    let name = name.map(|name| text::from_parameter(name).trim().to_owned()).filter(|name| !name.is_empty());
    Some(CalendarUser { address: EmailAddress::new(address).ok()?, name })
}

/// What somebody said, as it stands in a property of people.
pub(super) fn attendance(entry: &ICalendarEntry) -> Attendance {
    match entry.parameter(&ICalendarParameterName::Partstat) {
        Some(ICalendarParameterValue::Partstat(said)) => match said {
            ICalendarParticipationStatus::Accepted => Attendance::Accepted,
            ICalendarParticipationStatus::Declined => Attendance::Declined,
            ICalendarParticipationStatus::Tentative => Attendance::Tentative,
            ICalendarParticipationStatus::Delegated => Attendance::Delegated,
            // The others are said of tasks.
            ICalendarParticipationStatus::NeedsAction
            | ICalendarParticipationStatus::Completed
            | ICalendarParticipationStatus::InProcess
            | ICalendarParticipationStatus::Failed => Attendance::NeedsAction,
        },
        Some(_) | None => Attendance::NeedsAction,
    }
}

pub(super) fn attendees(component: &ICalendarComponent) -> Vec<Attendee> {
    let entries = component.properties(&ICalendarProperty::Attendee);
    let people =
        entries.filter_map(|entry| Some(Attendee { user: user(entry)?, attendance: attendance(entry) }));
    people.take(MOST_OF_A_KIND).collect()
}
