//! Brings the schema up to date, once, however many processes try; and gives the server's role its rights.

use refinery::{Migration, Runner};
use tokio_postgres::Client;

use super::tls::Address;
use super::{OpenError, comments, pooler, rights};
use crate::error::with_causes;

/// Where our tables are.
pub(super) const SCHEMA: &str = "sister_cities";

pub(crate) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__records_and_journal", include_str!("migrations/V1__records_and_journal.sql")),
    ("V3__search", include_str!("migrations/V3__search.sql")),
    ("V4__sharing", include_str!("migrations/V4__sharing.sql")),
    ("V5__history_by_time", include_str!("migrations/V5__history_by_time.sql")),
    ("V6__forget_words", include_str!("migrations/V6__forget_words.sql")),
    ("V7__lists_in_order", include_str!("migrations/V7__lists_in_order.sql")),
    ("V14__outcome", include_str!("migrations/V14__outcome.sql")),
    ("V15__promises", include_str!("migrations/V15__promises.sql")),
    ("V16__organisations", include_str!("migrations/V16__organisations.sql")),
    ("V17__people", include_str!("migrations/V17__people.sql")),
    ("V18__committees_and_roles", include_str!("migrations/V18__committees_and_roles.sql")),
    ("V19__practices", include_str!("migrations/V19__practices.sql")),
    ("V24__what_outcomes_cite", include_str!("migrations/V24__what_outcomes_cite.sql")),
    ("V25__indicator", include_str!("migrations/V25__indicator.sql")),
    ("V26__valuation_rate", include_str!("migrations/V26__valuation_rate.sql")),
    ("V31__open_promises", include_str!("migrations/V31__open_promises.sql")),
    ("V32__due_work", include_str!("migrations/V32__due_work.sql")),
    ("V33__owners_of_points", include_str!("migrations/V33__owners_of_points.sql")),
    ("V34__due_work_anew", include_str!("migrations/V34__due_work_anew.sql")),
    ("V35__linked_people", include_str!("migrations/V35__linked_people.sql")),
    ("V40__notifications", include_str!("migrations/V40__notifications.sql")),
    ("V41__webhook_endpoint", include_str!("migrations/V41__webhook_endpoint.sql")),
    ("V42__subscription", include_str!("migrations/V42__subscription.sql")),
    ("V44__calendar_feed", include_str!("migrations/V44__calendar_feed.sql")),
    ("V50__told_of_what", include_str!("migrations/V50__told_of_what.sql")),
    ("V60__cursor_key", include_str!("migrations/V60__cursor_key.sql")),
    ("V61__schema_state", include_str!("migrations/V61__schema_state.sql")),
    ("V62__engagements_that_last_long", include_str!("migrations/V62__engagements_that_last_long.sql")),
    ("V63__scopes_of_search", include_str!("migrations/V63__scopes_of_search.sql")),
];

/// `SisterCi` in ASCII: the number of the lock under which the schema is changed.
const LOCK: &str = "SELECT pg_advisory_lock(6010512862318977897)";
const UNLOCK: &str = "SELECT pg_advisory_unlock(6010512862318977897)";
const CREATE_SCHEMA: &str = "CREATE SCHEMA IF NOT EXISTS sister_cities";
/// Whoever migrates may wait for another who does, but not for ever.
const LIMITS: &str = "SET search_path = sister_cities; SET lock_timeout = '60s'; SET statement_timeout = 0";
const HAS_HISTORY: &str = "SELECT to_regclass('sister_cities.refinery_schema_history') IS NOT NULL";
const LATEST: &str = "SELECT coalesce(max(version), 0)::bigint FROM sister_cities.refinery_schema_history";

const OLDEST_PROGRAM: &str = "SELECT oldest_program FROM sister_cities.schema_state";

/// The version of the schema that this program needs: the number in the name of the last migration.
pub(super) fn newest() -> i64 {
    let number = |name: &str| name.strip_prefix('V')?.split_once("__")?.0.parse().ok();
    MIGRATIONS.iter().filter_map(|(name, _)| number(name)).max().unwrap_or(i64::MAX)
}

/// The text of all migrations.
#[cfg(feature = "testing")]
pub(super) fn text_of_all() -> String {
    MIGRATIONS.iter().map(|(name, sql)| format!("{name}\n{sql}\n")).chain([rights::grants("")]).collect()
}

/// The version of the schema that is there; 0 if there is none.
pub(super) async fn version(client: &Client) -> Result<i64, tokio_postgres::Error> {
    if client.query_one(HAS_HISTORY, &[]).await?.get(0) {
        Ok(client.query_one(LATEST, &[]).await?.get(0))
    } else {
        Ok(0)
    }
}

