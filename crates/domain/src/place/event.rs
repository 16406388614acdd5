//! What happened to a place.

use serde::{Deserialize, Serialize};

use super::Place;
use crate::value::Name;

/// A change of a place. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum PlaceEvent {
    /// It was entered.
    #[serde(rename = "place.created")]
    Created {
        /// What it is called.
        called: Name,
    },
    /// Facts about it were changed.
    #[serde(rename = "place.changed")]
    Changed {
        /// Which, by field name.
        fields: Vec<String>,
    },
    /// It was removed; nothing referred to it.
    #[serde(rename = "place.deleted")]
    Deleted {
        /// What it was called.
        called: Name,
    },
}

impl PlaceEvent {
    /// Its stable name: `place.created`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "place.created",
            Self::Changed { .. } => "place.changed",
            Self::Deleted { .. } => "place.deleted",
        }
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
        let fields = crate::event::changed_fields([
            ("level", self.level != before.level),
            ("names", self.names != before.names),
            ("country", self.country != before.country),
            ("admin1", self.admin1 != before.admin1),
            ("point", self.point != before.point),
            ("zone", self.zone != before.zone),
            ("population", self.population != before.population),
            ("external", self.external != before.external),
            ("identity", self.identity != before.identity),
        ]);
        (!fields.is_empty()).then_some(PlaceEvent::Changed { fields })
    }
}
