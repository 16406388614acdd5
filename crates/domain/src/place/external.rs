//! What a place is called by the registers of the world.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::value::text_form::text_form;
use crate::value::{InvalidValue, Shape};

/// Ids of a place in registers that others keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExternalIds {
    /// The `geonameid` of GeoNames.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// The item of Wikidata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<Qid>,
    /// Its code in the UN/LOCODE list of trade locations, such as `GBBHM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlocode: Option<UnLocode>,
}

/// An item of Wikidata, written `Q1297`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qid(u64);

impl Qid {
    /// The number after the Q.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Qid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

impl fmt::Debug for Qid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Qid {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, "a Wikidata item such as Q1297");
        let digits = text.strip_prefix('Q').ok_or_else(malformed)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        if plain { digits.parse().map(Self).map_err(|_| malformed()) } else { Err(malformed()) }
    }
}

text_form!(Qid, Shape::pattern("a Wikidata item such as Q1297", "^Q[1-9][0-9]*$", "Q1297"));

/// A place of UN/LOCODE: the country's two letters and three letters or digits 2 to 9, written `USCHI`.
///
/// Source: UNECE Recommendation 16.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnLocode([u8; 5]);

impl fmt::Display for UnLocode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&byte| write!(f, "{}", char::from(byte)))
    }
}

impl fmt::Debug for UnLocode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for UnLocode {
    type Err = InvalidValue;

    /// Reads `USCHI` and `US CHI`.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, "a UN/LOCODE such as USCHI");
        let joined = match text.split_once(' ') {
            Some((country, place)) => format!("{country}{place}"),
            None => text.to_owned(),
        };
        let code: [u8; 5] = joined.as_bytes().try_into().map_err(|_| malformed())?;
        let letters = code[..2].iter().all(u8::is_ascii_uppercase);
        let place = code[2..].iter().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'9').contains(byte));
        if letters && place { Ok(Self(code)) } else { Err(malformed()) }
    }
}

text_form!(UnLocode, Shape::pattern("a UN/LOCODE such as USCHI", "^[A-Z]{2}[A-Z2-9]{3}$", "USCHI"));
