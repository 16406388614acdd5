//! Reads the second-order divisions and writes their tables.

use std::collections::HashMap;

use super::places::{Place, packed_bits};
use super::{BuildError, Sources, byte, number};
use crate::district::{BETWEEN, CODE, ROW_BITS};
use crate::fold::fold;
use crate::format::Section;
use crate::places::NUMBER_BITS;
use crate::region::without_kind;

const FILE: &str = "districts.tsv";
const PLACES: &str = "place_districts.tsv";
/// Where lists write the codes of districts.
const CODES_ARE_WRITTEN: &[&str] = &["ES", "FR", "IT"];

/// Writes the tables.
pub(super) fn tables(places: &[Place], sources: &Sources) -> Result<Vec<(Section, Vec<u8>)>, BuildError> {
    let (mut rows, mut text) = (Vec::new(), String::new());
    let mut known: HashMap<(&str, &str, &str), u32> = HashMap::new();
    for (at, line) in sources.districts.lines().enumerate().skip(1) {
        let malformed =
            |expected| BuildError::Entry { file: FILE.to_owned(), entry: (at + 1).to_string(), expected };
        let fields: Vec<&str> = line.split('\t').collect();
        let &[country, division, code, name, others] = fields.as_slice() else {
            return Err(malformed("country, division, code, name and other wordings"));
        };
        if country.len() != 2 {
            return Err(malformed("a country code"));
        }
        known.insert((country, division, code), number(at - 1, "districts")?);
        let wordings = wordings(country, code, name, others);
        rows.extend(country.bytes());
        rows.extend(number(text.len(), "districts")?.to_le_bytes().into_iter().take(3));
        rows.push(byte(name.len(), "letters of a district")?);
        let length = u16::try_from(wordings.len())
            .map_err(|_| BuildError::NoRoom { what: "wordings of a district" })?;
        rows.extend(length.to_le_bytes());
        text.push_str(name);
        text.push_str(&wordings);
    }
    let by_id: HashMap<u32, usize> = places.iter().enumerate().map(|(at, place)| (place.id, at)).collect();
    let mut entries = Vec::new();
    for (at, line) in sources.place_districts.lines().enumerate().skip(1) {
        let malformed =
            |expected| BuildError::Entry { file: PLACES.to_owned(), entry: (at + 1).to_string(), expected };
        let (id, code) = line.split_once('\t').ok_or_else(|| malformed("a GeoNames id and a code"))?;
        let id: u32 = id.parse().map_err(|_| malformed("a GeoNames id"))?;
        let place = *by_id.get(&id).ok_or_else(|| malformed("a place of the table"))?;
        let (country, division) = places[place].division();
        let district =
            *known.get(&(country, division, code)).ok_or_else(|| malformed("a district of the table"))?;
        entries.push((number(place, "places")?, district));
    }
    entries.sort_unstable();
    Ok(vec![
        (Section::DistrictPlaces, packed_bits(NUMBER_BITS, entries.iter().map(|(place, _)| *place))?),
        (Section::PlaceDistricts, packed_bits(ROW_BITS, entries.iter().map(|(_, district)| *district))?),
        (Section::Districts, rows),
        (Section::DistrictText, text.into_bytes()),
    ])
}

/// All ways to write a district, folded and without a word for what it is, and its code where that is written.
fn wordings(country: &str, code: &str, name: &str, others: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for wording in std::iter::once(name).chain(others.split(" | ")) {
        let bare = without_kind(&fold(wording));
        if !bare.is_empty() && !all.contains(&bare) {
            all.push(bare);
        }
    }
    if CODES_ARE_WRITTEN.contains(&country) {
        all.push(format!("{CODE}{code}"));
    }
    all.join(&BETWEEN.to_string())
}
