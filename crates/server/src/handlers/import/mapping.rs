//! How a file is to be read and what a person decided, as a caller says it.

use sister_cities_api::import::{AnswerBody, MappingBody, PeriodBody};
use sister_cities_app::tabular::Encoding;
use sister_cities_domain::import_run::{Answer, Choice, ChoiceKind, Mapping};

use crate::error::{ApiError, ApiResult};
use crate::field::{known, needed, period};

/// What would be right for an encoding.
pub(super) const ENCODINGS: &str =
    "a label such as utf-8, windows-1250, windows-1252, iso-8859-2 or shift_jis";

/// How a file is to be read, at `pointer` in the body.
pub(super) fn mapping(body: MappingBody, pointer: &str) -> ApiResult<Mapping> {
    let MappingBody { columns, values, day_order, sheet, encoding, source, complete_for } = body;
    if let Some(label) = encoding.as_deref().filter(|label| Encoding::named(label).is_none()) {
        let detail = format!("{label:?} is no encoding that is read");
        return Err(ApiError::field(&format!("{pointer}/encoding"), detail, ENCODINGS));
    }
    let day_order = day_order.map(|word| known(&word, &format!("{pointer}/day_order"))).transpose()?;
    let complete_for = match complete_for {
        None => None,
        Some(PeriodBody { from, to }) => period(from, to, &format!("{pointer}/complete_for"))?,
    };
    Ok(Mapping { columns, values, day_order, sheet, encoding, source, complete_for })
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
            ChoiceKind::Later => Choice::Later,
            other => return Err(ApiError::internal(format!("no choice is known for {other}"))),
        };
        Ok(Answer { line, about, choice })
    };
    bodies.into_iter().enumerate().map(answer).collect()
}
