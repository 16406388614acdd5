//! The questions of an import, each once for all lines that share it.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ImportLineView, ProposalView};

/// A question, and the lines that ask it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedQuestionView {
    /// The lines that ask it; none where it is asked of the file as a whole, and answered in the mapping.
    pub lines: Vec<u32>,
    /// What it is about: the `about` of the answers, or the field of the mapping.
    pub about: String,
    /// The question; of a line that is wrong, what is wrong and what would be right.
    pub question: String,
    /// What could be taken.
    pub proposals: Vec<ProposalView>,
}

impl SharedQuestionView {
    /// The field of the mapping that says for which time a log is complete.
    pub const COVERAGE: &'static str = "complete_for";

    /// The questions and faults of these lines, each question once, in the order in which they come up.
    #[must_use]
    pub fn of(lines: &[ImportLineView]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        // Where the questions of these words stand; a list of a whole country asks thousands.
        let mut known: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for line in lines {
            for question in &line.questions {
                let same = known.entry((&question.about, &question.text)).or_default();
                if let Some(at) = same.iter().find(|at| all[**at].proposals == question.proposals) {
                    all[*at].lines.push(line.line);
                } else {
                    same.push(all.len());
                    all.push(Self {
                        lines: vec![line.line],
                        about: question.about.clone(),
                        question: question.text.clone(),
                        proposals: question.proposals.clone(),
                    });
                }
            }
            for fault in &line.faults {
                all.push(Self {
                    lines: vec![line.line],
                    about: fault.field.clone(),
                    question: format!("{}; expected {}", fault.detail, fault.expected),
                    proposals: Vec::new(),
                });
            }
        }
        all
    }

    /// The question that a log raises as a whole: how much its silence proves.
    #[must_use]
    pub fn coverage() -> Self {
        Self {
            lines: Vec::new(),
            about: Self::COVERAGE.to_owned(),
            question: "for which time is this log believed complete? Where nobody says so, silence proves nothing, and \
                       the standing of a partnership stays \"not known\"; one answer holds for all of its partnerships"
                .to_owned(),
            proposals: Vec::new(),
        }
    }
}
