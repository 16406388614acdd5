//! The state of a partnership that can be carried forward: one more contact updates it at once, whatever came before.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contact::{Contact, DateReading};
use super::energy::Energy;
use super::forecast::{Forecast, Readings};
use super::ladder::{Rung, RungRange};
use super::policy::VitalityPolicy;
use super::score::Score;
use super::stored::StoredState;
use super::track::{Lens, Track};

/// All that vitality needs to remember of a partnership's contacts, under one policy.
///
/// Its size depends on the number of focus areas, not of contacts, and [`advance`](Self::advance) takes the same time
/// after a thousand contacts as after one. serde gives its storage form, which is checked when it is read back.
///
/// ```
/// use chrono::NaiveDate;
/// use sister_cities_domain::engagement::{Foci, Focus, Mutuality};
/// use sister_cities_domain::vitality::{Contact, Rung, VitalityPolicy, VitalityState};
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let visit = Contact::on(day(2026, 5, 4), Foci::one(Focus::Culture), Mutuality::Mutual).unwrap();
/// let state = VitalityState::from_contacts(VitalityPolicy::default(), &[visit]);
///
/// let now = state.at(day(2026, 5, 4)).unwrap();
/// assert_eq!((now.score.points(), now.rung), (40, Rung::Active));
///
/// // Half of it is left after a year: 0.5 / (0.5 + 1.5) = 25 points, the last day it is called active.
/// let forecast = state.forecast(day(2026, 5, 4)).unwrap();
/// assert_eq!(forecast.cooling_on.unwrap().likely, day(2027, 5, 5));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "StoredState", into = "StoredState")]
pub struct VitalityState {
    pub(super) policy: VitalityPolicy,
    pub(super) early: Track,
    pub(super) middle: Track,
    pub(super) late: Track,
}

/// A partnership on one day, from its contacts alone: nothing here knows of suspensions or of gaps in the record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// The day that it is about.
    pub as_of: NaiveDate,
    /// The score, as a range where dates are uncertain.
    pub score: Score,
    /// The rung by the typical score.
    pub rung: Rung,
    /// The rungs by all three readings of the dates.
    pub range: RungRange,
    /// The energies behind the typical score.
    pub energy: Energy,
}

/// A contact that cannot simply be added: the state must be made anew by [`VitalityState::from_contacts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a contact of {earliest} to {latest} may lie before one that is already counted: reckon again from all contacts"
)]
pub struct OutOfOrder {
    /// The first possible day of the contact.
    pub earliest: NaiveDate,
    /// The last possible day of the contact.
    pub latest: NaiveDate,
}

/// A question about a day on which not all contacts of the state had surely happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{as_of} is too early: the state counts contacts up to {last}; ask for {last} or later, or read the contacts anew"
)]
pub struct TooEarly {
    /// The day asked about.
    pub as_of: NaiveDate,
    /// The last possible day of the last contact.
    pub last: NaiveDate,
}

impl VitalityState {
    /// The state before any contact.
    #[must_use]
    pub fn new(policy: VitalityPolicy) -> Self {
        let track = Track::new(&Lens::recorded(&policy));
        Self { policy, early: track.clone(), middle: track.clone(), late: track }
    }

