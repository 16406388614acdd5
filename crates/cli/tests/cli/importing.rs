//! Files come in: tried first, then all or nothing, twice is once, and back out again.

use crate::program::{Demo, run};

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
fn the_same_command_with_its_answers_can_be_repeated_and_says_that_it_is_applied_already() {
    let demo = Demo::build();
    let file = demo.path("doubtful.csv");
    let list = "City,Country,Kind,Since\nSan José,,sister city,1999\nGdańsk,Poland,sister city,n/a\n";
    std::fs::write(&file, list).expect("written");
    let file = file.to_str().expect("text");
    let asked = demo.run(&["import", "partnerships", file, "--apply"]);
    let answer = asked.stderr.split("--choose ").nth(1).expect("a proposal").split_whitespace().next();
    let command = ["import", "partnerships", file, "--choose", answer.expect("an answer"), "--apply"];
    let first = demo.run(&command);
    assert_eq!(first.exit, 0, "{first:?}");
    let before = demo.json(&["partnerships", "list"]);
    for _ in 0..2 {
        let again = demo.run(&command);
        assert_eq!(again.exit, 0, "{again:?}");
        assert!(again.stdout.contains("Applied already: all that the file says is here"), "{again:?}");
    }
    assert_eq!(demo.json(&["partnerships", "list"]), before);
    let applied = demo.json(&["imports", "list", "--state", "applied"]);
    assert!(
        demo.json(&command)["applied_before"].as_str().is_some_and(|id| applied.to_string().contains(id))
    );
    let stray = demo.run(&["import", "partnerships", file, "--choose", "77=skip", "--apply"]);
    assert_eq!(stray.exit, 4, "an answer to a line that there is not is still refused: {stray:?}");
}

#[test]
fn a_wrong_file_is_refused_with_what_would_be_right() {
    let demo = Demo::build();
    let file = demo.path("notes.csv");
    std::fs::write(&file, "just\nsome\nnotes\n").expect("written");
    let refused = demo.run(&["import", "partnerships", file.to_str().expect("text")]);
    assert_eq!(refused.exit, 4, "{refused:?}");
}

#[test]
fn a_file_of_the_whole_world_is_accounted_for_row_by_row() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("pairs.csv");
    let pairs = "city1,country1,city2,country2\nChicago,United States,Casablanca,Morocco\n\
        Casablanca,Morocco,Chicago,USA\nSpringfield,United States,Accra,Ghana\n\
        Little Nowhere,Poland,Accra,Ghana\nAccra,Ghana,Accra,Ghana\n";
    std::fs::write(&file, pairs).expect("written");
    let arguments = ["import", "bulk", "pairs.csv", "--rows", "rows.ndjson", "--json"];
    let done = run(directory.path(), &[], &arguments);
    assert_eq!(done.exit, 0, "{done:?}");
    let counts: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    let expected =
        [("rows", 5), ("resolved", 2), ("ambiguous", 1), ("unresolved", 1), ("invalid", 1), ("pairs", 1)];
    for (name, number) in expected {
        assert_eq!(counts[name], number, "{name}: {counts}");
    }
    let rows = std::fs::read_to_string(directory.path().join("rows.ndjson")).expect("readable");
    assert_eq!(rows.lines().count(), 5, "nothing is lost: {rows}");

    let shown = run(directory.path(), &[], &arguments[..3]);
    assert!(shown.stdout.contains("City and country data: GeoNames, CC BY 4.0"), "{shown:?}");
}
