//! Engagements: what two cities did together, when, with whom, at whose cost, and what came of it (R26).

mod counts;
mod dates;
mod event;
mod focus;
mod people;

use serde::{Deserialize, Serialize};

pub use counts::{CountedEngagement, ExchangeCounts, Flow, exchange_counts};
pub use dates::EngagementDates;
pub use event::{EngagementEvent, EngagementSummary};
pub use focus::{Foci, Focus};
pub use people::{Cost, Organisation, ParticipantGroup, ParticipantRole, Side};

use crate::id::{EngagementId, PartnershipId, ProgrammeId};
use crate::value::{FreeText, Note, Source, Title};

/// Who went where, seen from the host of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// They came to us.
    Inbound,
    /// We went to them.
    Outbound,
    /// Both took part, neither as the guest of the other, or it is not told who travelled.
    Joint,
    /// Both took part from home.
    Virtual,
    /// One side by itself, at home. Does not feed vitality.
    Local,
    /// The source does not say.
    Unknown,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 6] =
        [Self::Inbound, Self::Outbound, Self::Joint, Self::Virtual, Self::Local, Self::Unknown];

    /// Its name in files and on the wire: `inbound`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Joint => "joint",
            Self::Virtual => "virtual",
            Self::Local => "local",
            Self::Unknown => "unknown",
        }
    }
}

/// What the record shows of the other side's part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OtherSideEvidence {
    /// The other side took part; there is evidence.
    TookPart,
    /// Only one side did something, towards the other: a letter unanswered, a gift sent.
    OnlyOneSide,
    /// It concerned one side alone, at home.
    LocalOnly,
    /// The source says nothing beyond the direction.
    #[default]
    Unstated,
}

/// Whether it took place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Happening {
    /// It took place, as far as the source says.
    #[default]
    Held,
    /// Only the announcement is known.
    AnnouncedOnly,
    /// It was called off.
    CalledOff,
}

/// How far an engagement shows that both sides are at it. Derived: see [`Engagement::mutuality`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mutuality {
    /// It shows nothing of the bond.
    None,
    /// One side is known to have done something.
    OneSided,
    /// Both are.
    Mutual,
}

/// Something the cities did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Engagement {
    /// Its id.
    pub id: EngagementId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// The bond it belongs to.
    pub partnership: PartnershipId,
    /// What it was, in a line.
    pub title: Title,
    /// What it was about.
    pub foci: Foci,
    /// Who went where, seen from the host.
    pub direction: Direction,
    /// When.
    #[serde(default)]
    pub dates: EngagementDates,
    /// Whether it took place.
    #[serde(default)]
    pub happening: Happening,
    /// Who took part, in groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<ParticipantGroup>,
    /// Which organisations were behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<Organisation>,
    /// Who paid what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Cost>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<FreeText>,
    /// What is known of the other side's part.
    #[serde(default)]
    pub evidence: OtherSideEvidence,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What those who take part need, so that they can be hosted: diet, health, access. Sensitive: it is stored encrypted, each
    /// reading is told, and it goes soon after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care: Option<FreeText>,
}

impl Engagement {
    /// An engagement that took place, with no more than a line of a log tells; add what else is known.
    #[must_use]
    pub const fn held(
        id: EngagementId,
        bond: (ProgrammeId, PartnershipId),
        title: Title,
        foci: Foci,
        direction: Direction,
        dates: EngagementDates,
    ) -> Self {
        Self {
            id,
            programme: bond.0,
            partnership: bond.1,
            title,
            foci,
            direction,
            dates,
            happening: Happening::Held,
            participants: Vec::new(),
            organisations: Vec::new(),
            costs: Vec::new(),
            outcomes: Vec::new(),
            evidence: OtherSideEvidence::Unstated,
            source: None,
            notes: Vec::new(),
            care: None,
        }
    }

    /// How far it shows that both sides are at it.
    ///
    /// A visit either way, a joint or a virtual meeting takes two, unless there is evidence to the contrary. Where the direction is
    /// unknown, only evidence of the other side's part makes it mutual. What is local shows nothing, nor does what was called off;
    /// of what was only announced, no more is known than that one side announced it.
    #[must_use]
    pub const fn mutuality(&self) -> Mutuality {
        let by_direction = match (self.direction, self.evidence) {
            (Direction::Local, _) | (_, OtherSideEvidence::LocalOnly) => Mutuality::None,
            (_, OtherSideEvidence::OnlyOneSide) | (Direction::Unknown, OtherSideEvidence::Unstated) => {
                Mutuality::OneSided
            }
            (
                Direction::Inbound | Direction::Outbound | Direction::Joint | Direction::Virtual,
                OtherSideEvidence::Unstated,
            )
            | (
                Direction::Inbound
                | Direction::Outbound
                | Direction::Joint
                | Direction::Virtual
                | Direction::Unknown,
                OtherSideEvidence::TookPart,
            ) => Mutuality::Mutual,
        };
        match (self.happening, by_direction) {
            (Happening::CalledOff, _) | (_, Mutuality::None) => Mutuality::None,
            (Happening::AnnouncedOnly, Mutuality::OneSided | Mutuality::Mutual) => Mutuality::OneSided,
            (Happening::Held, known) => known,
        }
    }
}

#[cfg(test)]
mod tests;
