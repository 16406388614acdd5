//! Engagements: what two cities did together, when, with whom, at whose cost, and what came of it (R26).

mod counts;
mod dates;
mod event;
mod focus;
mod follow_up;
mod invitation;
mod people;

use serde::{Deserialize, Serialize};

pub use counts::{
    CountedEngagement, ExchangeCounts, ExchangeEntry, Flow, Uncounted, exchange_counts, exchange_entry,
};
pub use dates::EngagementDates;
pub use event::{EngagementEvent, EngagementSummary};
pub use focus::{Foci, Focus};
pub use follow_up::{
    AnswerRefusal, AskedSide, FollowUp, FollowUpQuestion, OutcomeAnswer, WhatCame, WhatCameKind,
    outcome_questions,
};
pub use invitation::{InvitationAnswer, InvitationRefusal, InvitationReply, Invitations, Invited};
pub use people::{Cost, Organisation, ParticipantGroup, ParticipantRole, Side};

use crate::id::{EngagementId, PartnershipId, ProgrammeId};
use crate::named_enum;
use crate::value::{FreeText, Note, Source, Title};

named_enum! {
    /// Who went where, seen from the host of the programme.
    #[non_exhaustive]
    pub enum Direction ("a direction") {
        /// They came to us.
        Inbound = "inbound",
        /// We went to them.
        Outbound = "outbound",
        /// Both took part, neither as the guest of the other, or it is not told who travelled.
        Joint = "joint",
        /// Both took part from home.
        Virtual = "virtual",
        /// One side by itself, at home. Does not feed vitality.
        Local = "local",
        /// The source does not say.
        Unknown = "unknown",
    }
}

named_enum! {
    /// What the record shows of the other side's part.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum OtherSideEvidence ("evidence of the other side's part") {
        /// The other side took part; there is evidence.
        TookPart = "took_part",
        /// Only one side did something, towards the other: a letter unanswered, a gift sent.
        OnlyOneSide = "only_one_side",
        /// It concerned one side alone, at home.
        LocalOnly = "local_only",
        /// The source says nothing beyond the direction.
        #[default]
        Unstated = "unstated",
    }
}

named_enum! {
    /// Whether it took place.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Happening ("a kind of happening") {
        /// It took place, as far as the source says.
        #[default]
        Held = "held",
        /// Only the announcement is known.
        AnnouncedOnly = "announced_only",
        /// It was called off.
        CalledOff = "called_off",
    }
}

named_enum! {
    /// How far an engagement shows that both sides are at it. Derived: see [`Engagement::mutuality`].
    #[non_exhaustive]
    pub enum Mutuality ("a mutuality") {
        /// It shows nothing of the partnership.
        None = "none",
        /// One side is known to have done something.
        OneSided = "one_sided",
        /// Both sides are known to have done something.
        Mutual = "mutual",
    }
}

/// Something the cities did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Engagement {
    /// The id under which it is kept.
    pub id: EngagementId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it was, in a line.
    pub title: Title,
    /// What it was about.
    pub foci: Foci,
    /// Who went where, seen from the host.
    pub direction: Direction,
    /// From when until when it took place, as precisely as is known.
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
    /// Who paid how much, each in the currency that was paid in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Cost>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<FreeText>,
    /// Whether both sides are asked what came of it, for two years after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub follow_up: bool,
    /// What they answered, each side once at each time; given by [`Engagement::answer`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome_answers: Vec<OutcomeAnswer>,
    /// Who is invited to it and what they answered; changed by [`Engagement::invite`] and what follows from it.
    #[serde(default, skip_serializing_if = "Invitations::is_none")]
    pub invitations: Invitations,
    /// What is known of the other side's part.
    #[serde(default)]
    pub evidence: OtherSideEvidence,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks of the office, or of others with where they are from.
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
        partnership: (ProgrammeId, PartnershipId),
        title: Title,
        foci: Foci,
        direction: Direction,
        dates: EngagementDates,
    ) -> Self {
        Self {
            id,
            programme: partnership.0,
            partnership: partnership.1,
            title,
            foci,
            direction,
            dates,
            happening: Happening::Held,
            participants: Vec::new(),
            organisations: Vec::new(),
            costs: Vec::new(),
            outcomes: Vec::new(),
            follow_up: false,
            outcome_answers: Vec::new(),
            invitations: Invitations::NONE,
            evidence: OtherSideEvidence::Unstated,
            source: None,
            notes: Vec::new(),
            care: None,
        }
    }

    /// How far it shows that both sides are at it.
    ///
    /// A visit either way, a joint or a virtual meeting takes two, unless there is evidence to the contrary. Where the direction
    /// is unknown, only evidence of the other side's part makes it mutual. What is local shows nothing, nor does what was called
    /// off; of what was only announced, no more is known than that one side announced it.
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
