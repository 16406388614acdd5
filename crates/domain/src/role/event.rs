//! What happened to the record of a role.

use serde::{Deserialize, Serialize};

use super::{HeldIn, Role, RoleFunction};
use crate::event::{changed_fields, events};
use crate::id::{PersonId, RoleId};
use crate::named_enum;
use crate::value::PartialDate;

events! {
    /// A change of the record of a role. The names are stable: subscribers match on them.
    pub enum RoleEvent {
        /// It was entered.
        Created = "role.created" (RoleSummary),
        /// Facts about it were changed.
        Changed = "role.changed" {
            /// Where it is held.
            held_in: HeldIn,
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// It ended.
        Ended = "role.ended" {
            /// Where it was held.
            held_in: HeldIn,
            /// Its last day.
            on: PartialDate,
            /// What became of what was still open.
            succession: Succession,
            /// The role that took over.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            successor: Option<RoleId>,
        },
        /// The record was removed: it was entered by mistake.
        Deleted = "role.deleted" (RoleSummary),
    }
}

named_enum! {
    /// What became of what was still open when a role ended (R25).
    #[non_exhaustive]
    pub enum Succession ("a succession") {
        /// Another role took over.
        Successor = "successor",
        /// Nobody did, and somebody said so.
        Orphaned = "orphaned",
        /// Nothing was open.
        NothingOpen = "nothing_open",
    }
}

/// What a role was, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSummary {
    /// Who held it, if that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Where it was held.
    pub held_in: HeldIn,
    /// What its holder was there.
    pub function: RoleFunction,
}

impl Role {
    fn summary(&self) -> RoleSummary {
        RoleSummary { person: self.person, held_in: self.held_in, function: self.function.clone() }
    }

    /// The event that it was entered.
    #[must_use]
    pub fn created(&self) -> RoleEvent {
        RoleEvent::Created(self.summary())
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> RoleEvent {
        RoleEvent::Deleted(self.summary())
    }

    pub(super) const fn ended(&self, on: PartialDate) -> RoleEvent {
        let succession = match (self.successor, &self.orphaned) {
            (Some(_), _) => Succession::Successor,
            (None, Some(_)) => Succession::Orphaned,
            (None, None) => Succession::NothingOpen,
        };
        RoleEvent::Ended { held_in: self.held_in, on, succession, successor: self.successor }
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<RoleEvent> {
        let fields = changed_fields!(before -> self: Self {
            person, held_in, function, office, tenure, appointed_by, fills_term_of, successor, orphaned, source, notes,
            id: _, programme: _,
        });
        (!fields.is_empty()).then_some(RoleEvent::Changed { held_in: self.held_in, fields })
    }
}
