//! VACUUM of old versions of rows, which the server keeps until it is told to, or thinks of it.
//!
//! A plain `VACUUM` only marks their place as free, and the bytes stay until something else is written there; a test has seen them. So
//! the tables are written anew (`VACUUM FULL`). Meanwhile nobody reads or writes the one that is at work: a moment for
//! the data of a city, and erasing somebody is rare.

use std::time::{Duration, Instant};

use tokio_postgres::Client;

use super::tls::Address;
use crate::Traces;
use crate::error::with_causes;

/// Whether the role may clear all of our tables. One that may not is not refused but passed over with a warning.
pub(super) const MAY_VACUUM: &str = "SELECT coalesce(bool_and(pg_has_role(current_user, c.relowner, 'USAGE')), false) \
    FROM pg_catalog.pg_class c WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind = 'r'";
/// All of our tables, as they are written in a statement.
pub(super) const TABLES: &str = "SELECT format('%I', c.relname) FROM pg_catalog.pg_class c \
    WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind = 'r' ORDER BY c.relname";

/// Which transactions of this database have begun, and before which number lie all in the whole cluster that have written.
const BEGUN: &str = "SELECT pg_current_xact_id()::text, coalesce(array_agg(l.virtualxid), '{}') \
    FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid \
    WHERE l.locktype = 'virtualxid' AND a.datname = current_database() AND l.pid <> pg_backend_pid()";
/// `(number, transactions)`: whether one of those has not ended.
const GOES_ON: &str = "SELECT pg_snapshot_xmin(pg_current_snapshot()) < $1::text::xid8 OR EXISTS \
    (SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'virtualxid' AND l.virtualxid = ANY($2::text[]))";
/// So long it waits for them.
const PATIENCE: Duration = Duration::from_mins(1);

/// What came of it.
enum Cleared {
    All,
    MayNot,
    StillRead,
}

/// Clears as whoever the address names.
pub(super) async fn run(owner: &Address) -> Traces {
    match clear(owner).await {
        Ok(Cleared::All) => Traces::Gone,
        Ok(Cleared::MayNot) => left("the role may not: name the owner of the tables (--owner-database)"),
        Ok(Cleared::StillRead) => left(&format!(
            "a transaction that began before has not ended within {} seconds, and may still read them: end it (pg_stat_activity), \
             and erase once more",
            PATIENCE.as_secs()
        )),
        Err(error) => left(&with_causes(&error)),
    }
}

fn left(why: &str) -> Traces {
    Traces::Left {
        reason: format!(
            "old versions of rows stay until VACUUM FULL is run by the owner of the tables; {why}"
        ),
    }
}

async fn clear(owner: &Address) -> Result<Cleared, tokio_postgres::Error> {
    let (client, connection) = owner.connect().await?;
    let conversation = tokio::spawn(connection);
    let cleared = clear_all(&client).await;
    drop(client);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "vacuum connection failed");
    }
    cleared
}

async fn clear_all(client: &Client) -> Result<Cleared, tokio_postgres::Error> {
    let may: bool = client.query_one(MAY_VACUUM, &[]).await?.get(0);
    if !may {
        return Ok(Cleared::MayNot);
    }
    client.batch_execute("SET statement_timeout = 0; SET lock_timeout = '60s'").await?;
    if !all_ended(client).await? {
        return Ok(Cleared::StillRead);
    }
    for row in client.query(TABLES, &[]).await? {
        let table: String = row.get(0);
        // One by one, as none of it may be part of a transaction.
        client.batch_execute(&format!("VACUUM (FULL) sister_cities.{table}")).await?;
    }
    Ok(Cleared::All)
}

/// Waits until no transaction has a view of what was before. To such a one, and to any that begins while an older one writes, also in
/// another database, old versions of rows are not gone yet, and the server writes them anew with the others.
async fn all_ended(client: &Client) -> Result<bool, tokio_postgres::Error> {
    let row = client.query_one(BEGUN, &[]).await?;
    let (number, begun): (String, Vec<String>) = (row.get(0), row.get(1));
    let since = Instant::now();
    while client.query_one(GOES_ON, &[&number, &begun]).await?.get(0) {
        if since.elapsed() > PATIENCE {
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(true)
}
