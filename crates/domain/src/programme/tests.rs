//! Tests of programmes: kinds as data, policies.

use std::collections::BTreeSet;

use super::*;
use crate::id::{PartnershipId, SeededIds};
use crate::partnership::{Act, Decision, Episode, Members, Partnership};
use crate::value::{Certainty, Country, InvalidValue, LanguageTag};

fn tag(text: &str) -> LanguageTag {
    text.parse().expect(text)
}

#[test]
fn the_headline_counts_sister_and_partner_cities_and_nothing_else() {
    let headline: BTreeSet<_> =
        [keys::SISTER_CITY, keys::PARTNER_CITY].map(|key| KindKey::new(key).expect(key)).into();
    assert_eq!(KindCatalogue::standard().headline(), headline);
}

#[test]
fn the_standard_catalogue_is_sound_and_nothing_of_it_was_left_out() {
    let kinds: Vec<KindDefinition> = KindCatalogue::standard().into();
    assert_eq!(kinds.len(), 8);
    for kind in &kinds {
        assert!(kind.names.len() >= 3, "{}", kind.key);
        assert!(kind.source.is_some(), "{}", kind.key);
        assert_eq!(KindKey::new(kind.key.as_str()).as_ref(), Ok(&kind.key));
    }
    assert!(KindCatalogue::new(kinds).is_ok());
}

#[test]
fn every_key_name_and_wording_is_recognised_as_its_own_kind() {
    let catalogue = KindCatalogue::standard();
    for kind in catalogue.iter() {
        let names = kind.names.iter().map(|(_, name)| name.as_str());
        for words in names.chain(kind.wordings.iter().map(String::as_str)).chain([kind.key.as_str()]) {
            assert_eq!(catalogue.recognise(words).map(|own| &own.key), Some(&kind.key), "{words}");
        }
    }
    let recognised = |words: &str| catalogue.recognise(words).map(|kind| kind.key.as_str());
    assert_eq!(recognised("  SISTER-CITY "), Some("sister-city"));
    assert_eq!(recognised("Treaty  of Friendship"), Some("treaty-of-friendship"));
    assert_eq!(recognised("listed by Wikipedia only"), None);
    assert_eq!(recognised(""), None);
}

#[test]
fn two_kinds_cannot_share_a_key_or_a_wording() {
    let mut kinds: Vec<KindDefinition> = KindCatalogue::standard().into();
    let mut copy = kinds[0].clone();
    kinds.push(copy.clone());
    assert!(matches!(KindCatalogue::new(kinds.clone()), Err(InvalidValue::Repeated { .. })));
    copy.key = KindKey::new("grandmother-city").expect("a key");
    copy.wordings = vec!["Twin-Town".to_owned()];
    kinds.pop();
    kinds.push(copy);
    assert!(matches!(KindCatalogue::new(kinds), Err(InvalidValue::Repeated { .. })));
    assert_eq!(KindCatalogue::new(Vec::new()), Err(InvalidValue::Empty));
}

#[test]
fn a_kind_is_named_in_the_language_asked_for_or_else_in_english() {
    let catalogue = KindCatalogue::standard();
    let sister = catalogue.get(&KindKey::new(keys::SISTER_CITY).expect("a key")).expect("listed");
    assert_eq!(sister.name(&tag("pl")), "miasto siostrzane");
    assert_eq!(sister.name(&tag("de-CH")), "Partnerstadt");
    assert_eq!(sister.name(&tag("ja")), "sister city");
}

#[test]
fn a_key_is_words_joined_by_hyphens() {
    assert!(KindKey::new("sister-city").is_ok());
    for key in ["sister_city", "Sister-City", "sister city", ""] {
        assert!(KindKey::new(key).is_err(), "{key}");
    }
}

/// Chicago's partnerships with Shanghai (since 1985), Shenyang (since 1985), Osaka, and Beijing that ended in 2001.
struct Partnerships {
    host: PlaceId,
    shanghai: Partnership,
    others: Vec<Partnership>,
    countries: Vec<(PlaceId, Country)>,
}

fn partnerships() -> Partnerships {
    let ids = SeededIds::new(1);
    let (host, programme) = (PlaceId::next(&ids), ProgrammeId::next(&ids));
    let mut countries = vec![(host, "US".parse().expect("the United States"))];
    let mut partnership = |country: &str, since: &str| {
        let place = PlaceId::next(&ids);
        countries.push((place, country.parse().expect(country)));
        let members = Members::new([host, place]).expect("two places");
        let source = crate::value::Source::new("a list").expect("a source");
        let kind = KindKey::new(keys::SISTER_CITY).expect("a key");
        let episode = Episode::new(kind).began_on(since.parse().expect(since), source);
        Partnership::agreed(PartnershipId::next(&ids), programme, members, episode, None).expect("agreed").0
    };
    let shanghai = partnership("CN", "1985");
    let (shenyang, osaka, home) =
        (partnership("CN", "1985"), partnership("JP", "1973"), partnership("US", "1990"));
    let concluded = Decision::new(Act::Conclude { reason: None }).on("2001".parse().expect("a year"));
    let beijing = partnership("CN", "1980").decide(concluded).expect("concluded").0;
    Partnerships { host, shanghai, others: vec![shenyang, osaka, home, beijing], countries }
}

impl Partnerships {
    fn warnings(&self, policy: OnePerCountry, day: &str) -> Vec<SameCountry> {
        let country_of =
            |place| self.countries.iter().find(|(own, _)| *own == place).map(|(_, country)| *country);
        let all = self.others.iter().chain([&self.shanghai]);
        same_country(policy, self.host, &self.shanghai, all, country_of, day.parse().expect(day))
    }
}

#[test]
fn a_second_partnership_with_a_country_is_advised_against_only_where_the_programme_wants_it() {
    let partnerships = partnerships();
    assert_eq!(partnerships.warnings(OnePerCountry::NotAdvised, "2008-06-04"), []);
    let advised = partnerships.warnings(OnePerCountry::Advised, "2008-06-04");
    assert_eq!(advised.len(), 1, "Shenyang; not Osaka, nor Beijing, which ended");
    assert_eq!((advised[0].with, advised[0].certainty), (partnerships.others[0].id(), Certainty::Yes));
    assert_eq!(advised[0].in_words(), "There is a bond with another place in China already.");
}

#[test]
fn a_partnership_whose_end_is_known_by_the_year_only_possibly_stands_during_that_year() {
    let partnerships = partnerships();
    let certainties = |day: &str| -> Vec<_> {
        partnerships.warnings(OnePerCountry::Advised, day).iter().map(|warning| warning.certainty).collect()
    };
    assert_eq!(certainties("2000-06-04"), [Certainty::Yes, Certainty::Yes]);
    assert_eq!(certainties("2001-06-04"), [Certainty::Yes, Certainty::Possibly]);
}
