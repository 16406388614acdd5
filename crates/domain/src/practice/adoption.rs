//! Adoptions: who learned a practice from whom, how far they are with it, and whether it worked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AdoptionEvent, Origin, OriginInWords, Topic};
use crate::id::{AdoptionId, OrganisationId, PartnershipId, PlaceId, PracticeId, ProgrammeId, ShareId};
use crate::named_enum;
use crate::state_machine::{RefusedStep, StateMachine, Transition};
use crate::value::{FreeText, Name, Note, PartialDate, Source, Title};

named_enum! {
    /// How far the adoption of a practice is. Source: URBACT's "understand, adapt, re-use".
    #[non_exhaustive]
    pub enum AdoptionState ("a state of an adoption") {
        /// Those whose practice it is have shown it.
        Offered = "offered",
        /// The others have seen how it works and what it takes.
        Understood = "understood",
        /// They fit it to their own place.
        Adapting = "adapting",
        /// They do it.
        InUse = "in_use",
        /// They have said whether it worked, and how that is known.
        Evaluated = "evaluated",
        /// They have given it up, and said why.
        Abandoned = "abandoned",
    }
}

named_enum! {
    /// A step of an adoption, as a word.
    #[non_exhaustive]
    pub enum AdoptionStep ("a step of an adoption") of StepAct {
        Understand = "understand",
        Adapt = "adapt",
        PutToUse = "put_to_use",
        Evaluate = "evaluate",
        Abandon = "abandon",
    }
}

named_enum! {
    /// Whether an adopted practice worked.
    #[non_exhaustive]
    pub enum Verdict ("a verdict") {
        /// It did.
        Worked = "worked",
        /// Some of it did, or for some.
        WorkedInPart = "worked_in_part",
        /// It did not.
        DidNotWork = "did_not_work",
    }
}

impl StateMachine for AdoptionState {
    type Step = AdoptionStep;
    const SUBJECT: &'static str = "adoption";
    const INITIAL: &'static [Self] = &[Self::Offered];
    const TRANSITIONS: &'static [Transition<Self>] = &[
        (&[Self::Offered], AdoptionStep::Understand, Self::Understood),
        (&[Self::Understood], AdoptionStep::Adapt, Self::Adapting),
        (&[Self::Adapting], AdoptionStep::PutToUse, Self::InUse),
        (&[Self::InUse], AdoptionStep::Evaluate, Self::Evaluated),
        (
            &[Self::Offered, Self::Understood, Self::Adapting, Self::InUse],
            AdoptionStep::Abandon,
            Self::Abandoned,
        ),
    ];

    fn needs(step: AdoptionStep) -> &'static str {
        match step {
            AdoptionStep::Evaluate => "whether it worked, and how that is known",
            AdoptionStep::Abandon => "why",
            AdoptionStep::Understand | AdoptionStep::Adapt | AdoptionStep::PutToUse => "",
        }
    }
}

/// What was done in a step, with the facts that it needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum StepAct {
    /// It was seen how it works and what it takes.
    Understand {
        /// What shows it: a report, a visit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<FreeText>,
    },
    /// It began to be fitted to the place.
    Adapt {
        /// What shows it: a plan, a budget.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<FreeText>,
    },
    /// It began to be done.
    PutToUse {
        /// What shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<FreeText>,
    },
    /// It was judged.
    Evaluate {
        /// Whether it worked.
        verdict: Verdict,
        /// How that is known.
        evidence: FreeText,
    },
    /// It was given up.
    Abandon {
        /// Why.
        reason: FreeText,
    },
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StepTaken {
    /// What was done.
    #[serde(flatten)]
    pub act: StepAct,
    /// When, as precisely as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// What there is to say of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<FreeText>,
}

/// What became of an offered practice: when it was offered, and the steps since then, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptionCourse {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offered_on: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepTaken>,
}

/// The adoption of a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct Adoption {
    /// The id under which it is kept.
    pub id: AdoptionId,
    /// Whose record it is.
    pub programme: ProgrammeId,
    /// What is adopted.
    pub practice: AdoptedPractice,
    /// The place that adopts it.
    pub by: PlaceId,
    /// The organisation there that does it, if it is not the city itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The partnership through which it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// From whom it was learnt, which need not be those whose practice it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learnt_from: Option<Origin>,
    /// What it is about at the new place.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub topics: BTreeSet<Topic>,
    /// When it was offered, and what became of it.
    #[serde(default)]
    pub course: AdoptionCourse,
    /// Where we know it from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Remarks of the office, or of others with where they are from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// Which practice is adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AdoptedPractice {
    /// One that the programme keeps itself.
    Own {
        /// The practice.
        practice: PracticeId,
    },
    /// One that another programme shares, as it was told when it was adopted: that stays, whatever the other does later.
    Shared {
        /// By which it was seen.
        share: ShareId,
        /// The programme that shared it.
        peer: ProgrammeId,
        /// What that programme calls itself.
        shared_by: Name,
        /// What the practice is, in a line.
        title: Title,
        /// Whose it is.
        origin: OriginInWords,
        /// Since when it is done there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<PartialDate>,
    },
}

