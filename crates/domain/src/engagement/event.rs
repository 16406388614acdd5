//! What happened to the record of an engagement.

use serde::{Deserialize, Serialize};

use super::{Engagement, EngagementDates};
use crate::id::PartnershipId;
use crate::value::Title;

/// A change of the record of an engagement. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum EngagementEvent {
    /// It was entered.
    #[serde(rename = "engagement.recorded")]
    Recorded(EngagementSummary),
    /// Facts about it were changed.
    #[serde(rename = "engagement.changed")]
    Changed {
        /// The bond it belongs to.
        partnership: PartnershipId,
        /// Which, by field name.
        fields: Vec<String>,
    },
    /// The record was removed.
    #[serde(rename = "engagement.deleted")]
    Deleted(EngagementSummary),
}

/// What an engagement was, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementSummary {
    /// The bond it belongs to.
    pub partnership: PartnershipId,
    /// What it was.
    pub title: Title,
    /// When.
    pub dates: EngagementDates,
}

impl EngagementEvent {
    /// Its stable name: `engagement.recorded`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Recorded(_) => "engagement.recorded",
            Self::Changed { .. } => "engagement.changed",
            Self::Deleted(_) => "engagement.deleted",
        }
    }
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
        let fields = crate::event::changed_fields([
            ("partnership", self.partnership != before.partnership),
            ("title", self.title != before.title),
            ("foci", self.foci != before.foci),
            ("direction", self.direction != before.direction),
            ("dates", self.dates != before.dates),
            ("happening", self.happening != before.happening),
            ("participants", self.participants != before.participants),
            ("organisations", self.organisations != before.organisations),
            ("costs", self.costs != before.costs),
            ("outcomes", self.outcomes != before.outcomes),
            ("evidence", self.evidence != before.evidence),
            ("source", self.source != before.source),
            ("notes", self.notes != before.notes),
            ("care", self.care != before.care),
        ]);
        (!fields.is_empty()).then_some(EngagementEvent::Changed { partnership: self.partnership, fields })
    }
}
