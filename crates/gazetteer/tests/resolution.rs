//! Which place is meant: the lists of two cities, homonyms, old and foreign names, slips, hints.

use sister_cities_domain::value::GeoPoint;
use sister_cities_gazetteer::{
    CountryReason, Gazetteer, Hint, MatchedHint, NoPlace, Query, Reason, Resolution,
};

/// Chicago's partners: name and country as the city writes them, GeoNames id.
const CHICAGO: [(&str, &str, u32); 32] = [
    ("Warsaw", "Poland", 756_135),
    ("Milan", "Italy", 3_173_435),
    ("Osaka", "Japan", 1_853_909),
    ("Casablanca", "Morocco", 2_553_604),
    ("Shanghai", "China", 1_796_236),
    ("Shenyang", "China", 2_034_937),
    ("Gothenburg", "Sweden", 2_711_537),
    ("Accra", "Ghana", 2_306_104),
    ("Prague", "Czech Republic", 3_067_696),
    ("Kyiv", "Ukraine", 703_448),
    ("Mexico City", "Mexico", 3_530_597),
    ("Toronto", "Canada", 6_167_865),
    ("Birmingham", "United Kingdom", 2_655_603),
    ("Vilnius", "Lithuania", 593_116),
    ("Hamburg", "Germany", 2_911_298),
    ("Petach Tikva", "Israel", 293_918),
    ("Paris", "France", 2_988_507),
    ("Athens", "Greece", 264_371),
    ("Durban", "South Africa", 1_007_311),
    ("Galway", "Ireland", 2_964_180),
    ("Moscow", "Russia", 524_901),
    ("Lucerne", "Switzerland", 2_659_811),
    ("Delhi", "India", 1_273_294),
    ("Amman", "Jordan", 250_441),
    ("Belgrade", "Serbia", 792_680),
    ("Lahore", "Pakistan", 1_172_451),
    ("Busan", "South Korea", 1_838_524),
    ("Bogotá", "Colombia", 3_688_689),
    ("Sydney", "Australia", 2_147_714),
    ("Glasgow", "United Kingdom", 2_648_579),
    ("Florence", "Italy", 3_176_959),
    ("Quebec City", "Canada", 6_325_494),
];

/// Birmingham's partners.
const BIRMINGHAM: [(&str, &str, u32); 11] = [
    ("Lyon", "France", 2_996_944),
    ("Frankfurt am Main", "Germany", 2_925_533),
    ("Milan", "Italy", 3_173_435),
    ("Leipzig", "Germany", 2_879_139),
    ("Chicago", "United States", 4_887_398),
    ("Johannesburg", "South Africa", 993_800),
    ("Guangzhou", "China", 1_809_858),
    ("Changchun", "China", 2_038_180),
    ("Nanjing", "China", 1_799_962),
    ("Mirpur", "Pakistan", 1_169_027),
    ("Zaporizhzhia", "Ukraine", 687_700),
];

fn resolve(name: &str, country: &str) -> Resolution {
    Gazetteer::embedded().resolve(&Query::new(name).in_country(country))
}

fn winner(name: &str, country: &str) -> Option<u32> {
    id(&resolve(name, country))
}

fn id(resolution: &Resolution) -> Option<u32> {
    resolution.winner().map(|candidate| candidate.place.geonames_id)
}

fn reasons(resolution: &Resolution) -> &[Reason] {
    resolution.candidates().first().map_or(&[], |candidate| &candidate.reasons)
}

#[test]
fn every_partner_of_chicago_and_birmingham_is_found_by_name_and_country() {
    for (name, country, expected) in CHICAGO.into_iter().chain(BIRMINGHAM) {
        assert_eq!(winner(name, country), Some(expected), "{name}, {country}: {:?}", resolve(name, country));
    }
}

#[test]
fn a_name_alone_proposes_but_never_decides() {
    for (name, _, expected) in CHICAGO.into_iter().chain(BIRMINGHAM) {
        let resolution = Gazetteer::embedded().resolve(&Query::new(name));
        assert_eq!(resolution.winner(), None, "{name}");
        let proposed = resolution.candidates().iter().any(|one| one.place.geonames_id == expected);
        assert!(proposed, "{name}: {resolution:?}");
    }
}

