//! What happened to the record of an outcome.

use serde::{Deserialize, Serialize};

use super::{Evidence, EvidenceChange, EvidenceStep, Outcome, OutcomeKind, OutcomeValue};
use crate::event::{changed_fields, events};
use crate::value::Title;

events! {
    /// A change of an outcome. The names are stable: subscribers match on them.
    pub enum OutcomeEvent {
        /// It was entered, as a claim.
        Recorded = "outcome.recorded" {
            /// What sort of outcome it is.
            kind: OutcomeKind,
            /// What came of it, in a line, when that happened.
            title: Title,
            /// What it is worth, if that is said.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            value: Option<OutcomeValue>,
        },
        /// Facts about it were changed.
        Changed = "outcome.changed" {
            /// Which, by field name.
            fields: Vec<String>,
        },
        /// A paper shows it.
        Documented = "outcome.documented" (Regraded),
        /// Somebody looked into it and found it so.
        Verified = "outcome.verified" (Regraded),
        /// Somebody says that it is not so.
        Disputed = "outcome.disputed" (Regraded),
        /// It was taken back.
        Withdrawn = "outcome.withdrawn" (Regraded),
    }
}

/// A step of evidence, and from where it led.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regraded {
    /// The step.
    pub change: EvidenceChange,
    /// The level before.
    pub from: Evidence,
}

impl OutcomeEvent {
    pub(super) const fn regraded(change: EvidenceChange, from: Evidence) -> Self {
        let step = change.step;
        let regraded = Regraded { change, from };
        match step {
            EvidenceStep::Document => Self::Documented(regraded),
            EvidenceStep::Verify => Self::Verified(regraded),
            EvidenceStep::Dispute => Self::Disputed(regraded),
            EvidenceStep::Withdraw => Self::Withdrawn(regraded),
        }
    }
}

impl Outcome {
    /// The event that it was entered.
    #[must_use]
    pub fn recorded(&self) -> OutcomeEvent {
        OutcomeEvent::Recorded {
            kind: self.kind.clone(),
            title: self.title.clone(),
            value: self.value.clone(),
        }
    }

    /// The event that it became this out of `before`; `None` if nothing changed. The evidence changes by steps alone.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<OutcomeEvent> {
        let fields = changed_fields!(before -> self: Self {
            kind, title, value, date, attribution, partnerships, engagements, agreements, action_points,
            practices, same_as, source, notes,
            id: _, programme: _, evidence: _,
        });
        (!fields.is_empty()).then_some(OutcomeEvent::Changed { fields })
    }
}
