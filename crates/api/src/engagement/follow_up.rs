//! What came of an engagement: the questions that are put to both sides, and their answers.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::engagement::{
    AskedSide, FollowUp, FollowUpQuestion, OutcomeAnswer, WhatCame, WhatCameKind,
};
use sister_cities_domain::id::{EngagementId, OutcomeId};

use super::{AskedSideWord, FollowUpWord, WhatCameWord};

/// What a side says came of an engagement.
#[skip_serializing_none]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeAnswerBody {
    /// Which side says so.
    pub side: AskedSide,
    /// Which question is answered.
    pub after: FollowUp,
    /// What it says.
    pub said: WhatCameKind,
    /// The outcome, if it says `outcome`.
    pub outcome: Option<OutcomeId>,
    /// On which day it was said; today if not given.
    pub on: Option<NaiveDate>,
}

/// What a side said came of an engagement.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeAnswerView {
    /// Which side said so.
    pub side: AskedSideWord,
    /// Which question was answered.
    pub after: FollowUpWord,
    /// What it said.
    pub said: WhatCameWord,
    /// The outcome, if it named one.
    pub outcome: Option<OutcomeId>,
    /// On which day it was said.
    pub on: NaiveDate,
}

/// The questions on what came of an engagement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpView {
    /// Those that are open on the day, and those still to come; none if nobody asks.
    pub questions: Vec<FollowUpQuestionView>,
}

/// A question on what came of an engagement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpQuestionView {
    /// The engagement that is asked about.
    pub engagement: EngagementId,
    /// Which side is asked.
    pub side: AskedSideWord,
    /// How long after it.
    pub after: FollowUpWord,
    /// The day from which it is open.
    pub due_on: NaiveDate,
    /// The outcomes that cite the engagement so far.
    pub known: Vec<OutcomeId>,
}

impl OutcomeAnswerView {
    pub(super) fn of(answer: &OutcomeAnswer) -> Self {
        let OutcomeAnswer { side, after, on, came } = *answer;
        let outcome = match came {
            WhatCame::Outcome { outcome } => Some(outcome),
            WhatCame::NothingYet | WhatCame::NothingWill | _ => None,
        };
        Self { side: side.into(), after: after.into(), said: came.kind().into(), outcome, on }
    }
}

impl FollowUpView {
    /// Shows the questions on an engagement.
    #[must_use]
    pub fn of(questions: &[FollowUpQuestion]) -> Self {
        let view = |question: &FollowUpQuestion| FollowUpQuestionView {
            engagement: question.engagement,
            side: question.side.into(),
            after: question.after.into(),
            due_on: question.due_on,
            known: question.known.clone(),
        };
        Self { questions: questions.iter().map(view).collect() }
    }
}
