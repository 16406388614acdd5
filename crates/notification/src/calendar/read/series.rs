//! Series written out: one event after another, with what was moved, added, left out and changed from some day on.

use std::collections::{BTreeMap, BTreeSet};

use calcard::common::PartialDateTime;
use calcard::icalendar::ICalendarRecurrenceRule;
use chrono::{Months, NaiveDateTime};

use super::component::{Component, Length};
use super::{ReadCalendar, ReadError, ReadEvent, ReadNote, ReadSettings, recurrence};

/// How many events of a series that began long ago are passed over before the day from which on it is taken: daily since 1970.
const MOST_PASSED_OVER: usize = 25_000;

/// What a file says of one UID: the event or series, and the events of it that stand there by themselves.
#[derive(Default)]
struct Group {
    main: Vec<Component>,
    replaced: BTreeMap<NaiveDateTime, Component>,
}

/// Writes out all events of a calendar.
pub(super) fn write_out(
    components: Vec<Component>,
    settings: &ReadSettings,
    read: &mut ReadCalendar,
) -> Result<(), ReadError> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let (with_uid, without): (Vec<_>, Vec<_>) = components.into_iter().partition(|one| !one.uid.is_empty());
    for component in with_uid {
        groups.entry(component.uid.clone()).or_default().add(component);
    }
    // What has no UID is an event by itself.
    let alone = without.into_iter().map(|component| {
        let mut group = Group::default();
        group.add(component);
        group
    });
    for group in groups.into_values().chain(alone) {
        group.write_out(settings, read)?;
    }
    Ok(())
}

impl Group {
    /// Keeps of two states of one event the later: that with the higher sequence, or else the one that comes later in the file. Different
    /// events with one UID, which some programs write, are kept beside each other.
    fn add(&mut self, component: Component) {
        if let Some(at) = component.replaces.as_ref().map(|when| when.local) {
            let known = self.replaced.get(&at).map_or(0, |known| known.sequence);
            if component.sequence >= known {
                self.replaced.insert(at, component);
            }
            return;
        }
        match self.main.iter_mut().find(|known| is_another_state(known, &component)) {
            Some(known) if component.sequence >= known.sequence => *known = component,
            Some(_) => {}
            None => self.main.push(component),
        }
    }

    fn write_out(mut self, settings: &ReadSettings, read: &mut ReadCalendar) -> Result<(), ReadError> {
        // What replaces an event of a series: by the clock of the series, where there is one.
        let series = self.main.first().map(|main| main.start.clone());
        let replaced = std::mem::take(&mut self.replaced);
        let mut replaced: BTreeMap<NaiveDateTime, Component> = replaced
            .into_iter()
            .map(|(at, one)| {
                let by_clock = series.as_ref().and_then(|series| one.replaces.as_ref()?.by(series));
                (by_clock.unwrap_or(at), one)
            })
            .collect();
        for main in &self.main {
            if main.exchanged {
                read.notes.push(ReadNote::Exchanged { uid: main.uid.clone() });
            }
            let times = times(main, settings, &mut read.notes);
            let is_series = !(main.rules.is_empty() && main.added.is_empty());
            let later: Vec<(NaiveDateTime, Component)> = replaced
                .iter()
                .filter(|(_, one)| one.and_later)
                .map(|(at, one)| (*at, one.clone()))
                .collect();
            for (at, length) in times {
                if let Some(one) = take(&mut replaced, at, main) {
                    push(read, settings, &one, (one.start.local, one.length), Some(at))?;
                    continue;
                }
                let changed = later.iter().rev().find(|(from, _)| *from <= at);
                let occurrence = is_series.then_some(at);
                match changed {
                    Some((from, one)) => {
                        let moved = at.checked_add_signed(one.start.local - *from);
                        push(read, settings, one, (moved.unwrap_or(at), one.length), occurrence)?;
                    }
                    None => push(read, settings, main, (at, length), occurrence)?,
                }
            }
        }
        let since = settings.since;
        for (at, one) in replaced {
            // What lies before the day from which on the series is taken is passed over with it.
            if since.is_none_or(|since| one.start.local.date() >= since) {
                push(read, settings, &one, (one.start.local, one.length), Some(at))?;
            }
        }
        Ok(())
    }
}

/// Whether two events of one UID are states of the same: they are both series, or begin at the same time, or one has a higher sequence.
fn is_another_state(known: &Component, other: &Component) -> bool {
    known.start.local == other.start.local
        || known.sequence != other.sequence
        || (!known.rules.is_empty() && !other.rules.is_empty())
}

