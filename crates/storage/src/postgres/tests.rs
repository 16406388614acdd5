//! Statements prepare, lists use indices, the schema is the catalogue, and row-level security holds.

use std::collections::{BTreeMap, BTreeSet};

use sister_cities_domain::id::{ProgrammeId, RecordKind};
use tokio_postgres::Client;
use uuid::Uuid;

use super::prefetch::Questions;
use super::statements::{SET_PROGRAMME, SET_TOKEN, in_context};
use super::{OpenError, PostgresOptions, PostgresStore, session, statements};
use crate::Risk;
use crate::catalogue::{self, Column, ColumnType, Constraint, KindDescription, Presence};
use crate::conformance::sample::{World, day};
use crate::select::Dialect;
use crate::testing::{TestDatabase, database};
use crate::{ChangeNumber, Condition, Cursor, Database, Order, Query, Realm, Value};

/// The tables that say something of the schema itself.
const OF_NO_PROGRAMME: [&str; 2] = ["refinery_schema_history", "schema_state"];

#[tokio::test]
async fn every_statement_prepares_against_the_migrated_schema() {
    let Some(database) = database().await else { return };
    let client = as_server(&database).await;
    for sql in statements::all()
        .into_iter()
        .chain(super::archive::statements::all())
        .chain([super::vacuum::MAY_VACUUM, super::vacuum::TABLES])
    {
        if let Err(error) = client.prepare(sql).await {
            panic!("{error:?}: {sql}");
        }
    }
    for query in every_list() {
        for sql in [Dialect::Postgres.page(realm(), &query).sql, Dialect::Postgres.count(realm(), &query).sql]
        {
            let sql = in_context(SET_PROGRAMME, &sql);
            assert!(client.prepare(&sql).await.is_ok(), "{sql}");
        }
    }
}

#[tokio::test]
async fn no_statement_reads_a_whole_table() {
    let Some(database) = database().await else { return };
    let client = as_server(&database).await;
    // On tables as empty as these it would read them whole, unless it has no index to use.
    client
        .batch_execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
        .await
        .expect("settings");
    for sql in statements::all() {
        assert_no_scan(&client, sql).await;
    }
    for sql in crate::due::samples('$').into_iter().chain(crate::notification_rows::samples('$')) {
        assert_no_scan(&client, &in_context(SET_PROGRAMME, &sql)).await;
    }
    for query in every_list() {
        assert_no_scan(&client, &in_context(SET_PROGRAMME, &Dialect::Postgres.page(realm(), &query).sql))
            .await;
        assert_no_scan(&client, &in_context(SET_PROGRAMME, &Dialect::Postgres.count(realm(), &query).sql))
            .await;
    }
    assert_no_scan(&client, &in_context(SET_TOKEN, statements::TOKEN_BY_HASH)).await;
}

/// P29: the setting is made before the policies read it, and is gone with the statement; however the server plans it.
#[tokio::test]
async fn a_query_in_context_sees_its_programme_and_leaves_nothing_behind() {
    let Some(database) = database().await else { return };
    let world = World::new(&Database::new(database.open().await)).await;
    let client = as_server(&database).await;
    let get = in_context(SET_PROGRAMME, &statements::of(RecordKind::Place).get);
    let count = in_context(SET_PROGRAMME, "SELECT count(*) FROM place WHERE $1 = $1");
    for settings in [
        "SET plan_cache_mode = force_generic_plan",
        "SET plan_cache_mode = force_custom_plan",
        "SET enable_nestloop = off; SET enable_indexscan = off; SET enable_bitmapscan = off",
        "SET enable_nestloop = off; SET enable_seqscan = off; SET enable_indexscan = on",
    ] {
        client.batch_execute(settings).await.expect("settings");
        let found = client.query(&get, &[&world.programme.uuid(), &world.host]).await.expect("an answer");
        assert_eq!(found.len(), 1, "{settings}");
        let all = client.query_one(&count, &[&world.programme.uuid()]).await.expect("a count");
        assert_eq!(all.get::<_, i64>(0), 3, "{settings}");
        let foreign = client.query(&get, &[&Uuid::nil(), &world.host]).await.expect("an answer");
        assert!(foreign.is_empty(), "{settings}");
        let after = client.query_one("SELECT count(*) FROM place", &[]).await.expect("a count");
        assert_eq!(after.get::<_, i64>(0), 0, "{settings}: the programme outlives the statement");
    }
}