#[test]
fn birmingham_is_another_city_in_each_country() {
    assert_eq!(winner("Birmingham", "England"), Some(2_655_603));
    let alabama = resolve("Birmingham", "Alabama, USA");
    let candidate = alabama.winner().expect("there is one in Alabama");
    assert_eq!(candidate.place.geonames_id, 4_049_979);
    let homonym = candidate.bigger_homonym().expect("the one in England is larger still");
    assert_eq!((homonym.geonames_id, homonym.country.alpha2()), (2_655_603, "GB"));
    // Michigan has one too, of a ninth of its size: likely, but not beyond doubt.
    let Resolution::Several(american) = resolve("Birmingham", "United States") else {
        panic!("two are likely")
    };
    assert_eq!(american[0].place.geonames_id, 4_049_979);
    let england = resolve("Birmingham", "GB");
    assert_eq!(england.winner().and_then(|one| one.bigger_homonym()), None);
}

#[test]
fn a_region_settles_what_a_country_cannot() {
    let ask = |name, country, admin1| {
        let hint = Some(Hint { admin1: Some(admin1), ..Hint::default() });
        Gazetteer::embedded().resolve(&Query { name, country, hint })
    };
    assert_eq!(winner("Springfield", "United States"), None);
    let illinois = ask("Springfield", Some("United States"), "Illinois");
    assert_eq!(id(&illinois), Some(4_250_542));
    assert!(reasons(&illinois).contains(&Reason::AdminMatches("Illinois")));
    // Without a country too, and by the code.
    assert_eq!(id(&ask("Springfield", None, "IL")), Some(4_250_542));
    // A region that is known but holds no such place is a contradiction, not a detail.
    assert!(matches!(ask("Birmingham", Some("United States"), "Texas"), Resolution::Several(_)));
    // So is one that the country does not know: it may tell two places apart.
    assert!(matches!(ask("Milan", Some("Italy"), "Padania"), Resolution::Several(_)));
}

#[test]
fn a_region_within_the_name_counts_too() {
    assert_eq!(winner("Springfield, Illinois", "USA"), Some(4_250_542));
    assert_eq!(winner("Springfield (Illinois)", "USA"), Some(4_250_542));
    // Words that are no region may tell places apart in a way not known here.
    let resolution = resolve("Freiburg (Elbe)", "Germany");
    assert!(matches!(&resolution, Resolution::Several(_)), "{resolution:?}");
}

#[test]
fn a_region_does_not_make_a_city_of_a_county() {
    for (name, country) in [("Alameda County", "California, United States"), ("Żywiec County", "Poland")] {
        let resolution = resolve(name, country);
        assert!(matches!(&resolution, Resolution::Several(_)), "{name}: {resolution:?}");
    }
    // The region was given beside the country, so the words in brackets say something else.
    assert_eq!(winner("Neustadt (Dosse)", "Bavaria, Germany"), None);
}

#[test]
fn regions_may_be_abbreviated_as_the_post_does() {
    assert_eq!(winner("Victoria, BC", "Canada"), Some(6_174_041));
    assert_eq!(winner("Perth, WA", "Australia"), Some(2_063_523));
    assert_eq!(winner("Portland, ME", "USA"), Some(4_975_802));
}

#[test]
fn parts_of_the_united_kingdom_are_countries_and_regions_at_once() {
    let scotland = resolve("Perth", "Scotland");
    assert_eq!(id(&scotland), Some(2_640_358));
    assert!(reasons(&scotland).contains(&Reason::AdminMatches("Scotland")));
    assert_eq!(winner("Perth", "Scotland, United Kingdom"), Some(2_640_358));
    assert_eq!(winner("Perth", "Australia"), Some(2_063_523));
    // There is no Perth in England.
    assert_eq!(winner("Perth", "England"), None);
}

#[test]
fn a_region_written_for_the_country_is_understood() {
    assert_eq!(winner("Chicago", "Illinois"), Some(4_887_398));
    assert_eq!(winner("Hanover", "Lower Saxony, Germany"), Some(2_910_831));
    let label = "Ruritania".to_owned();
    assert_eq!(
        resolve("Chicago", "Ruritania"),
        Resolution::None { reason: NoPlace::CountryNotKnown { label } }
    );
}

#[test]
fn one_name_in_a_dozen_countries_is_told_by_the_country() {
    for (name, country, expected) in [
        ("San José", "Costa Rica", 3_621_849),
        ("San Jose", "United States", 5_392_171),
        ("Tbilisi", "Georgia", 611_717),
        ("Tbilisi", "Georgia (country)", 611_717),
        ("Atlanta", "Georgia, United States", 4_180_439),
        ("Kinshasa", "Congo", 2_314_302),
        ("Brazzaville", "Congo", 2_260_535),
    ] {
        assert_eq!(winner(name, country), Some(expected), "{name}, {country}: {:?}", resolve(name, country));
    }
}

