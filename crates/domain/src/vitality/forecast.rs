//! The forecast: the days on which a partnership will be called cooling, and dormant, if nothing happens.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::ladder::Rung;
use super::policy::VitalityPolicy;
use super::track::{Lens, Track};

use crate::named_enum;

/// A day, as a range where it follows from uncertain dates: `earliest <= likely <= latest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DateRange {
    /// With every contact as early as its date allows; the day asked about, if it would already be so.
    pub earliest: NaiveDate,
    /// With every contact in the middle of the days its date allows.
    pub likely: NaiveDate,
    /// With every contact as late as its date allows.
    pub latest: NaiveDate,
}

impl DateRange {
    /// Whether all dates behind it are known to the day.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.earliest == self.latest
    }
}

named_enum! {
    /// What a forecast rests on.
    #[non_exhaustive]
    pub enum Footing ("a footing of a forecast") {
        /// Contacts alone; whether their record is complete was not looked at.
        Contacts = "contacts",
        /// A record complete enough that the partnership will be called so if it is kept and nothing happens.
        CompleteRecord = "complete_record",
        /// A record with gaps: what is not written down may carry the partnership longer, and until the record is completed the
        /// answer on those days will be "not known".
        IncompleteRecord = "incomplete_record",
    }
}

/// The days on which a partnership will be called something less, if nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// The first day on which it will be called cooling. `None` if it is not active now, or will fall to dormant at once.
    pub cooling_on: Option<DateRange>,
    /// The first day on which it will be called dormant. `None` if it is dormant now.
    pub dormant_on: Option<DateRange>,
    /// What the two days rest on.
    pub footing: Footing,
    /// The day on which the agreement ends, if that is before the partnership would be called dormant.
    pub agreement_ends: Option<NaiveDate>,
}

/// The likely days: `cooling from 2027-03-01, dormant from 2030-05-12`.
impl fmt::Display for Forecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.cooling_on, self.dormant_on) {
            (None, None) => f.write_str("no fall ahead"),
            (Some(cooling), None) => write!(f, "cooling from {}", cooling.likely),
            (None, Some(dormant)) => write!(f, "dormant from {}", dormant.likely),
            (Some(cooling), Some(dormant)) => {
                write!(f, "cooling from {}, dormant from {}", cooling.likely, dormant.likely)
            }
        }
    }
}

/// The three readings of the dates of a partnership.
pub(super) struct Readings<'a> {
    pub(super) early: &'a Track,
    pub(super) middle: &'a Track,
    pub(super) late: &'a Track,
}

impl Readings<'_> {
    /// The forecast from contacts alone, as seen on `as_of`.
    pub(super) fn forecast(&self, policy: &VitalityPolicy, as_of: NaiveDate) -> Forecast {
        let numbers = policy.numbers();
        let cooling_on = self.fall(policy, as_of, Rung::Active, numbers.cooling_below);
        let dormant_on = self.fall(policy, as_of, Rung::Cooling, numbers.dormant_below);
        // A very short half-life can skip a rung overnight.
        let skipped =
            |cooling: &DateRange| dormant_on.is_some_and(|dormant| dormant.likely <= cooling.likely);
        Forecast {
            cooling_on: cooling_on.filter(|cooling| !skipped(cooling)),
            dormant_on,
            footing: Footing::Contacts,
            agreement_ends: None,
        }
    }

    /// The day on which the partnership, now on `rung` or above, will stand below it.
    fn fall(
        &self,
        policy: &VitalityPolicy,
        as_of: NaiveDate,
        rung: Rung,
        threshold: f64,
    ) -> Option<DateRange> {
        let lens = Lens::recorded(policy);
        if self.middle.rung_on(&lens, as_of) < rung {
            return None;
        }
        let likely = self.middle.falls_below(policy, threshold)?;
        let earliest = if self.early.rung_on(&lens, as_of) < rung {
            as_of
        } else {
            self.early.falls_below(policy, threshold).map_or(as_of, |day| day.min(likely))
        };
        let latest = self.late.falls_below(policy, threshold).map_or(likely, |day| day.max(likely));
        Some(DateRange { earliest, likely, latest })
    }
}
