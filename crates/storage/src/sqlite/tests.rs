//! Statements prepare, lists use indices, the schema is the catalogue, and unsafe files are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;
use sister_cities_domain::id::{ProgrammeId, RecordKind};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::settings::Synchronous;
use super::writer::{self, Job};
use super::{OpenError, SqliteStore, due, indexing, notification_statements, search, settings, statements};
use crate::audit::Prepared;
use crate::catalogue::{self, Column, ColumnType, Constraint, KindDescription, Presence, engagement};
use crate::conformance::sample::{World, day};
use crate::select::Dialect;
use crate::{
    ChangeNumber, ChangeSet, CommitError, Condition, Cursor, Database, Order, Query, Realm, Unavailable,
    Value,
};

fn migrated(folder: &tempfile::TempDir) -> Connection {
    settings::open_writer(&folder.path().join("test.db")).expect("a database")
}

#[test]
fn every_statement_prepares_against_the_migrated_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    for sql in every_statement() {
        if let Err(error) = connection.prepare(&sql) {
            panic!("{error}: {sql}");
        }
    }
    for query in every_list() {
        let sql = Dialect::Sqlite.page(realm(), &query).sql;
        assert!(connection.prepare(&sql).is_ok(), "{sql}");
        let sql = Dialect::Sqlite.count(realm(), &query).sql;
        assert!(connection.prepare(&sql).is_ok(), "{sql}");
    }
}

/// As SQLite does where it finds that a plan may depend on what is bound.
#[test]
fn no_statement_is_prepared_anew_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    let lists = every_list().into_iter().map(|query| Dialect::Sqlite.page(realm(), &query).sql);
    let mut again = Vec::new();
    for sql in every_statement().into_iter().chain(lists) {
        let mut statement = connection.prepare(&sql).expect("it prepares");
        for value in 0..3 {
            for place in 1..=statement.parameter_count() {
                statement.raw_bind_parameter(place, value).expect("a parameter");
            }
            // Most of them are refused, as what is bound makes no sense.
            let _refused = statement.raw_query().next().map(drop);
        }
        if statement.get_status(rusqlite::StatementStatus::RePrepare) > 0 {
            again.push(sql);
        }
    }
    assert!(again.is_empty(), "{again:#?}");
}

#[test]
fn no_statement_reads_a_whole_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    for sql in statements::all()
        .into_iter()
        .map(str::to_owned)
        .chain(search::all())
        .chain(indexing::all())
        .chain(due::all())
        .chain(notification_statements::all())
    {
        assert_no_scan(&connection, &sql);
    }
    for query in every_list() {
        assert_no_scan(&connection, &Dialect::Sqlite.page(realm(), &query).sql);
        assert_no_scan(&connection, &Dialect::Sqlite.count(realm(), &query).sql);
    }
}

#[test]
fn no_list_is_sorted_at_run_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    for query in every_list() {
        let sql = Dialect::Sqlite.page(realm(), &query).sql;
        let plan = plan(&connection, &sql);
        assert_eq!(
            i32::try_from(plan.matches("TEMP B-TREE").count()),
            Ok(sorts_of_pages(&sql)),
            "{query:?}: {plan}"
        );
    }
}

/// But for the revisions of one record: the past ones come in order, and the present one is sorted in among them.
#[test]
fn no_statement_sorts_what_it_finds() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    let histories: Vec<_> = RecordKind::ALL.iter().map(|kind| &statements::of(*kind).history).collect();
    for sql in statements::all().into_iter().filter(|sql| !histories.iter().any(|one| one == sql)) {
        let plan = plan(&connection, sql);
        assert!(!plan.contains("FOR ORDER BY"), "{sql}\n{plan}");
    }
}