#[test]
fn old_foreign_and_native_names_mean_the_same_place() {
    for (expected, country, names) in [
        (703_448, "Ukraine", ["Kyiv", "Kiev", "Київ", "Киев", "Kijów", "KYIV"].as_slice()),
        (293_918, "Israel", &["Petach Tikva", "Petah Tikva", "Petaẖ Tiqva", "פתח תקווה"]),
        (6_325_494, "Canada", &["Québec", "Quebec", "Quebec City"]),
        (1_275_339, "India", &["Mumbai", "Bombay"]),
        (745_044, "Turkey", &["Istanbul", "İstanbul", "ISTANBUL", "Constantinople"]),
        (2_657_896, "Switzerland", &["Zürich", "Zurich", "Zuerich"]),
        (1_835_848, "South Korea", &["Seoul", "서울"]),
        (1_816_670, "China", &["Beijing", "Peking", "北京"]),
        (2_658_822, "Switzerland", &["St. Gallen", "Sankt Gallen", "St Gallen"]),
        (1_169_027, "Pakistan", &["Mirpur", "New Mirpur City"]),
    ] {
        for name in names {
            assert_eq!(winner(name, country), Some(expected), "{name}: {:?}", resolve(name, country));
        }
    }
}

#[test]
fn the_reasons_say_how_name_and_country_were_read() {
    assert_eq!(reasons(&resolve("Bogotá", "Colombia"))[0], Reason::OfficialName);
    assert_eq!(reasons(&resolve("BOGOTA", "Colombia"))[0], Reason::Folded);
    assert_eq!(reasons(&resolve("Kiev", "Ukraine"))[0], Reason::AlternateName);
    let resolution = resolve("Bogotá", "Kolumbien");
    let Some(Reason::CountryFromLabel { label, read }) = reasons(&resolution).get(1) else {
        panic!("{resolution:?}")
    };
    assert_eq!((label.as_str(), read.reason), ("Kolumbien", CountryReason::Name));
    let sentences: Vec<_> = reasons(&resolution).iter().map(ToString::to_string).collect();
    assert_eq!(sentences[0], "the name is its official one");
    assert_eq!(sentences[1], "\"Kolumbien\" was read as Colombia");
}

#[test]
fn a_slip_of_one_letter_is_proposed_but_never_decided() {
    for (typed, country, expected) in [
        ("Birmigham", "United Kingdom", 2_655_603),
        ("Zaporizhhia", "Ukraine", 687_700),
        ("Chciago", "United States", 4_887_398),
        ("Gothenbrug", "Sweden", 2_711_537),
        ("Leipzing", "Germany", 2_879_139),
    ] {
        let resolution = resolve(typed, country);
        let Resolution::Several(candidates) = &resolution else { panic!("{typed}: {resolution:?}") };
        assert_eq!(candidates[0].place.geonames_id, expected, "{typed}");
        assert!(
            matches!(&candidates[0].reasons[0], Reason::OneEdit { typed: as_typed, .. } if as_typed == typed)
        );
    }
    let hint = Hint { geonames: Some(2_655_603), ..Hint::default() };
    let hinted = Query::new("Birmigham").in_country("UK").with_hint(hint);
    assert_eq!(id(&Gazetteer::embedded().resolve(&hinted)), Some(2_655_603));
}

#[test]
fn slips_are_not_sought_without_a_country_nor_in_short_names_of_small_places() {
    let anywhere = Gazetteer::embedded().resolve(&Query::new("Birmigham"));
    assert_eq!(anywhere, Resolution::None { reason: NoPlace::NotKnown });
    assert!(matches!(resolve("Anor", "France"), Resolution::None { .. }));
}

#[test]
fn an_airport_code_never_wins() {
    for (code, country) in [("SHA", "China"), ("BJS", "China"), ("WAW", "Poland")] {
        assert_eq!(winner(code, country), None, "{code}: {:?}", resolve(code, country));
    }
}

#[test]
fn parts_of_a_city_lose_to_the_city() {
    assert_eq!(winner("London", "England"), Some(2_643_743));
    assert_eq!(winner("New York", "United States"), Some(5_128_581));
    // Three times as populous would not do, were the other Kansas City not across the river.
    assert_eq!(winner("Kansas City", "United States"), Some(4_393_217));
    assert_eq!(winner("Kansas City", "Kansas, United States"), Some(4_273_837));
    // What only a part is called is the part.
    assert_eq!(winner("Brooklyn", "New York, United States"), Some(5_110_302));
}

#[test]
fn cities_of_one_name_and_like_size_are_left_to_a_person() {
    let Resolution::Several(portlands) = resolve("Portland", "USA") else { panic!("Maine has one too") };
    let states: Vec<_> =
        portlands.iter().filter_map(|one| one.place.admin1).map(|admin1| admin1.name).collect();
    assert_eq!(states[..2], ["Oregon", "Maine"]);
}

