//! A contact: the one kind of fact the formula reads, with the days between which it took place.

use chrono::{Datelike, NaiveDate};

use crate::engagement::{Foci, Mutuality};

/// Something that happened between two cities, reduced to what vitality looks at.
///
/// A contact weighs 1, shared evenly among its focus areas. Where only a month or a year is known, the contact lies
/// somewhere in it, and the score becomes a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    earliest: NaiveDate,
    latest: NaiveDate,
    foci: Foci,
    mutuality: Mutuality,
}

/// Days that cannot hold a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidContact {
    /// The last possible day lies before the first.
    #[error("the latest day, {latest}, lies before the earliest, {earliest}")]
    EndsBeforeItBegins {
        /// The first possible day given.
        earliest: NaiveDate,
        /// The last possible day given.
        latest: NaiveDate,
    },
    /// A year outside 1 to 9999.
    #[error("{day} is outside the years 1 to 9999")]
    OutsideTheCalendar {
        /// The day that was given.
        day: NaiveDate,
    },
}

impl Contact {
    /// A contact on some day from `earliest` to `latest`, both included.
    ///
    /// # Errors
    ///
    /// [`InvalidContact`] if the days are in the wrong order or outside the years 1 to 9999.
    pub fn between(
        earliest: NaiveDate,
        latest: NaiveDate,
        foci: Foci,
        mutuality: Mutuality,
    ) -> Result<Self, InvalidContact> {
        for day in [earliest, latest] {
            if !(1..=9999).contains(&day.year()) {
                return Err(InvalidContact::OutsideTheCalendar { day });
            }
        }
        if latest < earliest {
            return Err(InvalidContact::EndsBeforeItBegins { earliest, latest });
        }
        Ok(Self { earliest, latest, foci, mutuality })
    }

    /// A contact on a known day.
    ///
    /// # Errors
    ///
    /// [`InvalidContact`] if the day is outside the years 1 to 9999.
    pub fn on(day: NaiveDate, foci: Foci, mutuality: Mutuality) -> Result<Self, InvalidContact> {
        Self::between(day, day, foci, mutuality)
    }

    /// The first day on which it may have taken place.
    #[must_use]
    pub fn earliest(&self) -> NaiveDate {
        self.earliest
    }

    /// The last day on which it may have taken place.
    #[must_use]
    pub fn latest(&self) -> NaiveDate {
        self.latest
    }

    /// The day in the middle, the earlier of two.
    #[must_use]
    pub fn middle(&self) -> NaiveDate {
        let half = self.latest.signed_duration_since(self.earliest).num_days() / 2;
        self.earliest.checked_add_signed(chrono::TimeDelta::days(half)).unwrap_or(self.earliest)
    }

    /// What it was about.
    #[must_use]
    pub fn foci(&self) -> &Foci {
        &self.foci
    }

    /// Whether both cities took part.
    #[must_use]
    pub fn mutuality(&self) -> Mutuality {
        self.mutuality
    }

    /// Whether it can add energy at all: what stayed local cannot.
    #[must_use]
    pub fn counts(&self) -> bool {
        match self.mutuality {
            Mutuality::Mutual | Mutuality::OneSided => true,
            Mutuality::None => false,
        }
    }

    /// The day to reckon with in a reading of uncertain dates, as seen on `as_of`; `None` while it has not happened.
    pub(super) fn day_read(&self, reading: DateReading, as_of: NaiveDate) -> Option<NaiveDate> {
        match reading {
            DateReading::Early => (self.latest <= as_of).then_some(self.earliest),
            DateReading::Middle => Some(self.middle()).filter(|&middle| middle <= as_of),
            DateReading::Late => (self.earliest <= as_of).then(|| self.latest.min(as_of)),
        }
    }
}

/// How uncertain dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateReading {
    /// Each as early as can be, and not at all while it may still lie in the future: the lowest score.
    Early,
    /// Each in the middle of its days: the typical score.
    Middle,
    /// Each as late as can be, today at the latest: the highest score.
    Late,
}