#[test]
fn the_engagements_of_a_partnership_by_date_are_read_straight_from_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    let conditions = vec![Condition::OneOf(&engagement::PARTNERSHIP.column, vec![Uuid::nil().into()])];
    let order = Order::by(&engagement::BEGAN_KEY.column).reversed();
    let query = Query { conditions, order, ..Query::all(RecordKind::Engagement, 50) };
    let plan = plan(&connection, &Dialect::Sqlite.page(realm(), &query).sql);
    assert!(plan.contains("engagement_by_partnership") && !plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn the_engagements_of_some_partnerships_are_looked_up_in_an_index_of_partnerships() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    let bonds = [2, 1, 3].map(|number| Value::Id(Uuid::from_u128(number)));
    let conditions = vec![Condition::OneOf(&engagement::PARTNERSHIP.column, bonds.to_vec())];
    for order in
        [Order::by(&engagement::PARTNERSHIP.column), Order::by(&engagement::PARTNERSHIP.column).reversed()]
    {
        for after in [None, Some(Cursor { key: bonds[0].clone(), id: Uuid::nil(), change: None })] {
            let all = Query::all(RecordKind::Engagement, 50);
            let query = Query { conditions: conditions.clone(), order, after, ..all };
            let plan = plan(&connection, &Dialect::Sqlite.page(realm(), &query).sql);
            let looked_up = plan.contains("engagement_by_partnership") && plan.contains("partnership=?");
            assert!(looked_up && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}

#[test]
fn a_page_of_hits_is_not_sorted_at_run_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = plan(&migrated(&folder), search::SEARCH);
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn the_schema_is_what_the_catalogue_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let connection = migrated(&folder);
    let mut tables = names(&connection, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    let machinery = "change journal journal_head erasing data_key history document reply work search \
        search_indexed search_index search_index_config search_index_data search_index_idx \
        due_unit due_item notification_position notification delivery delivery_attempt \
        delivery_lane refused_address cursor_key refinery_schema_history";
    for machinery in machinery.split_whitespace() {
        assert!(tables.remove(machinery), "{machinery}");
    }
    for description in catalogue::ALL {
        let mut columns = columns(&connection, description.table);
        for own in ["programme", "id", "revision", "change", "version", "body"] {
            assert!(columns.remove(own).is_some(), "{} {own}", description.table);
        }
        for column in description.columns {
            assert_eq!(
                columns.remove(column.name),
                Some(expected(column)),
                "{} {}",
                description.table,
                column.name
            );
        }
        assert!(columns.is_empty(), "{} has columns nobody described: {columns:?}", description.table);
        assert!(tables.remove(description.table));
        for column in description.columns {
            assert_constraint(&connection, description.table, column);
        }
        for set in description.sets {
            assert_eq!(
                self::columns(&connection, set.table).get(set.value.name),
                Some(&expected(&set.value))
            );
            assert_constraint(&connection, set.table, &set.value);
            assert!(tables.remove(set.table));
        }
    }
    assert!(tables.is_empty(), "tables nobody described: {tables:?}");
}

#[test]
fn every_setting_that_durability_rests_on_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = migrated(&folder);
    let reader = settings::open_reader(&folder.path().join("test.db")).expect("a reader");
    for connection in [&writer, &reader] {
        let read = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).expect(name);
        assert_eq!(read("synchronous"), 2);
        assert_eq!(read("foreign_keys"), 1);
        assert_eq!(read("secure_delete"), 1);
        assert_eq!(read("busy_timeout"), 5_000);
        let mode: String =
            connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a mode");
        assert_eq!(mode, "wal");
    }
    assert!(reader.execute("DELETE FROM journal", []).is_err(), "a reader cannot write");
}

/// As nothing beside it can be written, and nobody is there to be waited for.
#[test]
fn a_file_that_cannot_be_written_is_read_as_it_stands_and_says_that_it_is_read_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    drop(migrated(&folder));
    let refused = || OpenError::NotWritable("no".to_owned());
    let connection = settings::open_as_it_stands(&path, 1_024, refused()).expect("a connection");
    let events: i64 =
        connection.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).expect("a count");
    assert_eq!(events, 0);
    let error = connection.execute("DELETE FROM journal", []).expect_err("nothing is written");
    assert_eq!(super::error::unavailable(&error), Unavailable::ReadOnly);
    // What stands in a write-ahead log beside it would be missed, and what was refused for another reason is.
    std::fs::write(folder.path().join("test.db-wal"), b"").expect("a log");
    assert!(settings::open_as_it_stands(&path, 1_024, refused()).is_err());
    std::fs::remove_file(folder.path().join("test.db-wal")).expect("no log");
    assert!(settings::open_as_it_stands(&path, 1_024, OpenError::NotOurs(7)).is_err());
    assert!(settings::open_as_it_stands(&folder.path().join("none.db"), 1_024, refused()).is_err());
}

/// Only where the risk is accepted by name; `cargo xtask crash` shows that it loses something.
#[test]
fn commits_are_acknowledged_early_only_where_that_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let synchronous = |writer: &Connection| {
        writer.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0)).expect("a setting")
    };
    assert_eq!(synchronous(&migrated(&folder)), 2);
    let early = settings::open_writer_with(&folder.path().join("early.db"), Synchronous::Normal);
    assert_eq!(synchronous(&early.expect("a connection")), 1);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.db");
    Connection::open(&path).expect("a file").execute_batch("CREATE TABLE theirs (x)").expect("a table");
    let before = std::fs::read(&path).expect("the file");
    assert_eq!(SqliteStore::open(&path).err(), Some(OpenError::NotOurs(0)));
    assert_eq!(std::fs::read(&path).expect("the file"), before);
    std::fs::write(&path, "this is a letter, not a database; it is long enough to have a header")
        .expect("a file");
    assert!(matches!(SqliteStore::open(&path), Err(OpenError::Database(_))));
    assert!(matches!(SqliteStore::open(Path::new("/nowhere/at/all.db")), Err(OpenError::Database(_))));
}

