//! Finding the bearers of a name, by the most faithful way that finds any.

use deunicode::deunicode;

use crate::fold::fold;
use crate::names::{NameKind, each_bearer};
use crate::places::{PlaceNumber, Record};
use crate::ranking::{Bearer, Evidence};
use crate::reading::{Loss, readings};
use crate::resolve::{Asked, Scope};
use crate::territory::territories;

/// The shortest name, in letters, in which a slip is forgiven. In shorter ones it is forgiven for cities only, as a small
/// place that the table does not have is then likelier than a slip.
const SHORTEST_SLIP: usize = 7;
const SHORTEST_CITY_SLIP: usize = 5;
/// The least population of a city, for that.
const CITY: u32 = 100_000;

/// How the bearers were found, for the reasons.
pub(crate) enum Way {
    AsWritten,
    ReadAs(String),
    Transliterated(String),
    /// The name meant, for each place.
    OneEdit(Vec<(PlaceNumber, String)>),
}

/// The bearers of a name and how they were found.
pub(crate) struct Found {
    pub(crate) bearers: Vec<Bearer>,
    pub(crate) way: Way,
    /// Words of the name that were taken for the region.
    pub(crate) region: Option<String>,
    /// The largest place elsewhere that bears the name officially.
    pub(crate) homonym: Option<(PlaceNumber, Record)>,
}

impl Asked<'_> {
    /// The bearers by the most faithful way that finds any.
    pub(crate) fn find(&self, folded: &str) -> Found {
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
                found.bearers.push(Bearer::new(place, record, evidence));
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
            (_, Loss::Region, NameKind::Alternate | NameKind::Official) => Evidence::WithRegion,
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
                found.bearers.push(Bearer::new(place, record, Evidence::OneEdit));
            });
        }
        found.way = Way::OneEdit(meant);
        found
    }
}
