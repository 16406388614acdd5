//! What a line about the completeness of a log comes to.

use sister_cities_domain::id::{PartnershipId, RecordKind, RecordRef};
use sister_cities_domain::partnership::{Phase, RecordCoverage};
use sister_cities_domain::value::Period;

use super::change::Change;
use crate::import::cells::fields::Field;
use crate::import::draft::Draft;
use crate::import::line::LineResult;
use crate::import::line::{DateCell, Line};
use crate::import::places::finder::{NameAlone, PlaceFinder, PlaceMatch};
use crate::import::report::{Outcome, Proposal};

pub(crate) fn plan_line(
    line: &mut Line<'_>,
    draft: &mut Draft<'_>,
    finder: &mut PlaceFinder<'_>,
) -> LineResult {
    let partnership = partnership(line, draft, finder);
    let source = line.source();
    let (from, to) = (line.single_date(Field::From), line.single_date(Field::To));
    let date = |cell: DateCell| match cell {
        DateCell::Date(date) => Some(date),
        DateCell::Blank | DateCell::Span(..) | DateCell::Open => None,
    };
    if from == DateCell::Blank && to == DateCell::Blank {
        line.problem(
            Field::From,
            "neither the first nor the last day is given",
            "at least one, such as 1982 or 1995-05",
        );
    }
    let period = match Period::new(date(from), date(to)) {
        Ok(period) => period,
        Err(error) => {
            line.problem(Field::To, &error, error.expected());
            return LineResult::not_yet(line);
        }
    };
    let (Some(partnership), true) = (partnership, line.findings.is_clear()) else {
        return LineResult::not_yet(line);
    };
    let Some(slot) = draft.partnerships.get(&partnership) else { return LineResult::not_yet(line) };
    let first_line = slot.line.filter(|first| *first < line.number);
    let mut change = Change { partnership: (*slot.value).clone(), events: Vec::new() };
    let mut adds = Vec::new();
    change.cover(RecordCoverage::new(period, source), &mut adds);
    let record = RecordRef { kind: RecordKind::Partnership, id: partnership.uuid() };
    let outcome = if adds.is_empty() {
        Outcome::Same { record, first_line }
    } else {
        draft.change_partnership(change.partnership, change.events, line.number);
        Outcome::Merge { record, adds }
    };
    LineResult { outcome, records: vec![record] }
}

/// The bond of the programme that a line is about. Asks if there is none, or several.
pub(crate) fn partnership(
    line: &mut Line<'_>,
    draft: &Draft<'_>,
    finder: &mut PlaceFinder<'_>,
) -> Option<PartnershipId> {
    let words = line.place_words();
    let answer = line.answer(Field::Place);
    let found = finder.find(line.number, &words, draft, answer, NameAlone::AmongPartners, &mut line.findings);
    let place = match found {
        PlaceMatch::Known { id, .. } => id,
        PlaceMatch::New { .. } | PlaceMatch::ByName { .. } => {
            let written = line.place_as_written();
            let asks = format!(
                "the programme has no bond with {written}; import its partners first, or say which one is meant"
            );
            line.ask(Field::Place, asks, partners_like(draft, finder, &words.place));
            return None;
        }
        PlaceMatch::Undecided => return None,
    };
    let open = |id: &PartnershipId| {
        draft.partnerships.get(id).is_some_and(|slot| slot.value.status().phase() != Phase::Over)
    };
    if let Some(open) = draft.partnerships_with(place).find(open) {
        return Some(open);
    }
    let mut over = draft.partnerships_with(place);
    let (first, last) = (over.next(), over.last());
    if first.is_none() {
        let written = line.place_as_written();
        let asks = format!("the programme knows {written}, but has no bond with it; which one is meant?");
        line.ask(Field::Place, asks, partners_like(draft, finder, &words.place));
    }
    if last.is_some() {
        line.findings
            .remark("the programme has several bonds with this place, all over; the latest is taken");
    }
    last.or(first)
}

/// Partners whose name is one slip away.
fn partners_like(draft: &Draft<'_>, finder: &mut PlaceFinder<'_>, written: &str) -> Vec<Proposal> {
    finder
        .partners_like(draft, written)
        .iter()
        .filter_map(|id| draft.places.get(id))
        .map(|slot| Proposal {
            key: slot
                .value
                .external
                .geonames
                .map_or_else(|| slot.value.id.to_string(), |id| format!("geonames:{id}")),
            text: slot.value.display_name().to_string(),
            reasons: vec!["differs by one letter".to_owned()],
        })
        .collect()
}
