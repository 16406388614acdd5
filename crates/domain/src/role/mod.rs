//! Roles: who is what, where, from when until when; many at once, and never a tick in a box: whether somebody is active follows
//! from the dates, as of any day.
//!
//! A role is held in a committee, in an organisation or in the administration of a place ("Lord Mayor of Birmingham"). Who holds it
//! may be unknown while the office is known: old records name offices, and nobody is invented for them.

mod event;
mod function;
mod handing_over;
mod responsibility;
mod tenure;

use serde::{Deserialize, Serialize};

pub use event::{RoleEvent, RoleSummary, Succession};
pub use function::RoleFunction;
pub use tenure::Tenure;

use crate::id::{CommitteeId, OrganisationId, PersonId, PlaceId, ProgrammeId, RoleId};
use crate::promise::ActionPoint;
use crate::value::{FreeText, Name, Note, PartialDate, Source, Title};

/// A role that somebody holds, or held, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Role {
    /// The id under which it is kept.
    pub id: RoleId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// Who holds it; none if only the office is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Where it is held.
    pub held_in: HeldIn,
    /// What its holder is there.
    pub function: RoleFunction,
    /// What it is called, in the words of the office: "Lord Mayor of Birmingham".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Name>,
    /// From when until when, and when its term ends.
    #[serde(default)]
    pub tenure: Tenure,
    /// Who appointed its holder: a mayor, a council, a board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointed_by: Option<Name>,
    /// The role whose unexpired term it fills (R24); none if it has a term of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fills_term_of: Option<RoleId>,
    /// The role that took over what was still open when this one ended (R25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<RoleId>,
    /// Why nobody took over what was still open when it ended (R25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orphaned: Option<FreeText>,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// Where a role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HeldIn {
    /// In a committee.
    Committee(CommitteeId),
    /// In an organisation.
    Organisation(OrganisationId),
    /// In the administration of a place: its mayor, its council, its offices.
    Place(PlaceId),
}

impl HeldIn {
    /// The one of the three that is named; `None` if none is, or more than one.
    #[must_use]
    pub const fn only(
        committee: Option<CommitteeId>,
        organisation: Option<OrganisationId>,
        place: Option<PlaceId>,
    ) -> Option<Self> {
        match (committee, organisation, place) {
            (Some(committee), None, None) => Some(Self::Committee(committee)),
            (None, Some(organisation), None) => Some(Self::Organisation(organisation)),
            (None, None, Some(place)) => Some(Self::Place(place)),
            _ => None,
        }
    }

    /// The committee, if it is one.
    #[must_use]
    pub const fn committee(self) -> Option<CommitteeId> {
        match self {
            Self::Committee(committee) => Some(committee),
            Self::Organisation(_) | Self::Place(_) => None,
        }
    }

    /// The organisation, if it is one.
    #[must_use]
    pub const fn organisation(self) -> Option<OrganisationId> {
        match self {
            Self::Organisation(organisation) => Some(organisation),
            Self::Committee(_) | Self::Place(_) => None,
        }
    }

    /// The place, if it is one.
    #[must_use]
    pub const fn place(self) -> Option<PlaceId> {
        match self {
            Self::Place(place) => Some(place),
            Self::Committee(_) | Self::Organisation(_) => None,
        }
    }
}

/// How a role is to end: on which day, and what becomes of what is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Its last day.
    pub on: PartialDate,
    /// What becomes of what its holder has promised.
    pub open_promises: OpenPromises,
}

/// What becomes of promises that are open when a role ends (R25).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "they go to somebody, to nobody on purpose, or there are none")]
pub enum OpenPromises {
    /// Whoever holds this role takes them over.
    HandedTo(RoleId),
    /// Nobody takes them over, for this reason.
    Orphaned(FreeText),
    /// There are none.
    None,
}

