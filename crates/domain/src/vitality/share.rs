//! Each contact's share of today's energy, so that every input can be listed with its present weight.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::engagement::{Focus, Mutuality};

use super::contact::{Contact, DateReading};
use super::energy::{Energy, share_of};
use super::policy::VitalityPolicy;

/// The part of `energy`, the typical one of `as_of`, that each contact has; `None` for one that does not count yet.
///
/// A store holds `Σ wᵢ·2^(−ageᵢ/H)·Π(1 − wⱼ/C)` over the contacts `j` that came after `i`: walking back from today, each
/// contact's part is known at once. Contacts of one day share what the day added by their weights, so that none is
/// favoured. Energy is linear in the stores, so the parts add up to it.
pub(super) fn shares(
    policy: &VitalityPolicy,
    contacts: &[Option<&Contact>],
    energy: &Energy,
    as_of: NaiveDate,
) -> Vec<Option<f64>> {
    let one_sided = energy.one_sided();
    // What a one-sided contact counts today: the policy's factor, or less where the limit is reached.
    let factor =
        if one_sided > 0.0 { (energy.total(policy) - energy.mutual).max(0.0) / one_sided } else { 0.0 };
    let mut by_day: BTreeMap<NaiveDate, Vec<(usize, &Contact)>> = BTreeMap::new();
    for (index, contact) in contacts.iter().enumerate() {
        if let Some(contact) = contact.filter(|contact| contact.counts())
            && let Some(day) = contact.day_read(DateReading::Middle, as_of)
        {
            by_day.entry(day).or_default().push((index, contact));
        }
    }

    let mut shares = vec![None; contacts.len()];
    let (mut mutual, mut all) = (Room::new(policy), Room::new(policy));
    for (day, of_the_day) in by_day.iter().rev() {
        let left = policy.decay(as_of.signed_duration_since(*day).num_days());
        let both_took_part = |contact: &Contact| contact.mutuality() == Mutuality::Mutual;
        let (in_mutual, in_all) = (mutual.fill(of_the_day, both_took_part), all.fill(of_the_day, |_| true));
        for (index, contact) in of_the_day {
            let of_store = |added: &BTreeMap<&Focus, f64>| -> f64 {
                contact.foci().iter().filter_map(|focus| added.get(focus)).sum::<f64>()
                    * share_of(contact.foci())
            };
            let of_mutual = if both_took_part(contact) { of_store(&in_mutual) } else { 0.0 };
            shares[*index] = Some(left * ((1.0 - factor) * of_mutual + factor * of_store(&in_all)));
        }
    }
    shares
}

/// What later contacts leave of earlier ones, in each focus area of a kind of store.
struct Room<'a> {
    capacity: f64,
    left: BTreeMap<&'a Focus, f64>,
}

impl<'a> Room<'a> {
    fn new(policy: &VitalityPolicy) -> Self {
        Self { capacity: policy.numbers().capacity, left: BTreeMap::new() }
    }

    /// What is left today, but for decay, of each unit of weight that a day's contacts put into each focus area.
    fn fill(
        &mut self,
        of_the_day: &[(usize, &'a Contact)],
        goes_in: impl Fn(&Contact) -> bool,
    ) -> BTreeMap<&'a Focus, f64> {
        let mut days: BTreeMap<&Focus, (f64, f64)> = BTreeMap::new();
        for (_, contact) in of_the_day.iter().filter(|(_, contact)| goes_in(contact)) {
            let weight = share_of(contact.foci());
            for focus in contact.foci().iter() {
                let (weights, spared) = days.entry(focus).or_insert((0.0, 1.0));
                *weights += weight;
                *spared *= 1.0 - weight / self.capacity;
            }
        }
        days.into_iter()
            .map(|(focus, (weights, spared))| {
                let room = self.left.entry(focus).or_insert(1.0);
                let per_weight = *room * self.capacity * (1.0 - spared) / weights;
                *room *= spared;
                (focus, per_weight)
            })
            .collect()
    }
}
