//! What statements read of a large database that knows its tables: no whole table, and sorted is at most what a filter found.

use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::search;
use crate::grown::{grow, lists};
use crate::search::{RawSearch, Words};
use crate::select::Dialect;
use crate::testing::database;
use crate::{Condition, Database, Query};
use sister_cities_domain::id::RecordKind;

/// Tables that are as large as the log of exchanges, or larger.
const LARGE: [&str; 7] =
    ["engagement", "engagement_focus", "history", "journal", "search", "search_word", "change"];

#[tokio::test]
async fn nothing_is_read_whole_of_a_hundred_thousand_engagements() {
    let Some(found) = database().await else { return };
    let world = grow(&Database::new(found.open().await)).await;
    found.connect(&found.owner_url()).await.batch_execute("ANALYZE").await.expect("statistics");
    let client = found.connect(&found.url()).await;
    client.batch_execute("SET search_path = sister_cities").await.expect("a setting");
    let enter = format!("SET sister_cities.programme = '{}'", world.programme.uuid());
    client.batch_execute(&enter).await.expect("a programme");

    for query in lists(&world) {
        let select = Dialect::Postgres.page(world.realm(), &query);
        let params: Vec<&(dyn ToSql + Sync)> = select.values.iter().map(|value| value as _).collect();
        let plan = plan(&client, &select.sql, &params).await;
        assert!(scanned(&plan).iter().all(|table| !LARGE.contains(table)), "{}\n{plan}", select.sql);
        if is_straight(&query) {
            assert!(!sorts(&plan), "{}\n{plan}", select.sql);
        }
    }
    for (asked, least) in
        [("chicago", 50), ("mayor chicago", 50), ("delegat", 50), ("99999", 1), ("accra 4", 1)]
    {
        let words = Words::new(asked).expect("words");
        let raw = RawSearch { kind: RecordKind::Engagement, words, after: None, limit: 50 };
        let (sql, params) = search::question(world.realm(), &raw).expect("a question").expect("a statement");
        let params: Vec<&(dyn ToSql + Sync)> =
            params.iter().map(|param| param.as_ref() as &(dyn ToSql + Sync)).collect();
        let plan = plan(&client, sql, &params).await;
        assert!(scanned(&plan).iter().all(|table| !LARGE.contains(table)), "{asked}\n{plan}");
        let rows = client.query(sql, &params).await.expect("hits");
        assert!(rows.len() >= least, "{asked}: {}", rows.len());
    }
}

fn is_straight(query: &Query) -> bool {
    match query.conditions.as_slice() {
        [] => query.kind == RecordKind::Engagement,
        [Condition::OneOf(column, _)] => {
            query.order.by.is_some()
                && query.kind == RecordKind::Engagement
                && ["partnership", "direction"].contains(&column.name)
        }
        _ => false,
    }
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

fn sorts(plan: &str) -> bool {
    plan.lines().any(|line| line.contains("Sort  ("))
}
