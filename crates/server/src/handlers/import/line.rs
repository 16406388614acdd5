//! How a line of an import's report is shown.

use sister_cities_api::import::{ImportLineView, LineFaultView, LineVerdictWord, ProposalView, QuestionView};
use sister_cities_app::import::{LineReport, Outcome, Problem, Proposal, Question};

/// The view of a line.
pub(super) fn line_view(line: &LineReport) -> ImportLineView {
    let (summary, questions, faults) = match &line.outcome {
        Outcome::Create { what } => (what.clone(), Vec::new(), Vec::new()),
        Outcome::Same { record, first_line } => {
            let same = first_line.map_or_else(|| record.to_string(), |first| format!("line {first}"));
            (format!("the same as {same}"), Vec::new(), Vec::new())
        }
        Outcome::Merge { record, adds } => {
            let adds: Vec<String> =
                adds.iter().map(|adds| format!("{}: {}", adds.field, adds.text)).collect();
            (format!("adds to {record}: {}", adds.join("; ")), Vec::new(), Vec::new())
        }
        Outcome::NeedsPerson { questions } => {
            ("a person must say".to_owned(), questions.iter().map(question_view).collect(), Vec::new())
        }
        Outcome::KeptUnresolved { what, because } => {
            (format!("{what}, kept by name only: {because}"), Vec::new(), Vec::new())
        }
        Outcome::Invalid { problems } => {
            let fault = |problem: &Problem| LineFaultView {
                field: problem.field.clone(),
                detail: problem.detail.clone(),
                expected: problem.expected.clone(),
            };
            ("wrong in itself".to_owned(), Vec::new(), problems.iter().map(fault).collect())
        }
        Outcome::Skipped => ("left out by a person".to_owned(), Vec::new(), Vec::new()),
        Outcome::Later => ("left for later by a person".to_owned(), Vec::new(), Vec::new()),
        other => (other.as_str().to_owned(), Vec::new(), Vec::new()),
    };
    ImportLineView {
        line: line.line,
        verdict: LineVerdictWord::from_word(line.outcome.as_str()),
        about: line.about.clone(),
        cells: line.cells.clone(),
        summary,
        questions,
        faults,
        remarks: line.remarks.clone(),
        records: line.records.iter().map(ToString::to_string).collect(),
    }
}

fn question_view(question: &Question) -> QuestionView {
    let proposal = |proposal: &Proposal| ProposalView {
        key: proposal.key.clone(),
        label: proposal.text.clone(),
        reasons: proposal.reasons.clone(),
    };
    QuestionView {
        about: question.about.clone(),
        text: question.asks.clone(),
        proposals: question.proposals.iter().map(proposal).collect(),
    }
}
