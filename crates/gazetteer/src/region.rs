//! Ways to write a first-order division.

use crate::fold::fold;
use crate::resolution::Admin1;

/// Postal and common abbreviations where GeoNames has numbers for codes: country, abbreviation, folded name.
const ABBREVIATIONS: &[(&[u8; 2], &str, &str)] = &[
    (b"AU", "act", "australian capital territory"),
    (b"AU", "nsw", "new south wales"),
    (b"AU", "nt", "northern territory"),
    (b"AU", "qld", "queensland"),
    (b"AU", "sa", "south australia"),
    (b"AU", "tas", "tasmania"),
    (b"AU", "vic", "victoria"),
    (b"AU", "wa", "western australia"),
    (b"CA", "ab", "alberta"),
    (b"CA", "bc", "british columbia"),
    (b"CA", "mb", "manitoba"),
    (b"CA", "nb", "new brunswick"),
    (b"CA", "nl", "newfoundland and labrador"),
    (b"CA", "ns", "nova scotia"),
    (b"CA", "nt", "northwest territories"),
    (b"CA", "nu", "nunavut"),
    (b"CA", "on", "ontario"),
    (b"CA", "pe", "prince edward island"),
    (b"CA", "qc", "quebec"),
    (b"CA", "sk", "saskatchewan"),
    (b"CA", "yt", "yukon"),
];

/// Whether this folded text names the division: its name, its code, or an abbreviation of the post.
pub(crate) fn is_written(admin1: Admin1, country: [u8; 2], folded: &str) -> bool {
    admin1.code.eq_ignore_ascii_case(folded) || {
        let name = fold(admin1.name);
        name == folded
            || ABBREVIATIONS
                .iter()
                .any(|(of, short, long)| **of == country && *short == folded && *long == name)
    }
}

#[cfg(test)]
mod tests {
    use super::ABBREVIATIONS;
    use crate::{Gazetteer, fold};

    #[test]
    fn every_abbreviation_stands_for_a_division_of_the_table() {
        for (country, short, long) in ABBREVIATIONS {
            let country = std::str::from_utf8(*country).expect("letters").parse().expect("a country");
            let mut all = Gazetteer::embedded().places.regions_of(country);
            assert!(all.any(|admin1| fold(admin1.name) == *long), "{short}");
        }
    }
}
