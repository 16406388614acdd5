//! The words of a line about its place, taken apart: name with what stands beside it, country, GeoNames id.
//!
//! `Accra, Ghana`, `Accra (Ghana)`, `Birmingham, Alabama, USA`, `Poland - Bydgoszcz` and `Washington, D.C.` beside a column with the
//! country all come out as they are meant. Only the country is taken off the name; the gazetteer says what else stands beside
//! it. What contradicts itself is refused with the field and what would be right.

use sister_cities_domain::value::Country;
use sister_cities_gazetteer::{CountryResolution, Gazetteer, Query};

use super::marks::clean;
use crate::import::above::number_before;
use crate::import::cells::fields::Field;

/// The words of a line about its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PlaceWords {
    /// The name, alone or with its country behind a comma or in brackets.
    pub(crate) place: String,
    pub(crate) country: String,
    pub(crate) country_code: String,
    pub(crate) geonames: String,
    /// The country that stands further up, where the line has none: for a proposal.
    pub(crate) country_above: String,
    /// How many lines the list has.
    pub(crate) lines: u32,
}

/// The words taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) name: String,
    pub(crate) country: CountryWords,
    pub(crate) geonames: Option<u32>,
    /// The number of a list before the name.
    pub(crate) number: Option<String>,
    /// The country further up, where the words have none.
    pub(crate) country_above: Option<String>,
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
        let (name, inner) = split(gazetteer, &clean(&self.place), country_given);
        let label = if self.country.is_empty() { inner } else { Some(clean(&self.country)) };
        let country = match (label, code) {
            (None, None) => CountryWords::None,
            (None, Some(country)) => CountryWords::Is(country, country.alpha2().to_owned()),
            (Some(label), code) => labelled(gazetteer, label, code)?,
        };
        // `Busan (12)` is a footnote, but in France the number of a department.
        let is_french = country.country().is_some_and(|country| country.alpha2() == "FR");
        let name = match bracketed(&name) {
            Some((bare, inside)) if !is_french && is_footnote(inside) => bare.to_owned(),
            Some(_) | None => name,
        };
        let numbered = numbered(gazetteer, &name, &country, self.lines);
        let number = numbered.map(|(number, _)| number.to_owned());
        let name = numbered.map_or(name.as_str(), |(_, name)| name).to_owned();
        let above =
            Some(&self.country_above).filter(|above| country == CountryWords::None && !above.is_empty());
        Ok(Parts { name, country, geonames, number, country_above: above.cloned() })
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

fn is_footnote(inside: &str) -> bool {
    (1..=2).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1 Shenyang`: a number before a name that is known, where the whole is no name. `25 de Mayo` and `29 Palms` are.
fn numbered<'n>(
    gazetteer: &Gazetteer,
    name: &'n str,
    country: &CountryWords,
    lines: u32,
) -> Option<(&'n str, &'n str)> {
    // A list has no more numbers than lines.
    let (number, rest) =
        number_before(name).filter(|(number, _)| number.parse().is_ok_and(|n: u32| n <= lines))?;
    let is_known = |name: &str| {
        let query = Query::new(name);
        let query = country.label().map_or(query, |label| query.in_country(label));
        !gazetteer.resolve(&query).candidates().is_empty()
    };
    (!is_known(name) && is_known(rest)).then_some((number, rest))
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

/// Signs between a name and its country.
const BETWEEN: [&str; 7] = [",", " - ", " – ", " — ", "/", "–", ";"];

/// The name, and the country that stands beside it, if no column says it.
fn split(gazetteer: &Gazetteer, cell: &str, country_given: bool) -> (String, Option<String>) {
    if country_given {
        return (cell.to_owned(), None);
    }
    let is_country = |label: &str| is_country(gazetteer, label);
    if let Some((name, inner)) = bracketed(cell)
        && is_country(inner)
    {
        return (name.to_owned(), Some(inner.to_owned()));
    }
    for sign in BETWEEN {
        let sides = [cell.rsplit_once(sign), cell.split_once(sign).map(|(country, name)| (name, country))];
        for (name, country) in sides.into_iter().flatten() {
            let (name, country) = (name.trim(), country.trim());
            if !name.is_empty() && is_country(country) {
                return (name.to_owned(), Some(country.to_owned()));
            }
        }
    }
    // `PL-Bydgoszcz`.
    if let Some((code, name)) = cell.split_once('-')
        && code.len() == 2
        && code.bytes().all(|byte| byte.is_ascii_uppercase())
        && is_country_code(gazetteer, code)
        && !name.trim().is_empty()
    {
        return (name.trim().to_owned(), Some(code.to_owned()));
    }
    (cell.to_owned(), None)
}

/// Whether a part of a cell is a country. Two capitals may be a state of one as well (`San Francisco, CA`), so they are left to
/// the gazetteer, which knows what lies there.
fn is_country(gazetteer: &Gazetteer, label: &str) -> bool {
    let is_short = label.chars().count() <= 2;
    match gazetteer.country(label) {
        CountryResolution::None => false,
        CountryResolution::OneEdit { .. } => !is_short && label.chars().count() > 5,
        CountryResolution::Exact(_) | CountryResolution::Several(_) | _ => {
            !is_short || is_country_code(gazetteer, label)
        }
    }
}

/// Codes of countries that no state, province or canton of the lists has.
fn is_country_code(gazetteer: &Gazetteer, label: &str) -> bool {
    const ALSO_STATES: &str = "AL AR AZ BC CA CO DE GA HI ID IL IN IA KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NL NM NT NV NY \
        OH OK ON OR PA PE PR QC RI SA SC SD SH SI SK SO TN TX UT VA VI VT WA WI WV WY YT AB MB NB NS NU";
    label.bytes().all(|byte| byte.is_ascii_uppercase())
        && matches!(gazetteer.country(label), CountryResolution::Exact(_))
        && !ALSO_STATES.split_whitespace().any(|code| code == label)
}

/// `Accra (Ghana)`.
pub(super) fn bracketed(cell: &str) -> Option<(&str, &str)> {
    let (name, rest) = cell.rsplit_once('(')?;
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
        format!("{} | {country}", parts.name)
    }

    #[test]
    fn name_region_and_country_are_told_apart_however_they_are_written() {
        for (place, country, meant) in [
            ("Accra", "Ghana", "Accra | GH"),
            ("Accra, Ghana", "", "Accra | GH"),
            ("Accra (Ghana)", "", "Accra | GH"),
            ("Accra (Ghana)", "Ghana", "Accra (Ghana) | GH"),
            ("Birmingham, Alabama, USA", "", "Birmingham, Alabama | US"),
            ("Springfield, Illinois", "United States", "Springfield, Illinois | US"),
            ("Bella, Basilicata, Italy", "", "Bella, Basilicata | IT"),
            ("Toronto[2]*", "Canada", "Toronto | CA"),
            ("Springfield", "", "Springfield | ?"),
            ("NIEPOLOMICE (POLONIA)", "", "NIEPOLOMICE | PL"),
            ("Poland - Bydgoszcz", "", "Bydgoszcz | PL"),
            ("Bydgoszcz/Polen", "", "Bydgoszcz | PL"),
            ("PL-Bydgoszcz", "", "Bydgoszcz | PL"),
            ("Bydgoszcz (PL)", "", "Bydgoszcz | PL"),
            // A state, not Canada; a state, not Germany.
            ("San Francisco, CA", "", "San Francisco, CA | ?"),
            ("Wilmington, DE", "", "Wilmington, DE | ?"),
            ("Bielsko-Biała", "Poland", "Bielsko-Biała | PL"),
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
