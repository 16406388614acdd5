//! Committees: who sees to a partnership or to a theme across many, with how many seats, for how long a term, appointed by whom (R24).

mod event;
mod required;
mod vacancy;

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

pub use event::CommitteeEvent;
pub use required::RequiredFunctions;
pub use vacancy::{CHAIRLESS_ALERT_DAYS, UnexpiredTerm, Vacancies, VacantFunction, VacantSeats, vacancies};

use crate::engagement::Focus;
use crate::id::{CommitteeId, PartnershipId, PlaceId, ProgrammeId};
use crate::value::{Name, Note, Period, Source};

/// A committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Committee {
    /// The id under which it is kept.
    pub id: CommitteeId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What it is called.
    pub name: Name,
    /// What it sees to.
    pub task: CommitteeTask,
    /// The city whose committee it is; none if both have it together, or nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// Who appoints its members: a mayor, a council, a board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointed_by: Option<Name>,
    /// How many seats it has; none if that is not laid down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<NonZeroU32>,
    /// For how many months its members are appointed; none if there is no term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<NonZeroU32>,
    /// Which functions it must have, a chair at least.
    #[serde(default)]
    pub functions: RequiredFunctions,
    /// From when until when it existed.
    #[serde(default = "always", skip_serializing_if = "is_always")]
    pub existed: Period,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What a committee sees to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CommitteeTask {
    /// One partnership.
    Partnership(PartnershipId),
    /// One theme, across all partnerships: health care, social service, humanitarian aid.
    Theme(Focus),
}

const fn always() -> Period {
    Period::ALWAYS
}

fn is_always(period: &Period) -> bool {
    *period == Period::ALWAYS
}

impl CommitteeTask {
    /// The one of the two that is named; `None` if none is, or both are.
    #[must_use]
    pub fn only(partnership: Option<PartnershipId>, theme: Option<Focus>) -> Option<Self> {
        match (partnership, theme) {
            (Some(partnership), None) => Some(Self::Partnership(partnership)),
            (None, Some(theme)) => Some(Self::Theme(theme)),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// The partnership, if it is one.
    #[must_use]
    pub const fn partnership(&self) -> Option<PartnershipId> {
        match self {
            Self::Partnership(partnership) => Some(*partnership),
            Self::Theme(_) => None,
        }
    }

    /// The theme, if it is one.
    #[must_use]
    pub const fn theme(&self) -> Option<&Focus> {
        match self {
            Self::Theme(theme) => Some(theme),
            Self::Partnership(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
