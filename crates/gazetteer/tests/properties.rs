//! What holds for every input and every place of the table.

use proptest::prelude::*;
use sister_cities_domain::value::GeoPoint;
use sister_cities_gazetteer::{Gazetteer, Hint, MAX_CANDIDATES, Query, Resolution};

#[test]
fn every_place_is_found_by_its_own_name_and_country() {
    let gazetteer = Gazetteer::embedded();
    let (mut count, mut decided, mut behind) = (0, 0, 0);
    for place in gazetteer.places() {
        count += 1;
        let query = Query::new(&place.name).in_country(place.country.alpha2());
        let resolution = gazetteer.resolve(&query);
        if resolution.winner().is_some_and(|candidate| candidate.place == place) {
            decided += 1;
        } else if resolution.winner().is_some()
            || resolution.candidates().iter().all(|one| one.place != place)
        {
            // A larger place of the name wins, or ten of them fill the list: then a hint finds it.
            behind += 1;
            let hint = Hint { geonames: Some(place.geonames_id), ..Hint::default() };
            let found = gazetteer.resolve(&query.with_hint(hint));
            assert_eq!(found.winner().map(|one| one.place.geonames_id), Some(place.geonames_id));
        }
    }
    assert_eq!(count, 69_472);
    assert!(decided > 60_000 && behind < 2_000, "{decided} decided, {behind} behind larger ones");
}

#[test]
fn every_place_is_found_by_its_id_and_has_a_zone() {
    let gazetteer = Gazetteer::embedded();
    for place in gazetteer.places() {
        assert!(place.zone.is_some(), "{}", place.name);
        assert_eq!(gazetteer.by_geonames(place.geonames_id), Some(place));
    }
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