#[test]
fn several_that_open_a_new_database_at_once_migrate_it_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let openers: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || SqliteStore::open(&path).map(drop))
        })
        .collect();
    for opener in openers {
        assert_eq!(opener.join().expect("a thread"), Ok(()));
    }
    assert!(SqliteStore::open(&path).is_ok());
}

#[tokio::test]
async fn what_was_committed_is_there_after_opening_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let open = || Database::new(SqliteStore::open(&path).expect("a database"));
    let world = World::new(&open()).await;
    let (programme, before) = (world.programme, world.dump().await);
    drop(world);
    assert!(!path.with_extension("db-wal").exists(), "closing leaves one file");
    let again = open();
    assert_eq!(again.programme(programme).dump().await, Ok(before));
    assert_eq!(again.programme(ProgrammeId::from_uuid(Uuid::nil())).dump().await, Ok(String::new()));
}

#[tokio::test]
async fn two_stores_on_one_file_see_each_other_and_share_one_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let first = Database::new(SqliteStore::open(&path).expect("a database"));
    let second = Database::new(SqliteStore::open(&path).expect("a database"));
    let world = World::new(&first).await;
    let writes = (0..40).map(|number| {
        let database = if number % 2 == 0 { &first } else { &second };
        database.commit(world.told())
    });
    for result in futures_util::future::join_all(writes.collect::<Vec<_>>()).await {
        assert!(result.is_ok(), "{result:?}");
    }
    let end = second.programme(world.programme).journal_end().await;
    assert_eq!(end, Ok(crate::Sequence(41)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_while_reads_go_on_and_writes_resume_by_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let database = Database::new(SqliteStore::open(&path).expect("a database"));
    let world = World::new(&database).await;

    // A second writer on the file, whose room can be taken away.
    let connection = settings::open_writer(&path).expect("a writer");
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("pages");
    let room = |pages: i64| connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
    let large = || {
        let mut changes = world.told();
        changes.document(vec![7; 1_000_000]);
        changes
    };
    let write = |all: Vec<ChangeSet>| {
        let (queue, mut jobs) = mpsc::channel(10);
        let answers: Vec<_> = all
            .into_iter()
            .map(|changes| {
                let (answer, answered) = oneshot::channel();
                let prepared = Box::new(Prepared::new(changes).expect("well formed"));
                queue.try_send(Job::Commit(prepared, answer)).expect("room in the queue");
                answered
            })
            .collect();
        drop(queue);
        tokio::task::block_in_place(|| writer::run(&connection, &mut jobs));
        answers.into_iter().map(|mut answer| answer.try_recv().expect("an answer")).collect::<Vec<_>>()
    };
    room(pages + 20).expect("a limit");
    let answers = write(vec![large(), world.told()]);
    assert_eq!(answers[0], Err(CommitError::Unavailable(Unavailable::DiskFull)));
    assert!(answers[1].is_ok(), "what is small enough is stored: {answers:?}");
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(crate::Sequence(2)));

    room(1_000_000).expect("room again");
    assert!(write(vec![large()])[0].is_ok());
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(crate::Sequence(3)));
}

fn realm() -> Realm {
    Realm::Programme(ProgrammeId::from_uuid(Uuid::max()))
}

fn every_statement() -> Vec<String> {
    let constant = statements::all().into_iter().chain(super::archive::statements::all());
    constant
        .map(str::to_owned)
        .chain(search::all())
        .chain(indexing::all())
        .chain(due::all())
        .chain(notification_statements::all())
        .collect()
}

/// Every order alone, from both ends, at the beginning and in the middle; and every condition with every order.
fn every_list() -> Vec<Query> {
    let mut all = Vec::new();
    for description in catalogue::ALL {
        let alone =
            std::iter::once(Vec::new()).chain(conditions(description).into_iter().map(|one| vec![one]));
        for conditions in alone.chain([conditions(description)]) {
            for order in orders(description).into_iter().flat_map(|order| [order, order.reversed()]) {
                let key = order.by.map_or(Value::Nothing, |column| sample(column.holds));
                for (after, untouched_since) in [
                    (None, Some(ChangeNumber(7))),
                    (Some(Cursor { key, id: Uuid::nil(), change: None }), None),
                ] {
                    let conditions = conditions.clone();
                    let rest = Query::all(description.kind, 50);
                    all.push(Query { conditions, order, after, untouched_since, ..rest });
                }
            }
        }
    }
    all
}

