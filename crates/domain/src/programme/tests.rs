use std::collections::BTreeSet;

use super::*;
use crate::value::{InvalidValue, LanguageTag};

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
