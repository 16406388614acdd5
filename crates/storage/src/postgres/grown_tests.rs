//! What statements read of a large database that knows its tables: by an index, in the order of an index.

use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::search;
use super::statements::{self, SET_PROGRAMME, in_context};
use crate::Database;
use crate::grown::{Grown, grow, lists};
use crate::search::{RawSearch, Words};
use crate::select::Dialect;
use crate::testing::{TestDatabase, database};
use sister_cities_domain::id::RecordKind;

/// Tables that are as large as the log of exchanges, or larger.
const LARGE: [&str; 10] = [
    "engagement",
    "engagement_focus",
    "history",
    "journal",
    "search",
    "search_word",
    "change",
    "reply",
    "work",
    "document",
];

/// What a server that is free to read a table whole reads so. It counts everything in the first. In the others it does not know how many
/// are asked for, and guesses at a tenth of the table. Where our connections may not read a table whole, it has an index for each.
const READ_WHOLE_IF_ALLOWED: [&str; 3] =
    [statements::FORGET_REPLIES, statements::FORGET_WORK, statements::WORK_VALUES];

/// The most that the server sorts where it knows how rare the value is that is asked for.
const FEW: u64 = 1_000;

/// What 100,000 commits leave behind besides records, as the programme `$1`.
const REMAINS: &str = "SET session_replication_role = replica; SET search_path = sister_cities;
    INSERT INTO change SELECT '$1', n, to_timestamp(n), '{}' FROM generate_series(1000, 101000) n;
    INSERT INTO journal SELECT '$1', n + 100000, n, gen_random_uuid(), 'place', gen_random_uuid(), 'renamed', 1, '{}', '[]', '{}',
        decode(md5(n::text), 'hex') FROM generate_series(1000, 101000) n;
    INSERT INTO history SELECT '$1', k, gen_random_uuid(), 1, n, 1, '{}', n + 1
        FROM generate_series(1000, 51000) n, unnest(ARRAY['place', 'engagement']) k;
    INSERT INTO reply SELECT '$1', 'token ' || n % 50, '/v1/engagements', n::text, decode(md5(n::text), 'hex'), 201, '', to_timestamp(n)
        FROM generate_series(1, 100000) n;
    INSERT INTO work SELECT '$1', gen_random_uuid(), (ARRAY['webhook', 'mail', 'search'])[1 + n % 3], n,
        CASE n % 1000 WHEN 1 THEN 'ready' WHEN 2 THEN 'leased' WHEN 3 THEN 'dead' ELSE 'done' END, 1, to_timestamp(n), 1
        FROM generate_series(1, 100000) n;
    INSERT INTO engagement_organisation (programme, engagement, organisation, began_key)
        SELECT programme, id, md5((abs(hashtext(id::text)) % 5)::text)::uuid, began_key FROM engagement WHERE programme = '$1';
    INSERT INTO document SELECT '$1', decode(md5(n::text), 'hex'), n, '' FROM generate_series(1, 20000) n";

#[tokio::test]
async fn everything_is_found_by_an_index_and_listed_in_its_order() {
    let Some(found) = database().await else { return };
    let grown = grown(&found).await;
    // As the server is connected.
    let store = found.open().await;
    let client = store.pool.get().await.expect("a connection");
    assert_statements(&client).await;
    client.batch_execute("SET enable_seqscan = off").await.expect("a setting");
    assert_lists(&client, &grown).await;
    assert_searches(&client, &grown).await;
}

async fn assert_statements(client: &Client) {
    client.batch_execute("SET plan_cache_mode = force_generic_plan").await.expect("a setting");
    for sql in statements::all() {
        let plan = generic_plan(client, sql).await;
        assert!(scanned(&plan).is_empty() && !plan.contains("cost=10000000"), "{sql}\n{plan}");
    }
    client.batch_execute("SET enable_seqscan = on").await.expect("a setting");
    for sql in statements::all() {
        let plan = generic_plan(client, sql).await;
        let is_allowed = READ_WHOLE_IF_ALLOWED.contains(&sql)
            || sql == statements::COUNTS.as_str()
            // All files of a programme, of which the quota bounds the number; asked when one more comes.
            || sql == statements::KEPT_BYTES;
        let large: Vec<_> = scanned(&plan).into_iter().filter(|table| LARGE.contains(table)).collect();
        assert!(large.is_empty() || is_allowed, "{large:?}: {sql}\n{plan}");
    }
}

