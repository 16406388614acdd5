//! Periods between dates that may be only partly known.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Certainty, InvalidValue, PartialDate};

/// A stretch of time from one date to another, both included; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawPeriod", into = "RawPeriod")]
pub struct Period {
    from: Option<PartialDate>,
    to: Option<PartialDate>,
}

#[derive(Serialize, Deserialize)]
struct RawPeriod {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<PartialDate>,
}

impl Period {
    /// Without a beginning and without an end.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// A period; `None` is "open at that end".
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Reversed`] if the end lies before the beginning whatever days they are.
    pub fn new(from: Option<PartialDate>, to: Option<PartialDate>) -> Result<Self, InvalidValue> {
        if let (Some(from), Some(to)) = (from, to)
            && to.latest() < from.earliest()
        {
            return Err(InvalidValue::Reversed { from: from.to_string(), to: to.to_string() });
        }
        Ok(Self { from, to })
    }

    /// A period that has begun and has no end so far.
    #[must_use]
    pub const fn since(from: PartialDate) -> Self {
        Self { from: Some(from), to: None }
    }

    /// When it begins; `None` if it always was.
    #[must_use]
    pub const fn from(&self) -> Option<PartialDate> {
        self.from
    }

    /// Its last day; `None` if it has no end.
    #[must_use]
    pub const fn to(&self) -> Option<PartialDate> {
        self.to
    }

    /// Whether that day lies within.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> Certainty {
        let begun = self.from.map_or(Certainty::Yes, |from| from.is_on_or_before(day));
        let not_over = self.to.map_or(Certainty::Yes, |to| to.is_on_or_after(day));
        begun.and(not_over)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> Certainty {
        begins_by_end_of(self, other).and(begins_by_end_of(other, self))
    }

    /// The first day it can hold; `None` if it always was.
    #[must_use]
    pub fn earliest(&self) -> Option<NaiveDate> {
        self.from.map(|from| from.earliest())
    }

    /// The last day it can hold; `None` if it has no end.
    #[must_use]
    pub fn latest(&self) -> Option<NaiveDate> {
        self.to.map(|to| to.latest())
    }
}

/// Whether `a` begins on or before the last day of `b`.
fn begins_by_end_of(a: &Period, b: &Period) -> Certainty {
    match (a.from, b.to) {
        (Some(from), Some(to)) if from.latest() <= to.earliest() => Certainty::Yes,
        (Some(from), Some(to)) if from.earliest() > to.latest() => Certainty::No,
        (Some(_), Some(_)) => Certainty::Possibly,
        (None, _) | (_, None) => Certainty::Yes,
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("always"),
            (Some(from), None) => write!(f, "since {}", from.in_words()),
            (None, Some(to)) => write!(f, "until {}", to.in_words()),
            (Some(from), Some(to)) => write!(f, "{} to {}", from.in_words(), to.in_words()),
        }
    }
}

impl TryFrom<RawPeriod> for Period {
    type Error = InvalidValue;

    fn try_from(raw: RawPeriod) -> Result<Self, InvalidValue> {
        Self::new(raw.from, raw.to)
    }
}

impl From<Period> for RawPeriod {
    fn from(period: Period) -> Self {
        Self { from: period.from, to: period.to }
    }
}
