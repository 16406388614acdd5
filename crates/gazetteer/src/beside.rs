//! What stands beside a name: `Frankfurt (Oder)`, `Paris, Texas`, `Bolzano/Bozen`, `Liberec, Zittau`.
//!
//! A written name is cut where something may stand beside it. Each part may be the name, the others then stand beside it: they
//! fit a place or not. Where one does not, nobody may take the place without asking, for it may tell one place from another, or name
//! a second one.

use crate::fold::fold;
use crate::names::{NameKind, each_bearer};
use crate::places::PlaceNumber;
use crate::region::is_written;
use crate::resolution::BesideFit;
use crate::resolve::Asked;
use crate::spelling::spellings;
use crate::territory::sovereign;
use crate::{CountryReason, CountryResolution};

/// More parts than a cell with one place has.
const MOST_PARTS: usize = 6;

/// Words beside a name, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) stand: Stand,
}

/// How words stand to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Behind a comma or in brackets, as what tells where the name lies.
    Under,
    /// Beside it as another name stands: `Osaka + Sakai`, `Osaka, Sakai` for Sakai. They may be a second town.
    Level,
}

/// One way to read a written name: the part that is the name, and those that stand beside it, all as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) name: String,
    pub(crate) beside: Vec<Words>,
    /// The cut is a guess: it counts only where the words fit.
    pub(crate) only_if_it_fits: bool,
}

/// Small words between a name and what tells it apart, and their beginnings: `an der`, `a. d.`, `upon`, `sur`.
const BETWEEN: &[&str] = &[
    "a", "ad", "am", "an", "adw", "o", "ob", "od", "odt", "i", "im", "in", "id", "v", "vd", "vor", "b",
    "bei", "u", "unter", "d", "der", "dem", "den", "upon", "on", "under", "by", "sur", "sul", "sull", "s",
    "les", "lez", "l", "la", "le", "nad", "n", "pod", "p", "de", "del", "di", "da", "do", "aan", "ad", "bij",
    "op", "ved", "vid", "the",
];

/// Words between two names.
const AND: &[&str] = &[" and ", " und ", " et ", " y ", " e ", " i ", " och ", " og ", " en ", " & ", " + "];

/// The ways to cut a name, the likeliest first; empty where nothing stands beside it.
pub(crate) fn cuts(written: &str) -> Vec<Cut> {
    let parts = parts(written);
    let mut all = Vec::new();
    if parts.len() > 1 {
        for (at, name) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let beside = others
                .map(|(other, part)| {
                    let is_level =
                        other < at || parts[at + 1..=other].iter().any(|part| part.joint == Joint::Sign);
                    let stand = if is_level { Stand::Level } else { Stand::Under };
                    Words { text: part.text.clone(), stand }
                })
                .collect();
            all.push(Cut { name: name.text.clone(), beside, only_if_it_fits: false });
        }
    } else if let Some(cut) = between(written) {
        all.push(cut);
    }
    all
}

/// A part of a written name, and what parts it from the one before.
struct Part {
    text: String,
    joint: Joint,
}

/// What parts two parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A comma or a bracket, or nothing, as it is the first.
    Comma,
    /// A stroke, a dash, a plus, or a word for "and".
    Sign,
}

/// The parts of a written name, in their order.
fn parts(written: &str) -> Vec<Part> {
    let mut outside = String::new();
    let mut inside: Option<String> = None;
    let mut behind: Vec<String> = Vec::new();
    for c in written.chars() {
        match (c, &mut inside) {
            ('(' | '[' | '（', None) => inside = Some(String::new()),
            (')' | ']' | '）', Some(text)) => {
                behind.push(std::mem::take(text));
                inside = None;
                outside.push(' ');
            }
            (_, Some(text)) => text.push(c),
            (_, None) => outside.push(c),
        }
    }
    behind.extend(inside);
    let mut parts = cut(&outside);
    parts.extend(behind.iter().flat_map(|text| cut(text)));
    let empty = |part: &Part| fold(&part.text).is_empty();
    // A sign alone, such as a question mark, stands beside the name too.
    if parts.iter().all(empty) || parts.len() > MOST_PARTS { Vec::new() } else { parts }
}

fn cut(text: &str) -> Vec<Part> {
    const COMMAS: &[&str] = &[",", "，"];
    const SIGNS: &[&str] = &[";", "/", "|", "–", "—", "→", "·", "、", " - ", "+", "&"];
    let mut pieces: Vec<(Joint, &str)> = vec![(Joint::Comma, text)];
    let signs = SIGNS.iter().chain(AND).map(|at| (*at, Joint::Sign));
    for (at, by) in COMMAS.iter().map(|at| (*at, Joint::Comma)).chain(signs) {
        pieces = pieces
            .into_iter()
            .flat_map(|(joint, piece)| {
                std::iter::once(joint).chain(std::iter::repeat(by)).zip(piece.split(at))
            })
            .collect();
    }
    let trimmed = pieces.into_iter().map(|(joint, piece)| Part { text: piece.trim().to_owned(), joint });
    trimmed.filter(|part| !part.text.is_empty()).collect()
}

