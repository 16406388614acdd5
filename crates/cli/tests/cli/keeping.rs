//! Moving a programme, and backing up everything, from the command line.

use crate::program::{Demo, Run};

/// Runs the program on another database of the same folder.
fn on(demo: &Demo, database: &str, arguments: &[&str]) -> Run {
    let database = format!("sqlite:{}", demo.path(database).display());
    demo.run(&[arguments, &["--database", &database]].concat())
}

fn path(demo: &Demo, name: &str) -> String {
    demo.path(name).to_str().expect("a path").to_owned()
}

#[test]
fn a_programme_is_exported_and_imported_where_it_is_not() {
    let demo = Demo::build();
    let file = path(&demo, "chicago.zip");
    let exported = demo.shows(&["programmes", "export", "Chicago", &file]);
    assert!(exported.contains("Written to") && exported.contains("prg_"), "{exported}");
    let again = demo.run(&["programmes", "export", "Chicago", &file]);
    assert_eq!(again.exit, 4, "{again:?}");

    let imported = on(&demo, "new.db", &["programmes", "import", &file]);
    assert_eq!(imported.exit, 0, "{imported:?}");
    assert!(imported.stdout.contains("its journal is whole"), "{imported:?}");
    let twice = on(&demo, "new.db", &["programmes", "import", &file]);
    assert_eq!(twice.exit, 4, "{twice:?}");
    assert!(twice.stderr.contains("already; nothing is written over"), "{twice:?}");
    assert_eq!(on(&demo, "new.db", &["audit", "verify"]).exit, 0);
    let (here, there) = (demo.run(&["count"]), on(&demo, "new.db", &["count"]));
    assert_eq!((here.exit, here.stdout), (there.exit, there.stdout));

    let second = path(&demo, "again.zip");
    assert_eq!(on(&demo, "new.db", &["programmes", "export", "Chicago", &second]).exit, 0);
    assert!(
        std::fs::read(&file).expect("a file") == std::fs::read(&second).expect("a file"),
        "byte for byte"
    );
    let nobody = demo.run(&["programmes", "export", "Atlantis", &path(&demo, "none")]);
    assert_eq!(nobody.exit, 3, "{nobody:?}");
}

#[test]
fn access_tokens_that_come_along_are_told_of_and_revoked_unless_asked_for() {
    let demo = Demo::build();
    let made = demo.run(&["token", "create", "--name", "desk", "--scope", "programme:read", "--json"]);
    assert_eq!(made.exit, 0, "{made:?}");
    let file = path(&demo, "chicago.zip");
    demo.shows(&["programmes", "export", "Chicago", &file]);
    let live = |database: &str| {
        let listed = on(&demo, database, &["token", "list", "--json"]);
        let tokens: serde_json::Value = serde_json::from_str(&listed.stdout).expect("JSON");
        tokens
            .as_array()
            .expect("a list")
            .iter()
            .filter(|token| token.get("revoked_at").is_none_or(serde_json::Value::is_null))
            .count()
    };
    let imported = on(&demo, "new.db", &["programmes", "import", &file]);
    assert!(
        imported.stdout.contains("1 access token came along and no longer opens anything here"),
        "{imported:?}"
    );
    assert_eq!(live("new.db"), 0);
    assert_eq!(on(&demo, "new.db", &["audit", "verify"]).exit, 0);
    let kept = on(&demo, "kept.db", &["programmes", "import", &file, "--with-tokens"]);
    assert!(kept.stdout.contains("1 access token came along and is good here"), "{kept:?}");
    assert_eq!(live("kept.db"), 1);
}

#[test]
fn a_backup_is_taken_verified_and_restored() {
    let demo = Demo::build();
    let file = path(&demo, "monday.backup");
    demo.shows(&["backup", "create", &file]);
    let seen = demo.shows(&["backup", "verify", &file]);
    assert!(seen.contains("every checksum is right") && seen.contains("3 of 3 journals are whole"), "{seen}");
    let restored = on(&demo, "restored.db", &["backup", "restore", &file]);
    assert_eq!(restored.exit, 0, "{restored:?}");
    assert_eq!(on(&demo, "restored.db", &["audit", "verify"]).exit, 0);
    let (here, there) = (demo.run(&["overview"]), on(&demo, "restored.db", &["overview"]));
    assert_eq!((here.exit, here.stdout), (there.exit, there.stdout));
    let over = on(&demo, "restored.db", &["backup", "restore", &file]);
    assert_eq!(over.exit, 4, "{over:?}");

    let mut broken = std::fs::read(&file).expect("a file");
    broken.truncate(broken.len() / 2);
    let half = path(&demo, "half.backup");
    std::fs::write(&half, broken).expect("written");
    let refused = demo.run(&["backup", "verify", &half]);
    assert_eq!(refused.exit, 4, "{refused:?}");
    assert!(refused.stderr.contains("this is no whole archive"), "{refused:?}");
}

#[test]
fn the_text_of_an_agreement_is_refused_unless_the_version_names_it() {
    let demo = Demo::build();
    let agreements = demo.json(&["agreements", "list"]);
    let id = agreements[0]["id"].as_str().expect("an agreement").to_owned();
    let file = path(&demo, "agreement.txt");
    std::fs::write(&file, "Chicago and another city agree.").expect("written");
    let refused = demo.run(&["agreements", "put-text", &id, &file]);
    assert_eq!(refused.exit, 4, "{refused:?}");
    assert!(refused.stderr.contains("names no text"), "{refused:?}");
    assert!(refused.stderr.contains("attached"), "{refused:?}");
    let absent = demo.run(&["agreements", "get-text", &id, &path(&demo, "copy.txt")]);
    assert_eq!(absent.exit, 3, "{absent:?}");
    std::fs::write(&file, b"\x7fELF\xff").expect("written");
    let unknown = demo.run(&["agreements", "put-text", &id, &file]);
    assert!(unknown.stderr.contains("expected a PDF"), "{unknown:?}");
    std::fs::write(&file, "Found in a drawer.").expect("written");
    let attached = demo.shows(&["agreements", "put-text", &id, &file, "--attach"]);
    assert!(attached.contains("has its text now, with the SHA-256"), "{attached}");
    demo.shows(&["agreements", "get-text", &id, &path(&demo, "copy.txt")]);
    std::fs::write(&file, "Another.").expect("written");
    let again = demo.run(&["agreements", "put-text", &id, &file, "--attach"]);
    assert_eq!(again.exit, 4, "{again:?}");
    assert!(again.stderr.contains("and keeps it"), "{again:?}");
}