/// What replaces an event, by its time or, where only a day is told, by its day.
fn take(
    replaced: &mut BTreeMap<NaiveDateTime, Component>,
    at: NaiveDateTime,
    main: &Component,
) -> Option<Component> {
    if let Some(one) = replaced.remove(&at) {
        return Some(one);
    }
    let day = at.date().and_time(chrono::NaiveTime::MIN);
    let names_the_day = |one: &Component| one.replaces.as_ref().is_some_and(|when| when.is_day);
    if !main.start.is_day && replaced.get(&day).is_some_and(names_the_day) {
        return replaced.remove(&day);
    }
    None
}

fn push(
    read: &mut ReadCalendar,
    settings: &ReadSettings,
    component: &Component,
    (at, length): (NaiveDateTime, Length),
    occurrence: Option<NaiveDateTime>,
) -> Result<(), ReadError> {
    let most = settings.limits.entries;
    if read.events.len() >= most {
        return Err(ReadError::TooManyEntries { most });
    }
    match component.entry(at, length) {
        Ok(entry) => {
            let (organizer, attendees) = (component.organizer.clone(), component.attendees.clone());
            read.events.push(ReadEvent { entry, occurrence, organizer, attendees });
        }
        Err(note) => read.notes.push(note),
    }
    Ok(())
}

/// The local times of an event or series by its own clock, with how long each takes.
fn times(
    main: &Component,
    settings: &ReadSettings,
    notes: &mut Vec<ReadNote>,
) -> BTreeMap<NaiveDateTime, Length> {
    let limits = &settings.limits;
    let start = main.start.local;
    let from = settings.since.map_or(start, |since| since.and_time(chrono::NaiveTime::MIN).max(start));
    let months = Months::new(limits.years.saturating_mul(12));
    let until = from.checked_add_months(months).unwrap_or(NaiveDateTime::MAX);
    let passed_over = main.left_out.len() + if from > start { MOST_PASSED_OVER } else { 0 };
    let steps = limits.occurrences + passed_over;
    let mut times = BTreeMap::from([(start, main.length)]);
    let mut is_cut = false;
    for rule in &main.rules {
        let expanded = recurrence::check(rule, limits).and_then(|()| {
            let end = rule.until.as_ref().and_then(|end| end_of_rule(end, main));
            recurrence::expand(start, rule, end, until, steps + 1)
        });
        match expanded {
            Ok(mut expanded) => {
                // A start that the rule does not have is the first event all the same, and counts.
                let starts_outside = expanded.first().is_some_and(|first| *first != start);
                if let Some(count) = rule.count.filter(|_| starts_outside) {
                    expanded.truncate(usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1));
                }
                is_cut |= goes_on(rule, main, until) || expanded.len() > steps;
                times.extend(expanded.into_iter().map(|at| (at, main.length)));
            }
            Err(reason) => notes.push(ReadNote::RuleRefused { uid: main.uid.clone(), reason }),
        }
    }
    for added in &main.added {
        if let Some(at) = added.when.by(&main.start) {
            times.insert(at, added.length.unwrap_or(main.length));
        }
    }
    let (days, moments): (Vec<_>, Vec<_>) = main.left_out.iter().partition(|when| when.is_day);
    let days: BTreeSet<_> = days.iter().map(|when| when.local.date()).collect();
    let moments: BTreeSet<_> = moments.iter().filter_map(|when| when.by(&main.start)).collect();
    times.retain(|at, _| !moments.contains(at) && !days.contains(&at.date()));
    let is_series = times.len() > 1 || !main.rules.is_empty();
    if is_series && settings.since.is_some() {
        times.retain(|at, _| *at >= from);
    }
    if times.len() > limits.occurrences {
        is_cut = true;
        if let Some(first_left_out) = times.keys().nth(limits.occurrences).copied() {
            times.split_off(&first_left_out);
        }
    }
    if is_cut {
        let (occurrences, years) = (limits.occurrences, limits.years);
        notes.push(ReadNote::SeriesCut { uid: main.uid.clone(), occurrences, years });
    }
    times
}

/// Whether a rule has events after the last day that is taken: it has no end, or one after that day. A count is seen by what comes.
fn goes_on(rule: &ICalendarRecurrenceRule, main: &Component, until: NaiveDateTime) -> bool {
    match (&rule.until, rule.count) {
        (Some(end), _) => end_of_rule(end, main).is_some_and(|end| end > until),
        (None, None) => true,
        (None, Some(_)) => false,
    }
}

/// The end of a rule by the clock of its series. Some programs write a day where RFC 5545 wants a time: its midnight, as other readers have
/// it.
fn end_of_rule(end: &PartialDateTime, main: &Component) -> Option<NaiveDateTime> {
    let read = end.to_date_time()?;
    match read.offset {
        Some(offset) if !main.start.is_day => {
            Some(main.start.clock.local(read.date_time.checked_sub_offset(offset)?.and_utc()))
        }
        _ => Some(read.date_time),
    }
}
