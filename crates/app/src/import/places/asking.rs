//! Leaving the choice of a place to a person, and taking one that is known.

use sister_cities_domain::id::PlaceId;
use sister_cities_domain::value::{Country, Name};
use sister_cities_gazetteer::{Candidate, PlaceFacts, Reason};

use super::finder::{PlaceFinder, PlaceMatch};
use super::record::proposal;
use super::words::Parts;
use crate::import::cells::fields::Field;
use crate::import::draft::Draft;
use crate::import::report::{Findings, Proposal, Question};

impl PlaceFinder<'_> {
    /// Asks about a name without a country, below a line that has one: the places there come first, and the name there.
    pub(super) fn ask_with_country_above(
        &mut self,
        parts: &Parts,
        others: &[Candidate],
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        let above = parts.country_above.clone().unwrap_or_default();
        let there = self.resolve(&parts.name, Some(&above), None);
        let is_known = !there.candidates().is_empty();
        // A place that is only called so too comes behind those elsewhere that bear the name.
        let is_official = |one: &Candidate| {
            one.reasons.iter().any(|reason| matches!(reason, Reason::OfficialName | Reason::Folded))
        };
        let comes_first = there.candidates().first().is_some_and(is_official);
        let (mut candidates, others) = if comes_first {
            (there.candidates().to_vec(), others)
        } else {
            (others.to_vec(), there.candidates())
        };
        for other in others {
            if candidates.iter().all(|known| known.place.geonames_id != other.place.geonames_id) {
                candidates.push(other.clone());
            }
        }
        let asks = format!(
            "{:?} comes without a country, below a line that says {above:?}; which place is it?",
            parts.name
        );
        let in_words = Proposal {
            key: format!("{}, {above}", parts.name),
            text: format!("{} in {above}, as further up", parts.name),
            reasons: Vec::new(),
        };
        let more = if is_known { Vec::new() } else { vec![in_words] };
        ask_also(asks, &candidates, more, draft, &parts.name, findings)
    }
}

/// A place of the gazetteer: the programme's own record of it, or a new one.
pub(super) fn placed(facts: PlaceFacts, name: Name, draft: &Draft<'_>) -> PlaceMatch {
    match draft.place_by_geonames(facts.geonames_id) {
        Some(id) => known_as(id, name, draft),
        None => PlaceMatch::New { name, facts: Box::new(facts) },
    }
}

pub(super) fn known_as(id: PlaceId, name: Name, draft: &Draft<'_>) -> PlaceMatch {
    let has_it = draft.places_named(name.as_str(), None).contains(&id);
    PlaceMatch::Known { id, new_name: (!has_it).then_some(name) }
}

/// Leaves the question to a person, with the candidates and the programme's own places of that name as proposals.
pub(super) fn ask(
    asks: String,
    candidates: &[Candidate],
    draft: &Draft<'_>,
    name: &str,
    findings: &mut Findings,
) -> PlaceMatch {
    ask_also(asks, candidates, Vec::new(), draft, name, findings)
}

/// The same, with proposals in words.
pub(super) fn ask_also(
    asks: String,
    candidates: &[Candidate],
    more: Vec<Proposal>,
    draft: &Draft<'_>,
    name: &str,
    findings: &mut Findings,
) -> PlaceMatch {
    let mut proposals: Vec<Proposal> = candidates.iter().map(proposal).chain(more).collect();
    for id in draft.places_named(name, None) {
        let Some(slot) = draft.places.get(&id) else { continue };
        let offered = slot.value.external.geonames.is_some_and(|geonames| {
            candidates.iter().any(|candidate| candidate.place.geonames_id == geonames)
        });
        if slot.base.is_some() && !offered {
            let country = slot.value.country.map_or("country unknown", Country::english_name);
            proposals.push(Proposal {
                key: id.to_string(),
                text: format!("{}, {country}", slot.value.display_name()),
                reasons: vec!["it is a place of this programme".to_owned()],
            });
        }
    }
    findings.questions.push(Question { about: Field::Place.as_str().to_owned(), asks, proposals });
    PlaceMatch::Undecided
}
