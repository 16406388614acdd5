//! What happened to a place.

use super::Place;
use crate::event::{changed_fields, events};
use crate::value::Name;

events! {
    /// A change of a place. The names are stable: subscribers match on them.
    pub enum PlaceEvent {
        /// It was entered into the programme's list of places.
        Created = "place.created" {
            /// What it is called.
            called: Name,
        },
        /// Facts about it were changed.
        Changed = "place.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// It was removed; nothing referred to it.
        Deleted = "place.deleted" {
            /// What it was called.
            called: Name,
        },
    }
}

impl Place {
    /// The event that it was entered.
    #[must_use]
    pub fn created(&self) -> PlaceEvent {
        PlaceEvent::Created { called: self.display_name().clone() }
    }

    /// The event that it was removed.
    #[must_use]
    pub fn deleted(&self) -> PlaceEvent {
        PlaceEvent::Deleted { called: self.display_name().clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<PlaceEvent> {
        let fields = changed_fields!(before -> self: Self {
            level, names, country, admin1, point, zone, population, external, identity,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(PlaceEvent::Changed { fields })
    }
}
