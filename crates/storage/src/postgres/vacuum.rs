//! VACUUM of old versions of rows, which the server keeps until it is told to, or thinks of it.
//!
//! A plain `VACUUM` only marks their place as free, and the bytes stay until something else is written there; a test has seen them. So
//! the tables are written anew (`VACUUM FULL`). Meanwhile nobody reads or writes the one that is at work: a moment for
//! the data of a city, and erasing somebody is rare.

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

/// Clears as whoever the address names.
pub(super) async fn run(owner: &Address) -> Traces {
    match clear(owner).await {
        Ok(true) => Traces::Gone,
        Ok(false) => left("the role may not: name the owner of the tables (--owner-database)"),
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

async fn clear(owner: &Address) -> Result<bool, tokio_postgres::Error> {
    let (client, connection) = owner.connect().await?;
    let conversation = tokio::spawn(connection);
    let cleared = clear_all(&client).await;
    drop(client);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "vacuum connection failed");
    }
    cleared
}

async fn clear_all(client: &Client) -> Result<bool, tokio_postgres::Error> {
    let may: bool = client.query_one(MAY_VACUUM, &[]).await?.get(0);
    if !may {
        return Ok(false);
    }
    client.batch_execute("SET statement_timeout = 0; SET lock_timeout = '60s'").await?;
    for row in client.query(TABLES, &[]).await? {
        let table: String = row.get(0);
        // One by one, as none of it may be part of a transaction.
        client.batch_execute(&format!("VACUUM (FULL) sister_cities.{table}")).await?;
    }
    Ok(true)
}
