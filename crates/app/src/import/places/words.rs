//! The words of a line about its place, taken apart: name, region, country, GeoNames id.
//!
//! `Accra, Ghana`, `Accra (Ghana)`, `Birmingham, Alabama, USA` and `Washington, D.C.` beside a column with the country all come out
//! as they are meant; what contradicts itself is refused with the field and what would be right.

use sister_cities_domain::value::Country;
use sister_cities_gazetteer::{CountryResolution, Gazetteer};

use crate::import::cells::fields::Field;

/// The words of a line about its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PlaceWords {
    /// The name, alone or with its country behind a comma or in brackets.
    pub(crate) place: String,
    pub(crate) country: String,
    pub(crate) country_code: String,
    pub(crate) geonames: String,
}

/// The words taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) name: String,
    pub(crate) region: Option<String>,
    pub(crate) country: CountryWords,
    pub(crate) geonames: Option<u32>,
}

/// The country as far as the words give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CountryWords {
    None,
    /// A country, and the label it was read from.
    Is(Country, String),
    /// The label is off by a letter, or names several, or none: for a person to say.
    Doubtful(String, Vec<Country>),
}

impl CountryWords {
    pub(crate) fn country(&self) -> Option<Country> {
        match self {
            Self::Is(country, _) => Some(*country),
            Self::None | Self::Doubtful(..) => None,
        }
    }

    pub(crate) fn label(&self) -> Option<&str> {
        match self {
            Self::Is(_, label) | Self::Doubtful(label, _) => Some(label),
            Self::None => None,
        }
    }
}

/// Words that are wrong in themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) field: Field,
    pub(crate) detail: String,
    pub(crate) expected: &'static str,
}

impl PlaceWords {
    /// Takes the words apart.
    pub(crate) fn parts(&self, gazetteer: &Gazetteer) -> Result<Parts, Wrong> {
        if self.place.is_empty() {
            return Err(Wrong {
                field: Field::Place,
                detail: "is empty".to_owned(),
                expected: "the name of a place, such as Accra or Accra, Ghana",
            });
        }
        let geonames = self.geonames_id()?;
        let code = self.code(gazetteer)?;
        let country_given = !self.country.is_empty() || code.is_some();
        let (name, region, inner) = split(gazetteer, &self.place, country_given);
        let label = if self.country.is_empty() { inner } else { Some(self.country.clone()) };
        let country = match (label, code) {
            (None, None) => CountryWords::None,
            (None, Some(country)) => CountryWords::Is(country, country.alpha2().to_owned()),
            (Some(label), code) => labelled(gazetteer, label, code)?,
        };
        Ok(Parts { name, region, country, geonames })
    }

    fn geonames_id(&self) -> Result<Option<u32>, Wrong> {
        let text = self.geonames.as_str();
        if text.is_empty() {
            return Ok(None);
        }
        // A spreadsheet may have made a number with a fraction of it.
        let id = text.trim_end_matches(".0").parse::<u32>().ok().filter(|id| *id > 0);
        id.map(Some).ok_or_else(|| Wrong {
            field: Field::GeonamesId,
            detail: format!("{text:?} is no GeoNames id"),
            expected: "a whole number such as 2306104, or nothing",
        })
    }

    fn code(&self, gazetteer: &Gazetteer) -> Result<Option<Country>, Wrong> {
        let text = self.country_code.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let CountryResolution::Exact(found) = gazetteer.country(text) {
            return Ok(Some(found.country));
        }
        Err(Wrong {
            field: Field::CountryCode,
            detail: format!("{text:?} is no country code"),
            expected: "a code of ISO 3166 such as GH",
        })
    }
}

