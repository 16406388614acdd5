//! What happened to a programme.

use super::Programme;
use crate::event::{changed_fields, events};
use crate::value::Name;

events! {
    /// A change of a programme. The names are stable: subscribers match on them.
    pub enum ProgrammeEvent {
        /// It was set up.
        Created = "programme.created" {
            /// What it is called.
            called: Name,
        },
        /// Its name, catalogue or policies were changed.
        Changed = "programme.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
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
        let fields = changed_fields!(before -> self: Self {
            name, host, kinds, policies, language, currency,
            id: _,
        });
        (!fields.is_empty()).then_some(ProgrammeEvent::Changed { fields })
    }
}