#[tokio::test]
async fn the_schema_is_what_the_catalogue_says() {
    let Some(database) = database().await else { return };
    let client = as_server(&database).await;
    let mut tables = tables(&client).await;
    for machinery in super::rights::machinery() {
        assert!(tables.remove(machinery), "{machinery}");
    }
    for description in catalogue::ALL {
        let mut columns = columns(&client, description.table).await;
        for own in ["programme", "id", "revision", "change", "version", "body"] {
            assert!(columns.remove(own).is_some(), "{} {own}", description.table);
        }
        for column in description.columns {
            let found = columns.remove(column.name);
            assert_eq!(found, Some(expected(column)), "{} {}", description.table, column.name);
            assert_constraint(&client, description.table, column).await;
        }
        if description.kind == RecordKind::Token {
            columns.remove("of_programme");
        }
        assert!(columns.is_empty(), "{} has columns nobody described: {columns:?}", description.table);
        assert!(tables.remove(description.table));
        for set in description.sets {
            let columns = self::columns(&client, set.table).await;
            assert_eq!(columns.get(set.value.name), Some(&expected(&set.value)));
            assert_constraint(&client, set.table, &set.value).await;
            assert!(tables.remove(set.table));
        }
    }
    assert!(tables.is_empty(), "tables nobody described: {tables:?}");
}

/// P29: each table with rows of programmes, whoever adds one.
#[tokio::test]
async fn row_level_security_is_forced_on_every_table_of_programmes() {
    let Some(database) = database().await else { return };
    let client = as_server(&database).await;
    let sql = "SELECT c.relname::text, c.relrowsecurity AND c.relforcerowsecurity, \
        EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_programme'), \
        EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('programme', 'scope')) \
        FROM pg_class c WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind IN ('r', 'p')";
    let rows = client.query(sql, &[]).await.expect("tables");
    assert!(rows.len() > 15, "{}", rows.len());
    for row in rows {
        let (name, forced, policy, programme): (String, bool, bool, bool) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        if OF_NO_PROGRAMME.contains(&name.as_str()) {
            continue;
        }
        assert!(programme, "{name} does not say whose its rows are");
        assert!(forced && policy, "{name} has no row-level security");
    }
}

/// P29 and Shows 5: with the condition on the programme taken out by hand.
#[tokio::test]
async fn without_its_condition_a_statement_still_finds_nothing_foreign() {
    let Some(database) = database().await else { return };
    let store = Database::new(database.open().await);
    let (own, other) = (World::new(&store).await, World::seeded(&store, 2).await);
    let client = as_server(&database).await;
    for table in tables(&client).await {
        if OF_NO_PROGRAMME.contains(&table.as_str()) {
            continue;
        }
        let whose = match table.as_str() {
            "search_word" => "(SELECT o.programme FROM search_scope o WHERE o.number = scope)",
            _ => "programme",
        };
        let count =
            format!("SELECT count(*), count(*) FILTER (WHERE {whose} IS DISTINCT FROM $1) FROM {table}");
        let everything = client.query_one(&count, &[&Uuid::nil()]).await.expect("a count");
        assert_eq!(everything.get::<_, i64>(0), 0, "{table} without a programme set");

        client.batch_execute("BEGIN").await.expect("a transaction");
        client.query_one(statements::ENTER_PROGRAMME, &[&own.programme.uuid()]).await.expect("a programme");
        let seen = client.query_one(&count, &[&own.programme.uuid()]).await.expect("a count");
        assert_eq!(seen.get::<_, i64>(1), 0, "{table} shows foreign rows");
        let update = format!("UPDATE {table} SET programme = programme WHERE programme = $1");
        if ["place", "partnership", "head"].contains(&table.as_str()) {
            assert!(seen.get::<_, i64>(0) > 0, "{table} shows nothing at all");
            let changed = client.execute(&update, &[&other.programme.uuid()]).await.expect("no error");
            assert_eq!(changed, 0, "{table} lets foreign rows be changed");
        }
        client.batch_execute("COMMIT").await.expect("the end");
        let after = client.query_one(&count, &[&Uuid::nil()]).await.expect("a count");
        assert_eq!(after.get::<_, i64>(0), 0, "{table}: the programme outlives its transaction");
    }
}

