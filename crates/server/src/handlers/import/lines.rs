//! `GET /v1/programmes/{programme}/imports/{import}/lines`.

use serde::{Deserialize, Serialize};
use sister_cities_api::import::{
    ImportLineView, LineFaultView, ListImportLines, ProposalView, QuestionView, VerdictWord,
};
use sister_cities_api::{OpenEnum as _, Page};
use sister_cities_app::import::{LineReport, Outcome, Problem, Proposal, Question};

use crate::call::{Answer, Call, page_size};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/imports/{import}/lines`.
pub(crate) async fn handle(call: Call<ListImportLines>) -> ApiResult<Answer<Page<ImportLineView>>> {
    let after: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let report = call.app.get_import_report(&call.caller, call.path.programme, call.path.import).await?;
    let wanted = |line: &&LineReport| {
        let verdict = line.outcome.as_str();
        call.query.verdict.is_empty() || call.query.verdict.iter().any(|word| word.as_str() == verdict)
    };
    let after = after.map_or(0, |position| position.line);
    let size = page_size(call.query.limit) as usize;
    let mut lines = report.lines.iter().filter(|line| line.line > after).filter(wanted);
    let items: Vec<ImportLineView> = lines.by_ref().take(size).map(view).collect();
    let last = items.last().map(|last| Position { line: last.line });
    let next = lines.next().and(last);
    Ok(Answer::plain(Page { items, next_cursor: call.next(next.as_ref())? }))
}

/// The line after which the list was left.
#[derive(Serialize, Deserialize)]
struct Position {
    line: u32,
}

fn view(line: &LineReport) -> ImportLineView {
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
            ("a person must say".to_owned(), questions.iter().map(question).collect(), Vec::new())
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
        other => (other.as_str().to_owned(), Vec::new(), Vec::new()),
    };
    ImportLineView {
        line: line.line,
        verdict: VerdictWord::from_word(line.outcome.as_str()),
        about: line.about.clone(),
        cells: line.cells.clone(),
        summary,
        questions,
        faults,
        remarks: line.remarks.clone(),
        records: line.records.iter().map(ToString::to_string).collect(),
    }
}

fn question(question: &Question) -> QuestionView {
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
