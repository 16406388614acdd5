//! One reading of the dates, contact after contact: energies on the last day and the rung on the evening before.

use chrono::{NaiveDate, TimeDelta};

use crate::engagement::{Foci, Focus, Mutuality};

use super::contact::{Contact, DateReading};
use super::energy::{Energy, Stores};
use super::ladder::Rung;
use super::policy::VitalityPolicy;

/// Everything a reading remembers. Its size depends on the number of focus areas, not of contacts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Track {
    /// The day of the last contact, none before the first.
    pub(super) day: Option<NaiveDate>,
    /// The stores on the evening of that day.
    pub(super) stores: Stores,
    /// The rung on the evening before that day. The rung of the day itself is not kept, as more may follow on it.
    pub(super) rung_before: Rung,
}

/// How energies become scores: as recorded, or with the most that an incomplete record may hide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lens<'a> {
    pub(super) policy: &'a VitalityPolicy,
    /// The day since which the record is complete, if it may hide contact from before.
    pub(super) hidden_before: Option<NaiveDate>,
}

impl<'a> Lens<'a> {
    /// What is recorded, and nothing else.
    pub(super) fn recorded(policy: &'a VitalityPolicy) -> Self {
        Self { policy, hidden_before: None }
    }

    fn score(&self, energy: Energy, day: NaiveDate) -> f64 {
        let policy = self.policy;
        let hidden = self.hidden_before.map_or(0.0, |since| {
            let days = day.signed_duration_since(since).num_days().max(0);
            policy.numbers().lively_energy * policy.decay(days)
        });
        policy.score(energy.with_mutual(hidden).total(policy))
    }

    fn rung_at_first(&self) -> Rung {
        if self.hidden_before.is_some() { Rung::Active } else { Rung::Dormant }
    }
}

impl Track {
    pub(super) fn new(lens: &Lens<'_>) -> Self {
        Self { day: None, stores: Stores::default(), rung_before: lens.rung_at_first() }
    }

    /// Reads contacts, in any order, as seen on `as_of`.
    pub(super) fn of(lens: &Lens<'_>, contacts: &[&Contact], reading: DateReading, as_of: NaiveDate) -> Self {
        Self::watched(lens, contacts, reading, as_of, |_, _| {})
    }

    /// As [`Self::of`]; shows each silence before a contact: the track as it was, and the last silent day.
    pub(super) fn watched(
        lens: &Lens<'_>,
        contacts: &[&Contact],
        reading: DateReading,
        as_of: NaiveDate,
        mut silence: impl FnMut(&Self, NaiveDate),
    ) -> Self {
        let mut days: Vec<(NaiveDate, &Contact)> = contacts
            .iter()
            .filter(|contact| contact.counts())
            .filter_map(|&contact| Some((contact.day_read(reading, as_of)?, contact)))
            .collect();
        // On one day the order is of no account but for rounding; sorting by what is rounded leaves no trace of it.
        days.sort_by_cached_key(|(day, contact)| {
            let mut foci: Vec<Focus> = contact.foci().iter().cloned().collect();
            foci.sort();
            (*day, foci, contact.mutuality())
        });
        let mut track = Self::new(lens);
        for (day, contact) in days {
            if track.day != Some(day) {
                silence(&track, day_before(day));
            }
            track.add(lens, day, contact.foci(), contact.mutuality());
        }
        track
    }

    /// Adds a contact on `day`, which must not lie before the last one.
    pub(super) fn add(&mut self, lens: &Lens<'_>, day: NaiveDate, foci: &Foci, mutuality: Mutuality) {
        if self.day != Some(day) {
            self.rung_before = self.rung_on(lens, day_before(day));
            self.stores.decay(self.decay_until(lens.policy, day));
            self.day = Some(day);
        }
        self.stores.add(lens.policy, foci, mutuality);
    }

    /// The energies on a day not before the last contact.
    pub(super) fn energy_on(&self, policy: &VitalityPolicy, day: NaiveDate) -> Energy {
        self.stores.energy().scaled(self.decay_until(policy, day))
    }

    /// The score on a day not before the last contact.
    pub(super) fn score_on(&self, policy: &VitalityPolicy, day: NaiveDate) -> f64 {
        policy.score(self.energy_on(policy, day).total(policy))
    }

    /// The rung on a day not before the last contact.
    ///
    /// In silence the score only falls, and falling in one step or day by day leads to the same rung.
    pub(super) fn rung_on(&self, lens: &Lens<'_>, day: NaiveDate) -> Rung {
        let score_on = |day| lens.score(self.energy_on(lens.policy, day), day);
        let after_last = match self.day {
            Some(last) => self.rung_before.step(score_on(last), lens.policy),
            None => self.rung_before,
        };
        after_last.step(score_on(day), lens.policy)
    }

    /// The first day in the coming silence on which the score is below `threshold`; `None` if it already was on the
    /// day of the last contact, or there was none.
    ///
    /// Solved, not searched: `E·2^(−n/H) < E*` from `n = H·log2(E/E*)` on. The candidate is then set right by at most
    /// a day with the very comparison the ladder uses, so that rounding cannot make the two disagree.
    pub(super) fn falls_below(&self, policy: &VitalityPolicy, threshold: f64) -> Option<NaiveDate> {
        let last = self.day?;
        let start = self.stores.energy();
        let below = |days: i64| {
            let score = policy.score(start.scaled(policy.decay(days)).total(policy));
            !VitalityPolicy::reaches(score, threshold)
        };
        if below(0) {
            return None;
        }
        let half_lives = (start.total(policy) / policy.energy_at(threshold)).log2();
        let days = half_lives * f64::from(policy.numbers().half_life_days);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a validated policy keeps this within some millennia"
        )]
        let solved = days.floor().max(0.0) as i64 + 1;
        let first =
            [solved - 1, solved].into_iter().find(|&days| days > 0 && below(days)).unwrap_or(solved + 1);
        last.checked_add_signed(TimeDelta::try_days(first)?)
    }

    fn decay_until(&self, policy: &VitalityPolicy, day: NaiveDate) -> f64 {
        match self.day {
            Some(last) => policy.decay(day.signed_duration_since(last).num_days().max(0)),
            None => 1.0,
        }
    }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_signed(TimeDelta::days(1)).unwrap_or(day)
}
