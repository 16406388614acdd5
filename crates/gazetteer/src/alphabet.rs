//! Coded names: each letter of a folded name as one byte, so that the automaton of names is small and one letter is one step.
//!
//! Letters `a`–`z` and digits stand for themselves and a space is `/`. The letters of every other alphabet are coded, the most
//! frequent first, with the bytes that the automaton stores best, and a shift byte says which alphabet follows; so `Київ` is
//! a shift and four bytes. Han characters, Hangul syllables and whatever else has too many for one byte share one alphabet of
//! two-byte codes. Spaces and digits belong to every alphabet. The code of a name names nothing else: the table is one-to-one.

use crate::format::uint;

/// Bytes of one row: the character (3), its alphabet's shift byte (1), its code (2, the second zero in one-byte alphabets).
pub(crate) const ROW: usize = 6;

/// The shift byte of Latin letters, in force at the start of a name.
pub(crate) const LATIN: u8 = 1;

/// The shift byte of the alphabet of two-byte codes.
pub(crate) const WIDE: u8 = 2;

/// The code of a space.
pub(crate) const SPACE: u8 = b'/';

/// Whether a byte of a coded name says which alphabet follows.
pub(crate) const fn is_shift(byte: u8) -> bool {
    byte < 0x20 || byte >= 0xc0
}

/// Whether a byte of a coded name may be taken for a slip: letters and spaces, but neither digits nor shifts.
pub(crate) const fn is_letter(byte: u8) -> bool {
    !is_shift(byte) && !byte.is_ascii_digit()
}

/// The table of letters that occur in names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alphabet<'a> {
    rows: &'a [u8],
}

impl<'a> Alphabet<'a> {
    /// Takes the rows, sorted by character.
    pub(crate) const fn new(rows: &'a [u8]) -> Self {
        Self { rows }
    }

    /// Codes a folded name, or says that it holds a letter that occurs in no name.
    pub(crate) fn encode(&self, folded: &str) -> Option<Vec<u8>> {
        let mut key = Vec::with_capacity(folded.len() + 1);
        let mut alphabet = LATIN;
        for c in folded.chars() {
            match c {
                ' ' => key.push(SPACE),
                '0'..='9' => key.push(c as u8),
                'a'..='z' => {
                    shift(&mut key, &mut alphabet, LATIN);
                    key.push(c as u8);
                }
                _ => {
                    let (of, code) = self.row_of(c)?;
                    shift(&mut key, &mut alphabet, of);
                    key.push(code[0]);
                    if of == WIDE {
                        key.push(code[1]);
                    }
                }
            }
        }
        Some(key)
    }

    /// The folded name that a key codes.
    pub(crate) fn decode(&self, key: &[u8]) -> String {
        let mut name = String::with_capacity(key.len());
        let mut alphabet = LATIN;
        let mut bytes = key.iter().copied();
        while let Some(byte) = bytes.next() {
            match byte {
                SPACE => name.push(' '),
                b'0'..=b'9' => name.push(char::from(byte)),
                _ if is_shift(byte) => alphabet = byte,
                _ if alphabet == LATIN => name.push(char::from(byte)),
                _ => {
                    let second = if alphabet == WIDE { bytes.next().unwrap_or_default() } else { 0 };
                    name.extend(self.char_of(alphabet, [byte, second]));
                }
            }
        }
        name
    }

    fn row_of(&self, c: char) -> Option<(u8, [u8; 2])> {
        let (mut low, mut high) = (0, self.rows.len() / ROW);
        while low < high {
            let middle = usize::midpoint(low, high);
            match uint::<3>(self.rows, middle * ROW).cmp(&u32::from(c)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let row = self.rows.get(middle * ROW..(middle + 1) * ROW)?;
                    return Some((row[3], [row[4], row[5]]));
                }
            }
        }
        None
    }

    fn char_of(&self, alphabet: u8, code: [u8; 2]) -> Option<char> {
        let row = self.rows.chunks_exact(ROW).find(|row| row[3] == alphabet && row[4..6] == code)?;
        char::from_u32(uint::<3>(row, 0))
    }
}

fn shift(key: &mut Vec<u8>, from: &mut u8, to: u8) {
    if *from != to {
        key.push(to);
        *from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::{is_letter, is_shift};
    use crate::{Gazetteer, fold};

    #[test]
    fn a_coded_name_decodes_to_itself() {
        let alphabet = &Gazetteer::embedded().alphabet;
        for name in [
            "Chicago",
            "Kyiv Київ",
            "Αθήνα 2",
            "北京市",
            "서울",
            "Ōsaka 大阪",
            "תל אביב יפו",
            "القاهرة",
            "तिरुपति",
        ] {
            let folded = fold(name);
            let key = alphabet.encode(&folded).expect(name);
            assert_eq!(alphabet.decode(&key), folded);
        }
    }

    #[test]
    fn a_letter_of_any_alphabet_is_one_byte_after_its_shift() {
        let alphabet = &Gazetteer::embedded().alphabet;
        assert_eq!(alphabet.encode("chicago").expect("letters").len(), 7);
        let key = alphabet.encode("киів").expect("letters");
        assert_eq!(key.len(), 5);
        assert!(is_shift(key[0]) && key[1..].iter().all(|&byte| is_letter(byte)));
    }

    #[test]
    fn a_letter_that_occurs_in_no_name_has_no_code() {
        assert_eq!(Gazetteer::embedded().alphabet.encode("\u{13000}"), None);
    }
}
