//! The three parts a score is made of: contact, breadth, and what only one side did.

use serde::Serialize;

use super::energy::Energy;
use super::policy::VitalityPolicy;
use super::score::whole;

use crate::named_enum;

named_enum! {
    /// What a component of the score rewards.
    #[non_exhaustive]
    pub enum ComponentKind ("a component of the score") {
        /// That both cities were in touch, and lately.
        Contact = "contact",
        /// That they were so in more than one focus area.
        Breadth = "breadth",
        /// What only one side is known to have done.
        OneSided = "one_sided",
    }
}

/// A part of the typical score, with its reason. The points of all components add up to the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Component {
    /// For what the points are given.
    pub kind: ComponentKind,
    /// Points it contributes, never negative.
    pub points: f64,
    /// Why, in a sentence for a mayor. Whole points in the sentences add up to the whole points of the score.
    pub sentence: String,
}

/// The score cut at its two joints: contact alone, then with breadth, then with one-sided contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cuts {
    pub(super) contact: f64,
    pub(super) with_breadth: f64,
    pub(super) with_one_sided: f64,
}

impl Cuts {
    pub(super) fn of(energy: &Energy, policy: &VitalityPolicy) -> Self {
        let contact = policy.score(energy.concentrated);
        let with_breadth = policy.score(energy.mutual).max(contact);
        let with_one_sided = policy.score(energy.total(policy)).max(with_breadth);
        Self { contact, with_breadth, with_one_sided }
    }

    /// The points of each component.
    pub(super) fn points(&self) -> [(ComponentKind, f64); 3] {
        [
            (ComponentKind::Contact, self.contact),
            (ComponentKind::Breadth, self.with_breadth - self.contact),
            (ComponentKind::OneSided, self.with_one_sided - self.with_breadth),
        ]
    }

    /// The same in whole points that still add up: each cut is rounded, then the differences are taken.
    pub(super) fn whole_points(&self) -> [u32; 3] {
        let (contact, breadth, all) =
            (whole(self.contact), whole(self.with_breadth), whole(self.with_one_sided));
        [contact, breadth.saturating_sub(contact), all.saturating_sub(breadth)]
    }
}
