//! Who may read a database file.

use std::os::unix::fs::PermissionsExt as _;

use super::SqliteStore;

#[test]
fn a_new_file_is_for_its_owner_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let _store = SqliteStore::open(&path).expect("a database");
    for file in ["test.db", "test.db-wal"] {
        let rights = std::fs::metadata(folder.path().join(file)).expect("a file").permissions().mode();
        assert_eq!(rights & 0o777, 0o600, "{file}");
    }
}

/// As `docs/operations/files.md` says.
#[test]
fn what_others_may_do_with_a_file_is_taken_away_when_it_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    drop(SqliteStore::open(&path).expect("a database"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o664)).expect("opened to all");
    let _store = SqliteStore::open(&path).expect("a database");
    for file in ["test.db", "test.db-wal"] {
        let rights = std::fs::metadata(folder.path().join(file)).expect("a file").permissions().mode();
        assert_eq!(rights & 0o777, 0o660, "{file}");
    }
}
