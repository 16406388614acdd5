//! Tests of places: names by language and time, other registers.

use crate::id::{PlaceId, ProgrammeId, SeededIds};
use crate::value::{InvalidValue, Name, Period};

use super::*;

fn named(text: &str, role: NameRole, language: Option<&str>) -> PlaceName {
    PlaceName {
        language: language.map(|tag| tag.parse().expect(tag)),
        ..PlaceName::new(Name::new(text).expect(text), role)
    }
}

fn kyiv() -> Place {
    let ids = SeededIds::new(1);
    let mut place = Place::new(
        PlaceId::next(&ids),
        ProgrammeId::next(&ids),
        PlaceLevel::City,
        named("Kiev", NameRole::AsListed, None),
    );
    let until_1995 = Period::new(None, Some("1995-10".parse().expect("a month"))).expect("a period");
    let since_1995 = Period::since("1995-10".parse().expect("a month"));
    place.add_name(PlaceName { period: Some(until_1995), ..named("Kiev", NameRole::Official, Some("en")) });
    place.add_name(PlaceName { period: Some(since_1995), ..named("Kyiv", NameRole::Official, Some("en")) });
    place.add_name(named("Київ", NameRole::Official, Some("uk")));
    place
}

#[test]
fn a_city_is_called_what_it_was_called_on_the_day() {
    let english = "en".parse().expect("English");
    let name = |day: &str| kyiv().name_in(&english, day.parse().expect(day)).map(ToString::to_string);
    assert_eq!(name("1991-08-24").as_deref(), Some("Kiev"));
    assert_eq!(name("2022-02-24").as_deref(), Some("Kyiv"));
    assert_eq!(kyiv().name_in(&"pl".parse().expect("Polish"), "2022-02-24".parse().expect("a day")), None);
}

#[test]
fn a_city_is_shown_under_an_official_name_still_in_use() {
    assert_eq!(kyiv().display_name().as_str(), "Kyiv");
}

#[test]
fn the_very_tag_wins_over_the_same_language_in_another_script() {
    let mut place = kyiv();
    place.add_name(named("Kijev", NameRole::Official, Some("sr-Latn")));
    place.add_name(named("Кијев", NameRole::Official, Some("sr-Cyrl")));
    let name = place.name_in(&"sr-Cyrl".parse().expect("a tag"), "2022-01-01".parse().expect("a day"));
    assert_eq!(name.map(Name::as_str), Some("Кијев"));
}

#[test]
fn a_place_without_a_name_is_refused() {
    assert_eq!(kyiv().with_names(Vec::new()), Err(InvalidValue::Empty));
}

#[test]
fn the_same_name_is_kept_once() {
    let mut place = kyiv();
    let before = place.names().len();
    place.add_name(named("Київ", NameRole::Official, Some("uk")));
    assert_eq!(place.names().len(), before);
}

#[test]
fn the_newest_count_of_people_is_the_one_to_show() {
    let mut place = kyiv();
    let source = Source::new("a census").expect("a source");
    let counted = |people, year| Population { people, year, source: source.clone() };
    place.population = vec![counted(1, None), counted(2, Some(2001)), counted(3, Some(1989))];
    assert_eq!(place.latest_population().map(|count| count.people), Some(2));
}

#[test]
fn ids_of_other_registers_are_checked() {
    assert_eq!("Q1297".parse::<Qid>().expect("Chicago").number(), 1297);
    assert_eq!("US CHI".parse::<UnLocode>().expect("Chicago").to_string(), "USCHI");
    for text in ["1297", "Q", "Q01", "q5", "Q99999999999999999999"] {
        assert!(text.parse::<Qid>().is_err(), "{text}");
    }
    for text in ["USCH", "uschi", "USCH1", "USCH0", "US  CHI", "ÜSCHI"] {
        assert!(text.parse::<UnLocode>().is_err(), "{text}");
    }
}

#[test]
fn a_place_is_shown_by_the_name_it_had_on_the_day() {
    let name = |text: &str, role, from: Option<&str>, to: Option<&str>| {
        let date = |text: &str| text.parse().expect("a date");
        let period = Period::new(from.map(date), to.map(date)).expect("a period");
        let period = (from.is_some() || to.is_some()).then_some(period);
        PlaceName { period, ..PlaceName::new(Name::new(text).expect("a name"), role) }
    };
    let ids = SeededIds::new(3);
    let today = name("Saint Petersburg", NameRole::Official, None, None);
    let place = Place::new(PlaceId::next(&ids), ProgrammeId::next(&ids), PlaceLevel::City, today);
    let mut names = place.names().to_vec();
    names.extend([
        name("Piter", NameRole::Alias, None, None),
        name("Petrograd", NameRole::Former, Some("1914"), Some("1924-01")),
        name("Leningrad", NameRole::Former, Some("1924-01-26"), Some("1991-09-06")),
        name("Nyenschantz", NameRole::Former, None, None),
    ]);
    let place = place.with_names(names).expect("names");
    let shown = |day: &str| place.display_name_on(day.parse().expect("a day")).as_str();
    assert_eq!(shown("1918-01-01"), "Petrograd");
    assert_eq!(shown("1961-04-12"), "Leningrad");
    assert_eq!(shown("1991-09-06"), "Leningrad");
    assert_eq!(shown("1991-09-07"), "Saint Petersburg");
    assert_eq!(shown("1900-01-01"), "Saint Petersburg");
    let all: Vec<_> =
        place.names_on("1961-04-12".parse().expect("a day")).map(|name| name.text.as_str()).collect();
    assert_eq!(all, ["Saint Petersburg", "Piter", "Leningrad"], "an old name without dates is of no day");
}
