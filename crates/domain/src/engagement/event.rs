//! What happened to the record of an engagement.

use serde::{Deserialize, Serialize};

use super::{Engagement, EngagementDates, OutcomeAnswer};
use crate::event::{changed_fields, events};
use crate::id::PartnershipId;
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

impl Engagement {
    fn summary(&self) -> EngagementSummary {
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
            id: _, programme: _, outcome_answers: _,
        });
        (!fields.is_empty()).then_some(EngagementEvent::Changed { partnership: self.partnership, fields })
    }
}
