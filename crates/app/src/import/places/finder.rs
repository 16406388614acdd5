//! Which place a line means: one of the programme's own, one of the world's, or none that is known.
//!
//! Nothing doubtful is matched: a spelling that is off by a letter, several places of the name, a name without a country, an id that
//! contradicts the name become questions with proposals. A name that no place of the gazetteer has, in a country that is
//! known, is kept as it is: small places are not in it.

use std::collections::HashMap;

use sister_cities_domain::id::PlaceId;
use sister_cities_domain::import_run::Choice;
use sister_cities_domain::place::PlaceIdentity;
use sister_cities_domain::value::{Country, Name};
use sister_cities_gazetteer::{
    Candidate, CountryReason, Gazetteer, Hint, NoPlace, PlaceFacts, Query, Reason, Resolution,
};

use super::record::proposal;
use super::words::{CountryWords, Parts, PlaceWords};
use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::cells::near::one_edit;
use crate::import::draft::Draft;
use crate::import::report::{Findings, Proposal, Question};

/// Which place the words of a line mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlaceMatch {
    /// A place of the programme, and the name of the line if the place did not have it so far.
    Known { id: PlaceId, new_name: Option<Name> },
    /// A place of the gazetteer that the programme does not have yet.
    New { name: Name, facts: Box<PlaceFacts> },
    /// No place of the gazetteer: it is kept by its name, and `because` says why.
    ByName { name: Name, country: Option<Country>, geonames: Option<u32>, because: String },
    /// It is not clear; the findings say why.
    Undecided,
}

/// Whether a name of the programme's own places suffices where a line gives no country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameAlone {
    /// The line is about one of the programme's partners anyway: a log, a statement of coverage.
    AmongPartners,
    /// The line may bring a new place.
    IsNotEnough,
}

/// What the gazetteer was asked: name, country, region, GeoNames id.
type Asked = (String, Option<String>, Option<String>, Option<u32>);

/// Finds places; remembers what it has looked up.
pub(crate) struct PlaceFinder<'g> {
    gazetteer: &'g Gazetteer,
    looked_up: HashMap<Asked, Resolution>,
    /// The partners of the programme with their names, folded, once they were asked for.
    partners: Option<Vec<(PlaceId, Vec<String>)>>,
    partners_like: HashMap<String, Vec<PlaceId>>,
}

