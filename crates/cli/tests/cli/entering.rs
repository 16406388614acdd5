//! What an office enters and changes by hand: places, partnerships, agreements, engagements and what a programme goes by.

use crate::program::Demo;

#[test]
fn a_place_is_added_from_the_gazetteer_and_an_edit_changes_what_was_given_alone() {
    let demo = Demo::build();
    let doubtful = demo.run(&["places", "add", "Springfield", "--country", "United States"]);
    assert_eq!(doubtful.exit, 5, "{doubtful:?}");
    let added = demo.shows(&["places", "add", "Lviv", "--country", "Ukraine", "--wikidata", "Q36036"]);
    assert!(added.contains("Europe/Kyiv") && added.contains("Q36036"), "{added}");
    let before = demo.json(&["places", "show", "lviv"]);

    let name =
        ["places", "edit", "lviv", "--add-name", "Львів", "--name-role", "official", "--name-language", "uk"];
    demo.shows(
        &[&name[..], &["--people", "717000", "--people-year", "2022", "--people-source", "census"]].concat(),
    );
    let edited = demo.json(&["places", "show", "Львів"]);
    assert_eq!(edited["population"][0]["people"], 717_000);
    assert_eq!(edited["names"].as_array().expect("names").len(), 2);
    for same in ["zone", "point", "external_ids", "level", "country", "admin1", "identity"] {
        assert_eq!(edited[same], before[same], "{same}");
    }

    let cleared = demo.json(&["places", "edit", "lviv", "--clear", "wikidata", "--remove-name", "Львів"]);
    assert!(cleared["external_ids"]["wikidata"].is_null() && cleared["external_ids"]["geonames"].is_u64());
    assert_eq!(cleared["names"].as_array().expect("names").len(), 1);
    let unknown = demo.run(&["places", "edit", "lviv", "--remove-name", "Lemberg"]);
    assert_eq!(unknown.exit, 3, "{unknown:?}");
    assert!(unknown.stderr.contains("Lviv"), "it says what there is: {unknown:?}");

    let street = ["places", "add", "Rue de la Paix", "--country", "FR", "--unlisted", "--level", "street"];
    let street = demo.json(&street);
    assert_eq!((&street["level"], &street["identity"]), (&"street".into(), &"unresolved".into()));
}

#[test]
fn a_partnership_is_entered_with_a_city_of_the_gazetteer_and_goes_its_way_by_decisions() {
    let demo = Demo::build();
    let unknown = demo.run(&["partnerships", "add", "Lviv"]);
    assert_eq!(unknown.exit, 3, "{unknown:?}");
    assert!(unknown.stderr.contains("--country"), "{unknown:?}");
    let enquiry =
        demo.shows(&["partnerships", "add", "Lviv", "--country", "Ukraine", "--enquired-on", "2024-02"]);
    assert!(enquiry.contains("Lviv, Ukraine") && enquiry.contains("enquiry"), "{enquiry}");
    let again = demo.run(&["partnerships", "add", "Lviv", "--country", "UA"]);
    assert_eq!(again.exit, 4, "it is entered already: {again:?}");

    let early = demo.run(&["partnerships", "decide", "Lviv", "explore", "--on", "2024-03"]);
    assert_eq!(early.exit, 4, "what is not assessed is not explored: {early:?}");
    for (decision, on) in [("assess", "2024-03"), ("explore", "2024-04")] {
        demo.shows(&["partnerships", "decide", "Lviv", decision, "--on", on, "--authority", "Board"]);
    }
    let agree = ["partnerships", "decide", "Lviv", "agree", "--kind", "sister-city", "--on", "2025-05-17"];
    let agreed = demo.shows(&[&agree[..], &["--source", "City Council resolution"]].concat());
    assert!(agreed.contains("agreed since 2025-05-17"), "{agreed}");
    let other = ["partnerships", "change", "Lviv", "--began", "2025-06-01", "--source", "Lviv's page"];
    let kept = demo.shows(&[&other[..], &["--note", "The two sides differ."]].concat());
    assert!(kept.contains("or         2025-06-01") || kept.contains("or        2025-06-01"), "{kept}");
    let chosen = demo.json(&["partnerships", "change", "Lviv", "--choose", "2025-06-01"]);
    assert_eq!(chosen["since"], "2025-06-01");
    let wrong = demo.run(&["partnerships", "change", "Lviv", "--choose", "1999"]);
    assert_eq!(wrong.exit, 3, "{wrong:?}");
    let ended = ["partnerships", "decide", "Lviv", "conclude", "--on", "2026-01-31", "--note", "by consent"];
    let ended = demo.shows(&ended);
    assert!(ended.contains("concluded since 2026-01-31") && ended.contains("by consent"), "{ended}");
}