/// Why a step cannot be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptionRefusal {
    /// There is no such step from there.
    #[error(transparent)]
    Step(#[from] RefusedStep),
    /// It is dated before what went before it.
    #[error("lies before {before}, when the step before was taken")]
    Earlier {
        /// The last date on record.
        before: PartialDate,
    },
}

impl StepAct {
    /// What shows that it was done.
    #[must_use]
    pub const fn evidence(&self) -> Option<&FreeText> {
        match self {
            Self::Understand { evidence } | Self::Adapt { evidence } | Self::PutToUse { evidence } => {
                evidence.as_ref()
            }
            Self::Evaluate { evidence, .. } => Some(evidence),
            Self::Abandon { .. } => None,
        }
    }

    /// Whether it worked, if that was judged.
    #[must_use]
    pub const fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Evaluate { verdict, .. } => Some(*verdict),
            Self::Understand { .. } | Self::Adapt { .. } | Self::PutToUse { .. } | Self::Abandon { .. } => {
                None
            }
        }
    }

    /// Why it was given up, if it was.
    #[must_use]
    pub const fn reason(&self) -> Option<&FreeText> {
        match self {
            Self::Abandon { reason } => Some(reason),
            Self::Understand { .. } | Self::Adapt { .. } | Self::PutToUse { .. } | Self::Evaluate { .. } => {
                None
            }
        }
    }
}

impl AdoptionCourse {
    /// Offered on that date, if it is known, and nothing since.
    #[must_use]
    pub const fn offered(on: Option<PartialDate>) -> Self {
        Self { offered_on: on, steps: Vec::new() }
    }

    /// The same steps after an offer of another date.
    #[must_use]
    pub fn with_offer_on(&self, on: Option<PartialDate>) -> Self {
        Self { offered_on: on, steps: self.steps.clone() }
    }

    /// When it was offered, if that is known.
    #[must_use]
    pub const fn offered_on(&self) -> Option<PartialDate> {
        self.offered_on
    }

    /// The steps that were taken, in their order.
    #[must_use]
    pub fn steps(&self) -> &[StepTaken] {
        &self.steps
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> AdoptionState {
        match self.steps.last().map(|step| step.act.kind()) {
            None => AdoptionState::Offered,
            Some(AdoptionStep::Understand) => AdoptionState::Understood,
            Some(AdoptionStep::Adapt) => AdoptionState::Adapting,
            Some(AdoptionStep::PutToUse) => AdoptionState::InUse,
            Some(AdoptionStep::Evaluate) => AdoptionState::Evaluated,
            Some(AdoptionStep::Abandon) => AdoptionState::Abandoned,
        }
    }

    /// Since when it is that far, if that is known.
    #[must_use]
    pub fn since(&self) -> Option<PartialDate> {
        self.steps.last().map_or(self.offered_on, |step| step.on)
    }

    /// The last date on record.
    #[must_use]
    pub fn last_date(&self) -> Option<PartialDate> {
        self.steps.iter().rev().find_map(|step| step.on).or(self.offered_on)
    }

    /// Whether it worked, if that was judged.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        self.steps.last().and_then(|step| step.act.verdict())
    }
}

impl Adoption {
    /// The adoption after a step, and the event of it.
    ///
    /// # Errors
    ///
    /// [`AdoptionRefusal`] if the table of [`AdoptionState`] has no such step from where it is, or it surely lies before the last date
    /// on record.
    pub fn take(&self, step: StepTaken) -> Result<(Self, AdoptionEvent), AdoptionRefusal> {
        let from = self.course.state();
        let to = from.after(step.act.kind(), self.id.into())?;
        if let (Some(on), Some(before)) = (step.on, self.course.last_date())
            && on.latest() < before.earliest()
        {
            return Err(AdoptionRefusal::Earlier { before });
        }
        let mut after = self.clone();
        after.course.steps.push(step.clone());
        Ok((after, AdoptionEvent::StepTaken { taken: step, from, to }))
    }
}