impl<'g> PlaceFinder<'g> {
    pub(crate) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, looked_up: HashMap::new(), partners: None, partners_like: HashMap::new() }
    }

    /// Partners that have a name one edit away from the written one. Each written name is compared once, so this is only for files that
    /// add no partners.
    pub(crate) fn partners_like(&mut self, draft: &Draft<'_>, written: &str) -> &[PlaceId] {
        let partners = self.partners.get_or_insert_with(|| partners_of(draft));
        self.partners_like.entry(fold(written)).or_insert_with_key(|written| {
            let near =
                |(_, names): &&(PlaceId, Vec<String>)| names.iter().any(|name| one_edit(name, written));
            partners.iter().filter(near).map(|(id, _)| *id).collect()
        })
    }

    pub(crate) fn find(
        &mut self,
        line: u32,
        words: &PlaceWords,
        draft: &Draft<'_>,
        answer: Option<&Choice>,
        alone: NameAlone,
        findings: &mut Findings,
    ) -> PlaceMatch {
        let parts = match words.parts(self.gazetteer) {
            Ok(parts) => parts,
            Err(wrong) => {
                findings.problem(line, wrong.field, wrong.detail, wrong.expected);
                return PlaceMatch::Undecided;
            }
        };
        let name = match Name::new(&parts.name) {
            Ok(name) => name,
            Err(error) => {
                findings.problem(line, Field::Place, &error, error.expected());
                return PlaceMatch::Undecided;
            }
        };
        match answer {
            Some(Choice::Take(key)) => return self.chosen(line, key, name, draft, findings),
            Some(Choice::KeepByName) => {
                let because = "kept by name, as decided".to_owned();
                return by_name(&parts, name, because, draft);
            }
            // The other choices do not say which place it is.
            Some(_) | None => {}
        }
        if let Some(found) = own_place(&parts, &name, draft, alone) {
            return found;
        }
        if alone == NameAlone::AmongPartners
            && let Some(found) = self.partner_of_that_name(&parts, &name, draft, findings)
        {
            return found;
        }
        self.in_gazetteer(&parts, name, draft, findings)
    }

    /// A log without countries: `Milano` is Milan if just one of the places so called is a partner.
    fn partner_of_that_name(
        &mut self,
        parts: &Parts,
        name: &Name,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> Option<PlaceMatch> {
        if !matches!(parts.country, CountryWords::None) || parts.region.is_some() || parts.geonames.is_some()
        {
            return None;
        }
        let resolution = self.resolve(&parts.name, None, None, None);
        let clear = resolution.candidates().iter().filter(|candidate| doubts(candidate).is_empty());
        let partners: Vec<PlaceId> = clear
            .filter_map(|candidate| draft.place_by_geonames(candidate.place.geonames_id))
            .filter(|id| draft.partnerships_with(*id).next().is_some())
            .collect();
        let [id] = partners.as_slice() else { return None };
        let partner = &draft.places.get(id)?.value;
        findings
            .remark(format!("{name} is taken as {}, the only partner of that name", partner.display_name()));
        Some(PlaceMatch::Known { id: *id, new_name: None })
    }

    /// What a person chose among the proposals: a place of the programme by its id, or one of the world by its GeoNames id.
    fn chosen(
        &self,
        line: u32,
        key: &str,
        name: Name,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        let known = key.parse::<PlaceId>().ok().filter(|id| draft.places.contains_key(id));
        let geonames = key.strip_prefix("geonames:").and_then(|id| id.parse::<u32>().ok());
        let known = known.or_else(|| geonames.and_then(|id| draft.place_by_geonames(id)));
        if let Some(id) = known {
            return known_as(id, name, draft);
        }
        if let Some(facts) = geonames.and_then(|id| self.gazetteer.by_geonames(id)) {
            return PlaceMatch::New { name, facts: Box::new(facts) };
        }
        let detail = format!("the answer takes {key:?}, which is none of the proposals");
        findings.problem(line, Field::Place, detail, "the key of a proposal, such as geonames:2306104");
        PlaceMatch::Undecided
    }

    /// Looks in the gazetteer; asks where its answer is not certain.
    fn in_gazetteer(
        &mut self,
        parts: &Parts,
        name: Name,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        if let CountryWords::Doubtful(label, countries) = &parts.country {
            let candidates = match countries.as_slice() {
                [] => self.resolve(&parts.name, None, parts.region.as_deref(), parts.geonames),
                [country, ..] => {
                    self.resolve(&parts.name, Some(country.alpha2()), parts.region.as_deref(), parts.geonames)
                }
            };
            let maybe: Vec<&str> = countries.iter().map(|country| country.english_name()).collect();
            let asks = if maybe.is_empty() {
                format!("{label:?} is not known as a country; which place is {:?}?", parts.name)
            } else {
                format!("does {label:?} mean {}; and which place is {:?}?", maybe.join(" or "), parts.name)
            };
            return ask(asks, candidates.candidates(), draft, &parts.name, findings);
        }
        if let Some(id) = parts.geonames {
            return self.by_id(id, parts, name, draft, findings);
        }
        let country = parts.country.country().map(Country::alpha2);
        let mut resolution = self.resolve(&parts.name, country, parts.region.as_deref(), None);
        if let (Resolution::None { reason: NoPlace::NotInCountry { .. } }, None) =
            (&resolution, parts.region.as_deref())
        {
            // `Atlanta, Georgia`: what was read as a country may be a part of one.
            let as_region = parts.country.label().map(str::to_owned);
            let other = self.resolve(&parts.name, None, as_region.as_deref(), None);
            let in_region = other.candidates().iter().any(|candidate| {
                candidate.reasons.iter().any(|reason| matches!(reason, Reason::AdminMatches(_)))
            });
            if in_region {
                resolution = other;
                let asks = format!("{:?} is not known in that country; is it one of these?", parts.name);
                return ask(asks, resolution.candidates(), draft, &parts.name, findings);
            }
        }
        match resolution {
            Resolution::Winner(candidate) => {
                let doubts = doubts(&candidate);
                if doubts.is_empty() && country.is_some() {
                    remark_on(&candidate, findings);
                    return placed(candidate.place, name, draft);
                }
                let asks = if country.is_none() {
                    format!("{:?} comes without a country; which place is it?", parts.name)
                } else {
                    format!("is {:?} this place?", parts.name)
                };
                ask(asks, &[candidate], draft, &parts.name, findings)
            }
            Resolution::Several(candidates) => {
                let asks = match candidates.len() {
                    1 => format!("is {:?} this place?", parts.name),
                    several => format!("{several} places could be {:?}; which is it?", parts.name),
                };
                ask(asks, &candidates, draft, &parts.name, findings)
            }
            Resolution::None { reason } if country.is_none() => {
                let asks =
                    format!("{:?} comes without a country, and {reason}; which place is it?", parts.name);
                ask(asks, &[], draft, &parts.name, findings)
            }
            Resolution::None { reason } => by_name(parts, name, reason.to_string(), draft),
            _ => by_name(parts, name, "the gazetteer gave no answer".to_owned(), draft),
        }
    }

    /// A line that gives a GeoNames id: name and country must not contradict it.
    fn by_id(
        &mut self,
        id: u32,
        parts: &Parts,
        name: Name,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        let country = parts.country.country().map(Country::alpha2);
        let Some(facts) = self.gazetteer.by_geonames(id) else {
            let resolution = self.resolve(&parts.name, country, parts.region.as_deref(), None);
            if let Resolution::None { reason } = &resolution {
                let because = format!("GeoNames id {id} is not among the places known, and {reason}");
                return by_name(parts, name, because, draft);
            }
            let asks =
                format!("GeoNames id {id} is not among the places known; is {:?} one of these?", parts.name);
            return ask(asks, resolution.candidates(), draft, &parts.name, findings);
        };
        let resolution = self.resolve(&parts.name, country, parts.region.as_deref(), Some(id));
        let fits = resolution.winner().is_some_and(|candidate| {
            candidate.place.geonames_id == id
                && !candidate.reasons.iter().any(|reason| matches!(reason, Reason::NameDiffers))
        });
        let in_country = parts.country.country().is_none_or(|country| country == facts.country);
        if fits && in_country {
            return placed(facts, name, draft);
        }
        let asks = format!(
            "GeoNames id {id} is {}, {}, but the line says {:?}{}; which is right?",
            facts.name,
            facts.country.english_name(),
            parts.name,
            parts.country.label().map(|label| format!(", {label}")).unwrap_or_default()
        );
        let mut candidates = vec![Candidate { place: facts, score: 100, reasons: Vec::new() }];
        let others = self.resolve(&parts.name, country, parts.region.as_deref(), None);
        candidates.extend(others.candidates().iter().filter(|other| other.place.geonames_id != id).cloned());
        ask(asks, &candidates, draft, &parts.name, findings)
    }

    /// Asks the gazetteer, once for each question.
    pub(crate) fn resolve(
        &mut self,
        name: &str,
        country: Option<&str>,
        region: Option<&str>,
        geonames: Option<u32>,
    ) -> Resolution {
        let key = (name.to_owned(), country.map(str::to_owned), region.map(str::to_owned), geonames);
        if let Some(found) = self.looked_up.get(&key) {
            return found.clone();
        }
        let hint = (region.is_some() || geonames.is_some()).then(|| Hint {
            geonames,
            admin1: region,
            ..Hint::default()
        });
        let found = self.gazetteer.resolve(&Query { name, country, hint });
        self.looked_up.insert(key, found.clone());
        found
    }
}

