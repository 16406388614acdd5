//! `kill -9` in the middle of an import: the store is as before, or as after, never between.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use crate::program::{Demo, Run, command};

const LINES: usize = 3_000;
const KILLS: u32 = 8;

#[test]
fn an_import_that_is_killed_is_there_whole_or_not_at_all() {
    let demo = Demo::build();
    let log = demo.path("log.csv");
    let mut text = String::from("city,country_code,date,direction,focus,title\n");
    for line in 0..LINES {
        writeln!(text, "Lucerne,CH,{},inbound,culture,Concert number {line}", 2000 + line % 20)
            .expect("written");
    }
    std::fs::write(&log, text).expect("written");
    let arguments = ["import", "engagements", log.to_str().expect("text"), "--apply"];

    let before = kept(&demo);
    let started = Instant::now();
    let whole = Demo::build();
    let applied: Run = whole.run(&arguments);
    let takes = started.elapsed();
    assert_eq!(applied.exit, 0, "{applied:?}");
    let after = kept(&whole);
    assert_eq!(after.engagements, before.engagements + LINES);

    let mut cut_short = 0;
    for kill in 1..=KILLS {
        let demo = Demo::build();
        let database = format!("sqlite:{}", demo.path("demo.db").display());
        let environment =
            [("SISTER_CITIES_DATABASE", database.as_str()), ("SISTER_CITIES_PROGRAMME", "Chicago")];
        let mut import = command(Path::new("."), &environment, &arguments).spawn().expect("it runs");
        std::thread::sleep(takes * kill / KILLS);
        import.kill().expect("kill -9");
        cut_short += u32::from(import.wait().expect("its end").code().is_none());
        let found = kept(&demo);
        // The upload and the dry run are commits of their own; they bring no engagement.
        let untouched = found.engagements == before.engagements && !found.applied;
        assert!(untouched || found == after, "kill {kill} of {KILLS}: {found:?}");
    }
    assert!(cut_short > 0, "every kill came too late to say anything");
}

/// What the store holds of the import.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    engagements: usize,
    applied: bool,
}

fn kept(demo: &Demo) -> Kept {
    let imports = demo.json(&["imports", "list"]);
    let of_the_log = |import: &&serde_json::Value| {
        import["file_name"].as_str().is_some_and(|name| name.contains("log.csv"))
    };
    let ours = imports.as_array().expect("a list").iter().find(of_the_log);
    Kept {
        engagements: demo.json(&["engagements", "list"]).as_array().expect("a list").len(),
        applied: ours.is_some_and(|import| import["state"] == "applied"),
    }
}
