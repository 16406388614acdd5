//! Dates of the precision that is known: a year, a month of a year, or a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::text_form::text_form;
use super::{Certainty, InvalidValue, Shape};

use crate::named_enum;

const EXPECTED: &str = "a year, month or day such as 1991, 1991-08 or 1991-08-20";
const EXPECTED_YEAR: &str = "a year from 1 to 9999";

named_enum! {
    /// How much of a date is known. Ordered from coarse to fine.
    #[expect(clippy::exhaustive_enums, reason = "ISO 8601 calendar dates have these three")]
    pub enum Precision ("a precision of a date") {
        /// The year alone is known.
        Year = "year",
        /// The year and the month.
        Month = "month",
        /// The day itself is known.
        Day = "day",
    }
}

/// How two partly known dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "two intervals of days stand in one of these ways")]
pub enum DateOrder {
    /// The first is earlier, whatever days they are.
    Before,
    /// The first is later, whatever days they are.
    After,
    /// Both are the same known day.
    Same,
    /// They share days, so it cannot be told.
    Overlapping,
}

/// A date of the precision that is known: an interval of days, not a guess at one of them.
///
/// Proleptic Gregorian calendar, years 1 to 9999. There is deliberately no `Ord`: whether "1991" is before "August 1991" has no
/// answer. [`PartialDate::compare`] gives the honest one, [`PartialDate::sort_key`] an order for lists.
///
/// ```
/// use sister_cities_domain::value::{DateOrder, PartialDate};
///
/// let signed: PartialDate = "1982".parse()?;
/// let reaffirmed: PartialDate = "1991-08".parse()?;
/// assert_eq!(signed.compare(&reaffirmed), DateOrder::Before);
/// assert_eq!(reaffirmed.in_words(), "August 1991");
/// # Ok::<(), sister_cities_domain::value::InvalidValue>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    /// The first day it can be.
    earliest: NaiveDate,
    precision: Precision,
}

impl PartialDate {
    /// Some day of that year.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] unless 1 ≤ `year` ≤ 9999.
    pub fn from_year(year: i32) -> Result<Self, InvalidValue> {
        Self::first_of(year, 1, Precision::Year)
    }

    /// Some day of that month; January is 1.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] unless 1 ≤ `year` ≤ 9999 and 1 ≤ `month` ≤ 12.
    pub fn from_month(year: i32, month: u32) -> Result<Self, InvalidValue> {
        Self::first_of(year, month, Precision::Month)
    }

    /// That day.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] unless its year is from 1 to 9999.
    pub fn from_day(day: NaiveDate) -> Result<Self, InvalidValue> {
        check_year(day.year())?;
        Ok(Self { earliest: day, precision: Precision::Day })
    }