/// The places at the other end of the programme's partnerships with all their names, folded, in the order of the partnerships.
fn partners_of(draft: &Draft<'_>) -> Vec<(PlaceId, Vec<String>)> {
    let host = draft.host();
    let mut places: Vec<PlaceId> =
        draft.partnerships.values().flat_map(|slot| slot.value.counterparts(host)).collect();
    places.dedup();
    let named = |id: PlaceId| {
        let names = draft.places.get(&id)?.value.names();
        Some((id, names.iter().map(|name| fold(name.text.as_str())).collect()))
    };
    places.into_iter().filter_map(named).collect()
}

/// One of the programme's own places, by name and country.
fn own_place(parts: &Parts, name: &Name, draft: &Draft<'_>, alone: NameAlone) -> Option<PlaceMatch> {
    let country = parts.country.country();
    let contradicts = |id: &PlaceId| {
        let external = draft.places.get(id).and_then(|slot| slot.value.external.geonames);
        matches!((external, parts.geonames), (Some(own), Some(given)) if own != given)
    };
    let mut named = draft.places_named(name.as_str(), country);
    named.retain(|id| !contradicts(id));
    match (country, alone) {
        (Some(_), _) => {}
        (None, NameAlone::AmongPartners) => named.retain(|id| draft.partnerships_with(*id).next().is_some()),
        // Without a country only a place that has none either can be the same.
        (None, NameAlone::IsNotEnough) => {
            named.retain(|id| draft.places.get(id).is_some_and(|slot| slot.value.country.is_none()));
        }
    }
    if matches!(parts.country, CountryWords::Doubtful(..)) && alone == NameAlone::IsNotEnough {
        named.retain(|id| {
            draft.places.get(id).is_some_and(|slot| slot.value.identity == PlaceIdentity::Unresolved)
        });
    }
    match named.as_slice() {
        [id] if parts.region.is_none() || country.is_some() => {
            Some(PlaceMatch::Known { id: *id, new_name: None })
        }
        _ => None,
    }
}

