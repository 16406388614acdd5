//! The energy of a partnership: leaky, saturating stores per focus area, and what they add up to.

use std::collections::BTreeMap;

use crate::engagement::{Foci, Focus, Mutuality};

use super::policy::VitalityPolicy;

/// What a partnership's contacts add up to on one day, in contacts (one fresh contact of both cities = 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energy {
    /// N: contacts of both cities, had they all been in one focus area. Never more than `mutual`.
    pub concentrated: f64,
    /// M: contacts of both cities.
    pub mutual: f64,
    /// T: all contacts, as if both cities had taken part in each. Never less than `mutual`.
    pub all: f64,
}

impl Energy {
    /// The energy that is scored: `min(M + u·(T − M), 2·M)`.
    ///
    /// What only one side is known to have done counts the policy's share `u`, and never more than the contacts of both.
    #[must_use]
    pub fn total(&self, policy: &VitalityPolicy) -> f64 {
        let share = policy.numbers().one_sided_factor;
        (self.mutual + share * self.one_sided()).min(2.0 * self.mutual)
    }

    /// The same with more contact of both cities, which may also let more of the one-sided contact count.
    pub(super) fn with_mutual(&self, more: f64) -> Self {
        Self { mutual: self.mutual + more, all: self.all + more, ..*self }
    }

    /// What the one-sided contacts would add if both cities had taken part: `T − M`.
    #[must_use]
    pub fn one_sided(&self) -> f64 {
        (self.all - self.mutual).max(0.0)
    }

    /// The same energies after decay to the share `factor`.
    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self {
            concentrated: self.concentrated * factor,
            mutual: self.mutual * factor,
            all: self.all * factor,
        }
    }
}

/// What one focus area holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct FocusEnergy {
    /// Of contacts of both cities.
    pub(super) mutual: f64,
    /// Of all contacts.
    pub(super) all: f64,
}

/// The stores of one reading of the dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stores {
    pub(super) foci: BTreeMap<Focus, FocusEnergy>,
    pub(super) concentrated: f64,
}

impl Stores {
    /// Adds one contact today. Contacts of the same day may come in any order.
    pub(super) fn add(&mut self, policy: &VitalityPolicy, foci: &Foci, mutuality: Mutuality) {
        let capacity = policy.numbers().capacity;
        let share = share_of(foci);
        match mutuality {
            Mutuality::Mutual => {
                self.concentrated = filled(self.concentrated, 1.0, capacity);
                for focus in foci.iter() {
                    let held = self.foci.entry(focus.clone()).or_default();
                    held.mutual = filled(held.mutual, share, capacity);
                    held.all = filled(held.all, share, capacity);
                }
            }
            Mutuality::OneSided => {
                for focus in foci.iter() {
                    let held = self.foci.entry(focus.clone()).or_default();
                    held.all = filled(held.all, share, capacity);
                }
            }
            Mutuality::None => {}
        }
    }

    /// Lets everything decay to the share `factor`.
    pub(super) fn decay(&mut self, factor: f64) {
        self.concentrated *= factor;
        for held in self.foci.values_mut() {
            held.mutual *= factor;
            held.all *= factor;
        }
    }

    /// The sums over all focus areas.
    pub(super) fn energy(&self) -> Energy {
        let mut energy = Energy { concentrated: self.concentrated, mutual: 0.0, all: 0.0 };
        for held in self.foci.values() {
            energy.mutual += held.mutual;
            energy.all += held.all;
        }
        energy
    }
}

/// The weight of a contact in each of its focus areas: one contact, shared evenly.
pub(super) fn share_of(foci: &Foci) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a contact has a handful of focus areas")]
    let count = foci.len() as f64;
    1.0 / count
}

/// A store after `weight` more: what is there already leaves less room. Written so that rounding keeps it monotone.
fn filled(held: f64, weight: f64, capacity: f64) -> f64 {
    held * (1.0 - weight / capacity) + weight
}
