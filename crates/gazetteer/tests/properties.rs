//! What holds for every input and every place of the table.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sister_cities_domain::value::GeoPoint;
use sister_cities_gazetteer::{
    BesideFit, Candidate, Gazetteer, Hint, MAX_CANDIDATES, Query, Reason, Resolution, fold,
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

#[test]
fn every_place_is_found_by_its_own_name_country_and_id() {
    let gazetteer = Gazetteer::embedded();
    let mut count = 0;
    for place in gazetteer.places() {
        count += 1;
        let hint = Hint { geonames: Some(place.geonames_id), ..Hint::default() };
        let query = Query::new(&place.name).in_country(place.country.alpha2()).with_hint(hint);
        let found = gazetteer.resolve(&query);
        assert_eq!(found.winner().map(|one| one.place.geonames_id), Some(place.geonames_id));
    }
    assert_eq!(count, 69_472);
}

#[test]
fn every_place_is_found_by_its_id_and_has_a_zone() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places() {
        assert!(place.zone.is_some(), "{}", place.name);
        assert_eq!(gazetteer.by_geonames(place.geonames_id), Some(place));
    }
}

/// Names that are spelt otherwise: accents left out, hyphens, words shortened or written out, a designation.
fn respelt(name: &str) -> Vec<String> {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let mut all = vec![name.replace('-', " "), name.to_uppercase(), format!(" {name} ")];
    // In German an umlaut is another letter; its plain form is a spelling where it is a known name.
    if !name.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        all.push(plain);
    }
    for (long, short) in
        [("Saint ", "St. "), ("Sankt ", "St. "), ("Mount ", "Mt. "), ("Fort ", "Ft. "), ("St. ", "Saint ")]
    {
        if let Some(rest) = name.strip_prefix(long) {
            all.push(format!("{short}{rest}"));
        }
    }
    all.retain(|other| other != name);
    all
}

fn ids(resolution: &Resolution) -> BTreeSet<u32> {
    resolution.candidates().iter().map(|candidate| candidate.place.geonames_id).collect()
}