fn orders(description: &'static KindDescription) -> Vec<Order> {
    let keys = description.columns.iter().filter(|column| column.name.ends_with("_key"));
    keys.map(Order::by).chain([Order::CREATION]).collect()
}

fn conditions(description: &'static KindDescription) -> Vec<Condition> {
    let mut all = Vec::new();
    for column in description.columns {
        let value = || sample(column.holds);
        all.push(Condition::OneOf(column, vec![value()]));
        all.push(Condition::OneOf(column, vec![value(), value()]));
        if column.holds == ColumnType::Day {
            all.push(Condition::AtLeast(column, value()));
            all.push(Condition::AtMost(column, value()));
        }
    }
    for set in description.sets {
        all.push(Condition::Has(set, sample(set.value.holds)));
        if set.value.holds == ColumnType::Text {
            all.push(Condition::HasPrefix(set, "a".to_owned()));
        }
    }
    all
}

fn sample(holds: ColumnType) -> Value {
    match holds {
        ColumnType::Integer => Value::Integer(1),
        ColumnType::Text => Value::Text("a".to_owned()),
        ColumnType::Bytes => Value::Bytes(vec![1]),
        ColumnType::Id => Value::Id(Uuid::nil()),
        ColumnType::Day => Value::Day(day(0)),
    }
}

pub(super) fn assert_no_scan(connection: &Connection, sql: &str) {
    let plan = plan(connection, sql);
    let scans = plan.lines().filter(|line| line.starts_with("SCAN") && !is_harmless(line));
    assert_eq!(scans.count(), 0, "{sql}\n{plan}");
}

/// The words of a question looked up in the index of search; a constant row; the two halves of a history, which are searched by key before they are joined; and
/// the two pages of a window of days.
fn is_harmless(line: &str) -> bool {
    let is_search = line.starts_with("SCAN f VIRTUAL TABLE INDEX") && line.contains(":M");
    is_search || ["SCAN CONSTANT ROW", "SCAN h", "SCAN short", "SCAN long"].contains(&line)
}

/// SQLite sorts the two pages that it merges of a window of days once more.
pub(super) fn sorts_of_pages(sql: &str) -> i32 {
    if sql.contains(" UNION ALL ") { 2 } else { 0 }
}

fn plan(connection: &Connection, sql: &str) -> String {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a plan");
    let lines = statement.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>();
    lines.expect("a plan").join("\n")
}

fn names(connection: &Connection, sql: &str) -> BTreeSet<String> {
    let mut statement = connection.prepare(sql).expect("a statement");
    statement.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("names")
}

/// Type and whether it must not be null, per column.
fn columns(connection: &Connection, table: &str) -> BTreeMap<String, (String, bool)> {
    let mut statement = connection.prepare(&format!("PRAGMA table_info({table})")).expect("a table");
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(1)?, (row.get(2)?, row.get(3)?)));
    statement.query_map([], read).expect("columns").collect::<Result<_, _>>().expect("columns")
}

fn expected(column: &Column) -> (String, bool) {
    let holds = match column.holds {
        ColumnType::Integer => "INTEGER",
        ColumnType::Text | ColumnType::Day => "TEXT",
        ColumnType::Bytes | ColumnType::Id => "BLOB",
    };
    (holds.to_owned(), column.presence == Presence::Required)
}

fn assert_constraint(connection: &Connection, table: &str, column: &Column) {
    let has_index = |columns: &[&str]| {
        names(connection, &format!("SELECT name FROM pragma_index_list('{table}') WHERE \"unique\""))
            .iter()
            .any(|index| {
                let sql = format!("SELECT name FROM pragma_index_info('{index}') ORDER BY seqno");
                names(connection, &sql) == columns.iter().map(|name| (*name).to_owned()).collect()
            })
    };
    match column.constraint {
        Constraint::Free => {}
        Constraint::UniqueInProgramme => {
            assert!(has_index(&["programme", column.name]), "{table} {}", column.name);
        }
        Constraint::UniqueInInstallation => assert!(has_index(&[column.name]), "{table} {}", column.name),
        Constraint::References(kind) => {
            let sql = format!(
                "SELECT \"table\" FROM pragma_foreign_key_list('{table}') WHERE \"from\" = '{}' AND \"to\" = 'id'",
                column.name
            );
            let target = catalogue::describe(kind).table.to_owned();
            assert_eq!(names(connection, &sql), BTreeSet::from([target]), "{table} {}", column.name);
        }
    }
}