/// `Rothenburg o.d.T.`, `Neustadt a. d. Weinstr.`: cut before the first of the small words. `Berlin-Spandau`: at the hyphen.
fn between(written: &str) -> Option<Cut> {
    let spaced = written.replace('.', ". ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let at = words.iter().enumerate().skip(1).find(|(_, word)| BETWEEN.contains(&fold(word).as_str()));
    if let Some((at, _)) = at {
        let beside = vec![Words { text: words[at..].join(" "), stand: Stand::Under }];
        return Some(Cut { name: words[..at].join(" "), beside, only_if_it_fits: true });
    }
    let (first, last) = written.rsplit_once('-')?;
    (!first.trim().is_empty() && !last.trim().is_empty()).then(|| Cut {
        name: last.trim().to_owned(),
        beside: vec![Words { text: first.trim().to_owned(), stand: Stand::Under }],
        only_if_it_fits: true,
    })
}

/// Words that say that a name is an older, newer or other one.
const OTHERWISE: &[&str] = &[
    "formerly ",
    "former ",
    "now ",
    "today ",
    "ex ",
    "previously ",
    "also ",
    "aka ",
    "or ",
    "until ",
    "ehemals ",
    "fruher ",
    "heute ",
    "jetzt ",
    "anciennement ",
    "aujourd hui ",
    "dawniej ",
    "dzis ",
    "obecnie ",
    "antes ",
    "hoy ",
    "antiguamente ",
    "gia ",
    "oggi ",
    "vormals ",
    "dt ",
    "deutsch ",
    "german ",
    "engl ",
    "fr ",
    "pol ",
];

impl Asked<'_> {
    /// How words beside a name fit a place that bears the name.
    pub(crate) fn fit(&self, name: &str, beside: &Words, place: PlaceNumber) -> BesideFit {
        let words = beside.text.as_str();
        let folded = fold(words);
        if folded.is_empty() {
            return BesideFit::Nothing;
        }
        let places = &self.gazetteer.places;
        let record = places.record(place);
        let country = places.country(record.region);
        if let (CountryResolution::Exact(read), Some(country)) = (self.gazetteer.country(words), country)
            && (read.reason != CountryReason::Code || words.trim().chars().all(char::is_uppercase))
            && (read.country == country || sovereign(country) == Some(read.country))
            && read.region.is_none()
        {
            return BesideFit::Country(country);
        }
        // `Osaka + Sakai`: the prefecture, or the city itself as a second town?
        let may_be_region = || beside.stand == Stand::Under || !self.is_rival(&folded, place);
        if let Some(admin1) = places.admin1(record.region)
            && is_written(admin1, places.country_code(record.region), &folded)
        {
            return if may_be_region() { BesideFit::Region(admin1.name) } else { BesideFit::Nothing };
        }
        if let Some(district) = self.gazetteer.districts.of(place).filter(|it| it.is_written(words)) {
            return if may_be_region() { BesideFit::District(district.name) } else { BesideFit::Nothing };
        }
        let otherwise = OTHERWISE.iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
        if otherwise != fold(name) && self.bears(place, otherwise) {
            // `Dinan / Dinant`: the other name may as well be another town.
            let names = [otherwise, &fold(name)];
            let like =
                names.into_iter().map(|name| self.largest_called(name, place)).max().unwrap_or_default();
            return if like > record.population / 2 { BesideFit::Nothing } else { BesideFit::OtherName };
        }
        let title = places.title(place);
        let whole = fold(&format!("{name} {words}"));
        if self.bears(place, &whole) || completes(&fold(name), words, &fold(&title)) {
            return BesideFit::PartOfName;
        }
        BesideFit::Nothing
    }

    /// Whether words that are a region are as well another place of the country, of half its size at least.
    fn is_rival(&self, folded: &str, place: PlaceNumber) -> bool {
        let places = &self.gazetteer.places;
        let here = places.record(place);
        let country = places.country_code(here.region);
        let mut is_rival = false;
        let value = self.gazetteer.alphabet.encode(folded).and_then(|key| self.gazetteer.names.get(&key));
        if let Some(value) = value {
            each_bearer(places, self.gazetteer.lists, folded, value, |bearer, kind| {
                let there = places.record(bearer);
                is_rival |= bearer != place
                    && kind != NameKind::Code
                    && places.country_code(there.region) == country
                    && there.population >= here.population / 2;
            });
        }
        is_rival
    }

    /// How many live in the largest other place that is officially called so.
    fn largest_called(&self, folded: &str, but: PlaceNumber) -> u32 {
        let mut largest = 0;
        let value = self.gazetteer.alphabet.encode(folded).and_then(|key| self.gazetteer.names.get(&key));
        if let Some(value) = value {
            each_bearer(&self.gazetteer.places, self.gazetteer.lists, folded, value, |bearer, kind| {
                if bearer != but && kind == NameKind::Official {
                    largest = largest.max(self.gazetteer.places.record(bearer).population);
                }
            });
        }
        largest
    }

    /// Whether a place is called so.
    fn bears(&self, place: PlaceNumber, folded: &str) -> bool {
        spellings(folded).iter().any(|(spelling, _)| {
            let Some(key) = self.gazetteer.alphabet.encode(spelling) else { return false };
            let Some(value) = self.gazetteer.names.get(&key) else { return false };
            let mut found = false;
            each_bearer(&self.gazetteer.places, self.gazetteer.lists, spelling, value, |bearer, kind| {
                found |= bearer == place && kind != NameKind::Code;
            });
            found
        })
    }
}

