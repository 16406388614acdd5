//! Which place a line means: one of the programme's own, one of the world's, or none that is known.
//!
//! Nothing doubtful is matched: a spelling that is off by a letter, several places of the name, a name without a country, an id that
//! contradicts the name become questions with proposals. A name that no place of the gazetteer has, in a country that is
//! known, is kept as it is: small places are not in it.

use std::collections::HashMap;

use sister_cities_domain::id::PlaceId;
use sister_cities_domain::import_run::Choice;
use sister_cities_domain::place::{PlaceIdentity, PlaceLevel};
use sister_cities_domain::value::{Country, Name};
use sister_cities_gazetteer::{
    Candidate, Designation, Gazetteer, Hint, NoPlace, PlaceFacts, Query, Reason, Resolution, designation,
    town_without_administration,
};

use super::asking::{ask, ask_also, known_as, placed};
use super::garbled;
use super::reasons::{doubts, keep_words, remark_on};
use super::words::{CountryWords, Parts, PlaceWords};
use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::cells::near::one_edit;
use crate::import::draft::Draft;
use crate::import::report::{Findings, Proposal};

/// Which place the words of a line mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlaceMatch {
    /// A place of the programme, and the name of the line if the place did not have it so far.
    Known { id: PlaceId, new_name: Option<Name> },
    /// A place of the gazetteer that the programme does not have yet.
    New { name: Name, facts: Box<PlaceFacts> },
    /// No place of the gazetteer: it is kept by its name, and `because` says why.
    ByName { name: Name, level: PlaceLevel, country: Option<Country>, geonames: Option<u32>, because: String },
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

