//! What was entered is corrected, or taken out again.

use serde_json::Value;

use crate::program::Demo;

/// An edit changes these fields, and besides them the revision alone.
fn changes_only(before: &Value, after: &Value, fields: &[&str]) {
    let (before, after) = (before.as_object().expect("a record"), after.as_object().expect("a record"));
    for name in before.keys().chain(after.keys()) {
        let expected = fields.contains(&name.as_str()) || name == "revision";
        assert_eq!(before.get(name) != after.get(name), expected, "{name}: {before:?} -> {after:?}");
    }
}

#[test]
fn organisations_and_people_are_corrected_in_what_was_wrong_alone() {
    let demo = Demo::build();
    let add = ["organisations", "add", "Port of Sydney", "--kind", "company", "--place", "Sydney"];
    let before =
        demo.json(&[&add[..], &["--website", "https://port.example/", "--source", "its card"]].concat());
    let edit = ["organisations", "edit", "port of sydney", "--name", "Port Authority", "--clear", "website"];
    let after = demo.json(&[&edit[..], &["--note", "Renamed in 2026."]].concat());
    changes_only(&before, &after, &["name", "website", "notes"]);

    let add =
        ["persons", "add", "Олена Коваль", "--latin-name", "Olena Koval", "--email", "olena@example.org"];
    let before = demo.json(&[&add[..], &["--email", "old@example.org", "--language", "uk"]].concat());
    let edit = ["persons", "edit", "olena", "--remove-email", "old@example.org", "--zone", "Europe/Kyiv"];
    let after = demo.json(&[&edit[..], &["--pronunciation", "o-LE-na"]].concat());
    changes_only(&before, &after, &["emails", "zone", "pronunciation"]);
    assert_eq!(after["emails"].as_array().map(Vec::len), Some(1));
}

#[test]
fn committees_roles_and_practices_are_corrected_and_removed() {
    let demo = Demo::build();
    let add = ["committees", "add", "Harbour Committee", "--partnership", "Sydney", "--seats", "5"];
    let before = demo.json(&add)["committee"].clone();
    let after =
        demo.json(&["committees", "edit", "harbour", "--seats", "7", "--from", "2026"])["committee"].clone();
    changes_only(&before, &after, &["seats", "from"]);

    let role = demo.json(&["roles", "add", "chair", "--committee", "harbour", "--from", "2026-01"]);
    let id = role["id"].as_str().expect("an id");
    let elsewhere =
        demo.json(&["roles", "edit", id, "--place", "Sydney", "--function", "mayor", "--clear", "from"]);
    changes_only(&role, &elsewhere, &["committee", "place", "function", "from"]);
    demo.shows(&["roles", "remove", id]);
    assert_eq!(demo.run(&["roles", "show", id]).exit, 3);
    assert!(demo.shows(&["committees", "remove", "harbour"]).contains("Harbour Committee is removed."));

    let add = ["practices", "add", "One door", "--cost", "250000.00 GBP", "--cost-words", "a year"];
    let before = demo.json(&[&add[..], &["--topic", "workforce", "--since", "2004"]].concat());
    let after = demo.json(&["practices", "edit", "one door", "--clear", "cost", "--topic", "policing"]);
    changes_only(&before, &after, &["cost", "topics"]);
    assert_eq!(after["cost"]["words"], "a year");
    demo.shows(&["adoptions", "add", "one door", "--by", "Sydney"]);
    assert_eq!(demo.run(&["practices", "remove", "one door"]).exit, 4, "somebody adopted it");
    demo.shows(&["adoptions", "remove", "one door"]);
    demo.shows(&["practices", "remove", "one door"]);
}

#[test]
fn a_plan_is_removed_once_it_has_no_points() {
    let demo = Demo::build();
    demo.shows(&["plans", "add", "Sydney", "--title", "Harbours"]);
    demo.shows(&["plans", "add-point", "harbours", "--title", "Write the study"]);
    assert_eq!(demo.run(&["plans", "remove", "harbours"]).exit, 4, "it has a point");
    demo.shows(&["plans", "remove", "harbours", "--point", "1"]);
    assert!(demo.shows(&["plans", "remove", "harbours"]).contains("Harbours is removed."));
}
