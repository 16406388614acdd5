//! From a query to an answer: read the country, find the bearers of the name, weigh hints, rank, decide, explain.

use deunicode::deunicode;
use sister_cities_domain::value::Country;

use crate::Gazetteer;
use crate::country::{CountryMatch, CountryResolution};
use crate::fold::fold;
use crate::names::{NameKind, each_bearer};
use crate::places::{PlaceNumber, Record};
use crate::query::{Hint, NEAR_KM, Query};
use crate::ranking::{Bearer, Evidence, Names, PointFit, RegionFit, sort, winner};
use crate::reading::{Loss, readings};
use crate::resolution::{Candidate, Homonym, MAX_CANDIDATES, MatchedHint, NoPlace, Reason, Resolution};
use crate::territory::{sovereign, territories};

/// The longest name that is looked at, in bytes; the longest of the table has a third of that.
const LONGEST: usize = 400;
/// The shortest name, in letters, in which a slip is forgiven. In shorter ones it is forgiven for cities only, as a small
/// place that the table does not have is then likelier than a slip.
const SHORTEST_SLIP: usize = 7;
const SHORTEST_CITY_SLIP: usize = 5;
/// The least population of a city, for that.
const CITY: u32 = 100_000;

/// Where to look.
enum Scope {
    Anywhere,
    In(Vec<Country>),
}

impl Scope {
    fn holds(&self, country: [u8; 2]) -> bool {
        match self {
            Self::Anywhere => true,
            Self::In(countries) => countries.iter().any(|one| one.alpha2().as_bytes() == country),
        }
    }
}

/// How the bearers were found, for the reasons.
enum Way {
    AsWritten,
    ReadAs(String),
    Transliterated(String),
    /// The name meant, for each place.
    OneEdit(Vec<(PlaceNumber, String)>),
}

/// The bearers of a name and how they were found.
struct Found {
    bearers: Vec<Bearer>,
    way: Way,
    /// Words of the name that were taken for the region.
    region: Option<String>,
    homonym: Option<(PlaceNumber, Record)>,
}

pub(crate) fn resolve(gazetteer: &Gazetteer, query: &Query<'_>) -> Resolution {
    let none = |reason| Resolution::None { reason };
    if query.name.len() > LONGEST {
        return none(NoPlace::NoName);
    }
    let folded = fold(query.name);
    if folded.is_empty() {
        return none(NoPlace::NoName);
    }
    let mut hint = query.hint.unwrap_or_default();
    let label = query.country.map(str::trim).filter(|label| !label.is_empty());
    let mut country_match = None;
    let mut unknown_label = None;
    let scope = match label.map(|label| (label, gazetteer.country(label))) {
        None => Scope::Anywhere,
        Some((_, CountryResolution::Exact(matched) | CountryResolution::OneEdit { matched, .. })) => {
            let scope = Scope::In(vec![matched.country]);
            country_match = Some(matched);
            scope
        }
        Some((_, CountryResolution::Several(countries))) => Scope::In(countries),
        Some((label, CountryResolution::None)) => {
            // Perhaps a region: "Chicago", "Illinois".
            hint.admin1 = hint.admin1.or(Some(label));
            unknown_label = Some(label);
            Scope::Anywhere
        }
    };
    if hint.admin1.is_none() {
        hint.admin1 = country_match.as_ref().and_then(|matched| matched.region.as_deref());
    }
    let search = Search { gazetteer, query, hint, scope, country_match: country_match.as_ref() };
    let found = search.find(&folded);
    search.answer(found, unknown_label)
}

struct Search<'s> {
    gazetteer: &'s Gazetteer,
    query: &'s Query<'s>,
    hint: Hint<'s>,
    scope: Scope,
    country_match: Option<&'s CountryMatch>,
}