#[test]
fn the_beginning_of_a_small_places_name_is_not_its_name() {
    assert_eq!(winner("Frankfurt", "Germany"), Some(2_925_533));
    let resolution = resolve("Königstein", "Germany");
    assert!(matches!(&resolution, Resolution::Several(_)), "{resolution:?}");
}

#[test]
fn accents_that_were_written_count() {
    let bunde = resolve("Bünde", "Germany");
    assert_eq!(bunde.winner().map(|one| one.place.name.as_str()), Some("Bünde"));
}

#[test]
fn a_state_may_stand_for_its_territories() {
    let reunion = resolve("Saint-Denis", "Réunion, France");
    assert_eq!(reunion.winner().map(|one| one.place.country.alpha2()), Some("RE"));
    // One lies near Paris, the larger one on Réunion.
    let Resolution::Several(both) = resolve("Saint-Denis", "France") else {
        panic!("both are meant by some")
    };
    assert!(both.len() >= 2);
    // Where only a territory has the name, a person says whether it is meant.
    let Resolution::Several(torshavn) = resolve("Tórshavn", "Denmark") else {
        panic!("it is in the Faroes")
    };
    assert!(torshavn[0].reasons.iter().any(|reason| matches!(reason, Reason::InTerritoryOf(_))));
}

#[test]
fn a_point_or_an_id_settles_the_question_without_a_country() {
    let near = GeoPoint::new(33.52, -86.81).expect("a point");
    let ask = |name, hint| Gazetteer::embedded().resolve(&Query::new(name).with_hint(hint));
    let by_point = ask("Birmingham", Hint { point: Some(near), ..Hint::default() });
    assert_eq!(id(&by_point), Some(4_049_979));
    let by_id = ask("Birmingham", Hint { geonames: Some(4_049_979), ..Hint::default() });
    assert_eq!(id(&by_id), Some(4_049_979));
    assert!(reasons(&by_id).contains(&Reason::HintMatches(MatchedHint::GeonamesId)));
    // A point far from every place of the name contradicts it.
    let query =
        Query::new("Lyon").in_country("France").with_hint(Hint { point: Some(near), ..Hint::default() });
    assert_eq!(Gazetteer::embedded().resolve(&query).winner(), None);
}

#[test]
fn an_id_without_the_name_is_proposed_only() {
    let hint = Hint { geonames: Some(4_887_398), ..Hint::default() };
    let resolution =
        Gazetteer::embedded().resolve(&Query::new("Warsaw").in_country("Poland").with_hint(hint));
    assert_eq!(resolution.winner(), None);
    let named_otherwise = resolution
        .candidates()
        .iter()
        .filter(|one| one.reasons.first() == Some(&Reason::NameDiffers))
        .count();
    assert_eq!((named_otherwise, resolution.candidates().len()), (1, 2));
}

#[test]
fn facts_are_those_of_geonames() {
    let chicago = Gazetteer::embedded().by_geonames(4_887_398).expect("Chicago");
    assert_eq!(chicago.name, "Chicago");
    assert_eq!(chicago.country.alpha2(), "US");
    assert_eq!(chicago.admin1.map(|admin1| (admin1.code, admin1.name)), Some(("IL", "Illinois")));
    assert_eq!(chicago.zone, Some(chrono_tz::America::Chicago));
    assert!(chicago.population.is_some_and(|people| people > 2_000_000));
    assert_eq!(chicago.point, GeoPoint::new(41.85003, -87.65005).expect("a point"));
    assert_eq!(Gazetteer::embedded().by_geonames(1), None);
}

#[test]
fn a_name_in_the_wrong_country_is_none_and_says_where_it_is() {
    let resolution = resolve("Tbilisi", "France");
    let Resolution::None { reason: NoPlace::NotInCountry { countries, elsewhere, .. } } = &resolution else {
        panic!("{resolution:?}")
    };
    assert_eq!(countries.iter().map(|one| one.alpha2()).collect::<Vec<_>>(), ["FR"]);
    assert_eq!(elsewhere.as_ref().map(|one| one.geonames_id), Some(611_717));
}

#[test]
fn what_holds_no_name_is_no_place() {
    for nothing in ["", "  ", "?", "—"] {
        assert_eq!(resolve(nothing, "France"), Resolution::None { reason: NoPlace::NoName });
    }
    assert!(matches!(resolve("Atlantis", "France"), Resolution::None { .. }));
    assert!(matches!(resolve(&"x".repeat(100_000), "France"), Resolution::None { reason: NoPlace::NoName }));
}
