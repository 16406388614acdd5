//! The two times of a read, each one parameter that means the same everywhere: `as_of`, what was true on a day, and `recorded_at`,
//! what had been recorded at a moment; and from which end a list is read.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use sister_cities_domain::named_enum;

use crate::{Shape, TextForm};

/// A moment: an instant, or a day, which stands for its end in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The end of that day in UTC.
    Day(NaiveDate),
    /// That instant.
    Instant(DateTime<Utc>),
}

impl Moment {
    /// The instant; of a day its last microsecond, which is as precisely as is recorded.
    #[must_use]
    pub fn instant(self) -> DateTime<Utc> {
        match self {
            Self::Instant(instant) => instant,
            Self::Day(day) => {
                let begins = day.and_time(chrono::NaiveTime::MIN).and_utc();
                begins + (TimeDelta::days(1) - TimeDelta::microseconds(1))
            }
        }
    }
}

impl TextForm for Moment {
    const SHAPE: Shape = Shape::pattern(
        "a day or an instant (RFC 3339), such as 2025-05-01 or 2025-05-01T12:00:00Z; a day means its end in UTC",
        concat!(
            "^",
            sister_cities_domain::day_pattern!(),
            "([Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?$"
        ),
        "2025-05-01T12:00:00Z",
    );

    fn parse(text: &str) -> Result<Self, String> {
        // A day of ten letters; chrono would take a blank for the T.
        if text.len() <= 10 {
            return NaiveDate::parse(text)
                .map(Self::Day)
                .map_err(|_| "is neither a day nor an instant".to_owned());
        }
        let timed = text.as_bytes().get(10).is_some_and(|letter| letter.eq_ignore_ascii_case(&b'T'));
        let instant = <DateTime<Utc>>::parse(text).ok().filter(|_| timed);
        instant.map(Self::Instant).ok_or_else(|| "is neither a day nor an instant".to_owned())
    }

    fn render(&self) -> String {
        match self {
            Self::Day(day) => day.render(),
            Self::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}

crate::parameters! {
    /// As of which times one record is read.
    #[derive(Default)]
    pub struct RecordQuery {
        /// What was true on this day; as the record stands if not given.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::parameters! {
    /// As of which time one record is read that has no dates of its own.
    #[derive(Default)]
    pub struct RecordedQuery {
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// From which end a list is read.
    #[non_exhaustive]
    pub enum OrderWord ("an end of a list") {
        /// The smallest, oldest or first first; what has no value comes before all that has.
        Ascending = "ascending",
        /// The greatest, newest or last first; what has no value comes after all that has.
        Descending = "descending",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_an_instant_itself() {
        let instant = |text: &str| Moment::parse(text).map(|moment| moment.instant().to_rfc3339());
        assert_eq!(instant("2025-05-01").as_deref(), Ok("2025-05-01T23:59:59.999999+00:00"));
        assert_eq!(instant("2025-05-01T12:00:00+02:00").as_deref(), Ok("2025-05-01T10:00:00+00:00"));
        assert_eq!(instant("9999-12-31").as_deref(), Ok("9999-12-31T23:59:59.999999+00:00"));
    }

    #[test]
    fn what_is_neither_is_refused() {
        for wrong in [
            "",
            "2025",
            "2025-05",
            "2025-5-1",
            "2025-02-30",
            "2025-05-01 12:00:00Z",
            "2025-05-01T12:00",
            "now",
            "２０２５-05-01",
        ] {
            assert!(Moment::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_moment_reads_back_as_it_was_written() {
        for text in ["2025-05-01", "2025-05-01T12:00:00Z", "2025-05-01T12:00:00.000001Z"] {
            assert_eq!(Moment::parse(text).map(|moment| moment.render()).as_deref(), Ok(text));
        }
    }
}