/// The oldest version that a program must know to work with the schema that is there.
pub(super) async fn oldest_program(client: &Client) -> Result<i64, tokio_postgres::Error> {
    Ok(client.query_one(OLDEST_PROGRAM, &[]).await?.get(0))
}

/// Migrates as the owner, and grants `role` what the running server needs.
pub(super) async fn migrate(owner: &Address, role: Option<&str>) -> Result<(), OpenError> {
    let (mut client, connection) = owner.connect().await.map_err(|error| OpenError::connect(&error))?;
    let conversation = tokio::spawn(connection);
    // The lock is the session's.
    let migrated = match pooler::refuse_transaction_pooling(&client, owner).await {
        Ok(()) => locked(&mut client, role).await,
        Err(refused) => Err(refused),
    };
    drop(client);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "migration connection failed");
    }
    migrated
}

async fn locked(client: &mut Client, role: Option<&str>) -> Result<(), OpenError> {
    let failed = |error: tokio_postgres::Error| OpenError::Migration(with_causes(&error));
    client.batch_execute(LIMITS).await.map_err(failed)?;
    client.batch_execute(LOCK).await.map_err(failed)?;
    let found = version(client).await.map_err(failed)?;
    if found > newest() {
        // A newer program sees to it.
        return client.batch_execute(UNLOCK).await.map_err(failed);
    }
    if found < newest() {
        client.batch_execute(CREATE_SCHEMA).await.map_err(failed)?;
        let report = runner()?.run_async(client).await;
        report.map_err(|error| OpenError::Migration(with_causes(&error)))?;
        client.batch_execute(&comments::all()).await.map_err(failed)?;
        tracing::info!(version = newest(), "schema migrations applied");
    }
    super::search::bring_up_to_date(client).await.map_err(failed)?;
    if let Some(role) = role {
        client.batch_execute(&rights::grants(role)).await.map_err(failed)?;
    }
    client.batch_execute(UNLOCK).await.map_err(failed)
}

/// All missing migrations in one transaction, so that a crash leaves the schema as before or after.
fn runner() -> Result<Runner, OpenError> {
    let migrations = MIGRATIONS
        .iter()
        .map(|(name, sql)| Migration::unapplied(name, sql))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| OpenError::Migration(error.to_string()))?;
    Ok(Runner::new(&migrations).set_grouped(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a program of the version before would stumble over, and the first version from which a migration has to say so.
    const BREAKING: [&str; 9] = [
        "DROP TABLE",
        "DROP COLUMN",
        "RENAME",
        "ALTER COLUMN",
        "ADD CONSTRAINT",
        "CREATE UNIQUE INDEX",
        "DROP TRIGGER",
        "DROP FUNCTION",
        "REPLACE FUNCTION",
    ];
    const SAID_FROM: i64 = 61;

    /// What in a migration breaks older programs.
    fn breaks(sql: &str) -> Option<String> {
        let statements = sql.split(';').map(|statement| {
            let lines = statement.lines().map(|line| line.split("--").next().unwrap_or_default());
            lines.collect::<Vec<_>>().join(" ")
        });
        // A column that is added may be missing in what an older program writes.
        let demands = |statement: &str| {
            statement.contains("ADD COLUMN")
                && statement.contains("NOT NULL")
                && !statement.contains("DEFAULT")
        };
        statements
            .into_iter()
            .find(|statement| demands(statement) || BREAKING.iter().any(|word| statement.contains(word)))
    }

    /// Expand, migrate, contract: the version before serves beside the new one until a migration says that it cannot.
    #[test]
    fn a_migration_that_breaks_older_programs_raises_the_oldest_program() {
        for (breaking, sql) in [
            (true, "ALTER TABLE place DROP COLUMN motto;"),
            (true, "ALTER TABLE place ADD COLUMN motto text NOT NULL;"),
            (true, "CREATE TABLE a (b text);\nCREATE UNIQUE INDEX a_b ON a (b);"),
            (false, "ALTER TABLE place ADD COLUMN motto text NOT NULL DEFAULT '';"),
            (false, "-- what RENAME would do\nCREATE TABLE motto (programme uuid NOT NULL);"),
        ] {
            assert_eq!(breaks(sql).is_some(), breaking, "{sql}");
        }
        let number = |name: &str| name.strip_prefix('V')?.split_once("__")?.0.parse::<i64>().ok();
        for (name, sql) in MIGRATIONS.iter().filter(|(name, _)| number(name) >= Some(SAID_FROM)) {
            let breaking = breaks(sql);
            assert!(
                breaking.is_none() || sql.contains("oldest_program"),
                "{name}: {breaking:?} breaks programs of the version before; do it in a later version, or raise schema_state.oldest_program"
            );
        }
    }
}