/// The owner is forced too, and a row cannot be put past row-level security.
#[tokio::test]
async fn nobody_writes_a_row_of_another_programme() {
    let Some(database) = database().await else { return };
    let store = Database::new(database.open().await);
    let (own, other) = (World::new(&store).await, World::seeded(&store, 2).await);
    for url in [database.url(), database.owner_url()] {
        let client = database.connect(&url).await;
        client.batch_execute("SET search_path = sister_cities; BEGIN").await.expect("a transaction");
        client.query_one(statements::ENTER_PROGRAMME, &[&own.programme.uuid()]).await.expect("a programme");
        let smuggled = client
            .execute(
                statements::ADD_CHANGES,
                &[&other.programme.uuid(), &vec![99_i64], &vec![chrono::DateTime::UNIX_EPOCH], &vec!["x"]],
            )
            .await;
        assert!(smuggled.is_err_and(|error| error.to_string().contains("db error")), "{url}");
    }
}

#[tokio::test]
async fn the_journal_can_only_be_added_to() {
    let Some(database) = database().await else { return };
    let store = Database::new(database.open().await);
    let world = World::new(&store).await;
    let client = as_server(&database).await;
    // Documents go with the imports that they are of.
    for table in ["journal", "change", "history"] {
        client.batch_execute("BEGIN").await.expect("a transaction");
        client.query_one(statements::ENTER_PROGRAMME, &[&world.programme.uuid()]).await.expect("a programme");
        assert!(client.execute(&format!("DELETE FROM {table}"), &[]).await.is_err(), "{table}");
        client.batch_execute("ROLLBACK").await.expect("the end");
    }
}

/// P14: whoever could bypass row-level security, and a server that does not wait for the disk.
#[tokio::test]
async fn a_role_that_can_step_over_the_wall_is_refused_unless_accepted_by_name() {
    let Some(database) = database().await else { return };
    let refused = |url: String| async move {
        let options = PostgresOptions::new(url).accept(Risk::NoFsync);
        PostgresStore::open(&options).await.err()
    };
    for url in [database.owner_url(), database.admin_url()] {
        let error = refused(url).await;
        assert!(matches!(&error, Some(OpenError::Unsafe { risk: Risk::PrivilegedRole, .. })), "{error:?}");
    }
    let accepted =
        PostgresOptions::new(database.owner_url()).accept(Risk::PrivilegedRole).accept(Risk::NoFsync);
    assert!(PostgresStore::open(&accepted).await.is_ok());
    // Into the role of a server by the URL itself.
    let stepped = format!("{}&options=-c%20role%3Dsister_cities_test_app", database.admin_url());
    assert_eq!(refused(stepped).await, None);
}

#[tokio::test]
async fn a_server_that_does_not_wait_for_the_disk_is_refused_unless_accepted_by_name() {
    let Some(database) = database().await else { return };
    let client = as_server(&database).await;
    let fsync: String = client.query_one("SHOW fsync", &[]).await.expect("a setting").get(0);
    let opened = PostgresStore::open(&PostgresOptions::new(database.url())).await;
    match opened {
        Ok(_) => assert_eq!(fsync, "on"),
        Err(error) => assert!(matches!(error, OpenError::Unsafe { risk: Risk::NoFsync, .. }), "{error}"),
    }
}

/// Limits that keep one bad statement from holding up the others, and durable commits, on every connection.
#[tokio::test]
async fn every_connection_has_its_limits() {
    let Some(database) = database().await else { return };
    let store = database.open().await;
    has_its_limits(&store).await;
}

