//! When an engagement took place, as far as is known.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::value::{Certainty, InvalidValue, PartialDate, Period};

/// The first day of an engagement and its last, each of the precision that is known. Either may be unknown: a log has undated lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawDates", into = "RawDates")]
pub struct EngagementDates {
    start: Option<PartialDate>,
    end: Option<PartialDate>,
}

#[derive(Serialize, Deserialize)]
struct RawDates {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<PartialDate>,
}

impl EngagementDates {
    /// No date is known.
    pub const UNDATED: Self = Self { start: None, end: None };

    /// From a first to a last day.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Reversed`] if the end lies before the start whatever days they are.
    pub fn new(start: Option<PartialDate>, end: Option<PartialDate>) -> Result<Self, InvalidValue> {
        Period::new(start, end)?;
        Ok(Self { start, end })
    }

    /// Begun on that date; how long it took is not told.
    #[must_use]
    pub const fn on(start: PartialDate) -> Self {
        Self { start: Some(start), end: None }
    }

    /// When it began, as precisely as is known.
    #[must_use]
    pub const fn start(&self) -> Option<PartialDate> {
        self.start
    }

    /// The last day, where there was more than one and it is told.
    #[must_use]
    pub const fn end(&self) -> Option<PartialDate> {
        self.end
    }

    /// Whether nothing is known of when it was.
    #[must_use]
    pub const fn is_undated(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }

    /// The days between which it lies: the earliest it can have begun and the latest it can have ended, as far as is told.
    /// `None` if undated.
    #[must_use]
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.start.or(self.end)?;
        let last = self.end.unwrap_or(first);
        Some((first.earliest(), last.latest().max(first.latest())))
    }

    /// Whether it had begun by a day. An undated one possibly had.
    #[must_use]
    pub fn begun_by(&self, day: NaiveDate) -> Certainty {
        self.start.or(self.end).map_or(Certainty::Possibly, |date| date.is_on_or_before(day))
    }

    /// Whether it began on one of those days. By the start, or by the end where only that is told; an undated one possibly did.
    #[must_use]
    pub fn begins_within(&self, days: &RangeInclusive<NaiveDate>) -> Certainty {
        let Some(date) = self.start.or(self.end) else { return Certainty::Possibly };
        date.is_on_or_after(*days.start()).and(date.is_on_or_before(*days.end()))
    }
}

impl TryFrom<RawDates> for EngagementDates {
    type Error = InvalidValue;

    fn try_from(raw: RawDates) -> Result<Self, InvalidValue> {
        Self::new(raw.start, raw.end)
    }
}

impl From<EngagementDates> for RawDates {
    fn from(dates: EngagementDates) -> Self {
        Self { start: dates.start, end: dates.end }
    }
}
