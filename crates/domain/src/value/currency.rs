//! Currencies by their ISO 4217 codes.

use std::fmt;
use std::str::FromStr;

use super::currency_table::CURRENCIES;
use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// One line of the table: code, numeric code, digits after the decimal sign, standing, English name.
pub(super) type Row = (&'static str, u16, u8, Standing, &'static str);

/// Whether a currency can still be paid in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    Withdrawn,
}

/// A currency of ISO 4217, as of 2026. Some that were withdrawn lately are known, for costs of past years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Every currency, sorted by code.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        CURRENCIES.iter().map(|row| {
            let code = row.0.as_bytes();
            Self([code[0], code[1], code[2]])
        })
    }

    fn row(self) -> Option<&'static Row> {
        CURRENCIES.binary_search_by(|row| row.0.as_bytes().cmp(&self.0)).ok().map(|at| &CURRENCIES[at])
    }

    /// The code: `USD`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().map_or("", |row| row.0)
    }

    /// The numeric code. Written with three digits: 8 is `008`.
    #[must_use]
    pub fn numeric(self) -> u16 {
        self.row().map_or(0, |row| row.1)
    }

    /// How many digits stand after the decimal sign: 2 for the dollar, 0 for the yen, 3 for the Kuwaiti dinar.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.row().map_or(2, |row| row.2)
    }

    /// Whether it is no longer in use.
    #[must_use]
    pub fn is_withdrawn(self) -> bool {
        self.row().is_some_and(|row| row.3 == Standing::Withdrawn)
    }

    /// What it is called in English: `US Dollar`.
    #[must_use]
    pub fn english_name(self) -> &'static str {
        self.row().map_or("", |row| row.4)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = InvalidValue;

    /// Reads a code of three letters, in either case.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let unknown = || InvalidValue::unknown(text, "an ISO 4217 code of three letters, such as USD");
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| unknown())?;
        let currency = Self(code.map(|byte| byte.to_ascii_uppercase()));
        currency.row().map(|_| currency).ok_or_else(unknown)
    }
}

text_form!(Currency, Shape::pattern("a currency code such as USD (ISO 4217)", "^[A-Z]{3}$", "USD"));