impl Search<'_> {
    /// The bearers by the most faithful way that finds any.
    fn find(&self, folded: &str) -> Found {
        let mut elsewhere = None;
        let mut take = |found: Option<Found>| {
            let found = found?;
            elsewhere = elsewhere.or(found.homonym);
            (!found.bearers.is_empty()).then_some(found)
        };
        if let Some(found) = take(self.by_key(folded, Way::AsWritten, None, Loss::Nothing)) {
            return found;
        }
        for reading in readings(self.query.name, folded) {
            let way = Way::ReadAs(reading.folded.clone());
            if let Some(found) = take(self.by_key(&reading.folded, way, reading.region, reading.loss)) {
                return found;
            }
        }
        if !folded.is_ascii() {
            let latin = fold(&deunicode(self.query.name));
            if let Some(found) = self.by_key(&latin, Way::Transliterated(latin.clone()), None, Loss::Nothing)
            {
                return found;
            }
        }
        Found { homonym: elsewhere, ..self.by_one_edit(folded) }
    }

    fn by_key(&self, folded: &str, way: Way, region: Option<String>, loss: Loss) -> Option<Found> {
        let key = self.gazetteer.alphabet.encode(folded)?;
        let value = self.gazetteer.names.get(&key)?;
        let mut found = Found { bearers: Vec::new(), way, region, homonym: None };
        let own = self.territories();
        each_bearer(&self.gazetteer.places, self.gazetteer.lists, folded, value, |place, kind| {
            let record = self.gazetteer.places.record(place);
            let country = self.gazetteer.places.country_code(record.region);
            if self.scope.holds(country) || own.contains(&country) {
                let evidence = self.evidence(&found.way, loss, kind, place, folded);
                found.bearers.push(bearer(place, record, evidence));
            } else if kind == NameKind::Official
                && found.homonym.is_none_or(|(_, known)| known.population < record.population)
            {
                found.homonym = Some((place, record));
            }
        });
        Some(found)
    }

    /// The codes of the territories of the country asked for.
    fn territories(&self) -> Vec<[u8; 2]> {
        let Scope::In(states) = &self.scope else { return Vec::new() };
        let own = states.iter().flat_map(|&state| territories(state));
        own.filter_map(|one| one.alpha2().as_bytes().try_into().ok()).collect()
    }

    fn evidence(&self, way: &Way, loss: Loss, kind: NameKind, place: PlaceNumber, folded: &str) -> Evidence {
        let title = || self.gazetteer.places.title(place);
        let written = self.query.name.trim();
        match (way, loss, kind) {
            (_, _, NameKind::Code) => Evidence::Code,
            (Way::Transliterated(_), _, NameKind::Alternate | NameKind::Official) => Evidence::Transliterated,
            (_, Loss::Words, NameKind::Alternate | NameKind::Official) => Evidence::ReadLoosely,
            (_, Loss::Nothing, NameKind::Alternate) => {
                let begins = fold(&title()).strip_prefix(folded).is_some_and(|rest| rest.starts_with(' '));
                if begins { Evidence::Shortened } else { Evidence::Alternate }
            }
            (_, Loss::Nothing, NameKind::Official) if written.is_ascii() || title() == written => {
                Evidence::Official
            }
            (_, Loss::Nothing, NameKind::Official) => Evidence::OtherAccents,
        }
    }

    /// One slip is forgiven within a country only: in the whole world too many names are alike.
    fn by_one_edit(&self, folded: &str) -> Found {
        let way = Way::OneEdit(Vec::new());
        let mut found = Found { bearers: Vec::new(), way, region: None, homonym: None };
        let letters = folded.chars().count();
        let (Scope::In(_), SHORTEST_CITY_SLIP.., Some(key)) =
            (&self.scope, letters, self.gazetteer.alphabet.encode(folded))
        else {
            return found;
        };
        let mut near = Vec::new();
        self.gazetteer.names.one_edit(&key, |spelt, value| near.push((spelt.to_vec(), value)));
        let mut meant = Vec::new();
        for (spelt, value) in near {
            // The folded name matters to tell official names only, which is no matter here.
            each_bearer(&self.gazetteer.places, self.gazetteer.lists, "", value, |place, kind| {
                let record = self.gazetteer.places.record(place);
                let known = found.bearers.iter().any(|bearer| bearer.place == place);
                let long_enough = letters >= SHORTEST_SLIP || record.population >= CITY;
                if kind == NameKind::Code
                    || known
                    || !long_enough
                    || !self.scope.holds(self.gazetteer.places.country_code(record.region))
                {
                    return;
                }
                meant.push((place, self.gazetteer.alphabet.decode(&spelt)));
                found.bearers.push(bearer(place, record, Evidence::OneEdit));
            });
        }
        found.way = Way::OneEdit(meant);
        found
    }

    fn answer(&self, mut found: Found, unknown_label: Option<&str>) -> Resolution {
        self.weigh_hints(&mut found);
        let anywhere = matches!(self.scope, Scope::Anywhere);
        let matches_region = |bearer: &Bearer| bearer.region == RegionFit::Matches;
        if let Some(label) = unknown_label
            && !found.bearers.iter().any(matches_region)
        {
            return Resolution::None { reason: NoPlace::CountryNotKnown { label: label.to_owned() } };
        }
        if found.bearers.is_empty() {
            let reason = match &self.scope {
                Scope::Anywhere => NoPlace::NotKnown,
                Scope::In(countries) => {
                    let elsewhere = found.homonym.and_then(|(place, _)| self.homonym(place));
                    NoPlace::NotInCountry { countries: countries.clone(), elsewhere }
                }
            };
            return Resolution::None { reason };
        }
        sort(&mut found.bearers);
        let names = if anywhere { Names::OnlyPropose } else { Names::Decide };
        if let Some(bearer) = winner(&found.bearers, names)
            && let Some(candidate) = self.candidate(bearer, &found)
        {
            return Resolution::Winner(candidate);
        }
        let several: Vec<_> = found
            .bearers
            .iter()
            .filter_map(|bearer| self.candidate(bearer, &found))
            .take(MAX_CANDIDATES)
            .collect();
        if several.is_empty() {
            Resolution::None { reason: NoPlace::NotKnown }
        } else {
            Resolution::Several(several)
        }
    }

    fn weigh_hints(&self, found: &mut Found) {
        let places = &self.gazetteer.places;
        if let Some(id) = self.hint.geonames
            && let Some(place) = places.by_id(id)
        {
            match found.bearers.iter_mut().find(|bearer| bearer.place == place) {
                Some(known) => known.has_hinted_id = true,
                None => found.bearers.push(Bearer {
                    has_hinted_id: true,
                    ..bearer(place, places.record(place), Evidence::None)
                }),
            }
        }
        if let Some(point) = self.hint.point {
            for bearer in &mut found.bearers {
                let km = bearer.record.point().map(|here| here.distance_km(&point));
                bearer.point = match km {
                    Some(km) if km <= NEAR_KM => PointFit::Near { km },
                    Some(_) | None => PointFit::Far,
                };
            }
        }
        if let Some(people) = self.hint.population.filter(|&people| people > 0) {
            for bearer in &mut found.bearers {
                let here = u64::from(bearer.record.population);
                bearer.population_fits = here < people.saturating_mul(2) && people < here * 2;
            }
        }
        let asked =
            self.hint.admin1.or(found.region.as_deref()).map(fold).filter(|region| !region.is_empty());
        if let Some(asked) = asked {
            self.weigh_region(&asked, &mut found.bearers);
        }
    }

    fn weigh_region(&self, asked: &str, bearers: &mut [Bearer]) {
        let places = &self.gazetteer.places;
        let fits = |name: &str, code: &str| fold(name) == asked || code.eq_ignore_ascii_case(asked);
        let mut known: Vec<(u32, bool)> = Vec::new();
        for bearer in bearers.iter_mut() {
            let region = bearer.record.region;
            let before = known.iter().find(|(one, _)| *one == region).map(|(_, matches)| *matches);
            let matches = before.unwrap_or_else(|| {
                let matches = places.admin1(region).is_some_and(|admin1| fits(admin1.name, admin1.code));
                known.push((region, matches));
                matches
            });
            if matches {
                bearer.region = RegionFit::Matches;
            }
        }
        let in_country = || match &self.scope {
            Scope::Anywhere => false,
            Scope::In(countries) => countries
                .iter()
                .flat_map(|&country| places.regions_of(country))
                .any(|admin1| fits(admin1.name, admin1.code)),
        };
        if bearers.iter().any(|bearer| bearer.region == RegionFit::Matches) || in_country() {
            let others = bearers.iter_mut().filter(|bearer| bearer.region != RegionFit::Matches);
            others.for_each(|bearer| bearer.region = RegionFit::Differs);
        }
    }

    fn candidate(&self, bearer: &Bearer, found: &Found) -> Option<Candidate> {
        let place = self.gazetteer.places.facts(bearer.place)?;
        let mut reasons = vec![self.name_reason(bearer, found, &place.name)];
        if let (Some(read), Some(label)) = (self.country_match, self.query.country) {
            reasons.push(Reason::CountryFromLabel { label: label.trim().to_owned(), read: read.clone() });
        }
        if let Scope::In(countries) = &self.scope
            && !countries.contains(&place.country)
        {
            reasons.extend(
                sovereign(place.country).filter(|state| countries.contains(state)).map(Reason::InTerritoryOf),
            );
        }
        let region = place.admin1.map(|admin1| admin1.name).unwrap_or_default();
        match bearer.region {
            RegionFit::NotAsked => {}
            RegionFit::Matches => reasons.push(Reason::AdminMatches(region)),
            RegionFit::Differs => reasons.push(Reason::AdminDiffers(region)),
        }
        if bearer.has_hinted_id {
            reasons.push(Reason::HintMatches(MatchedHint::GeonamesId));
        }
        if let PointFit::Near { km } = bearer.point {
            reasons.push(Reason::HintMatches(MatchedHint::Near { km }));
        }
        if bearer.population_fits {
            reasons.push(Reason::HintMatches(MatchedHint::Population));
        }
        let others = || found.bearers.iter().filter(|other| other.place != bearer.place);
        match others().map(|other| other.record.population).max() {
            None if !matches!(self.scope, Scope::Anywhere) => reasons.push(Reason::OnlyOne),
            Some(next) if next < bearer.record.population => {
                let times = u64::from(bearer.record.population / next.max(1));
                reasons.push(Reason::MostPopulous { times });
            }
            None | Some(_) => {}
        }
        if let Some((homonym, record)) = found.homonym
            && record.population > bearer.record.population
        {
            reasons.extend(self.homonym(homonym).map(Reason::BiggerHomonym));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lies between 0 and 100")]
        let score = bearer.score().round() as u8;
        Some(Candidate { place, score, reasons })
    }

    fn homonym(&self, place: PlaceNumber) -> Option<Homonym> {
        let facts = self.gazetteer.places.facts(place)?;
        let population = facts.population.unwrap_or_default();
        Some(Homonym { geonames_id: facts.geonames_id, name: facts.name, country: facts.country, population })
    }

    fn name_reason(&self, bearer: &Bearer, found: &Found, official: &str) -> Reason {
        match (bearer.evidence, &found.way) {
            (Evidence::None, _) => Reason::NameDiffers,
            (Evidence::Code, _) => Reason::Code,
            (_, Way::ReadAs(name)) => Reason::ReadAs(name.clone()),
            (_, Way::Transliterated(name)) => Reason::TransliteratedName(name.clone()),
            (_, Way::OneEdit(meant)) => {
                let meant = meant.iter().find(|(place, _)| *place == bearer.place);
                let meant = meant.map(|(_, name)| if *name == fold(official) { official } else { name });
                Reason::OneEdit {
                    typed: self.query.name.trim().to_owned(),
                    meant: meant.unwrap_or_default().to_owned(),
                }
            }
            (Evidence::Official, Way::AsWritten) if official == self.query.name.trim() => {
                Reason::OfficialName
            }
            (Evidence::Official | Evidence::OtherAccents, Way::AsWritten) => Reason::Folded,
            (_, Way::AsWritten) => Reason::AlternateName,
        }
    }
}

const fn bearer(place: PlaceNumber, record: Record, evidence: Evidence) -> Bearer {
    Bearer {
        place,
        record,
        evidence,
        has_hinted_id: false,
        region: RegionFit::NotAsked,
        point: PointFit::NotAsked,
        population_fits: false,
    }
}
