//! By which clock a time of a file is read: a zone that it names in whatever way, one that it describes itself, or none.

use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::sync::Arc;

use calcard::common::{PartialDateTime, timezone};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty, ICalendarValue,
};
use chrono::{DateTime, Duration, FixedOffset, NaiveDateTime, Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;
use sister_cities_domain::value::{Occurrence, ZonedTime};

use super::ReadNote;
use super::recurrence;

/// The most changes of the clocks that are read of one described zone: those of Outlook begin in 1601, with two a year.
const MOST_CHANGES: usize = 500;
/// How zones are called that programs make up: their own names before the one that everybody knows.
const PREFIXES: [&str; 3] = ["custom_", "posix/", "right/"];

/// A clock by which local times are read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clock {
    /// That of a zone that everybody knows.
    Zone(Tz),
    /// One that is never changed.
    Fixed(FixedOffset),
    /// One that the file describes: when which offset begins, in local time by the offset before.
    Described(Arc<[Change]>),
}

/// A change of a described clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Change {
    /// The local time of the change, by the offset before it.
    at: NaiveDateTime,
    from: FixedOffset,
    to: FixedOffset,
}

impl Clock {
    /// What a local time means: the first of two moments, and in a gap the moment by the offset before it (RFC 5545, 3.3.5). `None` at the
    /// ends of the calendar.
    pub(super) fn time(&self, local: NaiveDateTime) -> Option<ZonedTime> {
        match self {
            Self::Zone(zone) => match ZonedTime::new(local, *zone) {
                Ok(time) => Some(time),
                Err(sister_cities_domain::value::ZonedTimeError::Gap { .. }) => {
                    ZonedTime::choosing(local, *zone, Occurrence::Later).ok()
                }
                Err(_) => ZonedTime::choosing(local, *zone, Occurrence::Earlier).ok(),
            },
            Self::Fixed(offset) => in_utc(local, *offset),
            Self::Described(changes) => {
                let before = changes.iter().rev().find(|change| change.at <= local);
                let change = before.or_else(|| changes.first())?;
                let offset = if before.is_none() { change.from } else { change.to };
                // The local times that the change back repeats: still by the offset before.
                let is_repeated = |change: &&Change| {
                    let back = change.from.local_minus_utc() - change.to.local_minus_utc();
                    let again = change.at.checked_sub_signed(Duration::seconds(back.into()));
                    back > 0 && change.at > local && again.is_some_and(|again| again <= local)
                };
                let repeated = changes.iter().find(is_repeated).map(|change| change.from);
                in_utc(local, repeated.unwrap_or(offset))
            }
        }
    }

    /// What this clock shows at a moment.
    pub(super) fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Zone(zone) => moment.with_timezone(zone).naive_local(),
            Self::Fixed(offset) => moment.with_timezone(offset).naive_local(),
            Self::Described(changes) => {
                let begun = |change: &&Change| {
                    in_utc(change.at, change.from).is_some_and(|at| at.instant() <= moment)
                };
                let offset = changes
                    .iter()
                    .rev()
                    .find(begun)
                    .map(|change| change.to)
                    .or_else(|| changes.first().map(|change| change.from));
                moment.with_timezone(&offset.unwrap_or_else(|| Utc.fix())).naive_local()
            }
        }
    }
}

/// Some time after a moment, by the same clock; `None` at the end of the calendar.
pub(super) fn later(time: &ZonedTime, by: Duration) -> Option<ZonedTime> {
    at(time.instant().checked_add_signed(by)?, time.zone())
}

/// A moment by the clock of a zone, whichever of two equal times it is.
fn at(moment: DateTime<Utc>, zone: Tz) -> Option<ZonedTime> {
    let local = zone.from_utc_datetime(&moment.naive_utc()).naive_local();
    let is_meant =
        |which| ZonedTime::choosing(local, zone, which).ok().filter(|time| time.instant() == moment);
    is_meant(Occurrence::Earlier).or_else(|| is_meant(Occurrence::Later))
}

fn in_utc(local: NaiveDateTime, offset: FixedOffset) -> Option<ZonedTime> {
    let moment = local.checked_sub_offset(offset)?;
    ZonedTime::new(moment, Tz::UTC).ok()
}

/// The clocks of a calendar, by the names that it gives them.
pub(super) struct Clocks<'a> {
    described: BTreeMap<&'a str, (&'a ICalendar, &'a ICalendarComponent)>,
    known: BTreeMap<String, Clock>,
    /// The zone of the calendar, if it names one: `X-WR-TIMEZONE`, which is not in RFC 5545 and in every calendar of Google's.
    of_calendar: Option<Tz>,
    default: Tz,
    unknown: Vec<String>,
}

impl<'a> Clocks<'a> {
    pub(super) fn new(calendar: &'a ICalendar, default: Tz) -> Self {
        let root = calendar.components.first();
        let named = root
            .and_then(|root| super::first_text(root, &ICalendarProperty::Other("X-WR-TIMEZONE".to_owned())));
        let zones = calendar
            .components
            .iter()
            .filter(|component| component.component_type == ICalendarComponentType::VTimezone);
        let named_zones = zones.filter_map(|zone| {
            let name = zone.property(&ICalendarProperty::Tzid)?.values.first()?.as_text()?;
            Some((name, (calendar, zone)))
        });
        Self {
            described: named_zones.collect(),
            known: BTreeMap::new(),
            of_calendar: named.and_then(|name| match by_name(&name)? {
                Clock::Zone(zone) => Some(zone),
                Clock::Fixed(_) | Clock::Described(_) => None,
            }),
            default,
            unknown: Vec::new(),
        }
    }