#[test]
fn every_official_name_with_its_country_resolves_to_itself_or_asks_with_itself_among_the_first_three() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Vec::new();
    let (mut itself, mut asked, mut namesakes) = (0, 0, 0);
    for place in gazetteer.places() {
        let resolution = gazetteer.resolve(&Query::new(&place.name).in_country(place.country.alpha2()));
        let first = resolution.candidates().iter().take(3).collect::<Vec<_>>();
        let written_out = |name: &str| fold(name).replace("st ", "saint ");
        let is_called_so = |one: &&&Candidate| written_out(&one.place.name) == written_out(&place.name);
        if resolution.winner().is_some_and(|winner| winner.place == place) {
            itself += 1;
        } else if resolution.winner().is_none() && first.iter().any(|one| one.place == place) {
            asked += 1;
        } else if first.iter().filter(is_called_so).count() == first.len().min(3) && !first.is_empty() {
            // Another place has the very same name: a far larger one is settled, of many alike the first three are told.
            namesakes += 1;
        } else {
            wrong.push(format!("{}, {}", place.name, place.country.alpha2()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}: {:?}",
        wrong.len(),
        itself + asked + namesakes,
        &wrong[..wrong.len().min(20)]
    );
    assert!(namesakes < 1_000, "{itself} resolve, {asked} ask, {namesakes} have namesakes");
}

#[test]
fn both_spellings_of_a_pair_give_the_same_verdict_and_candidates() {
    let gazetteer = Gazetteer::embedded();
    let pairs = include_str!("data/abbreviation_pairs.csv");
    let mut count = 0;
    let mut wrong = Vec::new();
    for row in csv::Reader::from_reader(pairs.as_bytes()).records() {
        let row = row.expect("a row");
        let ask = |at: usize| gazetteer.resolve(&Query::new(&row[at]).in_country(&row[at + 1]));
        let (one, other) = (ask(0), ask(2));
        count += 1;
        if ids(&one) != ids(&other) || one.winner().is_some() != other.winner().is_some() {
            wrong.push(format!("{} and {}", &row[0], &row[2]));
        }
    }
    assert!(count > 900 && wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_name_spelt_otherwise_gives_the_same_verdict_and_candidates() {
    let gazetteer = Gazetteer::embedded();
    let mut wrong = Vec::new();
    let mut count = 0;
    for place in gazetteer.places() {
        let ask = |name: &str| gazetteer.resolve(&Query::new(name).in_country(place.country.alpha2()));
        let one = ask(&place.name);
        for other_name in respelt(&place.name) {
            count += 1;
            let other = ask(&other_name);
            // A place that is told from this one by its letters alone is a candidate of the plain spelling only.
            let told_apart = one.candidates().iter().chain(other.candidates()).any(|candidate| {
                let name = &candidate.place.name;
                candidate.reasons.contains(&Reason::OtherLetters)
                    || fold(name) == fold(&place.name) && name.to_lowercase() != place.name.to_lowercase()
            });
            let same = ids(&one) == ids(&other) && one.winner().is_some() == other.winner().is_some();
            if !same && !told_apart {
                wrong.push(format!("{} and {other_name}, {}", place.name, place.country.alpha2()));
            }
        }
    }
    // A name with marks may be settled where another place has it without: the marks tell them apart.
    assert!(wrong.len() * 5_000 < count, "{} of {count}: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

#[test]
fn no_word_beside_a_name_vanishes() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places().step_by(11) {
        let country = place.country.alpha2();
        let region = place.admin1.map_or("", |admin1| admin1.name);
        for beside in ["suspended 2022", "Xyzzy", "?", "Atlantis, Lemuria", "Texas", region] {
            if beside.is_empty() {
                continue;
            }
            for name in [format!("{} ({beside})", place.name), format!("{}, {beside}", place.name)] {
                let resolution = gazetteer.resolve(&Query::new(&name).in_country(country));
                let Some(winner) = resolution.winner() else { continue };
                // What is not told beside the name is part of the name itself.
                let told = winner.reasons.iter().filter_map(|reason| {
                    let Reason::Beside { words, fit } = reason else { return None };
                    assert_ne!(*fit, BesideFit::Nothing, "{name}");
                    Some(words.clone())
                });
                let told: Vec<String> = std::iter::once(winner.called.clone()).chain(told).collect();
                let words = |text: &str| fold(text).split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
                let kept: BTreeSet<String> = told.iter().flat_map(|text| words(text)).collect();
                assert!(words(&name).is_subset(&kept), "{name}: {told:?}");
            }
        }
    }
}

#[test]
fn a_name_with_other_letters_is_never_settled() {
    let gazetteer = Gazetteer::embedded();
    let (mut settled, mut count) = (Vec::new(), 0_usize);
    for place in gazetteer.places().step_by(7) {
        for (letter, other) in [('o', 'ö'), ('a', 'å'), ('e', 'ë'), ('u', 'ů')] {
            let Some(at) = place.name.find(letter) else { continue };
            let name = format!("{}{other}{}", &place.name[..at], &place.name[at + 1..]);
            count += 1;
            if gazetteer.resolve(&Query::new(&name).in_country(place.country.alpha2())).winner().is_some() {
                settled.push(name);
            }
        }
    }
    // The letters of other names are kept as numbers, which are alike once in some hundred times.
    assert!(
        settled.len() * 100 < count,
        "{} of {count}: {:?}",
        settled.len(),
        &settled[..settled.len().min(20)]
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(name in any::<String>(), country in any::<String>(), region in any::<String>()) {
        let gazetteer = Gazetteer::embedded();
        let hint =
            Hint { admin1: Some(&region), population: Some(u64::MAX), geonames: Some(u32::MAX), ..Hint::default() };
        for country in [country.as_str(), "FR", "Polland"] {
            let resolution = gazetteer.resolve(&Query::new(&name).in_country(country).with_hint(hint));
            prop_assert!(resolution.candidates().len() <= MAX_CANDIDATES);
        }
    }

    #[test]
    fn a_name_without_country_and_hint_never_wins(name in "[A-Za-zéüłčŽ' ()/,.-]{0,14}") {
        prop_assert!(Gazetteer::embedded().resolve(&Query::new(&name)).winner().is_none());
    }

    #[test]
    fn an_answer_of_several_is_never_empty(
        name in "[A-Za-zéüłčŽ' ()/,.-]{0,14}",
        latitude in -90.0..=90.0,
        longitude in -180.0..=180.0,
    ) {
        let hint = Hint { point: GeoPoint::new(latitude, longitude).ok(), ..Hint::default() };
        let query = Query::new(&name).with_hint(hint);
        for query in [query, query.in_country("Germany"), Query::new(&name).in_country("Germany")] {
            if let Resolution::Several(candidates) = Gazetteer::embedded().resolve(&query) {
                prop_assert!(!candidates.is_empty());
            }
        }
    }

    #[test]
    fn a_letter_typed_for_another_still_finds_the_city(at in 0_usize..10, letter in proptest::char::range('a', 'z')) {
        let typed: String =
            "birmingham".chars().enumerate().map(|(i, c)| if i == at { letter } else { c }).collect();
        let resolution = Gazetteer::embedded().resolve(&Query::new(&typed).in_country("GB"));
        let found = resolution.candidates().iter().any(|one| one.place.geonames_id == 2_655_603);
        prop_assert!(found, "{typed}: {resolution:?}");
    }
}
