//! How a file is to be read and what a person decided, as a caller says it.

use sister_cities_api::import::{AnswerBody, MappingBody, PeriodBody};
use sister_cities_domain::import_run::{Answer, Choice, ChoiceKind, Mapping};

use crate::error::{ApiError, ApiResult};
use crate::field::{known, needed, period};

/// How a file is to be read, at `pointer` in the body.
pub(super) fn mapping(body: MappingBody, pointer: &str) -> ApiResult<Mapping> {
    let MappingBody { columns, values, day_order, sheet, source, complete_for } = body;
    let day_order = day_order.map(|word| known(&word, &format!("{pointer}/day_order"))).transpose()?;
    let complete_for = match complete_for {
        None => None,
        Some(PeriodBody { from, to }) => period(from, to, &format!("{pointer}/complete_for"))?,
    };
    Ok(Mapping { columns, values, day_order, sheet, source, complete_for })
}

/// What a person decided.
pub(super) fn answers(bodies: Vec<AnswerBody>) -> ApiResult<Vec<Answer>> {
    let answer = |(at, body): (usize, AnswerBody)| {
        let pointer = format!("/answers/{at}");
        let AnswerBody { line, about, choice, take } = body;
        let choice = known(&choice, &format!("{pointer}/choice"))?;
        if take.is_some() && choice != ChoiceKind::Take {
            let detail = format!("does not go with {choice}");
            return Err(ApiError::field(&format!("{pointer}/take"), detail, "no proposal for this choice"));
        }
        let choice = match choice {
            ChoiceKind::Take => {
                Choice::Take(needed(take, &format!("{pointer}/take"), "the key of a proposal")?)
            }
            ChoiceKind::KeepByName => Choice::KeepByName,
            ChoiceKind::LeaveBlank => Choice::LeaveBlank,
            ChoiceKind::Skip => Choice::Skip,
            other => return Err(ApiError::internal(format!("no choice is known for {other}"))),
        };
        Ok(Answer { line, about, choice })
    };
    bodies.into_iter().enumerate().map(answer).collect()
}