/// What the gazetteer was asked: name, country, GeoNames id.
type Asked = (String, Option<String>, Option<u32>);

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
        if let Some(number) = &parts.number {
            findings.remark(format!("the number {number} before the name is taken for that of the list"));
        }
        match answer {
            // The answer is a place by its key, or the words that are right.
            Some(Choice::Take(key)) if key.contains("geonames:") || key.parse::<PlaceId>().is_ok() => {
                return self.chosen(line, key, &parts, draft, findings);
            }
            Some(Choice::Take(right)) => {
                let words = PlaceWords { place: right.clone(), geonames: String::new(), ..words.clone() };
                return self.find(line, &words, draft, None, alone, findings);
            }
            Some(Choice::KeepByName) => {
                let because = "kept by name, as decided".to_owned();
                return self.by_name(&parts, name, because, draft);
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
        if !matches!(parts.country, CountryWords::None) || parts.geonames.is_some() {
            return None;
        }
        let resolution = self.resolve(&parts.name, None, None);
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

    /// What a person chose: a place of the programme by its id, or one of the world by its GeoNames id. What stood beside the
    /// name and does not fit the place stays as a note.
    fn chosen(
        &mut self,
        line: u32,
        key: &str,
        parts: &Parts,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        let known = key.parse::<PlaceId>().ok().filter(|id| draft.places.contains_key(id));
        let geonames = key.strip_prefix("geonames:").and_then(|id| id.parse::<u32>().ok());
        let name = self.called(parts, geonames, findings);
        let known = known.or_else(|| geonames.and_then(|id| draft.place_by_geonames(id)));
        if let Some(id) = known {
            return known_as(id, name, draft);
        }
        if let Some(facts) = geonames.and_then(|id| self.gazetteer.by_geonames(id)) {
            return PlaceMatch::New { name, facts: Box::new(facts) };
        }
        let detail = format!("the answer takes {key:?}, which is no place that is known");
        findings.problem(line, Field::Place, detail, "the key of a proposal, such as geonames:2306104");
        PlaceMatch::Undecided
    }

    /// The words of a line that are the name of the place a person chose.
    fn called(&mut self, parts: &Parts, geonames: Option<u32>, findings: &mut Findings) -> Name {
        let country = parts.country.country().map(Country::alpha2);
        let resolution = self.resolve(&parts.name, country, None);
        let is_it = |candidate: &&Candidate| geonames == Some(candidate.place.geonames_id);
        let candidate = resolution.candidates().iter().find(is_it);
        let called = candidate.map_or(parts.name.as_str(), |candidate| candidate.called.as_str());
        if let Some(candidate) = candidate {
            keep_words(candidate, findings);
        }
        Name::new(called).or_else(|_| Name::new(&parts.name)).unwrap_or_else(|_| unnamed())
    }

    /// Looks in the gazetteer; asks where its answer is not certain.
    fn in_gazetteer(
        &mut self,
        parts: &Parts,
        name: Name,
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        // A word that means two countries: both are tried, and one place that is clear settles it.
        let label = match &parts.country {
            CountryWords::Doubtful(label, countries) if countries.len() > 1 => Some(label.as_str()),
            CountryWords::Doubtful(label, countries) => {
                // Perhaps a region: `Chicago`, `Illinois`.
                let country = countries.first().map_or(label.as_str(), |country| country.alpha2());
                let mut candidates = self.resolve(&parts.name, Some(country), parts.geonames);
                if let (Some(found), true) = (candidates.winner(), countries.is_empty()) {
                    remark_on(found, findings);
                    return placed(found.place.clone(), name, draft);
                }
                if candidates.candidates().is_empty() && countries.is_empty() {
                    candidates = self.resolve(&parts.name, None, parts.geonames);
                }
                let asks = match countries.first() {
                    None => format!("{label:?} is not known as a country; which place is {:?}?", parts.name),
                    Some(country) => {
                        format!(
                            "does {label:?} mean {}; and which place is {:?}?",
                            country.english_name(),
                            parts.name
                        )
                    }
                };
                return ask(asks, candidates.candidates(), draft, &parts.name, findings);
            }
            CountryWords::Is(country, label) if self.gazetteer.country(label).region().is_some() => {
                // `Scotland`, `Bavaria`: the label says more than its country.
                let _ = country;
                Some(label.as_str())
            }
            CountryWords::Is(country, _) => Some(country.alpha2()),
            CountryWords::None => None,
        };
        if let Some(id) = parts.geonames {
            return self.by_id(id, parts, name, draft, findings);
        }
        let resolution = self.resolve(&parts.name, label, None);
        if let (Resolution::None { reason: NoPlace::NotInCountry { .. } }, Some(label)) =
            (&resolution, parts.country.label())
        {
            // `Atlanta, Georgia`: what was read as a country may be a part of one.
            let together = format!("{}, {label}", parts.name);
            let other = self.resolve(&together, None, None);
            if other.winner().is_some() {
                let asks = format!("{:?} is not known in that country; is it one of these?", parts.name);
                return ask(asks, other.candidates(), draft, &parts.name, findings);
            }
        }
        match resolution {
            Resolution::Winner(candidate) if doubts(&candidate).is_empty() => {
                remark_on(&candidate, findings);
                let name = Name::new(&candidate.called).unwrap_or(name);
                placed(candidate.place, name, draft)
            }
            Resolution::Winner(candidate) => {
                let asks = format!("is {:?} this place?", parts.name);
                ask(asks, &[candidate], draft, &parts.name, findings)
            }
            Resolution::Several(_) if label.is_none() && parts.country_above.is_some() => {
                self.ask_with_country_above(parts, resolution.candidates(), draft, findings)
            }
            Resolution::Several(candidates) => {
                let asks = match (candidates.len(), label) {
                    (_, None) => format!("{:?} comes without a country; which place is it?", parts.name),
                    (1, Some(_)) => format!("is {:?} this place?", parts.name),
                    (several, Some(_)) => format!("{several} places could be {:?}; which is it?", parts.name),
                };
                ask(asks, &candidates, draft, &parts.name, findings)
            }
            Resolution::None { reason } => self.not_known(&reason, label, (parts, name), draft, findings),
            _ => self.by_name(parts, name, "the gazetteer gave no answer".to_owned(), draft),
        }
    }

    /// A name that no place of the gazetteer has. A label is that of the country.
    fn not_known(
        &mut self,
        reason: &NoPlace,
        label: Option<&str>,
        (parts, name): (&Parts, Name),
        draft: &Draft<'_>,
        findings: &mut Findings,
    ) -> PlaceMatch {
        if let (None, Some(country)) = (label, self.as_country(&parts.name)) {
            let because = "it is a country or territory by its name, and no city".to_owned();
            let (level, country) = (PlaceLevel::State, Some(country));
            return PlaceMatch::ByName { name, level, country, geonames: None, because };
        }
        if garbled::loses_letters(&parts.name) {
            let asks = format!("a letter of {:?} is lost; which place is it?", parts.name);
            let mut meant: Vec<Candidate> = Vec::new();
            for name in garbled::filled_in(&parts.name) {
                let found = self.resolve(&name, label, None);
                let is_new = |one: &&Candidate| meant.iter().all(|known| known.place != one.place);
                meant.extend(found.winner().filter(is_new).cloned());
            }
            return ask(asks, &meant, draft, &parts.name, findings);
        }
        if let Some(right) = garbled::repaired(&parts.name) {
            let meant = self.resolve(&right, label, None);
            let asks = format!(
                "{:?} looks like {right:?}, saved in one encoding and read in another; which place is it?",
                parts.name
            );
            let text = Proposal { key: right.clone(), text: right, reasons: Vec::new() };
            return ask_also(asks, meant.candidates(), vec![text], draft, &parts.name, findings);
        }
        match label {
            None if parts.country_above.is_some() => self.ask_with_country_above(parts, &[], draft, findings),
            None => {
                let asks =
                    format!("{:?} comes without a country, and {reason}; which place is it?", parts.name);
                ask(asks, &[], draft, &parts.name, findings)
            }
            Some(_) => self.by_name(parts, name, reason.to_string(), draft),
        }
    }

    /// The country that a name means.
    fn as_country(&self, name: &str) -> Option<Country> {
        self.gazetteer.country(name).country().filter(|_| name.chars().count() > 2)
    }

    /// A place that the gazetteer does not have: the programme's unresolved place of that name, or a new one. A county or a
    /// region is not called a city.
    fn by_name(&self, parts: &Parts, name: Name, because: String, draft: &Draft<'_>) -> PlaceMatch {
        let country = parts.country.country();
        // `Comune di Bellagio` is Bellagio, also on another line.
        let bare = town_without_administration(name.as_str()).and_then(|bare| Name::new(bare).ok());
        let (name, because) = match bare {
            Some(bare) => (bare, format!("written {:?}; {because}", name.as_str())),
            None => (name, because),
        };
        let same = draft.places_named(name.as_str(), country).into_iter().find(|id| {
            draft.places.get(id).is_some_and(|slot| {
                slot.value.identity == PlaceIdentity::Unresolved && slot.value.country == country
            })
        });
        if let Some(id) = same {
            return PlaceMatch::Known { id, new_name: None };
        }
        let division = country.and_then(|country| self.gazetteer.division(name.as_str(), country));
        let is_district = country.is_some_and(|country| self.gazetteer.is_district(name.as_str(), country));
        // `Cook County, Illinois`.
        let first = name.as_str().split(',').next().unwrap_or_default();
        let (level, because) = match (division, designation(name.as_str()).or_else(|| designation(first))) {
            (None, None) if is_district => {
                (PlaceLevel::County, "it is a division of its country by its name, and no city".to_owned())
            }
            (Some(division), _) => (
                PlaceLevel::State,
                format!("it is {}, a division of its country, and no city", division.name),
            ),
            (None, Some(Designation::Area)) => {
                (PlaceLevel::County, format!("by its name it is no city; {because}"))
            }
            (None, Some(Designation::CityPart)) => {
                (PlaceLevel::District, format!("by its name it is a part of a city; {because}"))
            }
            (None, Some(_) | None) => (PlaceLevel::City, because),
        };
        PlaceMatch::ByName { name, level, country, geonames: parts.geonames, because }
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
            let resolution = self.resolve(&parts.name, country, None);
            if let Resolution::None { reason } = &resolution {
                let because = format!("GeoNames id {id} is not among the places known, and {reason}");
                return self.by_name(parts, name, because, draft);
            }
            let asks =
                format!("GeoNames id {id} is not among the places known; is {:?} one of these?", parts.name);
            return ask(asks, resolution.candidates(), draft, &parts.name, findings);
        };
        let resolution = self.resolve(&parts.name, country, Some(id));
        let fits = resolution.winner().is_some_and(|candidate| {
            candidate.place.geonames_id == id
                && !candidate.reasons.iter().any(|reason| matches!(reason, Reason::NameDiffers))
        });
        let in_country = parts.country.country().is_none_or(|country| country == facts.country);
        if fits && in_country {
            let name = self.called(parts, Some(id), findings);
            return placed(facts, name, draft);
        }
        let asks = format!(
            "GeoNames id {id} is {}, {}, but the line says {:?}{}; which is right?",
            facts.name,
            facts.country.english_name(),
            parts.name,
            parts.country.label().map(|label| format!(", {label}")).unwrap_or_default()
        );
        let called = parts.name.clone();
        let mut candidates = vec![Candidate { place: facts, called, score: 100, reasons: Vec::new() }];
        let others = self.resolve(&parts.name, country, None);
        candidates.extend(others.candidates().iter().filter(|other| other.place.geonames_id != id).cloned());
        ask(asks, &candidates, draft, &parts.name, findings)
    }

    /// Asks the gazetteer, once for each question.
    pub(crate) fn resolve(&mut self, name: &str, country: Option<&str>, geonames: Option<u32>) -> Resolution {
        let key = (name.to_owned(), country.map(str::to_owned), geonames);
        if let Some(found) = self.looked_up.get(&key) {
            return found.clone();
        }
        let hint = geonames.is_some().then(|| Hint { geonames, ..Hint::default() });
        let found = self.gazetteer.resolve(&Query { name, country, hint });
        self.looked_up.insert(key, found.clone());
        found
    }
}

/// Stands in for a name that cannot be; names of cells were checked before.
fn unnamed() -> Name {
    #[expect(clippy::unwrap_used, reason = "a constant that a test reads")]
    Name::new("unnamed").unwrap()
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
        [id] => Some(PlaceMatch::Known { id: *id, new_name: None }),
        _ => None,
    }
}
