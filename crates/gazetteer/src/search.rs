//! Finding the bearers of a name, by the most faithful way that finds any.

use deunicode::deunicode;
use sister_cities_domain::value::Country;

use crate::CountryResolution;
use crate::beside::{Cut, Words, cuts};
use crate::designation::{Bare, CITY_IS_NAME, Designation, bare};
use crate::fold::fold;
use crate::letters::{has_marks, is_known, letters, written_within};
use crate::names::{NameKind, each_bearer};
use crate::places::{PlaceNumber, Record};
use crate::ranking::{Bearer, Beside, Evidence};
use crate::resolution::BesideFit;
use crate::resolve::{Asked, Scope};
use crate::spelling::{rewritten, spellings};
use crate::territory::territories;

/// How many longer names are looked through for one that the words beside a name complete.
const MOST_LONGER: usize = 60;

/// How a bearer was found, for the reasons.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    AsWritten,
    ReadAs(String),
    Transliterated(String),
    /// The name meant.
    OneEdit(String),
}

/// The bearers of a name and how they were found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) bearers: Vec<Bearer>,
    /// The largest place elsewhere that bears the name officially.
    pub(crate) homonym: Option<(PlaceNumber, Record)>,
    /// The other countries that have a place so named officially.
    pub(crate) elsewhere: Vec<[u8; 2]>,
    /// Places whose names differ by a letter, but are as likely others.
    pub(crate) similar: Vec<PlaceNumber>,
}

impl Found {
    fn has_official(&self) -> bool {
        self.bearers.iter().any(|bearer| bearer.evidence == Evidence::Official && !bearer.in_territory)
    }

    /// Adds a bearer, or what more is known of one.
    pub(crate) fn add(&mut self, bearer: Bearer) {
        let rank = |one: &Bearer| (one.beside() != Beside::Differs, one.evidence);
        match self.bearers.iter_mut().find(|known| known.place == bearer.place) {
            Some(known) if rank(known) < rank(&bearer) => *known = bearer,
            Some(_) => {}
            None => self.bearers.push(bearer),
        }
    }
}

/// The bearers of an official name outside of where it is sought.
#[derive(Default)]
struct Elsewhere {
    homonym: Option<(PlaceNumber, Record)>,
    countries: Vec<[u8; 2]>,
}

impl Elsewhere {
    fn add(&mut self, place: PlaceNumber, record: Record, country: [u8; 2]) {
        if self.homonym.is_none_or(|(_, known)| known.population < record.population) {
            self.homonym = Some((place, record));
        }
        if !self.countries.contains(&country) {
            self.countries.push(country);
        }
    }
}

/// A name being looked up: the words of the question that are the name, and how faithfully they are read.
struct Name<'n> {
    /// As written.
    called: &'n str,
    folded: &'n str,
    is_as_written: bool,
    /// Words were left out that may tell one place from another.
    is_loose: bool,
}

