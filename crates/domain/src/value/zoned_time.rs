//! Local times with their zone: what the invitation says, and the instant it means (R32).

use std::fmt;

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::named_enum;

/// A wall-clock time in a zone, and the instant it means.
///
/// The wall-clock time is the fact; the instant is derived from it, and kept so that the two can be told apart in a fold. A time
/// that a change of the clocks skips or repeats is refused, with both candidates: a person chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawZonedTime", into = "RawZonedTime")]
pub struct ZonedTime {
    local: NaiveDateTime,
    zone: Tz,
    instant: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct RawZonedTime {
    local: NaiveDateTime,
    zone: Tz,
    instant: DateTime<Utc>,
}

named_enum! {
    /// Which of the two candidates of a skipped or repeated time is meant.
    #[expect(clippy::exhaustive_enums, reason = "a change of the clocks leaves two candidates")]
    pub enum Occurrence ("an occurrence of a local time") {
        /// The one that comes first.
        Earlier = "earlier",
        /// The one that comes second.
        Later = "later",
    }
}

/// A local time that does not mean exactly one instant. The candidates carry their offset from UTC.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ZonedTimeError {
    /// The clocks were put forward over it.
    #[error("{local} does not exist in {zone}, the clocks skip it: {earlier} or {later}?")]
    Gap {
        /// The local time asked for.
        local: NaiveDateTime,
        /// The zone by whose clocks it is read.
        zone: Tz,
        /// Reckoned with the offset that holds after the change, so as long before the gap as the time asked for lies in it.
        earlier: DateTime<Tz>,
        /// Reckoned with the offset that held before the change.
        later: DateTime<Tz>,
    },
    /// The clocks were put back over it.
    #[error("{local} happens twice in {zone}: {earlier} or {later}?")]
    Fold {
        /// The local time asked for.
        local: NaiveDateTime,
        /// The zone by whose clocks it is read.
        zone: Tz,
        /// The first time it happens.
        earlier: DateTime<Tz>,
        /// The second time it happens.
        later: DateTime<Tz>,
    },
    /// It lies at the very end of the calendar, or the stored instant is another time altogether.
    #[error("{local} in {zone} has no instant that can be kept")]
    Unresolvable {
        /// The local time asked for.
        local: NaiveDateTime,
        /// The zone by whose clocks it is read.
        zone: Tz,
    },
}

impl ZonedTime {
    /// Resolves a local time.
    ///
    /// # Errors
    ///
    /// [`ZonedTimeError`] with both candidates if the clocks skip or repeat it.
    pub fn new(local: NaiveDateTime, zone: Tz) -> Result<Self, ZonedTimeError> {
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) => Ok(Self { local, zone, instant: at.to_utc() }),
            LocalResult::Ambiguous(earlier, later) => {
                Err(ZonedTimeError::Fold { local, zone, earlier, later })
            }
            LocalResult::None => Err(gap(local, zone)),
        }
    }

    /// Resolves a local time, and takes that candidate if the clocks skip or repeat it. In a gap the local time becomes the candidate's.
    ///
    /// # Errors
    ///
    /// [`ZonedTimeError::Unresolvable`] at the very ends of the calendar.
    pub fn choosing(local: NaiveDateTime, zone: Tz, which: Occurrence) -> Result<Self, ZonedTimeError> {
        let (earlier, later) = match Self::new(local, zone) {
            Ok(time) => return Ok(time),
            Err(ZonedTimeError::Gap { earlier, later, .. } | ZonedTimeError::Fold { earlier, later, .. }) => {
                (earlier, later)
            }
            Err(error @ ZonedTimeError::Unresolvable { .. }) => return Err(error),
        };
        let chosen = match which {
            Occurrence::Earlier => earlier,
            Occurrence::Later => later,
        };
        Ok(Self { local: chosen.naive_local(), zone, instant: chosen.to_utc() })
    }

    /// What the clock on the wall says.
    #[must_use]
    pub const fn local(&self) -> NaiveDateTime {
        self.local
    }

    /// The zone of that clock.
    #[must_use]
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// The instant that the local time means in its zone.
    #[must_use]
    pub const fn instant(&self) -> DateTime<Utc> {
        self.instant
    }
}

/// Both readings of a skipped time: with the offset before the change, and with the one after it.
fn gap(local: NaiveDateTime, zone: Tz) -> ZonedTimeError {
    // The longest gap on record is the day that Samoa left out in December 2011.
    const HOURS: i64 = 48;
    let nearest = |step: i64| {
        (1..=HOURS).find_map(|hours| {
            let probe = local.checked_add_signed(Duration::hours(step * hours))?;
            match zone.from_local_datetime(&probe) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                    Some(at.naive_local() - at.naive_utc())
                }
                LocalResult::None => None,
            }
        })
    };
    let read =
        |offset: Duration| local.checked_sub_signed(offset).map(|instant| zone.from_utc_datetime(&instant));
    match (nearest(-1).and_then(read), nearest(1).and_then(read)) {
        (Some(later), Some(earlier)) => ZonedTimeError::Gap { local, zone, earlier, later },
        (None, _) | (_, None) => ZonedTimeError::Unresolvable { local, zone },
    }
}

impl fmt::Display for ZonedTime {
    /// `2008-06-04 10:00 (Europe/London)`: the zone is always named.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.local.format("%Y-%m-%d %H:%M"), self.zone)
    }
}

impl TryFrom<RawZonedTime> for ZonedTime {
    type Error = ZonedTimeError;

    /// The wall-clock time wins over the stored instant, should the rules of the zone have changed; the instant only tells the
    /// two times of a fold apart.
    fn try_from(raw: RawZonedTime) -> Result<Self, ZonedTimeError> {
        match Self::new(raw.local, raw.zone) {
            Err(ZonedTimeError::Fold { earlier, later, .. })
                if raw.instant == earlier.to_utc() || raw.instant == later.to_utc() =>
            {
                Ok(Self { local: raw.local, zone: raw.zone, instant: raw.instant })
            }
            resolved => resolved,
        }
    }
}

impl From<ZonedTime> for RawZonedTime {
    fn from(time: ZonedTime) -> Self {
        Self { local: time.local, zone: time.zone, instant: time.instant }
    }
}
