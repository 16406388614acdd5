//! What statements read of a large file: by an index, in the order of an index.

use rusqlite::{Connection, StatementStatus, params_from_iter};

use super::{SqliteStore, due, indexing, notification_statements, search, settings, statements};
use crate::grown::{ENGAGEMENTS, grow, lists};
use crate::search::{RawSearch, Words};
use crate::select::Dialect;
use crate::{Condition, Database, Query};
use sister_cities_domain::id::RecordKind;

/// How many steps of SQLite's machine a page may take that is read from an index.
const STEPS_OF_A_PAGE: i32 = 20_000;
/// And one of a window of days, for which what began in the year before it is looked at too.
const STEPS_OF_A_WINDOW: i32 = 60_000;
/// And one for which an index is walked from end to end, if nothing passes the filter.
const STEPS_OF_A_WALK: i32 = 1_200_000;

/// The columns and members by which a list of engagements is filtered on the walk through the index of its order, `id` or the beginning:
/// an index for each of these would cost each commit more than all the lists save that are asked for so.
const WALKED: [(&str, &str); 6] = [
    ("direction", "began_key"),
    ("direction", "id"),
    ("first_day", "id"),
    ("last_day", "id"),
    ("focus", "id"),
    ("organisation", "id"),
];

#[tokio::test]
async fn nothing_is_read_whole_or_sorted_of_a_hundred_thousand_engagements() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let grown = grow(&Database::new(SqliteStore::open(&path).expect("a database"))).await;
    let connection = settings::open_reader(&path).expect("a reader");
    for sql in statements::all()
        .into_iter()
        .map(str::to_owned)
        .chain(search::all())
        .chain(indexing::all())
        .chain(due::all())
        .chain(notification_statements::all())
    {
        super::tests::assert_no_scan(&connection, &sql);
    }
    for query in lists(&grown) {
        let select = Dialect::Sqlite.page(grown.world.realm(), &query);
        super::tests::assert_no_scan(&connection, &select.sql);
        let mut statement = connection.prepare(&select.sql).expect("a statement");
        let rows =
            statement.query(params_from_iter(&select.values)).expect("rows").mapped(|_| Ok(())).count();
        let read = |what| statement.get_status(what);
        assert_eq!(read(StatementStatus::FullscanStep), 0, "{}", select.sql);
        assert_eq!(read(StatementStatus::Sort), super::tests::sorts_of_pages(&select.sql), "{}", select.sql);
        let is_window = select.sql.contains(" UNION ALL ");
        let most = match (is_walked(&query), is_window) {
            (true, _) => STEPS_OF_A_WALK,
            (false, true) => STEPS_OF_A_WINDOW,
            (false, false) => STEPS_OF_A_PAGE,
        };
        let steps = read(StatementStatus::VmStep);
        assert!(steps < most, "{steps} steps, {rows} rows: {}", select.sql);
    }
    assert_searches(&connection, &grown.world);
}

fn is_walked(query: &Query) -> bool {
    let order = query.order.by.map_or("id", |column| column.name);
    match query.conditions.as_slice() {
        [] => false,
        [Condition::OneOf(column, _) | Condition::AtLeast(column, _) | Condition::AtMost(column, _)] => {
            WALKED.contains(&(column.name, order))
        }
        [Condition::Has(set, _) | Condition::HasPrefix(set, _)] => WALKED.contains(&(set.value.name, order)),
        // All together: those of one partnership are walked.
        _ => true,
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