/// A country by its label, and the code beside it, which settles what the label leaves open.
fn labelled(gazetteer: &Gazetteer, label: String, code: Option<Country>) -> Result<CountryWords, Wrong> {
    Ok(match (gazetteer.country(&label), code) {
        (CountryResolution::Exact(found), Some(code)) if found.country != code => {
            return Err(Wrong {
                field: Field::CountryCode,
                detail: format!("{label:?} is {}, the code says {}", found.country.alpha2(), code.alpha2()),
                expected: "a country and a code that agree",
            });
        }
        (CountryResolution::Exact(found), _) => CountryWords::Is(found.country, label),
        (_, Some(code)) => CountryWords::Is(code, code.alpha2().to_owned()),
        (CountryResolution::OneEdit { matched, .. }, None) => {
            CountryWords::Doubtful(label, vec![matched.country])
        }
        (CountryResolution::Several(countries), None) => CountryWords::Doubtful(label, countries),
        (_, None) => CountryWords::Doubtful(label, Vec::new()),
    })
}

/// Name, region, country.
fn split(gazetteer: &Gazetteer, cell: &str, country_given: bool) -> (String, Option<String>, Option<String>) {
    let is_country = |label: &str| !matches!(gazetteer.country(label), CountryResolution::None);
    let cell = without_footnotes(cell);
    if let Some((name, inner)) = bracketed(&cell) {
        let name = name.to_owned();
        return match (country_given, is_country(inner)) {
            (false, true) => (name, None, Some(inner.to_owned())),
            (true, true) => (name, None, None),
            (_, false) => (name, Some(inner.to_owned()), None),
        };
    }
    let parts: Vec<&str> = cell.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let region = |parts: &[&str]| (!parts.is_empty()).then(|| parts.join(", "));
    match parts.as_slice() {
        [name, middle @ .., last] if !country_given && is_country(last) => {
            ((*name).to_owned(), region(middle), Some((*last).to_owned()))
        }
        [name, rest @ ..] if !rest.is_empty() => ((*name).to_owned(), region(rest), None),
        [] | [_, ..] => (cell.clone(), None, None),
    }
}

fn without_footnotes(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut inside = false;
    for c in cell.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            '*' | '†' | '‡' => {}
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Accra (Ghana)`.
fn bracketed(cell: &str) -> Option<(&str, &str)> {
    let (name, rest) = cell.split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    let (name, inner) = (name.trim(), inner.trim());
    (!name.is_empty() && !inner.is_empty() && !inner.contains(['(', ')'])).then_some((name, inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(place: &str, country: &str) -> String {
        let words =
            PlaceWords { place: place.to_owned(), country: country.to_owned(), ..PlaceWords::default() };
        let parts = words.parts(Gazetteer::embedded()).unwrap();
        let country = parts.country.country().map_or("?", Country::alpha2);
        format!("{} | {} | {country}", parts.name, parts.region.unwrap_or_default())
    }

    #[test]
    fn name_region_and_country_are_told_apart_however_they_are_written() {
        for (place, country, meant) in [
            ("Accra", "Ghana", "Accra |  | GH"),
            ("Accra, Ghana", "", "Accra |  | GH"),
            ("Accra (Ghana)", "", "Accra |  | GH"),
            ("Accra (Ghana)", "Ghana", "Accra |  | GH"),
            ("Birmingham, Alabama, USA", "", "Birmingham | Alabama | US"),
            ("Springfield, Illinois", "United States", "Springfield | Illinois | US"),
            ("Toronto[2]*", "Canada", "Toronto |  | CA"),
            ("Springfield", "", "Springfield |  | ?"),
        ] {
            assert_eq!(shown(place, country), meant, "{place} / {country}");
        }
    }

    #[test]
    fn words_that_contradict_themselves_are_refused_with_the_field() {
        let wrong = |words: PlaceWords| words.parts(Gazetteer::embedded()).unwrap_err().field;
        let accra =
            PlaceWords { place: "Accra".to_owned(), country: "Ghana".to_owned(), ..PlaceWords::default() };
        assert_eq!(wrong(PlaceWords::default()), Field::Place);
        assert_eq!(wrong(PlaceWords { country_code: "GB".to_owned(), ..accra.clone() }), Field::CountryCode);
        assert_eq!(wrong(PlaceWords { country_code: "Q9".to_owned(), ..accra.clone() }), Field::CountryCode);
        assert_eq!(wrong(PlaceWords { geonames: "-7".to_owned(), ..accra }), Field::GeonamesId);
    }
}
