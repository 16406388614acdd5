//! Questions about the demo's programmes.

use std::path::Path;

use crate::program::{Demo, run};

#[test]
fn the_demo_shows_both_programmes_and_where_the_record_is_complete() {
    let directory = tempfile::tempdir().expect("a directory");
    let shown = run(directory.path(), &[], &["demo", "--no-serve"]);
    assert_eq!(shown.exit, 0, "{shown:?}");
    assert!(shown.stdout.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80));
    for text in [
        "Chicago Sister Cities as of ",
        "Birmingham Partner Cities as of ",
        "Casablanca",
        "Complete ",
        "Not stated: ",
        "City and country data: GeoNames, CC BY 4.0",
    ] {
        assert!(shown.stdout.contains(text), "{text}: {}", shown.stdout);
    }
    let left = std::fs::read_dir(directory.path()).expect("readable").count();
    assert_eq!(left, 0, "without --database nothing is left behind");

    let shown = run(directory.path(), &[], &["demo", "--no-serve", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&shown.stdout).expect("JSON");
    assert_eq!(json["programmes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_count_is_a_question_with_a_date() {
    let demo = Demo::build();
    let number = |arguments: &[&str]| demo.json(&[&["count"], arguments].concat())["number"].clone();
    assert_eq!(number(&["--as-of", "2008-06-04"]), 27);
    assert_eq!(number(&["--as-of", "2010-04-26"]), 28);
    assert_eq!(number(&["--as-of", "2010-04-26", "--kind", "cooperation-agreement"]), 3);
    assert_eq!(number(&["--as-of", "2022-03-02"]), 28);
    assert_eq!(number(&["--as-of", "2022-03-02", "--status", "suspended"]), 1);

    let shown = demo.shows(&["count", "--as-of", "2022-03-02"]);
    let moscow = shown.split("Suspended on that day").nth(1).expect("what stood aside");
    assert!(moscow.contains("Moscow, Russia, since 2022-03-01") && moscow.contains("Ukraine"), "{moscow}");
    assert!(demo.shows(&["count", "--as-of", "2008-06-04"]).contains("  27  "));
}

#[test]
fn casablanca_shows_dormancy_and_a_gap_of_the_record_differently() {
    let demo = Demo::build();
    let shown = demo.shows(&["vitality", "Casablanca", "--timeline", "--from", "1982", "--to", "2012"]);
    let line = shown.lines().find(|line| line.contains('█')).expect("the line");
    let gap = line.find('?').expect("a gap of the record");
    let dormant = line.find('·').expect("dormant years");
    assert!(dormant < gap, "dormant in the 1980s, the record broken off after 1995: {line}");
    assert!(shown.contains("not known: a gap of the record"), "a legend: {shown}");

    let why = demo.shows(&["vitality", "birmingham", "--as-of", "2005-06-01"]);
    for text in ["Why", "If nothing happens", "The record", "What it rests on", "called cooling"] {
        assert!(why.contains(text), "{text}: {why}");
    }
}

#[test]
fn words_find_records_in_any_spelling() {
    let demo = Demo::build();
    let shown = demo.shows(&["search", "CASABLÁN"]);
    assert!(shown.contains("[Casablanca]") && shown.contains("partnership prt_"), "{shown}");
    let found = demo.json(&["search", "Милан", "--kind", "place"]);
    assert_eq!(found[0]["title"], "Milan", "{found}");
    assert_eq!(demo.json(&["search", "moscow", "--limit", "1"]).as_array().map(Vec::len), Some(1));
    assert!(demo.shows(&["search", "xyzzyx"]).starts_with("Nothing found."));
    let refused = demo.run(&["search", "?!"]);
    assert_eq!(refused.exit, 2, "{refused:?}");
}

#[test]
fn every_list_fits_80_columns_and_every_answer_is_json_for_programs() {
    let demo = Demo::build();
    let questions: [&[&str]; 13] = [
        &["search", "casablanca"],
        &["programmes"],
        &["places", "list"],
        &["overview"],
        &["partnerships", "list"],
        &["partnerships", "show", "Moscow"],
        &["agreements", "list"],
        &["engagements", "list", "--partnership", "Casablanca"],
        &["vitality"],
        &["vitality", "--timeline", "--from", "1990", "--to", "2010"],
        &["journal", "--limit", "20"],
        &["imports", "list"],
        &["token", "list"],
    ];
    for question in questions {
        let shown = demo.shows(question);
        assert!(!shown.is_empty(), "{question:?}");
        let json = demo.json(question);
        assert!(json.is_array() || json.is_object(), "{question:?}");
    }
}

#[test]
fn colours_are_off_in_a_pipe_and_on_when_asked_for() {
    let demo = Demo::build();
    assert!(!demo.run(&["partnerships", "list"]).stdout.contains('\u{1b}'));
    assert!(demo.run(&["partnerships", "list", "--color", "always"]).stdout.contains("\u{1b}["));
}

#[test]
fn completions_are_printed_for_a_shell() {
    let printed = run(Path::new("."), &[], &["completions", "bash"]);
    assert_eq!(printed.exit, 0);
    assert!(printed.stdout.contains("complete -F") && printed.stdout.contains("vitality"));
}

/// R27: the four counts of a year and the list behind them say the same.
#[test]
fn r27_the_exchanges_of_a_year_are_counted_with_the_list_behind_them() {
    let demo = Demo::build();
    let years = demo.json(&["counts", "--exchanges"]);
    let year = years.as_array().expect("a list").iter().find(|one| one["year"] == 2008).expect("2008");
    let of_year = demo.json(&["counts", "--exchanges", "--year", "2008"]);
    assert_eq!(&of_year[0], year);
    let list = of_year[1].as_array().expect("a list");
    for way in ["inbound", "outbound"] {
        let own = || list.iter().filter(|one| one["direction"] == way);
        for number in ["exchanges", "people", "people_unclear", "without_number"] {
            let behind: u64 = own().map(|one| one["adds"][number].as_u64().expect("a number")).sum();
            assert_eq!(year[way][number], behind, "{way} {number}");
        }
    }
    let shown = demo.shows(&["count", "--exchanges", "--year", "2008"]);
    assert!(
        shown.starts_with("Exchanges of 2008") && shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
}
