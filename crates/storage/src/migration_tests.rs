//! Migrations lie in a folder for each back end, and each names those that it applies.

use crate::{postgres, sqlite};

#[test]
fn every_migration_that_lies_there_is_applied() {
    for (back_end, applied) in
        [("sqlite", sqlite::settings::MIGRATIONS), ("postgres", postgres::migrate::MIGRATIONS)]
    {
        let folder = format!("{}/src/{back_end}/migrations", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).expect("the migrations");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").file_name()).collect();
        let mut applied: Vec<std::ffi::OsString> =
            applied.iter().map(|(name, _)| format!("{name}.sql").into()).collect();
        files.sort();
        applied.sort();
        assert_eq!(files, applied, "{back_end}");
    }
}
