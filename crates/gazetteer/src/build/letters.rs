//! Gives each letter that occurs in names its code.

use std::collections::BTreeMap;

use super::BuildError;
use crate::alphabet::{LATIN, WIDE, is_shift};

/// Bytes that the automaton stores in one byte together with their state, best first; after them come the others.
const BEST: &[u8] = b"teoasripcnwhlmdu=:bfgy&_vk%?xCDASFIBEjPTzRNM+LOqHGWUVJYKQ";

/// The rows of the alphabet for all letters of these folded names.
pub(super) fn rows<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<u8>, BuildError> {
    let mut frequency: BTreeMap<char, u32> = BTreeMap::new();
    for c in names.flat_map(str::chars).filter(|c| !matches!(c, 'a'..='z' | '0'..='9' | ' ')) {
        *frequency.entry(c).or_default() += 1;
    }
    let mut alphabets: BTreeMap<u32, Vec<(u32, char)>> = BTreeMap::new();
    for (c, count) in frequency {
        alphabets.entry(block(c)).or_default().push((count, c));
    }
    let mut shifts = (0..=u8::MAX).filter(|&shift| is_shift(shift) && ![0, LATIN, WIDE].contains(&shift));
    let codes: Vec<u8> = BEST.iter().copied().chain(0x80..0xc0).collect();
    let mut table: BTreeMap<char, [u8; 3]> = BTreeMap::new();
    for (block, mut letters) in alphabets {
        letters.sort_by(|one, other| other.cmp(one));
        let shift = if block == WIDE_BLOCK { Some(WIDE) } else { shifts.next() };
        let shift = shift.ok_or(BuildError::NoRoom { what: "alphabets" })?;
        for (rank, (_, c)) in letters.into_iter().enumerate() {
            let (first, second) =
                if shift == WIDE { (rank / BEST.len(), BEST[rank % BEST.len()]) } else { (rank, 0) };
            let first = *codes.get(first).ok_or(BuildError::NoRoom { what: "letters of one alphabet" })?;
            table.insert(c, [shift, first, second]);
        }
    }
    Ok(table
        .into_iter()
        .flat_map(|(c, code)| u32::from(c).to_le_bytes().into_iter().take(3).chain(code))
        .collect())
}

const WIDE_BLOCK: u32 = u32::MAX;

/// Letters of one block share an alphabet: a run of 128 characters, but all of Cyrillic together, and all that come after
/// the small alphabets (Bopomofo, Han, Hangul syllables) in the wide one.
fn block(c: char) -> u32 {
    match u32::from(c) {
        0x400..0x530 => 0x400 >> 7,
        wide @ 0x3100.. if wide >= 0x3100 => WIDE_BLOCK,
        other => other >> 7,
    }
}
