//! Tests of texts, sources and claims.

use proptest::prelude::*;

use crate::value::{Claims, FreeText, InvalidValue, Name, Slug, Source, Title};

#[test]
fn text_is_trimmed_and_composed_so_that_equal_looks_equal() {
    let decomposed = Name::new("  Sa\u{303}o Paulo ").expect("a name");
    assert_eq!(decomposed.as_str(), "São Paulo");
    assert_eq!(decomposed, Name::new("São Paulo").expect("a name"));
}

#[test]
fn text_that_could_forge_a_line_or_turn_round_its_neighbours_is_refused() {
    for text in
        ["a\nb", "a\rb", "a\0b", "\u{202e}abc", "a\u{2066}b", "a\u{2028}b", "a\u{feff}b", "a\u{ffff}b"]
    {
        let refusal = Name::new(text).expect_err(text);
        assert!(matches!(refusal, InvalidValue::ForbiddenCharacter { .. }), "{text:?}: {refusal}");
    }
}

#[test]
fn characters_that_carry_a_text_nobody_sees_are_refused_with_their_place() {
    let hidden: String = "Oslo"
        .chars()
        .chain("gift".chars().map(|c| char::from_u32(0xe0000 + c as u32).expect("a tag")))
        .collect();
    let refusal = Name::new(&hidden).expect_err("tags");
    assert_eq!(refusal, InvalidValue::ForbiddenCharacter { character: '\u{e0067}', at: 5 });
    assert_eq!(refusal.to_string(), "holds U+E0067 as its character 5, which cannot be shown safely");
    for unseen in
        ['\u{e0001}', '\u{e007f}', '\u{e0080}', '\u{2062}', '\u{206a}', '\u{1d173}', '\u{1bca0}', '\u{fff0}']
    {
        let text = format!("a\n{unseen}b");
        let refused = InvalidValue::ForbiddenCharacter { character: unseen, at: 3 };
        assert_eq!(FreeText::new(&text), Err(refused), "{}", unseen.escape_unicode());
    }
    for used in
        ["می\u{200c}خواهم", "क\u{94d}\u{200d}ष", "A\u{200e}B", "葛\u{e0100}城市", "❤\u{fe0f}", "ᠠ\u{180e}"]
    {
        assert!(Name::new(used).is_ok(), "{}", used.escape_unicode());
    }
}

#[test]
fn a_remark_may_have_several_lines_but_no_carriage_return_of_its_own() {
    assert_eq!(FreeText::new("one\r\ntwo\nthree").expect("text").as_str(), "one\ntwo\nthree");
    assert!(FreeText::new("one\rtwo").is_err());
}

#[test]
fn names_of_every_script_stay_as_they_are() {
    for name in ["פתח תקווה", "عمّان", "北京市", "Київ", "Petaẖ Tiqva", "می‌خواهم", "Ngũ Hành Sơn", "दिल्ली"]
    {
        assert_eq!(Name::new(name).expect(name).as_str(), name);
    }
}

#[test]
fn nothing_visible_is_empty() {
    for text in ["", "   ", "\u{200b}\u{200d}", "\u{ad}", "\u{3164}"] {
        assert_eq!(Name::new(text), Err(InvalidValue::Empty), "{text:?}");
    }
}

#[test]
fn length_is_counted_in_code_points_after_normalising() {
    assert!(Name::new(&"é".repeat(200)).is_ok());
    assert!(Name::new(&"e\u{301}".repeat(200)).is_ok());
    let refusal = Name::new(&"é".repeat(201)).expect_err("too long");
    assert_eq!(refusal, InvalidValue::TooLong { length: 201, most: 200 });
    assert_eq!(refusal.expected(), "at most 200 characters");
    assert!(Title::new(&"x".repeat(300)).is_ok() && Title::new(&"x".repeat(301)).is_err());
    assert!(Source::new(&"x".repeat(500)).is_ok() && Source::new(&"x".repeat(501)).is_err());
    assert!(FreeText::new(&"x".repeat(10_000)).is_ok() && FreeText::new(&"x".repeat(10_001)).is_err());
}

#[test]
fn a_tower_of_combining_marks_is_refused() {
    assert!(Name::new(&format!("q{}", "\u{323}".repeat(8))).is_ok());
    let tower = Name::new(&format!("q{}", "\u{323}".repeat(9)));
    assert_eq!(tower, Err(InvalidValue::TooManyMarks { most: 8 }));
}

#[test]
fn text_read_from_storage_is_checked_like_any_other() {
    let refusal = serde_json::from_str::<Name>("\"a\\u0007b\"").expect_err("a bell");
    assert!(refusal.to_string().contains("U+0007"), "{refusal}");
}

#[test]
fn what_was_found_is_shown_short_and_harmless() {
    let shown = InvalidValue::malformed(&format!("\u{202e}\"{}", "x".repeat(50)), "a date").to_string();
    assert!(shown.starts_with("\"\\u{202e}\\u{22}xxx") && shown.contains('…'), "{shown}");
}

#[test]
fn keys_of_catalogues_are_plain_words() {
    for key in ["culture", "social_service", "sister-city", "b2b"] {
        assert!(Slug::new(key).is_ok(), "{key}");
    }
    for key in ["", "Culture", "-a", "a-", "a--b", "a b", "ä", &"a".repeat(61)] {
        assert!(Slug::new(key).is_err(), "{key}");
    }
}

#[test]
fn two_sources_that_disagree_are_both_kept_and_one_is_chosen() {
    let source = |text: &str| Source::new(text).expect("a source");
    let mut since = Claims::new(1993, source("Chicago City Council, 2018"));
    since.add(1983, source("a page of 2013"));
    since.add(1993, source("Lithuanian-American Community"));
    since.add(1993, source("Chicago City Council, 2018"));
    assert_eq!(since.all().len(), 3);
    assert_eq!((*since.value(), since.conflicts().count()), (1993, 1));

    since.choose(1).expect("there is a second claim");
    assert_eq!((*since.value(), since.conflicts().count()), (1983, 2));
    assert!(since.choose(3).is_err());

    let stored = serde_json::to_string(&since).expect("serialises");
    assert_eq!(serde_json::from_str::<Claims<i32>>(&stored).expect("reads back"), since);
    assert!(serde_json::from_str::<Claims<i32>>(r#"{"claims":[],"chosen":0}"#).is_err());
}

proptest! {
    #[test]
    fn text_that_was_accepted_is_accepted_again_unchanged(text in any::<String>()) {
        if let Ok(once) = FreeText::new(&text) {
            prop_assert_eq!(FreeText::new(once.as_str()), Ok(once.clone()));
            let harmful = once.as_str().contains(['\r', '\0', '\u{202e}']);
            prop_assert!(!harmful);
        }
        if let Ok(once) = Name::new(&text) {
            prop_assert!(once.as_str().chars().count() <= Name::MOST && !once.as_str().contains('\n'));
        }
    }
}
