//! When a person reads: what waits for the morning, and for Monday.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _, Timelike as _, Utc,
    Weekday,
};
use chrono_tz::Tz;

use crate::value::text_form::text_form;
use crate::value::{InvalidValue, Shape};

/// How many days in a row may be no reading days before a message comes all the same: nobody who has named no day, or lives where every day is a holiday, is
/// kept waiting for ever.
const DAYS_AHEAD: u64 = 31;

/// The hours and days in which a person wants messages, by the clock of their own zone. Their text is that of opening hours: `Mo-Fr 09:00-17:00`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReadingHours {
    from: NaiveTime,
    until: NaiveTime,
    days: BTreeSet<WeekdayOrder>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct WeekdayOrder(u8);

/// What texts call the days, from Monday.
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

const EXPECTED: &str = "days and hours such as Mo-Fr 09:00-17:00, or Mo,We 10:00-12:30";

/// Why hours are not hours in which somebody reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidReadingHours {
    /// They end before they begin.
    #[error("reading hours begin before they end on the same day, such as 09:00 to 17:00")]
    Order,
    /// No day is named.
    #[error("at least one day of the week is named")]
    NoDay,
}

impl FromStr for ReadingHours {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        let (days, hours) = text.split_once(' ').ok_or_else(malformed)?;
        let (from, until) = hours.split_once('-').ok_or_else(malformed)?;
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| malformed());
        let mut named = Vec::new();
        for part in days.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let place = |name: &str| DAYS.iter().position(|day| *day == name);
            let (first, last) = place(first).zip(place(last)).ok_or_else(malformed)?;
            // A range that ends before it begins names no day.
            let all = (first..=last).filter_map(|day| Weekday::try_from(u8::try_from(day).ok()?).ok());
            named.extend(all);
        }
        Self::new(time(from)?, time(until)?, named).map_err(|_| malformed())
    }
}

impl fmt::Display for ReadingHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<usize> = self.days.iter().map(|day| usize::from(day.0)).collect();
        let mut parts = Vec::new();
        for run in days.chunk_by(|one, next| one + 1 == *next) {
            match run {
                [first, _, .., last] => parts.push(format!("{}-{}", DAYS[*first], DAYS[*last])),
                few => parts.extend(few.iter().map(|day| DAYS[*day].to_owned())),
            }
        }
        write!(f, "{} {}-{}", parts.join(","), self.from.format("%H:%M"), self.until.format("%H:%M"))
    }
}

text_form!(
    ReadingHours,
    Shape::pattern(
        EXPECTED,
        "^(Mo|Tu|We|Th|Fr|Sa|Su)([,-](Mo|Tu|We|Th|Fr|Sa|Su))* [0-2]?[0-9]:[0-5][0-9]-[0-2]?[0-9]:[0-5][0-9]$",
        "Mo-Fr 09:00-17:00"
    )
);

impl Default for ReadingHours {
    /// From 9 to 17 o'clock, Monday to Friday.
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { from: hour(9), until: hour(17), days: (0..5).map(WeekdayOrder).collect() }
    }
}

impl ReadingHours {
    /// Between these times, to the minute, on these days of the week.
    ///
    /// # Errors
    ///
    /// [`InvalidReadingHours`] if they end before they begin, or no day is named.
    pub fn new(
        from: NaiveTime,
        until: NaiveTime,
        days: impl IntoIterator<Item = Weekday>,
    ) -> Result<Self, InvalidReadingHours> {
        let to_the_minute = |time: NaiveTime| time.with_second(0).and_then(|time| time.with_nanosecond(0));
        let (from, until) = (to_the_minute(from).unwrap_or(from), to_the_minute(until).unwrap_or(until));
        if from >= until {
            return Err(InvalidReadingHours::Order);
        }
        let days: BTreeSet<WeekdayOrder> = days.into_iter().map(WeekdayOrder::of).collect();
        if days.is_empty() { Err(InvalidReadingHours::NoDay) } else { Ok(Self { from, until, days }) }
    }

    /// The time from which on messages come.
    #[must_use]
    pub const fn from(&self) -> NaiveTime {
        self.from
    }