/// A place of the gazetteer: the programme's own record of it, or a new one.
fn placed(facts: PlaceFacts, name: Name, draft: &Draft<'_>) -> PlaceMatch {
    match draft.place_by_geonames(facts.geonames_id) {
        Some(id) => known_as(id, name, draft),
        None => PlaceMatch::New { name, facts: Box::new(facts) },
    }
}

/// A place that the gazetteer does not have: the programme's unresolved place of that name, or a new one.
fn by_name(parts: &Parts, name: Name, because: String, draft: &Draft<'_>) -> PlaceMatch {
    let country = parts.country.country();
    let same = draft.places_named(name.as_str(), country).into_iter().find(|id| {
        draft.places.get(id).is_some_and(|slot| {
            slot.value.identity == PlaceIdentity::Unresolved && slot.value.country == country
        })
    });
    match same {
        Some(id) => PlaceMatch::Known { id, new_name: None },
        None => PlaceMatch::ByName { name, country, geonames: parts.geonames, because },
    }
}

fn known_as(id: PlaceId, name: Name, draft: &Draft<'_>) -> PlaceMatch {
    let has_it = draft.places_named(name.as_str(), None).contains(&id);
    PlaceMatch::Known { id, new_name: (!has_it).then_some(name) }
}

/// Leaves the question to a person, with the candidates and the programme's own places of that name as proposals.
fn ask(
    asks: String,
    candidates: &[Candidate],
    draft: &Draft<'_>,
    name: &str,
    findings: &mut Findings,
) -> PlaceMatch {
    let mut proposals: Vec<Proposal> = candidates.iter().map(proposal).collect();
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

/// The reasons for which a winner is not taken without asking.
pub(crate) fn doubts(candidate: &Candidate) -> Vec<&Reason> {
    candidate
        .reasons
        .iter()
        .filter(|reason| match reason {
            Reason::CountryFromLabel { read, .. } => read.reason == CountryReason::OneEdit,
            Reason::OfficialName
            | Reason::Folded
            | Reason::AlternateName
            | Reason::ReadAs(_)
            | Reason::TransliteratedName(_)
            | Reason::InTerritoryOf(_)
            | Reason::AdminMatches(_)
            | Reason::HintMatches(_)
            | Reason::MostPopulous { .. }
            | Reason::OnlyOne
            | Reason::BiggerHomonym(_) => false,
            // Off by a letter, another name or region, only a code; and any reason this version does not know.
            Reason::OneEdit { .. } | Reason::NameDiffers | Reason::AdminDiffers(_) | Reason::Code | _ => true,
        })
        .collect()
}

/// Reports how a place was found where the reader of the report could be surprised.
fn remark_on(candidate: &Candidate, findings: &mut Findings) {
    for reason in &candidate.reasons {
        let worth_saying = matches!(
            reason,
            Reason::ReadAs(_)
                | Reason::TransliteratedName(_)
                | Reason::InTerritoryOf(_)
                | Reason::BiggerHomonym(_)
        );
        if worth_saying {
            findings.remark(format!("{}: {reason}", candidate.place.name));
        }
    }
}
