//! What may be claimed of a partnership: its rung, if the record supports it, or that it is not known, suspended, or not in
//! force.

use std::fmt;

use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;

use crate::named_enum;
use crate::partnership::{RecordGap, Status, StatusOn, StretchStart};
use crate::value::PartialDate;

use super::contact::{Contact, DateReading};
use super::forecast::{Footing, Forecast};
use super::input::VitalityInputs;
use super::ladder::{Rung, RungRange};
use super::state::Snapshot;
use super::track::{Lens, Track};

/// How a partnership stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// The record supports this rung.
    Rated {
        /// The rung by the typical score.
        rung: Rung,
        /// The rungs that uncertain dates allow.
        range: RungRange,
    },
    /// The record is not complete enough to tell silence from a gap.
    NotKnown {
        /// The rung if nothing happened but what is written down.
        at_worst: Rung,
        /// The highest rung that contact missing from the record could have kept it on.
        at_best: Rung,
        /// The last days up to this one for which the record is not stated to be complete. `None` if what is missing lies
        /// before all that is known of the partnership.
        gap: Option<RecordGap>,
    },
    /// Suspended: there is no score.
    Suspended {
        /// The day on which it was set aside, as precisely as is known.
        since: PartialDate,
    },
    /// Not agreed yet, or over: there is no score.
    NotInForce,
}

named_enum! {
    /// A [`Standing`] without its facts.
    #[non_exhaustive]
    pub enum StandingKind ("a standing") of Standing {
        Rated = "rated",
        NotKnown = "not_known",
        Suspended = "suspended",
        NotInForce = "not_in_force",
    }
}

impl Standing {
    /// A stable word for files and interfaces: `active`, `cooling`, `dormant`, `not_known`, `suspended`, `not_in_force`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Rated { rung, .. } => rung.as_str(),
            Self::NotKnown { .. } => "not_known",
            Self::Suspended { .. } => "suspended",
            Self::NotInForce => "not_in_force",
        }
    }

    /// The rung, if one is claimed.
    #[must_use]
    pub fn rung(&self) -> Option<Rung> {
        match self {
            Self::Rated { rung, .. } => Some(*rung),
            Self::NotKnown { .. } | Self::Suspended { .. } | Self::NotInForce => None,
        }
    }
}

/// In a few words: `cooling`, `not known: at least dormant, at most active`, `suspended since 2022-03`.
impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rated { rung, .. } => f.write_str(rung.as_str()),
            Self::NotKnown { at_worst, at_best, .. } => {
                write!(f, "not known: at least {}, at most {}", at_worst.as_str(), at_best.as_str())
            }
            Self::Suspended { since } => write!(f, "suspended since {since}"),
            Self::NotInForce => f.write_str("not in force"),
        }
    }
}

/// The standing without a score that a status leads to; `None` if the partnership was, or may have been, in force.
pub(super) fn without_score(status: &StatusOn) -> Option<Standing> {
    let mut suspended = None;
    for candidate in status.candidates().iter().flatten() {
        match candidate {
            Status::Agreed | Status::UnderReview { .. } | Status::Reawakening { .. } => return None,
            Status::Suspended(suspension) => suspended = Some(Standing::Suspended { since: suspension.on }),
            Status::Enquiry
            | Status::Assessing
            | Status::Exploring
            | Status::Declined { .. }
            | Status::Concluded { .. }
            | Status::Historical { .. } => {}
        }
    }
    Some(suspended.unwrap_or(Standing::NotInForce))
}

/// What the record of a partnership allows to be said on a day.
pub(super) struct Support<'a> {
    inputs: &'a VitalityInputs<'a>,
    as_of: NaiveDate,
    /// The day since which the record is complete, if contact from before may be missing.
    hidden_before: Option<NaiveDate>,
    /// The high reading of the dates, with the most that may be missing.
    best: Option<Track>,
}

impl<'a> Support<'a> {
    pub(super) fn of(inputs: &'a VitalityInputs<'a>, as_of: NaiveDate) -> Self {
        let hidden_before = match inputs.record().unbroken_since(as_of) {
            None => Some(as_of),
            Some(StretchStart::Beginning) => None,
            Some(StretchStart::Day(start)) => {
                Some(start).filter(|&start| !is_from_the_beginning(inputs, start))
            }
        };
        let best = hidden_before.map(|_| {
            let contacts: Vec<&Contact> = inputs.contacts().collect();
            let lens = Lens { policy: &inputs.policy, hidden_before };
            Track::of(&lens, &contacts, DateReading::Late, as_of)
        });
        Self { inputs, as_of, hidden_before, best }
    }

    /// The rung, as far as the record supports it.
    pub(super) fn standing(&self, now: &Snapshot) -> Standing {
        let rated = Standing::Rated { rung: now.rung, range: now.range };
        match self.at_best(self.as_of) {
            Some(at_best) if now.rung != Rung::Active && at_best != now.rung => Standing::NotKnown {
                at_worst: now.range.lowest,
                at_best: at_best.max(now.range.highest),
                gap: self.gap(),
            },
            Some(_) | None => rated,
        }
    }

    /// What a forecast made on the day rests on, if the record is kept from then on.
    pub(super) fn footing(&self, forecast: &Forecast) -> Footing {
        let claims = [(forecast.cooling_on, Rung::Cooling), (forecast.dormant_on, Rung::Dormant)];
        let supported = claims.into_iter().all(|(day, rung)| {
            day.and_then(|day| self.at_best(day.likely)).is_none_or(|at_best| at_best == rung)
        });
        if supported { Footing::CompleteRecord } else { Footing::IncompleteRecord }
    }

    /// The day, before `limit`, from which on the record supports the rung that it does not support yet.
    ///
    /// What may be missing only fades, so the first such day is found by halving.
    pub(super) fn settles_on(&self, rung: Rung, limit: NaiveDate) -> Option<NaiveDate> {
        let supported = |days: i64| {
            let day = self.as_of.checked_add_signed(TimeDelta::days(days)).unwrap_or(NaiveDate::MAX);
            self.at_best(day).is_none_or(|at_best| at_best == rung)
        };
        let (mut no, mut yes) = (0, limit.signed_duration_since(self.as_of).num_days());
        if yes <= 0 || !supported(yes) {
            return None;
        }
        while yes - no > 1 {
            let middle = no + (yes - no) / 2;
            if supported(middle) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        self.as_of.checked_add_signed(TimeDelta::days(yes))
    }

    /// The highest rung the partnership can have on a day not before `as_of`; `None` if nothing can be missing.
    fn at_best(&self, day: NaiveDate) -> Option<Rung> {
        let lens = Lens { policy: &self.inputs.policy, hidden_before: self.hidden_before };
        self.best.as_ref().map(|track| track.rung_on(&lens, day))
    }

    fn gap(&self) -> Option<RecordGap> {
        let first = beginning(self.inputs).unwrap_or(self.as_of).min(self.as_of);
        self.inputs.record().gaps_between(first, self.as_of).pop()
    }
}

/// Whether a record that is complete since `start` misses nothing of the partnership: its beginning is known and covered.
fn is_from_the_beginning(inputs: &VitalityInputs<'_>, start: NaiveDate) -> bool {
    inputs.founded.is_some() && beginning(inputs).is_some_and(|first| start <= first)
}

/// The first day on which anything of the partnership can have happened, as far as is known.
fn beginning(inputs: &VitalityInputs<'_>) -> Option<NaiveDate> {
    inputs.contacts().map(Contact::earliest).chain(inputs.founded).min()
}
