//! Ways to write a first-order division.

use crate::fold::fold;
use crate::region_names::NAMES;
use crate::resolution::Admin1;

/// Words that say that a division is one, in any place of its name.
const KINDS: &[&str] = &[
    "province",
    "provincia",
    "provinz",
    "region",
    "regione",
    "oblast",
    "krai",
    "kray",
    "kraj",
    "voivodeship",
    "wojewodztwo",
    "woj",
    "prefecture",
    "ken",
    "fu",
    "state",
    "estado",
    "county",
    "department",
    "departement",
    "departamento",
    "canton",
    "kanton",
    "bundesland",
    "land",
    "governorate",
    "republic",
    "sheng",
    "shi",
    "megye",
    "lan",
    "fylke",
    "judetul",
    "prov",
    "dept",
    "dpt",
    "co",
    "of",
    "de",
    "della",
    "del",
    "la",
    "le",
    "les",
    "des",
    "di",
    "du",
    "the",
];

/// Whether this folded text names the division: its name, its code, or an abbreviation of the post.
pub(crate) fn is_written(admin1: Admin1, country: [u8; 2], folded: &str) -> bool {
    let is_code = admin1.code.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code && admin1.code.eq_ignore_ascii_case(folded) {
        return true;
    }
    let name = fold(admin1.name);
    if name == folded {
        return true;
    }
    let (bare, written) = (without_kind(&name), without_kind(folded));
    bare == written
        || NAMES
            .iter()
            .filter(|(of, known, _)| of.as_bytes() == country && *known == name)
            .any(|(_, _, others)| others.split(" | ").any(|other| other == folded || other == written))
}

/// The name without the words that say what it is; as it is, if it has no others.
pub(crate) fn without_kind(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').filter(|word| !KINDS.contains(word)).collect();
    if words.is_empty() { folded.to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{is_written, without_kind};
    use crate::region_names::NAMES;
    use crate::{Gazetteer, fold};

    #[test]
    fn every_other_name_stands_for_a_division_of_the_table() {
        for (country, name, others) in NAMES {
            let country = country.parse().expect("a country");
            let all: Vec<String> =
                Gazetteer::embedded().places.regions_of(country).map(|admin1| fold(admin1.name)).collect();
            assert!(all.iter().any(|one| one == name), "{name}: {all:?}");
            for other in others.split(" | ") {
                assert_eq!(other, fold(other));
            }
        }
    }

    #[test]
    fn a_division_is_known_in_the_wordings_of_lists() {
        let written = |country: &str, text: &str| -> Vec<&str> {
            let code = country.as_bytes().try_into().expect("two letters");
            let country = country.parse().expect("a country");
            let all = Gazetteer::embedded().places.regions_of(country);
            all.filter(|admin1| is_written(*admin1, code, &fold(text))).map(|admin1| admin1.name).collect()
        };
        for (country, text, name) in [
            ("IT", "Basilicata", "Basilicate"),
            ("PL", "Warmian-Masurian Voivodeship", "Warmia-Masuria"),
            ("DE", "Niedersachsen", "Lower Saxony"),
            ("US", "IL", "Illinois"),
            ("CA", "BC", "British Columbia"),
            ("UA", "Lviv Oblast", "Lviv"),
            ("JP", "Tottori Prefecture", "Tottori"),
        ] {
            assert_eq!(written(country, text), [name], "{text}");
        }
        assert_eq!(without_kind("land"), "land");
        assert!(written("DE", "01").is_empty());
    }
}
