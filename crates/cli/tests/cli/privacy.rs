//! Proving the journal and erasing a person from the command line.

use std::path::Path;

use crate::program::{Demo, write_private};

#[test]
fn a_journal_is_proved_whole_until_somebody_edits_the_file() {
    let demo = Demo::build();
    let shown = demo.shows(&["audit", "verify"]);
    assert!(shown.contains("Chicago") && shown.contains("whole") && !shown.contains("broken"), "{shown}");
    let audits = demo.json(&["audit", "verify"]);
    assert!(audits.as_array().expect("a list").iter().all(|audit| audit["result"] == "whole"), "{audits}");

    edit(&demo.path("demo.db"));
    let found = demo.run(&["audit", "verify"]);
    assert_eq!(found.exit, 1, "{found:?}");
    assert!(found.stdout.contains("broken at "), "{found:?}");
    assert!(found.stderr.contains("is not what was committed"), "{found:?}");
}

#[test]
fn a_person_is_looked_for_erased_and_not_found_again() {
    let demo = Demo::build();
    let add = [
        "engagements",
        "add",
        "Sydney",
        "--title",
        "Kanaria Wróbel sings",
        "--focus",
        "culture",
        "--direction",
        "inbound",
        "--start",
        "2026-05-01",
    ];
    demo.shows(&add);
    let dry = demo.shows(&["erase", "person", "--name", "kanaria wróbel", "--dry-run"]);
    assert!(dry.contains("Would replace in") && dry.contains("engagement /title"), "{dry}");
    let done = demo.shows(&["erase", "person", "--name", "Kanaria Wróbel"]);
    assert!(done.contains("In its place stands: person erased"), "{done}");
    let again = demo.run(&["erase", "person", "--name", "Kanaria Wróbel"]);
    assert_eq!(again.exit, 3, "{again:?}");
    demo.shows(&["audit", "verify"]);
    for file in std::fs::read_dir(demo.path("")).expect("files") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("bytes");
        assert!(!bytes.windows(7).any(|part| part == b"Kanaria"), "no byte of any file");
    }
}

#[test]
fn keys_are_rotated_with_a_good_master_key_only() {
    let demo = Demo::build();
    let file = demo.path("master.key");
    let with_key = |text: &str| {
        write_private(&file, text);
        demo.run(&["keys", "rotate", "--master-key-file", file.to_str().expect("a path")])
    };
    let good = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";
    let rotated = with_key(good);
    assert_eq!(
        (rotated.exit, rotated.stdout.as_str()),
        (0, "3 new data keys; values follow while a server runs\n")
    );
    for bad in ["secret", &"0".repeat(64)] {
        let refused = with_key(bad);
        assert_eq!(refused.exit, 2, "{refused:?}");
        assert!(
            refused.stderr.contains("openssl rand -hex 32") && !refused.stderr.contains(bad),
            "{refused:?}"
        );
    }
    let without = demo.run(&["keys", "rotate"]);
    assert_eq!(without.exit, 6, "{without:?}");
    assert!(without.stderr.contains("--master-key-file"), "{without:?}");
    demo.shows(&["audit", "verify"]);
}

#[test]
fn the_master_key_is_changed_for_another() {
    let demo = Demo::build();
    let write = |name: &str, text: &str| {
        write_private(&demo.path(name), text);
        demo.path(name).to_str().expect("a path").to_owned()
    };
    let old = write("old.key", "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef");
    let new = write("new.key", "a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef3f9");
    demo.shows(&["keys", "rotate", "--master-key-file", &old]);
    let both = ["keys", "rewrap", "--master-key-file", &new, "--old-master-key-file", &old];
    let rewrapped = demo.shows(&both);
    assert_eq!(rewrapped, "3 data keys were wrapped anew; all open with the master key now\n");
    assert!(demo.shows(&both).starts_with("0 data keys"));
    demo.shows(&["keys", "rotate", "--master-key-file", &new]);

    let late = demo.run(&["keys", "rewrap", "--master-key-file", &old]);
    assert_eq!(late.exit, 6, "{late:?}");
    assert!(late.stderr.contains("was not wrapped by the master key given"), "{late:?}");
    let alone = demo.run(&["keys", "rewrap", "--old-master-key-file", &old]);
    assert_eq!(alone.exit, 2, "{alone:?}");
    demo.shows(&["audit", "verify"]);
}

/// As somebody would who has the file: one letter of one event.
fn edit(path: &Path) {
    let mut bytes = std::fs::read(path).expect("the file");
    let (from, to) = (b"place.created", b"place.creaked");
    let at = bytes.windows(from.len()).position(|part| part == from).expect("a place was created");
    bytes[at..at + from.len()].copy_from_slice(to);
    std::fs::write(path, bytes).expect("written");
}
