//! From a query to an answer: read the country, find the bearers of the name, weigh the hints, rank, decide.

use sister_cities_domain::value::Country;

use crate::Gazetteer;
use crate::country::{CountryMatch, CountryResolution};
use crate::doubt::doubts;
use crate::fold::fold;
use crate::query::{Hint, Query};
use crate::ranking::{Bearer, Names, RegionFit, sort, winner};
use crate::resolution::{Candidate, MAX_CANDIDATES, NoPlace, Resolution};
use crate::search::Found;

/// The longest name that is looked at, in bytes; the longest of the table has a third of that.
const LONGEST: usize = 400;

/// Where to look.
pub(crate) enum Scope {
    Anywhere,
    In(Vec<Country>),
}

impl Scope {
    pub(crate) fn holds(&self, country: [u8; 2]) -> bool {
        match self {
            Self::Anywhere => true,
            Self::In(countries) => countries.iter().any(|one| one.alpha2().as_bytes() == country),
        }
    }
}

/// The question, with the country read and the hints gathered.
pub(crate) struct Asked<'s> {
    pub(crate) gazetteer: &'s Gazetteer,
    pub(crate) query: &'s Query<'s>,
    pub(crate) hint: Hint<'s>,
    pub(crate) scope: Scope,
    pub(crate) country_match: Option<&'s CountryMatch>,
}

/// Which place is meant.
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
    let asked = Asked { gazetteer, query, hint, scope, country_match: country_match.as_ref() };
    let found = asked.find(&folded);
    asked.answer(found, unknown_label)
}

impl Asked<'_> {
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
                    let similar = found.similar.iter().filter_map(|&place| self.homonym(place)).collect();
                    NoPlace::NotInCountry { countries: countries.clone(), elsewhere, similar }
                }
            };
            return Resolution::None { reason };
        }
        sort(&mut found.bearers);
        let names = if anywhere { Names::OnlyPropose } else { Names::Decide };
        let mut several = Vec::new();
        let mut longer = Vec::new();
        if let Some(bearer) = winner(&found.bearers, names) {
            let doubts = doubts(self.gazetteer, bearer, &found);
            if doubts.is_empty()
                && let Some(candidate) = self.candidate(bearer, &found)
            {
                return Resolution::Winner(candidate);
            }
            several.extend(self.doubted(bearer, doubts, &found));
            longer = self.with_longer_names(bearer);
        }
        for bearer in found.bearers.iter().chain(&longer) {
            let place = self.gazetteer.places.record(bearer.place).geonames_id;
            if several.len() < MAX_CANDIDATES
                && several.iter().all(|known: &Candidate| known.place.geonames_id != place)
            {
                several.extend(self.candidate(bearer, &found));
            }
        }
        if several.is_empty() {
            Resolution::None { reason: NoPlace::NotKnown }
        } else {
            Resolution::Several(several)
        }
    }
}
