//! What happened to the record of an engagement.

use serde::{Deserialize, Serialize};

use super::{Engagement, EngagementDates, InvitationReply, OutcomeAnswer};
use crate::event::{changed_fields, events};
use crate::id::{PartnershipId, PersonId};
use crate::value::Title;

events! {
    /// A change of the record of an engagement. The names are stable: subscribers match on them.
    pub enum EngagementEvent {
        /// It was entered into the log.
        Recorded = "engagement.recorded" (EngagementSummary),
        /// Facts about it were changed.
        Changed = "engagement.changed" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// A side said what came of it.
        OutcomeAnswered = "engagement.outcome_answered" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// Which side, to which question, and what.
            answer: OutcomeAnswer,
        },
        /// Somebody was invited to it.
        Invited = "engagement.invited" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// Who.
            person: PersonId,
            /// In which state it was, as calendars count it.
            sequence: u32,
        },
        /// What the calendars of those who are invited show was changed, or it was called off.
        InvitationChanged = "engagement.invitation_changed" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// In which state it is, as calendars count it.
            sequence: u32,
        },
        /// Somebody was taken off it, or its day is not known any more.
        Uninvited = "engagement.uninvited" {
            /// What their calendar shows: as it was before.
            #[serde(flatten)]
            was: EngagementSummary,
            /// Who.
            person: PersonId,
            /// In which state it is, as calendars count it.
            sequence: u32,
        },
        /// Somebody answered their invitation.
        InvitationAnswered = "engagement.invitation_answered" {
            /// The partnership it belongs to.
            partnership: PartnershipId,
            /// Who.
            person: PersonId,
            /// What they said.
            said: InvitationReply,
            /// To which state, as calendars count it.
            sequence: u32,
        },
        /// The record was removed.
        Deleted = "engagement.deleted" (EngagementSummary),
    }
}

/// What an engagement was, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementSummary {
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it was, in a line, when that happened.
    pub title: Title,
    /// From when until when it took place.
    pub dates: EngagementDates,
}

impl EngagementEvent {
    /// The partnership that the engagement belongs to.
    #[must_use]
    pub const fn partnership(&self) -> PartnershipId {
        match self {
            Self::Recorded(summary) | Self::Deleted(summary) => summary.partnership,
            Self::Uninvited { was, .. } => was.partnership,
            Self::Changed { partnership, .. }
            | Self::OutcomeAnswered { partnership, .. }
            | Self::Invited { partnership, .. }
            | Self::InvitationChanged { partnership, .. }
            | Self::InvitationAnswered { partnership, .. } => *partnership,
        }
    }
}

impl Engagement {
    pub(super) fn summary(&self) -> EngagementSummary {
        EngagementSummary { partnership: self.partnership, title: self.title.clone(), dates: self.dates }
    }

    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> EngagementEvent {
        EngagementEvent::Recorded(self.summary())
    }

    /// The event that its record was removed.
    #[must_use]
    pub fn deleted(&self) -> EngagementEvent {
        EngagementEvent::Deleted(self.summary())
    }

    /// The event that it became this out of `before`; `None` if nothing changed.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<EngagementEvent> {
        let fields = changed_fields!(before -> self: Self {
            partnership, title, foci, direction, dates, happening, participants, organisations, costs,
            outcomes, follow_up, evidence, source, notes, care,
            id: _, programme: _, outcome_answers: _, invitations: _,
        });
        (!fields.is_empty()).then_some(EngagementEvent::Changed { partnership: self.partnership, fields })
    }
}