    fn first_of(year: i32, month: u32, precision: Precision) -> Result<Self, InvalidValue> {
        check_year(year)?;
        let earliest = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| {
            InvalidValue::out_of_range(&format_args!("month {month}"), "a month from 1 to 12")
        })?;
        Ok(Self { earliest, precision })
    }

    /// The first day it can be.
    #[must_use]
    pub const fn earliest(&self) -> NaiveDate {
        self.earliest
    }

    /// The last day it can be.
    #[must_use]
    pub fn latest(&self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.earliest,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        // The year is at most 9999, far from the end of chrono's calendar, so neither step can fail.
        self.earliest
            .checked_add_months(Months::new(months))
            .and_then(|next| next.checked_sub_days(Days::new(1)))
            .unwrap_or(self.earliest)
    }

    /// The day in the middle of those it can be, the earlier of two middles. For reckoning a typical case, never for showing.
    #[must_use]
    pub fn middle(&self) -> NaiveDate {
        let days = (self.latest() - self.earliest).num_days().unsigned_abs();
        self.earliest.checked_add_days(Days::new(days / 2)).unwrap_or(self.earliest)
    }

    /// How much of it is known.
    #[must_use]
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// The year, which is always known.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.earliest.year()
    }

    /// The day, if it is known.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        match self.precision {
            Precision::Day => Some(self.earliest),
            Precision::Month | Precision::Year => None,
        }
    }

    /// How this date stands to another.
    #[must_use]
    pub fn compare(&self, other: &Self) -> DateOrder {
        if self.latest() < other.earliest {
            DateOrder::Before
        } else if self.earliest > other.latest() {
            DateOrder::After
        } else if self.precision == Precision::Day && other.precision == Precision::Day {
            DateOrder::Same
        } else {
            DateOrder::Overlapping
        }
    }

    /// Whether that day can be the one meant.
    #[must_use]
    pub fn may_be(&self, day: NaiveDate) -> bool {
        self.earliest <= day && day <= self.latest()
    }

    /// Whether it says the same as `coarser` or more: every day it can be, `coarser` can be.
    #[must_use]
    pub fn refines(&self, coarser: &Self) -> bool {
        coarser.earliest <= self.earliest && self.latest() <= coarser.latest()
    }

    /// Whether it is that day or an earlier one.
    #[must_use]
    pub fn is_on_or_before(&self, day: NaiveDate) -> Certainty {
        if self.latest() <= day {
            Certainty::Yes
        } else if self.earliest > day {
            Certainty::No
        } else {
            Certainty::Possibly
        }
    }

    /// Whether it is that day or a later one.
    #[must_use]
    pub fn is_on_or_after(&self, day: NaiveDate) -> Certainty {
        if self.earliest >= day {
            Certainty::Yes
        } else if self.latest() < day {
            Certainty::No
        } else {
            Certainty::Possibly
        }
    }

    /// A total order for lists: by the first possible day, and of those with the same first day the coarser first, so that
    /// "1991" comes before "January 1991", which comes before 1 January 1991. It claims nothing about which came first.
    #[must_use]
    pub const fn sort_key(&self) -> (NaiveDate, Precision) {
        (self.earliest, self.precision)
    }

    /// As a person writes it: `1991`, `August 1991`, `20 August 1991`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let pattern = match self.precision {
            Precision::Year => return self.year().to_string(),
            Precision::Month => "%B",
            Precision::Day => "%-d %B",
        };
        format!("{} {}", self.earliest.format(pattern), self.year())
    }
}

fn check_year(year: i32) -> Result<(), InvalidValue> {
    if (1..=9999).contains(&year) {
        Ok(())
    } else {
        Err(InvalidValue::out_of_range(&format_args!("the year {year}"), EXPECTED_YEAR))
    }
}

impl TryFrom<NaiveDate> for PartialDate {
    type Error = InvalidValue;

    fn try_from(day: NaiveDate) -> Result<Self, InvalidValue> {
        Self::from_day(day)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.earliest.year();
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{:02}", self.earliest.month()),
            Precision::Day => write!(f, "{year:04}-{:02}-{:02}", self.earliest.month(), self.earliest.day()),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PartialDate {
    type Err = InvalidValue;

    /// Reads ISO 8601 and nothing else: `1991`, `1991-08`, `1991-08-20`.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        let mut parts = text.split('-');
        let mut next = |digits: usize| -> Option<Result<u32, InvalidValue>> {
            parts.next().map(|part| number(part, digits).ok_or_else(malformed))
        };
        let year = next(4).ok_or_else(malformed)??.cast_signed();
        let month = next(2).transpose()?;
        let day = next(2).transpose()?;
        if parts.next().is_some() {
            return Err(malformed());
        }
        match (month, day) {
            (None, _) => Self::from_year(year),
            (Some(month), None) => Self::from_month(year, month),
            (Some(month), Some(day)) => {
                check_year(year)?;
                let day = NaiveDate::from_ymd_opt(year, month, day)
                    .ok_or_else(|| InvalidValue::out_of_range(text, "a day that is in the calendar"))?;
                Self::from_day(day)
            }
        }
    }
}

text_form!(
    PartialDate,
    Shape::pattern(
        "a date as precise as it is known: 1991, 1991-08 or 1991-08-20",
        concat!("^(", crate::year_pattern!(), "(-(0[1-9]|1[0-2]))?|", crate::day_pattern!(), ")$"),
        "1991-08",
    )
);

fn number(part: &str, digits: usize) -> Option<u32> {
    let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    if plain { part.parse().ok() } else { None }
}