async fn assert_lists(client: &Client, grown: &Grown) {
    for (mode, sort) in [("generic", "off"), ("generic", "on"), ("custom", "on")] {
        let settings = format!("SET plan_cache_mode = force_{mode}_plan; SET enable_sort = {sort}");
        client.batch_execute(&settings).await.expect("settings");
        for query in lists(grown) {
            let select = Dialect::Postgres.page(grown.world.realm(), &query);
            let sql = in_context(SET_PROGRAMME, &select.sql);
            let plan = if mode == "generic" {
                generic_plan(client, &sql).await
            } else {
                let params: Vec<&(dyn ToSql + Sync)> = select.values.iter().map(|value| value as _).collect();
                plan(client, &sql, &params).await
            };
            assert!(scanned(&plan).is_empty(), "{}\n{plan}", select.sql);
            let is_window = select.sql.contains(" UNION ALL ");
            assert!(!is_window || plan.contains("engagement_lasting_long"), "{}\n{plan}", select.sql);
            // In the small tables of the other kinds it may sort, but it need not.
            if sort == "off" || query.kind == RecordKind::Engagement {
                let most = if mode == "generic" { 0 } else { FEW };
                assert!(sorted(&plan).iter().all(|rows| *rows <= most), "{mode}, {}\n{plan}", select.sql);
            }
        }
    }
}

/// The demo, grown, with what its commits would have left behind, and counted by the server.
async fn grown(found: &TestDatabase) -> Grown {
    let grown = grow(&Database::new(found.open().await)).await;
    let admin = found.connect(&found.admin_url()).await;
    let remains = REMAINS.replace("$1", &grown.world.programme.uuid().to_string());
    admin.batch_execute(&remains).await.expect("what commits leave behind");
    admin.batch_execute("ANALYZE").await.expect("statistics");
    grown
}

async fn assert_searches(client: &Client, grown: &Grown) {
    let world = &grown.world;
    let enter = format!("SET sister_cities.programme = '{}'", world.programme.uuid());
    client.batch_execute(&enter).await.expect("a programme");
    for (asked, least) in
        [("chicago", 50), ("mayor chicago", 50), ("delegat", 50), ("99999", 1), ("accra 4", 1)]
    {
        let words = Words::new(asked).expect("words");
        let raw = RawSearch { kind: RecordKind::Engagement, words, after: None, limit: 50 };
        let (sql, params) =
            search::select_statement(world.realm(), &raw, 0).expect("a question").expect("a statement");
        let params: Vec<&(dyn ToSql + Sync)> =
            params.iter().map(|param| param.as_ref() as &(dyn ToSql + Sync)).collect();
        let plan = plan(client, sql, &params).await;
        assert!(scanned(&plan).iter().all(|table| !LARGE.contains(table)), "{asked}\n{plan}");
        let rows = client.query(sql, &params).await.expect("hits");
        assert!(rows.len() >= least, "{asked}: {}", rows.len());
    }
}

/// The plan for whatever is bound, as a server makes it that was asked the same a few times.
async fn generic_plan(client: &Client, sql: &str) -> String {
    let count = client.prepare(sql).await.expect("it prepares").params().len();
    let given = if count == 0 { String::new() } else { format!("({})", vec!["NULL"; count].join(", ")) };
    client.batch_execute(&format!("PREPARE asked AS {sql}")).await.expect("it prepares");
    let plan = plan(client, &format!("EXECUTE asked{given}"), &[]).await;
    client.batch_execute("DEALLOCATE asked").await.expect("the end");
    plan
}

async fn plan(client: &Client, sql: &str, params: &[&(dyn ToSql + Sync)]) -> String {
    let rows = client.query(&format!("EXPLAIN {sql}"), params).await;
    let rows = rows.unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    rows.iter().map(|row| row.get::<_, &str>(0)).collect::<Vec<_>>().join("\n")
}

/// The tables that a plan reads whole.
fn scanned(plan: &str) -> Vec<&str> {
    let whole = plan.lines().filter_map(|line| line.split_once("Seq Scan on ")?.1.split(' ').next());
    whole.collect()
}

/// How many rows each sort of a plan is expected to sort.
fn sorted(plan: &str) -> Vec<u64> {
    let sorts = plan.lines().filter(|line| line.contains("Sort  ("));
    sorts
        .map(|line| {
            line.split_once("rows=").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).expect("rows")
        })
        .collect()
}
