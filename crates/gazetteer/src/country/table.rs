//! The table of country labels: what the number behind a folded label means.
//!
//! From the lowest bit: up to three countries as rows of the table of codes (8 bits each, 255 for none), how the label names
//! them (2), whether it is English (1), the part of the country it names as a row of the table of parts plus one (8, 0 for
//! the whole country).

use sister_cities_domain::value::Country;

use super::CountryReason;
use crate::alphabet::Alphabet;
use crate::format::{File, Section};
use crate::keys::Keys;

/// The row number that stands for no country.
pub(crate) const NO_COUNTRY: u64 = 0xff;
/// Where the way of naming lies.
pub(crate) const REASON_BIT: u32 = 24;
/// Set for labels in English.
pub(crate) const ENGLISH_BIT: u32 = 26;
/// Where the part lies.
pub(crate) const PART_BIT: u32 = 27;

/// The shortest English label, in letters, in which a slip is forgiven; others need more to be told apart.
const SHORTEST_ENGLISH_SLIP: usize = 4;
const SHORTEST_OTHER_SLIP: usize = 6;

/// The labels of countries.
#[derive(Debug)]
pub(crate) struct Labels<'a> {
    keys: Keys<'a>,
    codes: &'a [u8],
    parts: &'a [u8],
}

/// What a label means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) countries: Vec<Country>,
    pub(crate) region: Option<String>,
    pub(crate) reason: CountryReason,
    pub(crate) english: bool,
}

impl<'a> Labels<'a> {
    /// Takes the sections, or nothing if they hold no table.
    pub(crate) fn new(file: &File<'a>) -> Option<Self> {
        Some(Self {
            keys: Keys::new(file.section(Section::CountryLabels))?,
            codes: file.section(Section::Countries),
            parts: file.section(Section::CountryParts),
        })
    }

    /// What a folded label means.
    pub(crate) fn exact(&self, alphabet: &Alphabet<'_>, folded: &str) -> Option<Meaning> {
        let key = alphabet.encode(folded)?;
        self.keys.get(&key).map(|value| self.meaning(value))
    }

    /// The labels that differ by one letter, each with what it means; codes are left out.
    pub(crate) fn one_edit(&self, alphabet: &Alphabet<'_>, folded: &str) -> Vec<(String, Meaning)> {
        let mut found = Vec::new();
        let letters = folded.chars().count();
        if letters < SHORTEST_ENGLISH_SLIP {
            return found;
        }
        let Some(key) = alphabet.encode(folded) else { return found };
        self.keys.one_edit(&key, |spelt, value| {
            let meaning = self.meaning(value);
            let long_enough = letters >= SHORTEST_OTHER_SLIP || meaning.english;
            if meaning.reason != CountryReason::Code && long_enough {
                found.push((alphabet.decode(spelt), meaning));
            }
        });
        found
    }

    fn meaning(&self, value: u64) -> Meaning {
        let countries =
            [0, 8, 16].into_iter().filter_map(|from| self.country((value >> from) & NO_COUNTRY)).collect();
        let part = usize::try_from(value >> PART_BIT).unwrap_or_default();
        let region = part
            .checked_sub(1)
            .and_then(|row| self.parts.split(|&byte| byte == b'\n').nth(row))
            .map(|name| String::from_utf8_lossy(name).into_owned());
        Meaning {
            countries,
            region,
            reason: reason_of((value >> REASON_BIT) & 3),
            english: value & (1 << ENGLISH_BIT) != 0,
        }
    }

    fn country(&self, row: u64) -> Option<Country> {
        let at = usize::try_from(row).ok()? * 2;
        std::str::from_utf8(self.codes.get(at..at + 2)?).ok()?.parse().ok()
    }
}

const fn reason_of(bits: u64) -> CountryReason {
    match bits {
        0 => CountryReason::Code,
        1 => CountryReason::Name,
        2 => CountryReason::OtherName,
        _ => CountryReason::Part,
    }
}

/// The bits of a way of naming; the counterpart of [`reason_of`].
#[cfg(feature = "codegen")]
pub(crate) const fn bits_of(reason: CountryReason) -> u64 {
    match reason {
        CountryReason::Code => 0,
        CountryReason::Name => 1,
        CountryReason::OtherName | CountryReason::OneEdit => 2,
        CountryReason::Part => 3,
    }
}
