//! What happened to the record of a committee.

use super::Committee;
use crate::event::{changed_fields, events};
use crate::value::Name;

events! {
    /// A change of the record of a committee. The names are stable: subscribers match on them.
    pub enum CommitteeEvent {
        /// It was entered.
        Created = "committee.created" {
            /// What it is called.
            called: Name,
        },
        /// Facts about it were changed.
        Changed = "committee.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// The record was removed; no role was held in it.
        Deleted = "committee.deleted" {
            /// What it was called.
            called: Name,
        },
    }
}

impl Committee {
    /// The event that it was entered.
    #[must_use]
    pub fn created(&self) -> CommitteeEvent {
        CommitteeEvent::Created { called: self.name.clone() }
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> CommitteeEvent {
        CommitteeEvent::Deleted { called: self.name.clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<CommitteeEvent> {
        let fields = changed_fields!(before -> self: Self {
            name, task, place, appointed_by, seats, term_months, functions, existed, source, notes,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(CommitteeEvent::Changed { fields })
    }
}
