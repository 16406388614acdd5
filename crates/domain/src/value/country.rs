//! Countries by their ISO 3166-1 codes.

use std::fmt;
use std::str::FromStr;

use super::country_table::COUNTRIES;
use super::text_form::text_form;
use super::{InvalidValue, Shape};

const EXPECTED: &str = "an ISO 3166-1 code of two letters, such as PL";

/// One line of the table: alpha-2, alpha-3, numeric code (0 where there is none), short English name.
pub(super) type Row = (&'static str, &'static str, u16, &'static str);

/// A country or territory of ISO 3166-1, as of 2026, and Kosovo by the user-assigned code `XK`.
///
/// Only the code is kept. Turning the dozens of ways to write a country into a code is the gazetteer's task.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Every country, sorted by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        COUNTRIES.iter().map(Self::of_row)
    }

    /// Reads a code of three letters, such as `POL`, in either case.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::Unknown`] if no country has it.
    pub fn from_alpha3(code: &str) -> Result<Self, InvalidValue> {
        COUNTRIES
            .iter()
            .find(|row| row.1.eq_ignore_ascii_case(code))
            .map(Self::of_row)
            .ok_or_else(|| InvalidValue::unknown(code, "an ISO 3166-1 code of three letters, such as POL"))
    }

    fn of_row(row: &Row) -> Self {
        let code = row.0.as_bytes();
        Self([code[0], code[1]])
    }

    fn row(self) -> Option<&'static Row> {
        COUNTRIES.binary_search_by(|row| row.0.as_bytes().cmp(&self.0)).ok().map(|at| &COUNTRIES[at])
    }

    /// The code of two letters: `PL`.
    #[must_use]
    pub fn alpha2(self) -> &'static str {
        self.row().map_or("", |row| row.0)
    }

    /// The code of three letters: `POL`.
    #[must_use]
    pub fn alpha3(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// The numeric code, `None` for Kosovo, which has none. Written with three digits: 4 is `004`.
    #[must_use]
    pub fn numeric(self) -> Option<u16> {
        self.row().map(|row| row.2).filter(|&code| code != 0)
    }

    /// A short English name, as GeoNames has it.
    #[must_use]
    pub fn english_name(self) -> &'static str {
        self.row().map_or("", |row| row.3)
    }

    /// Whether the code is the user's own (`XK`) and not one that ISO 3166-1 assigns.
    #[must_use]
    pub const fn is_user_assigned(self) -> bool {
        matches!(&self.0, b"XK")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.alpha2())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha2())
    }
}

impl FromStr for Country {
    type Err = InvalidValue;

    /// Reads a code of two letters, in either case.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let unknown = || InvalidValue::unknown(text, EXPECTED);
        let code: [u8; 2] = text.as_bytes().try_into().map_err(|_| unknown())?;
        let country = Self(code.map(|byte| byte.to_ascii_uppercase()));
        country.row().map(|_| country).ok_or_else(unknown)
    }
}

/// The codes that there are; a test holds it against the table.
const PATTERN: &str = concat!(
    "^(",
    "A[DEFGILMOQRSTUWXZ]|B[ABDEFGHIJLMNOQRSTVWYZ]|C[ACDFGHIKLMNORUVWXYZ]|D[EJKMOZ]|E[CEGHRST]|F[IJKMOR]|",
    "G[ABDEFGHILMNPQRSTUWY]|H[KMNRTU]|I[DELMNOQRST]|J[EMOP]|K[EGHIMNPRWYZ]|L[ABCIKRSTUVY]|",
    "M[ACDEFGHKLMNOPQRSTUVWXYZ]|N[ACEFGILOPRUZ]|OM|P[AEFGHKLMNRSTWY]|QA|R[EOSUW]|",
    "S[ABCDEGHIJKLMNORSTVXYZ]|T[CDFGHJKLMNORTVWZ]|U[AGMSYZ]|V[ACEGINU]|W[FS]|XK|Y[ET]|Z[AMW]",
    ")$"
);

text_form!(Country, Shape::pattern("a country code such as GB (ISO 3166-1 alpha-2, and XK)", PATTERN, "GB"));
