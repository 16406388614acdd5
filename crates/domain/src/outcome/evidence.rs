//! How well an outcome is shown, as a state machine, and whose doing it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::named_enum;
use crate::state_machine::{RefusedStep, StateMachine, Transition};
use crate::value::{FreeText, Source};

named_enum! {
    /// How well an outcome is shown (R36).
    #[non_exhaustive]
    pub enum Evidence ("an evidence level") {
        /// Somebody says so.
        Claimed = "claimed",
        /// There is a paper that says so.
        Documented = "documented",
        /// Somebody with nothing to gain looked into it and found it so.
        Verified = "verified",
        /// Somebody says that it is not so. It stays, and is in no total.
        Disputed = "disputed",
        /// It was not so, or is not to be told any more. It stays, and is in no total.
        Withdrawn = "withdrawn",
    }
}

named_enum! {
    /// A step by which the evidence of an outcome rises, or is shaken.
    #[non_exhaustive]
    pub enum EvidenceStep ("a step of evidence") {
        /// A paper was found that says so; needs the paper. Settles a dispute too.
        Document = "document",
        /// Somebody looked into it; needs what they found it by. Settles a dispute too.
        Verify = "verify",
        /// Somebody says that it is not so; needs a remark that says who and why.
        Dispute = "dispute",
        /// It is taken back for good; needs a remark that says why.
        Withdraw = "withdraw",
    }
}

impl StateMachine for Evidence {
    type Step = EvidenceStep;
    const SUBJECT: &'static str = "outcome";
    const INITIAL: &'static [Self] = &[Self::Claimed];
    const TRANSITIONS: &'static [Transition<Self>] = &[
        (&[Self::Claimed, Self::Disputed], EvidenceStep::Document, Self::Documented),
        (&[Self::Documented, Self::Disputed], EvidenceStep::Verify, Self::Verified),
        (&[Self::Claimed, Self::Documented, Self::Verified], EvidenceStep::Dispute, Self::Disputed),
        (
            &[Self::Claimed, Self::Documented, Self::Verified, Self::Disputed],
            EvidenceStep::Withdraw,
            Self::Withdrawn,
        ),
    ];

    fn needs(step: EvidenceStep) -> &'static str {
        match step {
            EvidenceStep::Document => "the paper",
            EvidenceStep::Verify => "what it was found by",
            EvidenceStep::Dispute => "who says so, and why",
            EvidenceStep::Withdraw => "why",
        }
    }
}

impl Evidence {
    /// Whether an outcome of that level is in totals.
    #[must_use]
    pub const fn counts(self) -> bool {
        match self {
            Self::Claimed | Self::Documented | Self::Verified => true,
            Self::Disputed | Self::Withdrawn => false,
        }
    }
}

named_enum! {
    /// Whether the outcome is the partnership's doing (R36).
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Attribution ("an attribution") {
        /// It would not be there without.
        Direct = "direct",
        /// Others had a part in it.
        Contributed = "contributed",
        /// Nobody can say.
        #[default]
        Unknown = "unknown",
    }
}

/// A step that was taken: when, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceChange {
    /// What was done.
    pub step: EvidenceStep,
    /// On which day.
    pub on: NaiveDate,
    /// What is to be said of it: by whom an outcome is disputed, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
    /// The paper, the audit, the letter it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Source>,
}

/// Why a step was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceRefusal {
    /// It does not lead on from where the outcome is.
    #[error(transparent)]
    Step(#[from] RefusedStep),
    /// It says nothing of what it must rest on.
    #[error("the step {step} needs {field}")]
    Bare {
        /// The step.
        step: EvidenceStep,
        /// What is missing: `evidence`, `remark`.
        field: &'static str,
    },
    /// It lies before the last step, so the level on a day would not follow from the days.
    #[error("the last step was taken on {last}, this one is dated {on}")]
    BeforeLast {
        /// The day of the last step.
        last: NaiveDate,
        /// The day of this one.
        on: NaiveDate,
    },
}

/// The steps that the evidence of an outcome took, in order; their days never go back. Without any it is a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceHistory(Vec<EvidenceChange>);

impl EvidenceHistory {
    /// A claim, to which nothing was added.
    pub const CLAIMED: Self = Self(Vec::new());

    /// The steps, in order.
    #[must_use]
    pub fn steps(&self) -> &[EvidenceChange] {
        &self.0
    }

    /// Whether no step was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, change: EvidenceChange) -> Result<(), EvidenceRefusal> {
        let missing = match change.step {
            EvidenceStep::Document | EvidenceStep::Verify => change.evidence.is_none().then_some("evidence"),
            EvidenceStep::Dispute | EvidenceStep::Withdraw => change.remark.is_none().then_some("remark"),
        };
        if let Some(field) = missing {
            return Err(EvidenceRefusal::Bare { step: change.step, field });
        }
        if let Some(last) = self.0.last().filter(|last| change.on < last.on) {
            return Err(EvidenceRefusal::BeforeLast { last: last.on, on: change.on });
        }
        self.0.push(change);
        Ok(())
    }
}