/// Why a role cannot end so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoleRefusal {
    /// It is over already.
    #[error(
        "the role {role} ended {on}: it cannot end again; its last day is corrected by replacing the role"
    )]
    Ended {
        /// The role.
        role: RoleId,
        /// Its last day.
        on: PartialDate,
    },
    /// It would end before it began, whatever the precision.
    #[error("the role {role} began {from}: it cannot end {on}, which is before")]
    NotBegun {
        /// The role.
        role: RoleId,
        /// When it began.
        from: PartialDate,
        /// The last day that was asked for.
        on: PartialDate,
    },
    /// Whoever holds it has promised what is not over, and nobody was named to take over (R25).
    #[error(
        "the role {role} cannot end while {open} of its holder's promises are open, first \"{first}\": name the role that takes over, or say why they are orphaned"
    )]
    OpenPromises {
        /// The role.
        role: RoleId,
        /// How many are open.
        open: usize,
        /// What the first of them is.
        first: Title,
    },
    /// The successor would be gone before.
    #[error("the role {role} cannot hand over to {successor}, which ended {on}")]
    SuccessorGone {
        /// The role.
        role: RoleId,
        /// The role that was to take over.
        successor: RoleId,
        /// The last day of that role.
        on: PartialDate,
    },
    /// It would be its own successor.
    #[error("the role {role} cannot take over from itself: the successor is another role")]
    OwnSuccessor {
        /// The role.
        role: RoleId,
    },
}

impl Role {
    /// The role after its end, and the event that tells of it. `owed` is what its holder [owes](Self::owes) then; `successor` the role that
    /// takes over, if one is named.
    ///
    /// # Errors
    ///
    /// [`RoleRefusal`] if it has ended, would end before it began, or would be its own successor; if the successor is over before; and if
    /// something is owed while it is not said what becomes of it (R25).
    pub fn end(
        self,
        ending: Ending,
        owed: &[&ActionPoint],
        successor: Option<&Self>,
    ) -> Result<(Self, RoleEvent), RoleRefusal> {
        let Ending { on, open_promises } = ending;
        if let Some(on) = self.tenure.to() {
            return Err(RoleRefusal::Ended { role: self.id, on });
        }
        let (successor, orphaned) = match open_promises {
            OpenPromises::HandedTo(id) if id == self.id => {
                return Err(RoleRefusal::OwnSuccessor { role: self.id });
            }
            OpenPromises::HandedTo(id) => {
                self.check_successor(successor, on)?;
                (Some(id), None)
            }
            OpenPromises::Orphaned(reason) => (None, Some(reason)),
            OpenPromises::None => {
                self.check_owed(owed)?;
                (None, None)
            }
        };
        let tenure =
            self.tenure.until(on).map_err(|from| RoleRefusal::NotBegun { role: self.id, from, on })?;
        let ended = Self { tenure, successor, orphaned, ..self };
        let event = ended.ended(on);
        Ok((ended, event))
    }

    /// Whether it may be over without a word of what becomes of what its holder owes.
    ///
    /// # Errors
    ///
    /// [`RoleRefusal::OpenPromises`] if something is owed.
    pub fn check_owed(&self, owed: &[&ActionPoint]) -> Result<(), RoleRefusal> {
        let Some(first) = owed.first() else { return Ok(()) };
        Err(RoleRefusal::OpenPromises { role: self.id, open: owed.len(), first: first.title.clone() })
    }

    fn check_successor(&self, successor: Option<&Self>, on: PartialDate) -> Result<(), RoleRefusal> {
        let ended = successor.and_then(|role| Some((role.id, role.tenure.to()?)));
        match ended.filter(|(_, to)| to.latest() < on.earliest()) {
            Some((successor, on)) => Err(RoleRefusal::SuccessorGone { role: self.id, successor, on }),
            None => Ok(()),
        }
    }

    /// The role with what an edit says of it: how it ended stays, unless it says that it has not.
    #[must_use]
    pub fn edited(before: &Self, after: Self) -> Self {
        match after.tenure.to() {
            Some(_) => Self { successor: before.successor, orphaned: before.orphaned.clone(), ..after },
            None => Self { successor: None, orphaned: None, ..after },
        }
    }
}

#[cfg(test)]
mod tests;