#[test]
fn an_agreed_partnership_is_entered_with_a_place_of_the_programme_by_its_whole_name() {
    let demo = Demo::build();
    demo.shows(&["places", "add", "Lviv", "--country", "Ukraine"]);
    let part = demo.run(&["partnerships", "add", "Lvi"]);
    assert_eq!(part.exit, 3, "a part of a name is not enough: {part:?}");
    let add = ["partnerships", "add", "lviv", "--kind", "friendship-city", "--since", "1993-05"];
    let without = demo.run(&add);
    assert_eq!(without.exit, 2, "a date has a source: {without:?}");
    let added = demo.json(&[&add[..], &["--source", "minutes"]].concat());
    assert_eq!((&added["since"], &added["status"]["status"]), (&"1993-05".into(), &"agreed".into()));
}

#[test]
fn an_agreement_goes_from_draft_over_approval_and_signature_to_notice() {
    let demo = Demo::build();
    std::fs::write(demo.path("draft.txt"), "The two cities agree.\n").expect("written");
    let file = demo.path("draft.txt").display().to_string();
    let add = ["agreements", "add", "Sydney", "--title", "Harbours", "--text", &file, "--notice-months", "6"];
    let added = demo.json(&[&add[..], &["--open-ended"]].concat());
    let id = added["id"].as_str().expect("an id").to_owned();
    assert_eq!(added["versions"][0]["states"][0], "draft");
    assert!(added["versions"][0]["text_sha256"].is_string());

    demo.shows(&["agreements", "propose", &id, "--on", "2026-01-10"]);
    for side in ["Chicago", "Sydney"] {
        let approve =
            ["agreements", "approve", &id, "--by", side, "--basis", "resolved", "--on", "2026-02-01"];
        demo.shows(&[&approve[..], &["--body", "City Council", "--reference", "R2026-7"]].concat());
    }
    for side in ["Chicago", "Sydney"] {
        let sign = ["agreements", "sign", &id, "--by", side, "--person", "A. Mayor", "--office", "Mayor"];
        demo.shows(&[&sign[..], &["--rank", "highest_elected", "--on", "2026-03-01"]].concat());
    }
    let signed = demo.json(&["agreements", "show", &id]);
    assert_eq!((&signed["signed_on"], &signed["missing"]), (&"2026-03-01".into(), &serde_json::json!([])));

    let amended = demo.json(&["agreements", "add-version", &id, "--amends", "1", "--notice-months", "3"]);
    assert_eq!(amended["versions"][1]["of"], 1);
    let given_up = demo.shows(&["agreements", "withdraw", &id, "--reason", "not needed"]);
    assert!(given_up.contains("Version 2, amends version 1: withdrawn"), "{given_up}");
    let notice = ["agreements", "give-notice", &id, "--by", "Sydney", "--on", "2026-04-01"];
    let notice = demo.json(&[&notice[..], &["--authority", "Lord Mayor"]].concat());
    assert_eq!(notice["effective_end"]["because"], "notice_given");
}

#[test]
fn an_agreement_that_was_signed_before_is_entered_with_its_signatures() {
    let demo = Demo::build();
    let add = ["agreements", "add", "Sydney", "--title", "Friendship", "--signed-on", "1994-05-17"];
    let sides = ["--signature", "Chicago=R. Daley;Mayor;highest_elected", "--signature", "Sydney"];
    let added = demo.shows(&[&add[..], &sides, &["--source", "the paper itself"]].concat());
    assert!(added.contains("R. Daley, Mayor, 1994-05-17"), "{added}");
    let half = demo.run(&[&add[..], &["--signature", "Chicago=R. Daley;Mayor"]].concat());
    assert_eq!(half.exit, 2, "{half:?}");
}

