//! Rules of recurrence: looked at first, and then written out by `calcard`.
//!
//! `calcard` takes a count and no window, and stops looking for the next date after a hundred thousand steps. So a rule gets an end here
//! before it is handed over, and is handed over in local time, which it repeats in: what a local time means is said by a [`Clock`] later.
//!
//! [`Clock`]: super::clock::Clock

use calcard::common::{PartialDateTime, timezone};
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency,
    ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::{Datelike as _, NaiveDateTime, Timelike as _};

use super::{ReadLimits, RuleRefusal};

/// Whether a rule is one that is followed.
pub(super) fn check(rule: &ICalendarRecurrenceRule, limits: &ReadLimits) -> Result<(), RuleRefusal> {
    match rule.freq {
        ICalendarFrequency::Yearly
        | ICalendarFrequency::Monthly
        | ICalendarFrequency::Weekly
        | ICalendarFrequency::Daily => {}
        ICalendarFrequency::Hourly | ICalendarFrequency::Minutely | ICalendarFrequency::Secondly => {
            return Err(RuleRefusal::TooOften);
        }
    }
    if rule.rscale.is_some() || rule.skip.is_some() {
        return Err(RuleRefusal::Scale);
    }
    if rule.interval.is_some_and(|interval| interval == 0 || interval > limits.interval) {
        return Err(RuleRefusal::Interval);
    }
    let lists = [
        rule.bysecond.len(),
        rule.byminute.len(),
        rule.byhour.len(),
        rule.byday.len(),
        rule.bymonthday.len(),
        rule.byyearday.len(),
        rule.byweekno.len(),
        rule.bymonth.len(),
    ];
    let combinations = lists.iter().fold(1_usize, |product, items| product.saturating_mul((*items).max(1)));
    if combinations.max(rule.bysetpos.len()) > limits.combinations {
        return Err(RuleRefusal::Combinations);
    }
    Ok(())
}

/// The local times of a rule that was looked at, the start among them if the rule has it: in order, up to an end, at most as many as asked
/// for. An end that the rule has itself holds as well.
pub(super) fn expand(
    start: NaiveDateTime,
    rule: &ICalendarRecurrenceRule,
    rule_until: Option<NaiveDateTime>,
    until: NaiveDateTime,
    most: usize,
) -> Result<Vec<NaiveDateTime>, RuleRefusal> {
    let until = rule_until.map_or(until, |end| end.min(until));
    if until < start {
        return Ok(Vec::new());
    }
    let bounded = ICalendarRecurrenceRule { until: Some(partial(until)), ..rule.clone() };
    expanded(start, &bounded, most)
}

/// The local times of a rule of a described zone, of which only as many as asked for are looked at.
pub(super) fn expand_unchecked(
    start: NaiveDateTime,
    rule: &ICalendarRecurrenceRule,
    most: usize,
) -> Vec<NaiveDateTime> {
    let is_calm = check(rule, &ReadLimits::default()).is_ok();
    let until = rule.until.as_ref().and_then(PartialDateTime::to_date_time).map(|until| until.date_time);
    // A zone that is described to the end of times is described long enough by this.
    let end = chrono::NaiveDate::from_ymd_opt(2200, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    match end {
        Some(end) if is_calm => expand(start, rule, until, end, most).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn expanded(
    start: NaiveDateTime,
    rule: &ICalendarRecurrenceRule,
    most: usize,
) -> Result<Vec<NaiveDateTime>, RuleRefusal> {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    let property = |name, value| ICalendarEntry { name, params: Vec::new(), values: vec![value] };
    let at = ICalendarValue::PartialDateTime(Box::new(partial(start)));
    event.entries.push(property(ICalendarProperty::Dtstart, at));
    let rule = ICalendarValue::RecurrenceRule(Box::new(rule.clone()));
    event.entries.push(property(ICalendarProperty::Rrule, rule));
    let calendar = ICalendar { components: vec![event] };
    let expansion = calendar.expand_dates(timezone::Tz::Floating, most);
    if !expansion.errors.is_empty() {
        return Err(RuleRefusal::Invalid);
    }
    Ok(expansion.events.iter().map(|event| event.start.naive_local()).collect())
}

/// A local time as `calcard` holds it. It has years of sixteen bits, which every calendar fits into.
fn partial(at: NaiveDateTime) -> PartialDateTime {
    let byte = |value: u32| u8::try_from(value).ok();
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: byte(at.month()),
        day: byte(at.day()),
        hour: byte(at.hour()),
        minute: byte(at.minute()),
        second: byte(at.second()),
        tz_hour: None,
        tz_minute: None,
        tz_minus: false,
    }
}
