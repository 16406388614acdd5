//! Territories with country codes of their own, and the states they belong to.
//!
//! A list that says "Ponta Delgada, Portugal" and "Saint-Denis, France" means by France what a postman means, while ISO 3166-1
//! gives Réunion the code `RE`. So a place asked for in a state is also sought in its territories, if the state has none.

use sister_cities_domain::value::Country;

/// State and territory, sorted by state.
const TERRITORIES: &[(&str, &str)] = &[
    ("AU", "CC"),
    ("AU", "CX"),
    ("AU", "NF"),
    ("CN", "HK"),
    ("CN", "MO"),
    ("DK", "FO"),
    ("DK", "GL"),
    ("FI", "AX"),
    ("FR", "BL"),
    ("FR", "GF"),
    ("FR", "GP"),
    ("FR", "MF"),
    ("FR", "MQ"),
    ("FR", "NC"),
    ("FR", "PF"),
    ("FR", "PM"),
    ("FR", "RE"),
    ("FR", "WF"),
    ("FR", "YT"),
    ("GB", "AI"),
    ("GB", "BM"),
    ("GB", "FK"),
    ("GB", "GG"),
    ("GB", "GI"),
    ("GB", "IM"),
    ("GB", "JE"),
    ("GB", "KY"),
    ("GB", "MS"),
    ("GB", "SH"),
    ("GB", "TC"),
    ("GB", "VG"),
    ("MA", "EH"),
    ("NL", "AW"),
    ("NL", "BQ"),
    ("NL", "CW"),
    ("NL", "SX"),
    ("NO", "SJ"),
    ("NZ", "CK"),
    ("NZ", "NU"),
    ("RS", "XK"),
    ("US", "AS"),
    ("US", "GU"),
    ("US", "MP"),
    ("US", "PR"),
    ("US", "VI"),
];

/// The state that a territory belongs to, if it is one.
pub(crate) fn sovereign(territory: Country) -> Option<Country> {
    TERRITORIES.iter().find(|(_, code)| *code == territory.alpha2()).and_then(|(state, _)| state.parse().ok())
}

/// The territories of a state.
pub(crate) fn territories(state: Country) -> impl Iterator<Item = Country> {
    TERRITORIES.iter().filter(move |(of, _)| *of == state.alpha2()).filter_map(|(_, code)| code.parse().ok())
}

#[cfg(test)]
mod tests {
    use sister_cities_domain::value::Country;

    use super::{TERRITORIES, sovereign, territories};

    #[test]
    fn every_code_is_a_country_and_knows_its_state() {
        for (state, territory) in TERRITORIES {
            let territory = territory.parse().expect("a country");
            assert_eq!(sovereign(territory).map(Country::alpha2), Some(*state));
        }
    }

    #[test]
    fn france_has_eleven() {
        assert_eq!(territories("FR".parse().expect("a country")).count(), 11);
    }
}