/// Whether a connection of the pool is set to what it has to be.
pub(super) async fn has_its_limits(store: &PostgresStore) {
    let client = store.pool.get().await.expect("a connection");
    for (name, value) in [
        ("statement_timeout", "10s"),
        ("lock_timeout", "3s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("synchronous_commit", "on"),
        ("default_transaction_isolation", "read committed"),
        ("search_path", "sister_cities"),
        ("enable_seqscan", "off"),
        ("jit", "off"),
    ] {
        let found: String = client.query_one(&format!("SHOW {name}"), &[]).await.expect("a setting").get(0);
        assert_eq!(found, value, "{name}");
    }
}

/// P9: paused between seeing and writing, with the lock in its hand.
#[tokio::test]
async fn a_server_paused_in_the_middle_of_a_commit_loses_its_lock_before_others_give_up() {
    let Some(found) = database().await else { return };
    let paused = found.open().await;
    let database = Database::new(found.open().await);
    let world = World::new(&database).await;
    let changes = world.told();
    let client = paused.pool.get().await.expect("a connection");
    let questions = Questions::of(&[&changes], Vec::new());
    let answers =
        session::run(&client, Some(statements::BEGIN), questions.steps(), None).await.expect("answers");
    assert!(questions.answered(answers).is_ok());

    assert!(database.commit(world.told()).await.is_ok(), "nobody is held up for long");
    let late = session::run(&client, None, &[], Some(statements::COMMIT)).await;
    assert!(late.is_err_and(|failure| failure.is_connection_lost()));
    let verified = database.programme(world.programme).verify_journal().await.expect("a whole journal");
    assert_eq!(verified.entries, 2);
}

async fn as_server(database: &TestDatabase) -> Client {
    let client = database.connect(&database.url()).await;
    client.batch_execute("SET search_path = sister_cities").await.expect("a setting");
    client
}

fn realm() -> Realm {
    Realm::Programme(ProgrammeId::from_uuid(Uuid::max()))
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

async fn assert_no_scan(client: &Client, sql: &str) {
    client.batch_execute("DEALLOCATE ALL").await.expect("nothing prepared");
    client.batch_execute(&format!("PREPARE looked_at AS {sql}")).await.expect("it prepares");
    let params = sql.split('$').skip(1).filter_map(|rest| {
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().ok()
    });
    let nulls = vec!["NULL"; params.max().unwrap_or(0)].join(", ");
    let arguments = if nulls.is_empty() { String::new() } else { format!("({nulls})") };
    let plan = client
        .query(&format!("EXPLAIN EXECUTE looked_at{arguments}"), &[])
        .await
        .unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    let plan: Vec<String> = plan.iter().map(|row| row.get(0)).collect();
    let scans = plan.iter().filter(|line| line.contains("Seq Scan"));
    assert_eq!(scans.count(), 0, "{sql}\n{}", plan.join("\n"));
}

async fn tables(client: &Client) -> BTreeSet<String> {
    let sql = "SELECT relname::text FROM pg_class WHERE relnamespace = 'sister_cities'::regnamespace AND relkind = 'r'";
    client.query(sql, &[]).await.expect("tables").iter().map(|row| row.get(0)).collect()
}

/// Type and whether it must not be null, per column.
async fn columns(client: &Client, table: &str) -> BTreeMap<String, (String, bool)> {
    let sql = "SELECT attname::text, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute \
        WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped";
    let rows = client.query(sql, &[&table]).await.expect("columns");
    rows.iter().map(|row| (row.get(0), (row.get(1), row.get(2)))).collect()
}

fn expected(column: &Column) -> (String, bool) {
    (statements::sql_type(column.holds).to_owned(), column.presence == Presence::Required)
}

async fn assert_constraint(client: &Client, table: &str, column: &Column) {
    let keys = "SELECT conrelid FROM pg_constraint WHERE conrelid = $1::text::regclass AND contype = $2::text::\"char\" \
        AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute \
        WHERE attrelid = conrelid AND attnum = ANY(conkey)) = $3 \
        AND ($4::text IS NULL OR confrelid = $4::text::regclass)";
    let (kind, of, target): (&str, Vec<&str>, Option<&str>) = match column.constraint {
        Constraint::Free => return,
        Constraint::UniqueInProgramme => ("u", vec![column.name, "programme"], None),
        Constraint::UniqueInInstallation => ("u", vec![column.name], None),
        Constraint::References(kind) => {
            ("f", vec![column.name, "programme"], Some(catalogue::describe(kind).table))
        }
    };
    let mut of = of;
    of.sort_unstable();
    let found = client.query(keys, &[&table, &kind, &of, &target]).await.expect("constraints");
    assert_eq!(found.len(), 1, "{table} {}", column.name);
}

/// What an update does not change is not written again: a set of ten thousand engagements' foci would be, with every correction of a title.
#[tokio::test]
async fn members_of_a_set_that_an_update_leaves_are_not_written_again() {
    let Some(database) = database().await else { return };
    let store = Database::new(database.open().await);
    let world = World::new(&store).await;
    let owner = database.connect(&database.admin_url()).await;
    let rows =
        "SELECT ctid::text || xmin::text || member.* FROM sister_cities.partnership_member member ORDER BY 1";
    let before: Vec<String> =
        owner.query(rows, &[]).await.expect("rows").iter().map(|row| row.get(0)).collect();
    assert!(!before.is_empty());
    let mut changes = world.told();
    changes.update_raw(world.bond_saying("something else"), crate::conformance::sample::revision(1));
    store.commit(changes).await.expect("it is written");
    let after: Vec<String> =
        owner.query(rows, &[]).await.expect("rows").iter().map(|row| row.get(0)).collect();
    assert_eq!(after, before);
}