    /// The time from which on they wait for the next day.
    #[must_use]
    pub const fn until(&self) -> NaiveTime {
        self.until
    }

    /// The days of the week on which messages come, from Monday.
    pub fn days(&self) -> impl Iterator<Item = Weekday> + '_ {
        self.days.iter().filter_map(|day| Weekday::try_from(day.0).ok())
    }

    /// The instant at which a message reaches its reader that is ready at `ready`: that instant if the reader reads then, else when they begin on the next
    /// day on which they read and which is no holiday.
    ///
    /// In a night in which the clocks change, a time that does not exist is that after the gap, and one that comes twice is the first.
    #[must_use]
    pub fn next_reading(
        &self,
        ready: DateTime<Utc>,
        zone: Tz,
        is_holiday: impl Fn(NaiveDate) -> bool,
    ) -> DateTime<Utc> {
        let local = ready.with_timezone(&zone).naive_local();
        let reads_on =
            |day: NaiveDate| self.days.contains(&WeekdayOrder::of(day.weekday())) && !is_holiday(day);
        let today = local.date();
        if reads_on(today) {
            if (self.from..self.until).contains(&local.time()) {
                return ready;
            }
            if local.time() < self.from {
                return instant(today.and_time(self.from), zone).max(ready);
            }
        }
        let days = (1..=DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        match days.clone().find(|day| reads_on(*day)).or_else(|| days.clone().next()) {
            Some(day) => instant(day.and_time(self.from), zone).max(ready),
            None => ready,
        }
    }

    /// The next day from `first` on, and after `after`, on which they begin to read and which is no holiday; and the instant at which they do. Of
    /// digests, which come once a day.
    #[must_use]
    pub fn next_beginning(
        &self,
        after: DateTime<Utc>,
        first: NaiveDate,
        zone: Tz,
        is_holiday: impl Fn(NaiveDate) -> bool,
    ) -> (NaiveDate, DateTime<Utc>) {
        let days = (0..=DAYS_AHEAD).filter_map(|ahead| first.checked_add_days(Days::new(ahead)));
        let days = days.map(|day| (day, instant(day.and_time(self.from), zone)));
        let mut days = days.filter(|(_, begins)| *begins > after);
        let reads = |day: NaiveDate| self.days.contains(&WeekdayOrder::of(day.weekday())) && !is_holiday(day);
        days.clone().find(|(day, _)| reads(*day)).or_else(|| days.next()).unwrap_or((first, after))
    }
}

impl WeekdayOrder {
    fn of(day: Weekday) -> Self {
        Self(u8::try_from(day.num_days_from_monday()).unwrap_or_default())
    }
}

