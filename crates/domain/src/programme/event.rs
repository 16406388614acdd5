//! What happened to a programme.

use serde::{Deserialize, Serialize};

use super::Programme;
use crate::value::Name;

/// A change of a programme. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum ProgrammeEvent {
    /// It was set up.
    #[serde(rename = "programme.created")]
    Created {
        /// What it is called.
        called: Name,
    },
    /// Its name, catalogue or policies were changed.
    #[serde(rename = "programme.changed")]
    Changed {
        /// Which, by field name.
        fields: Vec<String>,
    },
}

impl ProgrammeEvent {
    /// Its stable name: `programme.created`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "programme.created",
            Self::Changed { .. } => "programme.changed",
        }
    }
}

impl Programme {
    /// The event that it was set up.
    #[must_use]
    pub fn created(&self) -> ProgrammeEvent {
        ProgrammeEvent::Created { called: self.name.clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<ProgrammeEvent> {
        let fields = crate::event::changed_fields([
            ("name", self.name != before.name),
            ("host", self.host != before.host),
            ("kinds", self.kinds != before.kinds),
            ("policies", self.policies != before.policies),
            ("language", self.language != before.language),
            ("currency", self.currency != before.currency),
        ]);
        (!fields.is_empty()).then_some(ProgrammeEvent::Changed { fields })
    }
}
