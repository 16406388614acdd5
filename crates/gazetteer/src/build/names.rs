//! Gathers the names of places and writes their automaton.

use std::collections::{BTreeMap, HashMap};

use super::places::Place;
use super::{BuildError, number};
use crate::alphabet::Alphabet;
use crate::fold::fold;
use crate::names::{IS_CODE, IS_LAST, IS_OFFICIAL, NameKind};
use crate::places::NUMBER_BITS;

/// Folded names, each with the places that bear it and how.
pub(super) type NameKeys = BTreeMap<String, BTreeMap<usize, NameKind>>;

/// Gathers the names; the best way in which a place bears a name counts.
pub(super) fn gather(places: &[Place]) -> NameKeys {
    let mut keys = NameKeys::new();
    for (at, place) in places.iter().enumerate() {
        let official = std::iter::once((place.name.as_str(), NameKind::Official));
        let others =
            place.alternates.iter().filter(|name| !is_machine_made(name)).map(|name| {
                (name.as_str(), if is_code(name) { NameKind::Code } else { NameKind::Alternate })
            });
        let written_out = written_out(place);
        let written_out = written_out.iter().map(|name| (name.as_str(), NameKind::Alternate));
        for (name, kind) in official.chain(others).chain(written_out) {
            let key = fold(name);
            if !key.is_empty() {
                let bearers = keys.entry(key).or_default();
                let known = bearers.entry(at).or_insert(kind);
                *known = kind.max(*known);
            }
        }
    }
    keys
}

/// `Graefenhausen`, `Aarhus`: how letters with marks are written out where they are letters of their own.
fn written_out(place: &Place) -> Option<String> {
    let pairs: &[(&str, &str)] = match place.country() {
        "DE" | "AT" | "CH" | "LI" | "LU" => {
            &[("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")]
        }
        "DK" | "NO" | "FO" | "GL" => &[("å", "aa"), ("ø", "oe"), ("Å", "Aa"), ("Ø", "Oe")],
        "SE" | "FI" | "AX" => &[("å", "aa"), ("ä", "ae"), ("ö", "oe"), ("Å", "Aa"), ("Ä", "Ae"), ("Ö", "Oe")],
        _ => return None,
    };
    let name = pairs.iter().fold(place.name.clone(), |name, (letter, out)| name.replace(letter, out));
    (name != place.name).then_some(name)
}

/// A transcript such as `cankay` or `shang hai shi`: ASCII without a capital.
pub(super) fn is_machine_made(name: &str) -> bool {
    name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// An airport's code or another abbreviation: two or three capitals.
fn is_code(name: &str) -> bool {
    name.len() <= 3 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Writes the automaton and the lists behind it.
pub(super) fn automaton(
    alphabet: &Alphabet<'_>,
    keys: &NameKeys,
    places: &[Place],
) -> Result<(Vec<u8>, Vec<u8>), BuildError> {
    let mut coded = BTreeMap::new();
    for (name, bearers) in keys {
        let key = alphabet.encode(name).ok_or(BuildError::NoRoom { what: "letters in the alphabet" })?;
        if coded.insert(key, bearers).is_some() {
            return Err(BuildError::NoRoom { what: "letters of one code" });
        }
    }
    let mut automaton = fst::MapBuilder::memory();
    let mut lists = Vec::new();
    let mut known: HashMap<Vec<u32>, u64> = HashMap::new();
    for (key, bearers) in coded {
        let mut bearers: Vec<_> = bearers.iter().collect();
        if let &[(at, kind)] = bearers.as_slice()
            && *kind != NameKind::Code
        {
            automaton.insert(key, u64::from(number(*at, "places")?))?;
            continue;
        }
        bearers.sort_by_key(|(at, _)| (std::cmp::Reverse(places[**at].population), **at));
        let mut list = Vec::new();
        for (at, kind) in bearers {
            let place = number(*at, "places")?;
            if place >> NUMBER_BITS != 0 {
                return Err(BuildError::NoRoom { what: "places" });
            }
            list.push(match kind {
                NameKind::Code => place | IS_CODE,
                NameKind::Alternate => place,
                NameKind::Official => place | IS_OFFICIAL,
            });
        }
        if let Some(last) = list.last_mut() {
            *last |= IS_LAST;
        }
        let start = number(places.len() + lists.len() / 3, "lists")?;
        let value = *known.entry(list.clone()).or_insert(u64::from(start));
        if value == u64::from(start) {
            lists.extend(list.iter().flat_map(|entry| entry.to_le_bytes().into_iter().take(3)));
        }
        automaton.insert(key, value)?;
    }
    Ok((automaton.into_inner()?, lists))
}
