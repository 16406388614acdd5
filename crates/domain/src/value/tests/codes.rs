//! Tests of countries, currencies, languages and scripts.

use crate::value::{Country, Currency, LanguageTag, Script};

#[test]
fn countries_are_those_of_iso_3166_and_kosovo() {
    assert_eq!(Country::all().len(), 250);
    let poland: Country = "pl".parse().expect("Poland");
    assert_eq!((poland.alpha2(), poland.alpha3(), poland.numeric()), ("PL", "POL", Some(616)));
    assert_eq!(Country::from_alpha3("GBR").expect("Britain").alpha2(), "GB");
    let kosovo: Country = "XK".parse().expect("Kosovo");
    assert!(kosovo.is_user_assigned() && kosovo.numeric().is_none());
    assert_eq!(Country::all().filter(|country| country.is_user_assigned()).count(), 1);
    for gone in ["AN", "CS", "ZZ", "", "P", "POL", "É"] {
        assert!(gone.parse::<Country>().is_err(), "{gone}");
    }
}

#[test]
fn the_country_table_is_sorted_and_every_code_is_there_once() {
    let all: Vec<_> = Country::all().collect();
    assert!(all.windows(2).all(|pair| pair[0].alpha2() < pair[1].alpha2()));
    let alpha3: std::collections::BTreeSet<_> = all.iter().map(|country| country.alpha3()).collect();
    let numeric: std::collections::BTreeSet<_> = all.iter().filter_map(|country| country.numeric()).collect();
    assert_eq!((alpha3.len(), numeric.len()), (250, 249));
    assert!(all.iter().all(|country| country.alpha2().parse() == Ok(*country)));
    assert!(all.iter().all(|country| !country.english_name().is_empty()));
}

#[test]
fn currencies_have_their_own_decimals_and_say_when_they_are_gone() {
    let currency = |code: &str| code.parse::<Currency>().expect(code);
    assert_eq!(["USD", "JPY", "KWD"].map(|code| currency(code).decimals()), [2, 0, 3]);
    assert!(currency("ANG").is_withdrawn() && !currency("XCG").is_withdrawn());
    assert_eq!(currency("usd").numeric(), 840);
    assert!("XXZ".parse::<Currency>().is_err());
    let all: Vec<_> = Currency::all().collect();
    assert!(all.windows(2).all(|pair| pair[0].code() < pair[1].code()));
    assert!(all.iter().all(|own| own.code().parse() == Ok(*own) && own.decimals() <= 4));
}

#[test]
fn language_tags_are_checked_and_their_case_made_regular() {
    let tag = |text: &str| text.parse::<LanguageTag>().expect(text);
    assert_eq!(tag("PT-br").to_string(), "pt-BR");
    assert_eq!(tag("sr-latn").script().map(|script| script.to_string()), Some("Latn".to_owned()));
    assert!(tag("sr-Latn").same_language(&tag("sr-Cyrl")) && tag("sr-Latn") != tag("sr"));
    for text in ["", "und", "english language", "e", "a-DE-1996x-"] {
        assert!(text.parse::<LanguageTag>().is_err(), "{text}");
    }
    assert_eq!("cyrl".parse::<Script>().expect("a script").to_string(), "Cyrl");
    assert!("Cyr".parse::<Script>().is_err());
}

#[test]
fn the_pattern_of_countries_is_that_of_the_table() {
    use crate::value::TextForm as _;
    let pattern = Country::SHAPE.pattern.expect("a pattern");
    let groups = pattern.trim_start_matches("^(").trim_end_matches(")$").split('|');
    let codes = groups.flat_map(|group| {
        let (first, others) = group.split_at(1);
        let others = others.trim_start_matches('[').trim_end_matches(']');
        others.chars().map(move |second| format!("{first}{second}"))
    });
    let known = Country::all().map(|country| country.alpha2().to_owned());
    assert_eq!(codes.collect::<Vec<_>>(), known.collect::<Vec<_>>());
}