    /// The clock of a time that stands there with this name of a zone, or with an offset, or with neither.
    pub(super) fn of(&mut self, zone: Option<&str>, offset: Option<FixedOffset>) -> Clock {
        if let Some(offset) = offset {
            return if offset.local_minus_utc() == 0 {
                // Google writes in UTC what its calendar shows and repeats in the calendar's own zone.
                Clock::Zone(self.of_calendar.unwrap_or(Tz::UTC))
            } else {
                Clock::Fixed(offset)
            };
        }
        let calendars_own = Clock::Zone(self.of_calendar.unwrap_or(self.default));
        let Some(name) = zone.map(|name| name.trim().trim_matches('"')) else { return calendars_own };
        if let Some(clock) = self.known.get(name) {
            return clock.clone();
        }
        let described = self.described.get(name).copied();
        let clock =
            by_name(name).or_else(|| described.and_then(|(calendar, zone)| by_description(calendar, zone)));
        if clock.is_none() {
            self.unknown.push(name.to_owned());
        }
        let clock = clock.unwrap_or(calendars_own);
        self.known.insert(name.to_owned(), clock.clone());
        clock
    }

    /// What could not be understood.
    pub(super) fn notes(self) -> impl Iterator<Item = ReadNote> {
        let instead = self.of_calendar.unwrap_or(self.default);
        let clean = |name: String| super::text::one_line(&name).into_owned();
        self.unknown.into_iter().map(move |zone| ReadNote::UnknownZone { zone: clean(zone), instead })
    }
}

/// The clock that a name stands for: that of the zones of IANA, of Windows and Exchange, with prefixes of all kinds.
fn by_name(name: &str) -> Option<Clock> {
    let known = |name: &str| {
        let zone = match timezone::Tz::from_str(name).ok()? {
            timezone::Tz::Tz(zone) => Clock::Zone(zone),
            timezone::Tz::Fixed(offset) => Clock::Fixed(offset),
            timezone::Tz::Floating => return None,
        };
        Some(zone)
    };
    let mut rest = name;
    if let Some(clock) = known(rest) {
        return Some(clock);
    }
    for prefix in PREFIXES {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    // `/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires` has the name at its end.
    let ends = std::iter::successors(Some(rest), |rest| rest.split_once('/').map(|(_, end)| end));
    ends.filter(|end| end.contains('/')).find_map(known)
}

/// The clock that a file describes: the known zone that the description names, or else its changes.
fn by_description(calendar: &ICalendar, zone: &ICalendarComponent) -> Option<Clock> {
    if let Some((_, timezone::Tz::Tz(zone))) = zone.timezone() {
        return Some(Clock::Zone(zone));
    }
    let mut changes: Vec<Change> = Vec::new();
    for id in &zone.component_ids {
        let Some(observance) = calendar.components.get(*id as usize) else { continue };
        let offset = |property| observance.property(property).and_then(offset_of);
        let (Some(from), Some(to)) =
            (offset(&ICalendarProperty::Tzoffsetfrom), offset(&ICalendarProperty::Tzoffsetto))
        else {
            continue;
        };
        let Some(first) = observance.property(&ICalendarProperty::Dtstart).and_then(local_of) else {
            continue;
        };
        let rules = observance.properties(&ICalendarProperty::Rrule).flat_map(|entry| &entry.values);
        let rules = rules.filter_map(|value| {
            let ICalendarValue::RecurrenceRule(rule) = value else { return None };
            Some(rule.as_ref())
        });
        let mut onsets = vec![first];
        for rule in rules {
            onsets.extend(recurrence::expand_unchecked(first, rule, MOST_CHANGES));
        }
        let dates = observance.properties(&ICalendarProperty::Rdate).flat_map(|entry| &entry.values);
        onsets.extend(dates.filter_map(local_of_value).take(MOST_CHANGES));
        changes.extend(onsets.into_iter().map(|at| Change { at, from, to }));
        if changes.len() > 4 * MOST_CHANGES {
            break;
        }
    }
    changes.sort_by_key(|change| change.at);
    match changes.as_slice() {
        [] => None,
        [first, rest @ ..] if rest.iter().all(|change| change.to == first.to) => Some(Clock::Fixed(first.to)),
        _ => Some(Clock::Described(changes.into())),
    }
}

fn offset_of(entry: &ICalendarEntry) -> Option<FixedOffset> {
    let offset = entry.values.first()?.as_partial_date_time()?;
    let seconds = i32::from(offset.tz_hour?) * 3600 + i32::from(offset.tz_minute.unwrap_or(0)) * 60;
    if offset.tz_minus { FixedOffset::west_opt(seconds) } else { FixedOffset::east_opt(seconds) }
}

fn local_of(entry: &ICalendarEntry) -> Option<NaiveDateTime> {
    local_of_value(entry.values.first()?)
}

fn local_of_value(value: &ICalendarValue) -> Option<NaiveDateTime> {
    let at: &PartialDateTime = value.as_partial_date_time()?;
    Some(at.to_date_time()?.date_time)
}
