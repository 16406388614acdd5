//! What happened to the records of practices and adoptions.

use serde::{Deserialize, Serialize};

use super::{AdoptedPractice, Adoption, AdoptionState, Practice, StepTaken};
use crate::event::{changed_fields, events};
use crate::id::{PartnershipId, PlaceId};
use crate::value::Title;

events! {
    /// A change of the record of a practice. The names are stable: subscribers match on them.
    pub enum PracticeEvent {
        /// It was entered.
        Recorded = "practice.recorded" {
            /// What it is, in a line.
            title: Title,
        },
        /// Facts about it were changed.
        Changed = "practice.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// The record was removed; nobody had adopted it.
        Deleted = "practice.deleted" {
            /// What it was, in a line.
            title: Title,
        },
    }
}

events! {
    /// A change of the record of an adoption. The names are stable: subscribers match on them.
    pub enum AdoptionEvent {
        /// A practice was offered to a place.
        Offered = "adoption.offered" (AdoptionSummary),
        /// A step was taken.
        StepTaken = "adoption.step_taken" {
            /// What was done, when, and what shows it.
            taken: StepTaken,
            /// How far it was.
            from: AdoptionState,
            /// How far it is now.
            to: AdoptionState,
        },
        /// Facts about it were changed.
        Changed = "adoption.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// The record was removed.
        Deleted = "adoption.deleted" (AdoptionSummary),
    }
}

/// What an adoption is of, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptionSummary {
    /// Which practice.
    pub practice: AdoptedPractice,
    /// Which place adopts it.
    pub by: PlaceId,
    /// Through which partnership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
}

impl Practice {
    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> PracticeEvent {
        PracticeEvent::Recorded { title: self.title.clone() }
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> PracticeEvent {
        PracticeEvent::Deleted { title: self.title.clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<PracticeEvent> {
        let fields = changed_fields!(before -> self: Self {
            title, problem, approach, evidence, cost, contact, origin, topics, since, sources, notes,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(PracticeEvent::Changed { fields })
    }
}

impl Adoption {
    fn summary(&self) -> AdoptionSummary {
        AdoptionSummary { practice: self.practice.clone(), by: self.by, partnership: self.partnership }
    }

    /// The event that the practice was offered.
    #[must_use]
    pub fn offered(&self) -> AdoptionEvent {
        AdoptionEvent::Offered(self.summary())
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> AdoptionEvent {
        AdoptionEvent::Deleted(self.summary())
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<AdoptionEvent> {
        let fields = changed_fields!(before -> self: Self {
            practice, by, organisation, partnership, learnt_from, topics, course, sources, notes,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(AdoptionEvent::Changed { fields })
    }
}
