//! Outcomes: what came of a partnership, graded by its evidence and counted once however many records it cites (R36).

mod event;
mod evidence;
#[cfg(test)]
mod tests;
mod totals;
mod value;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use event::{OutcomeEvent, Regraded};
pub use evidence::{Attribution, Evidence, EvidenceChange, EvidenceHistory, EvidenceRefusal, EvidenceStep};
pub use totals::{OutcomeQuestion, OutcomeTotal, OutcomeTotals, outcome_totals};
pub use value::{Measure, OutcomeValue, Unit};

use crate::id::{
    ActionPointId, AgreementId, EngagementId, OutcomeId, PartnershipId, PracticeId, ProgrammeId,
};
use crate::state_machine::StateMachine as _;
use crate::value::{Note, PartialDate, Source, Title, open_catalogue};

open_catalogue! {
    /// What sort of outcome it is: what the studies of Sister Cities International valued, and what else offices report.
    OutcomeKind ("a kind of outcome such as jobs or deal", "deal") {
        /// Jobs made or kept.
        Jobs = "jobs",
        /// Foreign investment.
        Investment = "investment",
        /// A contract, an order, a joint venture.
        Deal = "deal",
        /// Time that volunteers gave.
        VolunteerHours = "volunteer_hours",
        /// Goods and services given, not paid for.
        InKindGift = "in_kind_gift",
        /// What visitors spent.
        VisitorSpending = "visitor_spending",
        /// What students and others on exchange spent.
        StudentSpending = "student_spending",
        /// A practice of the other side that is in use.
        PracticeInUse = "practice_in_use",
        /// A policy or a law.
        Policy = "policy",
        /// A book, a study, a recording.
        Publication = "publication",
    }
}

/// The outcome of a partner programme that is the same as one of ours: told by both, counted once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SameOutcome {
    /// The partner programme.
    pub programme: ProgrammeId,
    /// The outcome as it keeps it.
    pub outcome: OutcomeId,
}

/// What came of something that the cities did.
///
/// It cites what it came of: any number of records of any kind below, each once. It is one outcome however many it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Outcome {
    /// The id under which it is kept.
    pub id: OutcomeId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What sort of outcome it is.
    pub kind: OutcomeKind,
    /// What came of it, in a line.
    pub title: Title,
    /// What it is worth, in money or in number, if that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<OutcomeValue>,
    /// When it was there, as precisely as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Whether it is the partnership's doing.
    #[serde(default)]
    pub attribution: Attribution,
    /// The steps by which its evidence rose or was shaken; taken by [`Outcome::grade`].
    #[serde(default, skip_serializing_if = "EvidenceHistory::is_empty")]
    pub evidence: EvidenceHistory,
    /// The partnerships it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub partnerships: BTreeSet<PartnershipId>,
    /// The engagements it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub engagements: BTreeSet<EngagementId>,
    /// The agreements it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub agreements: BTreeSet<AgreementId>,
    /// The action points it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub action_points: BTreeSet<ActionPointId>,
    /// The practices it came of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub practices: BTreeSet<PracticeId>,
    /// The outcome of the partner programme that is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameOutcome>,
    /// Who claims it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Outcome {
    /// A claim of which no more is known; add what else is.
    #[must_use]
    pub const fn claimed(id: OutcomeId, programme: ProgrammeId, kind: OutcomeKind, title: Title) -> Self {
        Self {
            id,
            programme,
            kind,
            title,
            value: None,
            date: None,
            attribution: Attribution::Unknown,
            evidence: EvidenceHistory::CLAIMED,
            partnerships: BTreeSet::new(),
            engagements: BTreeSet::new(),
            agreements: BTreeSet::new(),
            action_points: BTreeSet::new(),
            practices: BTreeSet::new(),
            same_as: None,
            source: None,
            notes: Vec::new(),
        }
    }

    /// How well it is shown, after all steps.
    #[must_use]
    pub fn level(&self) -> Evidence {
        self.after(self.evidence.steps().iter())
    }

    /// How well it was shown on a day.
    #[must_use]
    pub fn level_on(&self, day: NaiveDate) -> Evidence {
        self.after(self.evidence.steps().iter().take_while(|step| step.on <= day))
    }

    fn after<'a>(&self, steps: impl Iterator<Item = &'a EvidenceChange>) -> Evidence {
        // A step that a stored form has against the table leaves the level as it is.
        steps.fold(Evidence::Claimed, |level, step| level.after(step.step, self.id.into()).unwrap_or(level))
    }

    /// Takes a step of its evidence: the outcome after it, and the event that tells of it.
    ///
    /// # Errors
    ///
    /// [`EvidenceRefusal`] if the step does not lead on from here, lacks what it must rest on, or lies before the last.
    pub fn grade(mut self, change: EvidenceChange) -> Result<(Self, OutcomeEvent), EvidenceRefusal> {
        let from = self.level();
        from.after(change.step, self.id.into())?;
        self.evidence.add(change.clone())?;
        Ok((self, OutcomeEvent::regraded(change, from)))
    }
}