#[test]
fn an_edited_engagement_keeps_what_was_not_given() {
    let demo = Demo::build();
    let add = ["engagements", "add", "Sydney", "--title", "Engineers visit", "--focus", "business"];
    demo.shows(&[&add[..], &["--direction", "inbound", "--start", "2026-10", "--source", "diary"]].concat());
    let before = demo.json(&["engagements", "show", "engineers visit"]);
    let edit = [
        "engagements",
        "edit",
        "engineers visit",
        "--end",
        "2026-10-20",
        "--people",
        "counterpart:delegate=4",
    ];
    let edited =
        demo.json(&[&edit[..], &["--focus", "environment", "--note", "They came by train."]].concat());
    assert_eq!(
        (&edited["end"], &edited["foci"]),
        (&"2026-10-20".into(), &serde_json::json!(["environment"]))
    );
    assert_eq!(edited["participants"][0]["people"], 4);
    for same in ["title", "partnership", "direction", "start", "source", "evidence", "happening", "follow_up"]
    {
        assert_eq!(edited[same], before[same], "{same}");
    }
    let cleared = demo.json(&["engagements", "edit", "engineers visit", "--clear", "end", "--clear", "note"]);
    assert!(cleared["end"].is_null() && cleared["notes"] == serde_json::json!([]), "{cleared}");
    let wrong = demo.run(&["engagements", "edit", "engineers visit", "--clear", "title"]);
    assert_eq!(wrong.exit, 2, "a title is always known: {wrong:?}");
}

#[test]
fn a_programme_is_renamed_and_its_kinds_and_numbers_are_set_one_at_a_time() {
    let demo = Demo::build();
    let before = demo.json(&["programmes", "show"]);
    let set = demo.json(&["programmes", "set", "--currency", "EUR"]);
    assert_eq!((&set["currency"], &set["name"]), (&"EUR".into(), &before["name"]));
    assert_eq!(demo.run(&["programmes", "set"]).exit, 2);

    let nameless = demo.run(&["programmes", "kinds", "set", "county-tie"]);
    assert_eq!(nameless.exit, 2, "{nameless:?}");
    let kinds =
        ["programmes", "kinds", "set", "county-tie", "--name", "en=county tie", "--headline", "not_counted"];
    assert!(demo.shows(&kinds).contains("county tie"));
    let changed = demo.json(&["programmes", "kinds", "set", "county-tie", "--max-term-months", "60"]);
    let added = changed.as_array().expect("kinds").iter().find(|kind| kind["key"] == "county-tie");
    let added = added.expect("it was added");
    assert_eq!((&added["max_term_months"], &added["headline"]), (&60.into(), &"not_counted".into()));
    let used = demo.run(&["programmes", "kinds", "remove", "sister-city"]);
    assert_eq!(used.exit, 4, "a partnership has it: {used:?}");
    let left = demo.json(&["programmes", "kinds", "remove", "county-tie"]);
    assert_eq!(left, before["kinds"]);

    let numbers =
        ["programmes", "policies", "set", "due.touch_every_months=5", "retention.personal_days=3650"];
    let set = demo.json(&numbers);
    assert_eq!(
        (&set["due"]["touch_every_months"], &set["retention"]["personal_days"]),
        (&5.into(), &3650.into())
    );
    assert_eq!(set["vitality"], before["vitality"], "what was not given stays");
    let unlimited = demo.json(&["programmes", "policies", "set", "retention.personal_days="]);
    assert!(unlimited["retention"]["personal_days"].is_null());
    assert!(demo.shows(&["programmes", "policies", "show"]).contains("due.touch_every_months=5"));
    let wrong = demo.run(&["programmes", "policies", "set", "due.touch_evry_months=6"]);
    assert_eq!(wrong.exit, 2, "{wrong:?}");
    assert!(wrong.stderr.contains("touch_every_months"), "it says what there is: {wrong:?}");

    let file = demo.path("policies.json").display().to_string();
    std::fs::write(&file, serde_json::to_string(&set).expect("JSON")).expect("written");
    assert_eq!(demo.json(&["programmes", "policies", "set", "--file", &file]), set);
}