/// Whether words, shortened or not, are what a title says behind a name: `o.d.T.` for Rothenburg ob der Tauber.
fn completes(name: &str, words: &str, title: &str) -> bool {
    let Some(rest) = title.strip_prefix(name).filter(|rest| rest.starts_with(' ')) else { return false };
    let counts = |word: &&str| !BETWEEN.contains(word);
    let rest: Vec<&str> = rest.split(' ').filter(|word| !word.is_empty()).filter(counts).collect();
    let spaced = words.replace('.', ". ");
    let written: Vec<String> =
        spaced.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|w| !w.is_empty()).collect();
    // Where all words are small ones, the last of them stands for the word that is not: `a. d. O.`
    let mut written: Vec<&str> = written.iter().map(String::as_str).collect();
    let last = written.last().copied();
    written.retain(counts);
    if written.is_empty() {
        written.extend(last);
    }
    !rest.is_empty()
        && written.len() == rest.len()
        && written.iter().zip(&rest).all(|(short, long)| long.starts_with(short))
}

#[cfg(test)]
mod tests {
    use super::{Stand, completes, cuts};

    fn shown(written: &str) -> Vec<String> {
        let beside = |cut: &super::Cut| {
            let words = cut.beside.iter().map(|words| words.text.as_str());
            words.collect::<Vec<_>>().join(" + ")
        };
        cuts(written).iter().map(|cut| format!("{} | {}", cut.name, beside(cut))).collect()
    }

    #[test]
    fn a_name_is_cut_where_something_stands_beside_it() {
        assert_eq!(shown("Springfield (Illinois)"), ["Springfield | Illinois", "Illinois | Springfield"]);
        assert_eq!(shown("Bolzano/Bozen"), ["Bolzano | Bozen", "Bozen | Bolzano"]);
        assert_eq!(shown("Rothenburg o.d.T."), ["Rothenburg | o. d. T."]);
        assert_eq!(shown("Berlin-Spandau"), ["Spandau | Berlin"]);
        assert_eq!(shown("Stockholm"), [""; 0]);
        assert_eq!(shown("Liberec, Zittau, Bogatynia")[0], "Liberec | Zittau + Bogatynia");
        assert_eq!(shown("Hamburg (?)")[0], "Hamburg | ?");
    }

    #[test]
    fn words_behind_a_comma_say_where_and_words_joined_to_a_name_may_be_a_second_one() {
        let stands = |written: &str| -> Vec<Stand> {
            cuts(written).iter().flat_map(|cut| cut.beside.iter().map(|words| words.stand)).collect()
        };
        assert_eq!(stands("Sakai, Osaka"), [Stand::Under, Stand::Level]);
        assert_eq!(stands("Sakai (Osaka)"), [Stand::Under, Stand::Level]);
        assert_eq!(stands("Sakai + Osaka"), [Stand::Level, Stand::Level]);
        assert_eq!(stands("Berlin-Spandau"), [Stand::Under]);
    }

    #[test]
    fn shortened_words_complete_a_title() {
        for (name, words, title) in [
            ("rothenburg", "o.d.T.", "rothenburg ob der tauber"),
            ("frankfurt", "a.M.", "frankfurt am main"),
            ("frankfurt", "a. d. Oder", "frankfurt oder"),
            ("frankfurt", "Main", "frankfurt am main"),
            ("neustadt", "a.d. Weinstr.", "neustadt an der weinstrasse"),
            ("newcastle", "u. Tyne", "newcastle upon tyne"),
        ] {
            assert!(completes(name, words, title), "{words}, {title}");
        }
        for (name, words, title) in [
            ("frankfurt", "Oder", "frankfurt am main"),
            ("zell", "Mosel", "zell"),
            ("neustadt", "Dosse", "neustadt an der aisch"),
        ] {
            assert!(!completes(name, words, title), "{words}, {title}");
        }
    }
}
