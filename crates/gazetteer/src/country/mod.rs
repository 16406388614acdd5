//! Which country a label means: codes, names in many languages, the wordings of lists and offices, and slips of one letter.

mod read;
pub(crate) mod table;

use std::fmt;

use sister_cities_domain::value::Country;

pub(crate) use read::read;
pub(crate) use table::Labels;

/// What a country label was found to mean.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CountryResolution {
    /// The label is one of the country's names or codes.
    Exact(CountryMatch),
    /// The label is one letter off a name that only this country has.
    OneEdit {
        /// The country.
        matched: CountryMatch,
        /// The name that differs by one letter, folded: `greece`.
        meant: String,
    },
    /// The label names more than one country: `Korea`, `Congo`.
    Several(Vec<Country>),
    /// The label names no country known here.
    None,
}

impl CountryResolution {
    /// The country, where just one is meant.
    #[must_use]
    pub const fn country(&self) -> Option<Country> {
        match self {
            Self::Exact(matched) | Self::OneEdit { matched, .. } => Some(matched.country),
            Self::Several(_) | Self::None => None,
        }
    }

    /// The part of the country that the label names beside it: `England`, `Lower Saxony`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::Exact(matched) | Self::OneEdit { matched, .. } => matched.region.as_deref(),
            Self::Several(_) | Self::None => None,
        }
    }
}

/// A country found by its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryMatch {
    /// The country.
    pub country: Country,
    /// The part of it that the label names: `Scotland` in `Scotland, United Kingdom`, and for `Scotland` alone.
    pub region: Option<String>,
    /// How the label was read.
    pub reason: CountryReason,
}

impl fmt::Display for CountryMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.country.english_name())?;
        if let Some(region) = &self.region {
            write!(f, " ({region})")?;
        }
        match self.reason {
            CountryReason::OneEdit => f.write_str(", one letter off"),
            CountryReason::Code | CountryReason::Name | CountryReason::OtherName | CountryReason::Part => {
                Ok(())
            }
        }
    }
}

/// How a country's label was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CountryReason {
    /// By its ISO 3166-1 code of two or three letters.
    Code,
    /// By its name in one of the languages of the table.
    Name,
    /// By another wording: `Republic of Ireland`, `Georgia (country)`, `in Italy`.
    OtherName,
    /// By a part of it that is often written for it: `England`.
    Part,
    /// By a name that differs by one letter.
    OneEdit,
}