impl Asked<'_> {
    /// The bearers by the most faithful way that finds any.
    pub(crate) fn find(&self, folded: &str) -> Found {
        let mut found = self.found(folded);
        if self.query.name.contains(['?', '？']) {
            // Whoever wrote it was in doubt.
            for bearer in found.bearers.iter_mut().filter(|bearer| bearer.beside() != Beside::Differs) {
                bearer.words.push(("?".to_owned(), BesideFit::Nothing));
            }
        }
        found
    }

    fn found(&self, folded: &str) -> Found {
        let written = self.query.name.trim();
        let mut found = Found::default();
        self.add_named(&Name { called: written, folded, is_as_written: true, is_loose: false }, &mut found);
        self.add_bare(written, folded, &mut found);
        let cuts = cuts(written);
        // Without a country, what stands beside the name may say where it lies, also where all of it is a name.
        let is_placed = matches!(self.scope, Scope::In(_)) || cuts.iter().all(|cut| cut.only_if_it_fits);
        if !found.bearers.is_empty() && is_placed {
            return found;
        }
        for cut in &cuts {
            self.add_cut(cut, &mut found);
        }
        if !found.bearers.is_empty() {
            return found;
        }
        self.add_loosely(written, folded, &mut found);
        if found.bearers.is_empty() && !folded.is_ascii() {
            self.add_transliterated(written, &mut found);
        }
        if found.bearers.is_empty() {
            let head = cuts.iter().find(|cut| !cut.only_if_it_fits).map(|cut| fold(&cut.name));
            for name in [Some(folded.to_owned()), head].into_iter().flatten() {
                self.add_slips(&name, &mut found);
            }
        }
        found
    }

    /// The bearers of the name without the words that say it is a town.
    fn add_bare(&self, written: &str, folded: &str, found: &mut Found) {
        if found.has_official() {
            return;
        }
        for bare in bare(folded).into_iter().filter(|bare| self.is_town(bare)) {
            let called = part_called(written, &bare.name);
            let name = Name { called, folded: &bare.name, is_as_written: false, is_loose: false };
            self.add_named(&name, found);
        }
    }

    /// The bearers of the name without words that may tell one place from another: proposals.
    fn add_loosely(&self, written: &str, folded: &str, found: &mut Found) {
        for bare in bare(folded) {
            let called = part_called(written, &bare.name);
            let name = Name { called, folded: &bare.name, is_as_written: false, is_loose: true };
            self.add_named(&name, found);
        }
    }

    fn is_town(&self, bare: &Bare) -> bool {
        let is_name_there = |country: &Country| CITY_IS_NAME.contains(&country.alpha2());
        let city_is_name = match &self.scope {
            Scope::Anywhere => true,
            Scope::In(countries) => countries.iter().any(is_name_there),
        };
        bare.designation == Designation::Town && !(bare.is_city && city_is_name)
    }

    fn add_named(&self, name: &Name<'_>, found: &mut Found) {
        let mut elsewhere =
            Elsewhere { homonym: found.homonym, countries: std::mem::take(&mut found.elsewhere) };
        self.each_named(name, |bearer| found.add(bearer), &self.scope, &mut elsewhere);
        found.homonym = elsewhere.homonym;
        found.elsewhere = elsewhere.countries;
    }

    /// Each bearer of any spelling of a name within a scope.
    fn each_named(
        &self,
        name: &Name<'_>,
        mut visit: impl FnMut(Bearer),
        scope: &Scope,
        elsewhere: &mut Elsewhere,
    ) {
        let gazetteer = self.gazetteer;
        let own = territories_of(scope);
        let typed = letters(name.called);
        let marked = has_marks(&typed);
        for (spelling, changed) in spellings(name.folded) {
            let Some(key) = gazetteer.alphabet.encode(&spelling) else { continue };
            let Some(value) = gazetteer.names.get(&key) else { continue };
            let words: Vec<&str> = typed.split(' ').collect();
            let written = if words.len() == spelling.split(' ').count() {
                rewritten(&words, &changed)
            } else {
                typed.clone()
            };
            each_bearer(&gazetteer.places, gazetteer.lists, &spelling, value, |place, kind| {
                let record = gazetteer.places.record(place);
                let country = gazetteer.places.country_code(record.region);
                let inside = scope.holds(country);
                if inside || own.contains(&country) {
                    let title = gazetteer.places.title(place);
                    let folded_title = fold(&title);
                    let has_other_letters = marked
                        && !(folded_title == spelling && written_within(&written, &letters(&title)))
                        && !is_known(gazetteer.forms, &written);
                    let evidence = match kind {
                        NameKind::Code => Evidence::Code,
                        NameKind::Alternate | NameKind::Official if has_other_letters => {
                            Evidence::OtherLetters
                        }
                        NameKind::Alternate | NameKind::Official if name.is_loose => Evidence::ReadLoosely,
                        NameKind::Official => Evidence::Official,
                        NameKind::Alternate => {
                            let rest = folded_title.strip_prefix(spelling.as_str());
                            if rest.is_some_and(|rest| rest.starts_with(' ')) {
                                Evidence::Shortened
                            } else {
                                Evidence::Alternate
                            }
                        }
                    };
                    let is_as_written = name.is_as_written && changed.is_empty();
                    let way = if is_as_written { Way::AsWritten } else { Way::ReadAs(spelling.clone()) };
                    let called = name.called.to_owned();
                    visit(Bearer {
                        way,
                        called,
                        in_territory: !inside,
                        ..Bearer::new(place, record, evidence)
                    });
                } else if kind == NameKind::Official {
                    elsewhere.add(place, record, country);
                }
            });
        }
    }

    /// The bearers of a part of the name, each with how the other parts fit it.
    fn add_cut(&self, cut: &Cut, found: &mut Found) {
        let folded = fold(&cut.name);
        if folded.is_empty() {
            return;
        }
        let mut bearers = Found { homonym: found.homonym, ..Found::default() };
        self.add_named(
            &Name { called: &cut.name, folded: &folded, is_as_written: true, is_loose: false },
            &mut bearers,
        );
        self.add_bare(&cut.name, &folded, &mut bearers);
        if bearers.bearers.is_empty() {
            self.add_loosely(&cut.name, &folded, &mut bearers);
        }
        found.homonym = bearers.homonym;
        let mut any_fits = false;
        for mut bearer in bearers.bearers {
            bearer.words = self.fits(cut, bearer.place);
            let fits = bearer.beside() != Beside::Differs;
            any_fits |= fits;
            if fits || !cut.only_if_it_fits {
                found.add(bearer);
            }
        }
        if !any_fits {
            self.add_longer(cut, &folded, found);
            self.add_elsewhere(cut, &folded, found);
        }
    }

    fn fits(&self, cut: &Cut, place: PlaceNumber) -> Vec<(String, BesideFit)> {
        let fit = |words: &Words| (words.text.clone(), self.fit(&cut.name, words, place));
        cut.beside.iter().map(fit).collect()
    }

    /// Places whose longer names the words beside complete: `Rothenburg o.d.T.`.
    fn add_longer(&self, cut: &Cut, folded: &str, found: &mut Found) {
        for place in self.longer(folded) {
            let words = self.fits(cut, place);
            if Beside::of(&words) != Beside::Differs {
                let record = self.gazetteer.places.record(place);
                let bearer = Bearer::new(place, record, Evidence::Shortened);
                found.add(Bearer { words, called: self.query.name.trim().to_owned(), ..bearer });
            }
        }
    }

    /// The places in scope whose official names begin with this one and go on.
    pub(crate) fn longer(&self, folded: &str) -> Vec<PlaceNumber> {
        let gazetteer = self.gazetteer;
        let Some(key) = gazetteer.alphabet.encode(&format!("{folded} ")) else { return Vec::new() };
        let mut all = Vec::new();
        gazetteer.names.beginning_with(&key, MOST_LONGER, |key, value| {
            let name = gazetteer.alphabet.decode(key);
            each_bearer(&gazetteer.places, gazetteer.lists, &name, value, |place, kind| {
                let country = gazetteer.places.country_code(gazetteer.places.record(place).region);
                if kind == NameKind::Official && self.scope.holds(country) && !all.contains(&place) {
                    all.push(place);
                }
            });
        });
        all
    }

    /// Where the words beside name another country than the one asked for, its places of the name are proposals.
    fn add_elsewhere(&self, cut: &Cut, folded: &str, found: &mut Found) {
        for words in cut.beside.iter().map(|words| &words.text) {
            if let CountryResolution::Exact(read) = self.gazetteer.country(words) {
                let name = Name { called: &cut.name, folded, is_as_written: true, is_loose: true };
                let mut all = Vec::new();
                let scope = Scope::In(vec![read.country]);
                self.each_named(&name, |bearer| all.push(bearer), &scope, &mut Elsewhere::default());
                for bearer in all {
                    found.add(Bearer { words: vec![(words.clone(), BesideFit::Nothing)], ..bearer });
                }
            }
        }
    }

    fn add_transliterated(&self, written: &str, found: &mut Found) {
        let latin = fold(&deunicode(written));
        let mut all = Found { homonym: found.homonym, ..Found::default() };
        self.add_named(
            &Name { called: &latin, folded: &latin, is_as_written: true, is_loose: false },
            &mut all,
        );
        found.homonym = all.homonym;
        for bearer in all.bearers {
            let evidence = bearer.evidence.min(Evidence::Transliterated);
            let way = Way::Transliterated(latin.clone());
            found.add(Bearer { evidence, way, called: written.to_owned(), ..bearer });
        }
    }
}

/// The codes of the territories of the countries asked for.
fn territories_of(scope: &Scope) -> Vec<[u8; 2]> {
    let Scope::In(states) = scope else { return Vec::new() };
    let own = states.iter().flat_map(|&state| territories(state));
    own.filter_map(|one| one.alpha2().as_bytes().try_into().ok()).collect()
}

/// The part of a written name that folds to this one, without the words before or after it.
fn part_called<'w>(written: &'w str, folded: &str) -> &'w str {
    let mut starts = written.char_indices().map(|(at, _)| at).rev();
    let tail = starts.find(|&at| fold(&written[at..]) == folded).map(|at| &written[at..]);
    let mut ends = written.char_indices().map(|(at, c)| at + c.len_utf8());
    let head = ends.find(|&at| fold(&written[..at]) == folded).map(|at| &written[..at]);
    tail.or(head).unwrap_or(written).trim()
}
