//! Nothing that a programme has is left behind: every table with its rows is taken out, or follows from what is.

use std::collections::BTreeSet;

use super::given::Folder;
use crate::catalogue;

/// What archives hold, beside the tables of records.
const TAKEN_OUT: [&str; 8] =
    ["change", "journal", "journal_head", "head", "history", "document", "reply", "work"];
/// What is made anew, or is there for a moment only.
const FOLLOWS: [&str; 6] = ["search", "search_scope", "search_word", "erasing", "due_item", "due_unit"];
/// What stays behind on purpose: a restored backup sends nothing old, begins to look where its journal ends, and draws a key for cursors.
const STAYS: [&str; 7] = [
    "notification_position",
    "notification",
    "delivery",
    "delivery_attempt",
    "delivery_lane",
    "refused_address",
    "cursor_key",
];

/// The tables that nobody has thought of.
fn forgotten(live: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let records = catalogue::ALL.iter().map(|kind| kind.table);
    let sets = catalogue::ALL.iter().flat_map(|kind| kind.sets.iter().map(|set| set.table));
    let known: BTreeSet<&str> =
        records.chain(sets).chain(TAKEN_OUT).chain(FOLLOWS).chain(STAYS).chain(["data_key"]).collect();
    live.into_iter().filter(|table| !known.contains(table.as_str())).collect()
}

#[test]
fn every_table_of_a_file_is_taken_out_or_follows() {
    let folder = Folder::new();
    drop(folder.sqlite("new.db"));
    let connection = rusqlite::Connection::open(folder.path("new.db")).expect("a database");
    let sql = "SELECT m.name FROM sqlite_schema m, pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND c.name = 'programme' ORDER BY m.name";
    let mut tables = connection.prepare(sql).expect("a question");
    let tables = tables.query_map([], |row| row.get(0)).expect("tables");
    let tables: Vec<String> = tables.collect::<Result<_, _>>().expect("names");
    assert!(tables.len() > 15, "{tables:?}");
    assert_eq!(forgotten(tables), BTreeSet::new());
}

#[cfg(feature = "testing")]
#[tokio::test]
async fn every_table_of_a_server_is_taken_out_or_follows() {
    let Some(found) = crate::testing::database().await else { return };
    let admin = found.connect(&found.admin_url()).await;
    let sql = "SELECT table_name::text FROM information_schema.columns \
        WHERE table_schema = 'sister_cities' AND column_name = 'programme'";
    let tables = admin.query(sql, &[]).await.expect("tables");
    let tables: Vec<String> = tables.iter().map(|row| row.get(0)).collect();
    assert!(tables.len() > 15, "{tables:?}");
    assert_eq!(forgotten(tables), BTreeSet::new());
}
