//! Names as offices reported them, with what is right for each: settled as one place, asked about, or not known.

use sister_cities_gazetteer::{BesideFit, Gazetteer, Query, Reason, Resolution};

/// What is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// One place without a question.
    Is(u32),
    /// A question, with this place among the first three proposals.
    Asks(u32),
    /// A question; no place known is right.
    AsksOnly,
    /// No place; nothing is proposed.
    Unknown,
}

use Right::{Asks, AsksOnly, Is, Unknown};

fn resolve(name: &str, country: &str) -> Resolution {
    let query = Query::new(name);
    Gazetteer::embedded().resolve(&if country.is_empty() { query } else { query.in_country(country) })
}

fn check(rows: &[(&str, &str, Right)]) {
    let mut wrong = Vec::new();
    for &(name, country, right) in rows {
        let resolution = resolve(name, country);
        let first: Vec<u32> =
            resolution.candidates().iter().take(3).map(|candidate| candidate.place.geonames_id).collect();
        let holds = match right {
            Is(id) => resolution.winner().is_some_and(|winner| winner.place.geonames_id == id),
            Asks(id) => resolution.winner().is_none() && first.contains(&id),
            AsksOnly => matches!(resolution, Resolution::Several(_)),
            Unknown => first.is_empty(),
        };
        if !holds {
            wrong.push(format!(
                "{name}, {country}: {right:?}, but {first:?}, settled: {}",
                resolution.winner().is_some()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const FRANKFURT_ODER: u32 = 2_925_535;
const FRANKFURT_MAIN: u32 = 2_925_533;

#[test]
fn a_qualifier_beside_a_name_is_never_dropped() {
    check(&[
        ("Frankfurt (Oder)", "Germany", Is(FRANKFURT_ODER)),
        ("Frankfurt/Oder", "Germany", Is(FRANKFURT_ODER)),
        ("Frankfurt an der Oder", "Germany", Is(FRANKFURT_ODER)),
        ("Frankfurt a. d. Oder", "Germany", Is(FRANKFURT_ODER)),
        ("Frankfurt, Oder", "Germany", Is(FRANKFURT_ODER)),
        ("Frankfurt a.M.", "Germany", Is(FRANKFURT_MAIN)),
        ("Frankfurt (Main)", "Germany", Is(FRANKFURT_MAIN)),
        ("Frankfurt", "Germany", Is(FRANKFURT_MAIN)),
        ("Rothenburg o.d.T.", "Germany", Is(2_844_056)),
        ("Rothenburg (Tauber)", "Germany", Is(2_844_056)),
        ("Halle (Westf.)", "Germany", Is(2_911_520)),
        ("Halle (Saale)", "Germany", Is(2_911_522)),
        ("Halle", "Germany", Asks(2_911_520)),
        ("Bella, Basilicata, Italy", "", AsksOnly),
        ("Bella, Basilicata", "Italy", AsksOnly),
        ("Bella (Basilicata)", "Italy", AsksOnly),
        ("Kolno, Warmian-Masurian Voivodeship", "Poland", AsksOnly),
        ("Zell (Mosel)", "Germany", AsksOnly),
        ("Zell/Mosel", "Germany", AsksOnly),
        ("Nienburg (Saale)", "Germany", AsksOnly),
        ("Valencia (Venezuela)", "Spain", Asks(3_625_549)),
        ("Valencia, Venezuela", "Spain", Asks(2_509_954)),
        ("Springfield (Illinois)", "USA", Is(4_250_542)),
        ("Portland, Oregón", "Estados Unidos", Is(5_746_545)),
        ("Cambridge, MA", "USA", Is(4_931_972)),
        ("Cambridge, MA", "", Is(4_931_972)),
        ("Lviv, Lviv Oblast", "Ukraine", Is(702_550)),
        ("München, Bayern", "Deutschland", Is(2_867_714)),
        ("Bayern, München", "Deutschland", Is(2_867_714)),
        ("München, Hessen", "Deutschland", Asks(2_867_714)),
        ("Berlin-Spandau", "Germany", Is(7_290_252)),
    ]);
}

#[test]
fn several_towns_or_a_status_in_one_cell_are_a_question() {
    check(&[
        ("Liberec, Zittau, Bogatynia", "Czechia", Asks(3_071_961)),
        ("Minneapolis–Saint Paul", "USA", Asks(5_037_649)),
        ("Osaka + Kobe", "Japan", Asks(1_853_909)),
        ("Osaka & Kobe", "Japan", Asks(1_859_171)),
        ("Buda and Pest", "Hungary", AsksOnly),
        ("Dinan / Dinant", "Belgium", Asks(2_799_357)),
        ("Moscow (suspended 2022)", "Russia", Asks(524_901)),
        ("Osaka (ended 2018)", "Japan", Asks(1_853_909)),
        ("Hamburg (suspended)", "Germany", Asks(2_911_298)),
        ("Hamburg (?)", "Germany", Asks(2_911_298)),
        ("Milan - friendship", "Italy", Asks(3_173_435)),
        // Another name of the same place is no second town.
        ("Bolzano/Bozen", "Italy", Is(3_181_913)),
        ("Saint Petersburg (Leningrad)", "Russia", Is(498_817)),
        ("Chemnitz (formerly Karl-Marx-Stadt)", "Germany", Is(2_940_132)),
        ("Chemnitz (früher Karl-Marx-Stadt)", "Germany", Is(2_940_132)),
        ("POREC-PARENZO (CROAZIA)", "", Is(3_192_699)),
        ("Poland - Bydgoszcz", "", Is(3_102_014)),
        ("PL-Bydgoszcz", "", Is(3_102_014)),
    ]);
}

#[test]
fn an_alias_never_wins_over_the_long_form() {
    check(&[
        ("Mt. Vernon", "USA", AsksOnly),
        ("Mount Vernon", "USA", AsksOnly),
        ("St. Marys", "USA", AsksOnly),
        ("St. Francis", "USA", AsksOnly),
        ("Ft. Lee", "USA", AsksOnly),
        ("Saint Ives", "UK", AsksOnly),
        ("Kömlő", "Hungary", Asks(3_049_512)),
        ("Komlo", "Hungary", Is(3_049_512)),
        ("Grafenhausen", "Germany", Asks(2_918_313)),
        ("Buchenbach", "Germany", AsksOnly),
        ("Münich", "Germany", Asks(2_867_714)),
        ("Mílan", "Italy", Asks(3_173_435)),
        ("Malmo", "Sweden", Is(2_692_969)),
        ("Duesseldorf", "Germany", Is(2_934_246)),
        ("S. Paulo", "Brazil", Is(3_448_439)),
        ("Cd. Juárez", "Mexico", Is(4_013_708)),
        ("Bilina", "Czechia", Is(3_079_348)),
    ]);
}

#[test]
fn departments_provinces_and_counties_tell_where_a_place_lies() {
    check(&[
        ("Bracknell, Berkshire", "UK", Is(2_655_009)),
        ("Bracknell (Berks)", "England", Is(2_655_009)),
        ("Bracknell", "Berkshire, England", Is(2_655_009)),
        ("Bracknell, Kent", "UK", Asks(2_655_009)),
        ("Richmond, North Yorkshire", "UK", Is(2_639_388)),
        ("Richmond, Surrey", "UK", Is(2_639_389)),
        ("Saint-Denis (93)", "France", Is(2_980_916)),
        ("Saint-Denis, Seine-Saint-Denis", "France", Is(2_980_916)),
        ("Saint-Denis (69)", "France", Asks(2_980_916)),
        ("Vienne (Isère)", "France", Is(2_969_284)),
        ("Vienne (38)", "France", Is(2_969_284)),
        ("Vienne", "Isère", Is(2_969_284)),
        ("Vienne (Loire)", "France", Asks(2_969_284)),
        ("Correggio (RE)", "Italy", Is(3_178_019)),
        ("Correggio, Reggio Emilia", "Italia", Is(3_178_019)),
        ("Correggio (TO)", "Italy", Asks(3_178_019)),
        ("Eibar, Guipúzcoa", "España", Is(3_123_709)),
        ("Seraing, Province de Liège", "Belgique", Is(2_786_824)),
    ]);
    let britain = "GB".parse().expect("a country");
    assert!(["Kent", "Berkshire"].iter().all(|name| Gazetteer::embedded().is_district(name, britain)));
}

#[test]
fn a_second_town_is_not_taken_for_the_region_of_the_first() {
    check(&[
        ("Sakai, Osaka", "Japan", Is(1_853_195)),
        ("Osaka, Sakai", "Japan", Asks(1_853_909)),
        ("Osaka + Sakai", "Japan", Asks(1_853_909)),
        ("Sakai / Osaka", "Japan", Asks(1_853_195)),
        ("Kyoto & Uji", "Japan", Asks(1_857_910)),
        ("Liège / Seraing", "Belgium", Asks(2_792_413)),
        ("Torino e Ivrea", "Italy", Asks(3_165_524)),
        ("Lublin, Chełm", "Poland", Asks(765_876)),
        ("Portland / Oregon", "USA", Is(5_746_545)),
        ("München / Bayern", "Germany", Is(2_867_714)),
    ]);
}

#[test]
fn a_territory_is_asked_about_where_its_state_was_named() {
    check(&[
        ("Magenta", "France", Asks(11_956_106)),
        ("Saint-André", "France", Asks(935_268)),
        ("Nouméa", "France", Asks(2_139_521)),
        ("Nouméa", "New Caledonia", Is(2_139_521)),
        ("Saint-Denis (La Réunion)", "France", Is(935_264)),
        ("Dakhla", "Morocco", AsksOnly),
    ]);
}

#[test]
fn designations_of_towns_are_no_part_of_the_name_and_areas_are_no_towns() {
    check(&[
        ("Comune di Milano", "Italy", Is(3_173_435)),
        ("Freie und Hansestadt Hamburg", "Germany", Is(2_911_298)),
        ("Ayuntamiento de Sevilla", "Spain", Is(2_510_911)),
        ("Gmina Wrocław", "Poland", Is(3_081_368)),
        ("Osaka-shi", "Japan", Is(1_853_909)),
        ("大阪市", "Japan", Is(1_853_909)),
        ("부산광역시", "South Korea", Is(1_838_524)),
        ("Malmö stad", "Sweden", Is(2_692_969)),
        ("the City of Durban", "South Africa", Is(1_007_311)),
        ("Kansas City", "USA", Is(4_393_217)),
        ("Landkreis Karlsruhe", "Germany", Asks(2_892_794)),
        ("Provincia di Torino", "Italy", Asks(3_165_524)),
        ("Città metropolitana di Torino", "Italy", Asks(3_165_524)),
        ("Vilnius district", "Lithuania", Asks(593_116)),
        ("Greater Manchester", "UK", Asks(2_643_123)),
        ("Hyogo Prefecture", "Japan", Unknown),
    ]);
    let milan = resolve("Comune di Milano", "Italy");
    assert_eq!(milan.winner().map(|winner| winner.called.as_str()), Some("Milano"));
}

#[test]
fn countries_are_read_in_the_languages_of_the_lists() {
    check(&[
        ("Cheongju", "Korea", Is(1_845_604)),
        ("Seoul", "Korea", Is(1_835_848)),
        ("Daejeon", "Korea", Is(1_835_235)),
        ("Pyongyang", "Korea", Is(1_871_859)),
        ("Chesterfield", "Angleterre", Is(2_653_225)),
        ("Kilonia", "Republika Federalna Niemiec", Is(2_891_122)),
        ("Kaliningrad", "Federacja Rosyjska", Is(554_234)),
        ("Kaliningrad", "Russische Föderation", Is(554_234)),
        ("Brno", "République tchèque", Is(3_078_610)),
        ("Edinburgh", "Schottland", Is(2_650_225)),
        ("Santo Domingo", "Republica Dominicana", Is(3_492_908)),
    ]);
}

#[test]
fn two_letters_swapped_are_proposed() {
    check(&[
        ("Eliat", "Israel", Asks(295_277)),
        ("Birmigham", "UK", Asks(2_655_603)),
        ("Santa Fe", "Spain", Asks(2_511_160)),
        // One letter makes another village of most names, so they are only mentioned.
        ("Bahlingen", "Germany", Unknown),
    ]);
    let Resolution::None { reason } = resolve("Bahlingen", "Germany") else { panic!("not known") };
    assert!(reason.to_string().contains("Balingen"), "{reason}");
}

#[test]
fn a_small_place_that_shares_its_name_is_asked_about() {
    check(&[
        ("Falkenstein", "Germany", Asks(2_927_913)),
        ("Wellington", "UK", Asks(2_634_573)),
        ("San Martín", "Argentina", Asks(3_836_992)),
        ("Wellington", "New Zealand", Is(2_179_537)),
        // An old name, or one of a part.
        ("Drayton", "USA", Asks(4_069_553)),
        ("Bronson", "USA", Asks(4_997_787)),
        // A state elsewhere in the country has the name.
        ("Jalisco", "Mexico", Asks(4_004_159)),
        ("Genève", "Switzerland", Is(2_660_646)),
        ("Brixen", "Italy", Is(3_181_550)),
        ("Clonmel", "Ireland", Is(2_965_353)),
        ("San José", "Costa Rica", Is(3_621_849)),
    ]);
}

#[test]
fn what_stands_beside_a_name_is_told_with_the_answer() {
    let winner = resolve("Springfield (Illinois)", "USA");
    let winner = winner.winner().expect("one");
    let beside = Reason::Beside { words: "Illinois".to_owned(), fit: BesideFit::Region("Illinois") };
    assert!(winner.reasons.contains(&beside), "{:?}", winner.reasons);
    assert_eq!(winner.called, "Springfield");
}
