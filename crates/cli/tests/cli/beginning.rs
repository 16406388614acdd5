//! An office begins: an empty database, a programme, its own list.

use crate::program::run;

#[test]
fn an_office_sets_up_its_programme_and_brings_its_list_in() {
    let directory = tempfile::tempdir().expect("a directory");
    let environment = [("SISTER_CITIES_DATABASE", "sqlite:programme.db")];
    let here = |arguments: &[&str]| run(directory.path(), &environment, arguments);
    assert_eq!(here(&["migrate"]).exit, 0);

    let create =
        ["programmes", "create", "Sister Cities", "--city", "Springfield", "--country", "United States"];
    let doubtful = here(&create);
    assert_eq!(doubtful.exit, 5, "{doubtful:?}");
    assert!(doubtful.stderr.contains("4409896  Springfield, Missouri, United States"), "{}", doubtful.stderr);
    let nowhere = here(&["programmes", "create", "X", "--city", "Little Nowhere", "--country", "Poland"]);
    assert_eq!(nowhere.exit, 3, "{nowhere:?}");
    let created = here(&[&create[..], &["--geonames", "4409896"]].concat());
    assert_eq!(created.exit, 0, "{created:?}");

    let list = "Our partners\n\nCity;Country;Kind;Since\nIsesaki;Japan;Sister City;1986\n\
        Tlaquepaque;Mexico;Sister City;(2003)\n\nTotal: 2\n";
    std::fs::write(directory.path().join("list.csv"), list).expect("written");
    let applied = here(&["import", "partnerships", "list.csv", "--apply"]);
    assert_eq!(applied.exit, 0, "{applied:?}");
    let count = here(&["count", "--as-of", "1990-01-01", "--json"]);
    let count: serde_json::Value = serde_json::from_str(&count.stdout).expect("JSON");
    assert_eq!(count["number"], 1, "{count}");
}