/// The instant of a local time: the first of two, and after a gap the instant at which it ends.
fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    if let Some(instant) = zone.from_local_datetime(&local).earliest() {
        return instant.to_utc();
    }
    // Gaps are at most a day long (Samoa, 2011), and end at a full minute.
    let after = (1..=24 * 60).filter_map(|minutes| {
        let later = local.checked_add_signed(chrono::TimeDelta::minutes(minutes))?;
        zone.from_local_datetime(&later).earliest()
    });
    after.map(|instant| instant.to_utc()).next().unwrap_or_else(|| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    const NO_HOLIDAY: fn(NaiveDate) -> bool = |_| false;

    #[test]
    fn what_is_ready_at_night_comes_at_nine_in_warsaw() {
        let zone = chrono_tz::Europe::Warsaw;
        let hours = ReadingHours::default();
        assert_eq!(
            hours.next_reading(at("2026-11-30T02:00:00Z"), zone, NO_HOLIDAY),
            at("2026-11-30T08:00:00Z")
        );
        assert_eq!(
            hours.next_reading(at("2026-11-30T10:30:00Z"), zone, NO_HOLIDAY),
            at("2026-11-30T10:30:00Z")
        );
        assert_eq!(
            hours.next_reading(at("2026-11-30T16:00:00Z"), zone, NO_HOLIDAY),
            at("2026-12-01T08:00:00Z")
        );
        // Friday evening waits for Monday, and Monday for Tuesday if it is a holiday.
        assert_eq!(
            hours.next_reading(at("2026-11-27T16:00:00Z"), zone, NO_HOLIDAY),
            at("2026-11-30T08:00:00Z")
        );
        let monday = |day: NaiveDate| day.to_string() == "2026-11-30";
        assert_eq!(hours.next_reading(at("2026-11-27T16:00:00Z"), zone, monday), at("2026-12-01T08:00:00Z"));
    }

    #[test]
    fn a_digest_comes_when_the_reader_begins_to_read() {
        let zone = chrono_tz::Europe::Warsaw;
        let hours = ReadingHours::default();
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let friday = at("2026-11-27T10:00:00Z");
        let monday = (day("2026-11-30"), at("2026-11-30T08:00:00Z"));
        assert_eq!(hours.next_beginning(friday, day("2026-11-27"), zone, NO_HOLIDAY), monday);
        let early = at("2026-11-27T05:00:00Z");
        let same_day = (day("2026-11-27"), at("2026-11-27T08:00:00Z"));
        assert_eq!(hours.next_beginning(early, day("2026-11-27"), zone, NO_HOLIDAY), same_day);
        assert_eq!(hours.next_beginning(early, day("2026-11-30"), zone, NO_HOLIDAY), monday);
    }

    #[test]
    fn nobody_waits_for_ever() {
        let hours = ReadingHours::default();
        let ready = at("2026-11-30T18:00:00Z");
        let reached = hours.next_reading(ready, chrono_tz::UTC, |_| true);
        assert_eq!(reached, at("2026-12-01T09:00:00Z"), "where every day is a holiday, tomorrow");
    }

    #[test]
    fn hours_that_end_before_they_begin_and_no_days_are_refused() {
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("nine");
        assert_eq!(ReadingHours::new(nine, nine, [Weekday::Mon]), Err(InvalidReadingHours::Order));
        let ten = NaiveTime::from_hms_opt(10, 0, 0).expect("ten");
        assert_eq!(ReadingHours::new(nine, ten, []), Err(InvalidReadingHours::NoDay));
    }

    #[test]
    fn hours_are_written_as_opening_hours_are() {
        assert_eq!(ReadingHours::default().to_string(), "Mo-Fr 09:00-17:00");
        for (text, written) in [
            ("Mo,Tu,We 8:30-12:00", "Mo-We 08:30-12:00"),
            ("Sa-Su 10:00-11:00", "Sa,Su 10:00-11:00"),
            ("Fr,Mo,Tu-Th 00:00-23:59", "Mo-Fr 00:00-23:59"),
            ("Su,Tu 07:00-07:01", "Tu,Su 07:00-07:01"),
        ] {
            let hours: ReadingHours = text.parse().expect(text);
            assert_eq!(hours.to_string(), written);
            assert_eq!(written.parse(), Ok(hours));
        }
        for wrong in
            ["", "Mo", "Mo 9-17", "Mo 17:00-09:00", "Fr-Mo 09:00-17:00", "Mon 09:00-17:00", "Mo 09:00-24:00"]
        {
            assert!(wrong.parse::<ReadingHours>().is_err(), "{wrong}");
        }
    }

    /// Show 6 of the year of simulated time, for the one function that it hangs on: in every zone, on every day of a year, what is ready at any hour comes once,
    /// in reading hours, and never before it is ready.
    #[test]
    fn in_every_zone_on_every_day_a_message_comes_in_reading_hours() {
        let hours = ReadingHours::default();
        for zone in chrono_tz::TZ_VARIANTS {
            let mut ready = at("2026-01-01T00:17:00Z");
            while ready < at("2027-01-01T00:00:00Z") {
                let reached = hours.next_reading(ready, zone, NO_HOLIDAY);
                let local = reached.with_timezone(&zone).naive_local();
                assert!(reached >= ready, "{zone} {ready}");
                assert!(local.date().weekday().num_days_from_monday() < 5, "{zone} {ready} {local}");
                assert!(local.time() >= hours.from && local.time() < hours.until, "{zone} {ready} {local}");
                assert!(reached - ready < chrono::TimeDelta::hours(66), "{zone} {ready} {local}");
                assert_eq!(hours.next_reading(reached, zone, NO_HOLIDAY), reached, "{zone} {ready}");
                ready += chrono::TimeDelta::hours(7);
            }
        }
    }
}