    /// The state after all of these contacts, given in any order.
    #[must_use]
    pub fn from_contacts<'c>(
        policy: VitalityPolicy,
        contacts: impl IntoIterator<Item = &'c Contact>,
    ) -> Self {
        Self::known_on(policy, contacts, NaiveDate::MAX)
    }

    /// The state as seen on a day on which some contacts lie, or may lie, in the future. Not to be advanced.
    pub(super) fn known_on<'c>(
        policy: VitalityPolicy,
        contacts: impl IntoIterator<Item = &'c Contact>,
        as_of: NaiveDate,
    ) -> Self {
        let contacts: Vec<&Contact> = contacts.into_iter().collect();
        let lens = Lens::recorded(&policy);
        let read = |reading| Track::of(&lens, &contacts, reading, as_of);
        let (early, middle, late) =
            (read(DateReading::Early), read(DateReading::Middle), read(DateReading::Late));
        Self { policy, early, middle, late }
    }

    /// The state after one more contact.
    ///
    /// # Errors
    ///
    /// [`OutOfOrder`] if the contact may have taken place before one that is already counted.
    pub fn advance(mut self, contact: &Contact) -> Result<Self, OutOfOrder> {
        if !contact.counts() {
            return Ok(self);
        }
        let lens = Lens::recorded(&self.policy);
        let tracks = [
            (&mut self.early, contact.earliest()),
            (&mut self.middle, contact.middle()),
            (&mut self.late, contact.latest()),
        ];
        if tracks.iter().any(|(track, day)| track.day.is_some_and(|last| *day < last)) {
            return Err(OutOfOrder { earliest: contact.earliest(), latest: contact.latest() });
        }
        for (track, day) in tracks {
            track.add(&lens, day, contact.foci(), contact.mutuality());
        }
        Ok(self)
    }

    /// The partnership on a day not before the last contact, if nothing happens until then.
    ///
    /// # Errors
    ///
    /// [`TooEarly`] if a contact may lie after that day.
    pub fn at(&self, as_of: NaiveDate) -> Result<Snapshot, TooEarly> {
        self.settled_on(as_of)?;
        Ok(self.snapshot(as_of))
    }

    /// When the partnership will be called cooling, and dormant, if nothing happens.
    ///
    /// # Errors
    ///
    /// [`TooEarly`] if a contact may lie after that day.
    pub fn forecast(&self, as_of: NaiveDate) -> Result<Forecast, TooEarly> {
        self.settled_on(as_of)?;
        Ok(self.readings().forecast(&self.policy, as_of))
    }

    /// The policy it was reckoned with.
    #[must_use]
    pub fn policy(&self) -> &VitalityPolicy {
        &self.policy
    }

    /// The last possible day of the last contact.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.late.day
    }

    pub(super) fn readings(&self) -> Readings<'_> {
        Readings { early: &self.early, middle: &self.middle, late: &self.late }
    }

    /// The same without the check, for states that are made for `as_of`.
    pub(super) fn snapshot(&self, as_of: NaiveDate) -> Snapshot {
        let lens = Lens::recorded(&self.policy);
        let score = |track: &Track| track.score_on(&self.policy, as_of);
        // Rounding must not turn the three around.
        let typical = score(&self.middle);
        let rungs = [&self.early, &self.middle, &self.late].map(|track| track.rung_on(&lens, as_of));
        Snapshot {
            as_of,
            score: Score {
                low: score(&self.early).min(typical),
                typical,
                high: score(&self.late).max(typical),
            },
            rung: rungs[1],
            range: RungRange::spanning(rungs),
            energy: self.middle.energy_on(&self.policy, as_of),
        }
    }

    fn settled_on(&self, as_of: NaiveDate) -> Result<(), TooEarly> {
        match self.late.day {
            Some(last) if as_of < last => Err(TooEarly { as_of, last }),
            Some(_) | None => Ok(()),
        }
    }
}

impl Snapshot {
    /// The partnership on any day, from all its contacts in any order; those after the day are left out.
    #[must_use]
    pub fn of<'c>(
        policy: VitalityPolicy,
        contacts: impl IntoIterator<Item = &'c Contact>,
        as_of: NaiveDate,
    ) -> Self {
        VitalityState::known_on(policy, contacts, as_of).snapshot(as_of)
    }
}

impl Forecast {
    /// The forecast on any day, from all contacts in any order; those after the day are left out.
    #[must_use]
    pub fn of<'c>(
        policy: VitalityPolicy,
        contacts: impl IntoIterator<Item = &'c Contact>,
        as_of: NaiveDate,
    ) -> Self {
        VitalityState::known_on(policy, contacts, as_of).readings().forecast(&policy, as_of)
    }
}
