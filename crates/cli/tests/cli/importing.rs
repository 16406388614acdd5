//! Files come in: tried first, then all or nothing, twice is once, and back out again.

use crate::program::Demo;

const LIST: &str =
    "City;Country;Kind;Since\nGdańsk;Poland;Partnerstadt;1999\nKraków;Poland;Partnerstadt;n/a\n";

#[test]
fn a_list_is_tried_applied_once_and_undone() {
    let demo = Demo::build();
    let file = demo.path("list.csv");
    std::fs::write(&file, LIST).expect("written");
    let file = file.to_str().expect("text");
    let map = ["--kind", "Partnerstadt=sister-city"];
    let count = || demo.json(&["partnerships", "list"]).as_array().map(Vec::len);
    let before = count();

    let tried = demo.shows(&[&["import", "partnerships", file, "--dry-run"], &map[..]].concat());
    assert!(tried.contains("2 to create"), "{tried}");
    assert_eq!(count(), before, "a dry run writes nothing");

    let applied = demo.json(&[&["import", "partnerships", file, "--apply"], &map[..]].concat());
    assert_eq!(applied["import"]["state"], "applied", "{applied}");
    assert_eq!(count(), before.map(|n| n + 2));
    let again = demo.json(&[&["import", "partnerships", file, "--apply"], &map[..]].concat());
    assert_eq!(again["import"]["tally"]["create"], 0, "{again}");
    assert_eq!(count(), before.map(|n| n + 2), "twice is once");

    let id = applied["import"]["id"].as_str().expect("an id");
    assert_eq!(demo.json(&["imports", "undo", id])["state"], "undone");
    assert_eq!(count(), before);
}

#[test]
fn a_doubtful_line_needs_a_person_and_nothing_is_applied_before() {
    let demo = Demo::build();
    let file = demo.path("doubtful.csv");
    std::fs::write(&file, "City,Country,Kind,Since\nSan José,,sister city,1999\n").expect("written");
    let file = file.to_str().expect("text");
    let refused = demo.run(&["import", "partnerships", file, "--apply"]);
    assert_eq!(refused.exit, 5, "{refused:?}");
    assert!(refused.stderr.contains("--choose 2=geonames:"), "{}", refused.stderr);
    let kept = demo.json(&["import", "partnerships", file, "--apply", "--undecided", "keep-by-name"]);
    assert_eq!(kept["import"]["tally"]["kept_unresolved"], 1, "{kept}");
}

#[test]
fn a_wrong_file_is_refused_with_what_would_be_right() {
    let demo = Demo::build();
    let file = demo.path("notes.csv");
    std::fs::write(&file, "just\nsome\nnotes\n").expect("written");
    let refused = demo.run(&["import", "partnerships", file.to_str().expect("text")]);
    assert_eq!(refused.exit, 4, "{refused:?}");
}
