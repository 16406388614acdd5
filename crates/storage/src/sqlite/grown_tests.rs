//! What statements read of a large file: no whole table, and sorted is at most what a filter found.

use rusqlite::{Connection, StatementStatus, params_from_iter};

use super::{SqliteStore, search, settings, statements};
use crate::grown::{ENGAGEMENTS, grow, lists};
use crate::search::{RawSearch, Words};
use crate::select::Dialect;
use crate::{Condition, Database, Query};
use sister_cities_domain::id::RecordKind;

/// How many steps of SQLite's machine a page may take that is read from an index; reading the whole table takes millions.
const STEPS_OF_A_PAGE: i32 = 20_000;

#[tokio::test]
async fn nothing_is_read_whole_of_a_hundred_thousand_engagements() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let world = grow(&Database::new(SqliteStore::open(&path).expect("a database"))).await;
    let connection = settings::open_reader(&path).expect("a reader");
    for sql in statements::all().into_iter().map(str::to_owned).chain(search::all()) {
        super::tests::assert_no_scan(&connection, &sql);
    }
    for query in lists(&world) {
        let select = Dialect::Sqlite.page(world.realm(), &query);
        super::tests::assert_no_scan(&connection, &select.sql);
        let mut statement = connection.prepare(&select.sql).expect("a statement");
        let rows =
            statement.query(params_from_iter(&select.values)).expect("rows").mapped(|_| Ok(())).count();
        let read = |what| statement.get_status(what);
        assert_eq!(read(StatementStatus::FullscanStep), 0, "{}", select.sql);
        if is_straight(&query) {
            assert_eq!(read(StatementStatus::Sort), 0, "{}", select.sql);
            assert!(read(StatementStatus::VmStep) < STEPS_OF_A_PAGE, "{rows} rows: {}", select.sql);
        }
    }
    assert_searches(&connection, &world);
}

/// In the order of an index: no filter, or one of a column with an index in the order of the list.
fn is_straight(query: &Query) -> bool {
    let has_key = query.order.by.is_some();
    match query.conditions.as_slice() {
        [] => true,
        [Condition::OneOf(column, _)] => {
            has_key
                && query.kind == RecordKind::Engagement
                && ["partnership", "direction"].contains(&column.name)
        }
        _ => false,
    }
}

fn assert_searches(connection: &Connection, world: &crate::conformance::sample::World) {
    for (asked, least) in
        [("chicago", 51), ("mayor chicago", 51), ("delegat", 51), ("99999", 1), ("accra 4", 1)]
    {
        let words = Words::new(asked).expect("words");
        let raw = RawSearch { kind: RecordKind::Engagement, words, after: None, limit: 50 };
        let place = search::place(&raw).expect("a place");
        let hits = search::search(connection, world.realm(), &raw, place).expect("hits");
        assert!(hits.ids.len() >= least.min(50), "{asked}: {}", hits.ids.len());
    }
    let count: u32 =
        connection.query_row("SELECT count(*) FROM search", [], |row| row.get(0)).expect("a count");
    assert!(count >= ENGAGEMENTS, "{count}");
}
