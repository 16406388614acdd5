//! The reasons of a candidate.

use crate::fold::fold;
use crate::places::PlaceNumber;
use crate::ranking::{Bearer, Evidence, PointFit, RegionFit};
use crate::resolution::{Candidate, Homonym, MatchedHint, Reason};
use crate::resolve::{Asked, Scope};
use crate::search::{Found, Way};
use crate::spelling::spellings;
use crate::territory::sovereign;

impl Asked<'_> {
    /// A bearer with its facts and reasons.
    pub(crate) fn candidate(&self, bearer: &Bearer, found: &Found) -> Option<Candidate> {
        let place = self.gazetteer.places.facts(bearer.place)?;
        let mut reasons = vec![self.name_reason(bearer, &place.name)];
        let beside = bearer.words.iter().cloned().map(|(words, fit)| Reason::Beside { words, fit });
        reasons.extend(beside);
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
            RegionFit::Matches => reasons.push(Reason::AdminMatches(bearer.district.unwrap_or(region))),
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
            && self.is_called_alike(homonym, bearer)
        {
            reasons.extend(self.homonym(homonym).map(Reason::BiggerHomonym));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lies between 0 and 100")]
        let score = bearer.score().round() as u8;
        let called = if bearer.called.is_empty() { self.query.name.trim() } else { &bearer.called };
        Some(Candidate { place, called: called.to_owned(), score, reasons })
    }

    /// Whether a place elsewhere is officially called as this one is in the question: of `Ashford, Kent` not Kent in Washington.
    fn is_called_alike(&self, elsewhere: PlaceNumber, bearer: &Bearer) -> bool {
        let title = fold(&self.gazetteer.places.title(elsewhere));
        let called = if bearer.called.is_empty() { self.query.name.trim() } else { &bearer.called };
        spellings(&fold(called)).iter().any(|(spelling, _)| *spelling == title)
    }

    /// A place elsewhere, for a warning.
    pub(crate) fn homonym(&self, place: PlaceNumber) -> Option<Homonym> {
        let facts = self.gazetteer.places.facts(place)?;
        let population = facts.population.unwrap_or_default();
        Some(Homonym { geonames_id: facts.geonames_id, name: facts.name, country: facts.country, population })
    }

    fn name_reason(&self, bearer: &Bearer, official: &str) -> Reason {
        match (bearer.evidence, &bearer.way) {
            (Evidence::None, _) => Reason::NameDiffers,
            (Evidence::Code, _) => Reason::Code,
            (Evidence::OtherLetters, _) => Reason::OtherLetters,
            (_, Way::ReadAs(name)) => Reason::ReadAs(name.clone()),
            (_, Way::Transliterated(name)) => Reason::TransliteratedName(name.clone()),
            (_, Way::OneEdit(meant)) => {
                let meant = if *meant == fold(official) { official } else { meant };
                Reason::OneEdit { typed: self.query.name.trim().to_owned(), meant: meant.to_owned() }
            }
            (Evidence::Official, Way::AsWritten) if official == bearer.called => Reason::OfficialName,
            (Evidence::Official, Way::AsWritten) => Reason::Folded,
            (_, Way::AsWritten) => Reason::AlternateName,
        }
    }
}
