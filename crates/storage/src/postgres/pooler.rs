//! A pooler between us and the server: one that gives a session a connection for as long as it lasts is as good as none; one that gives each
//! transaction another is refused. What a session has set, the statements it has prepared and what it listens to would be lost or
//! another's, and nothing would say so.

use tokio_postgres::{Client, SimpleQueryMessage};
use uuid::Uuid;

use super::OpenError;
use super::tls::Address;

/// What is marked is seen by the session alone.
const MARKED: &str = "SELECT coalesce(current_setting('sister_cities.session', true), '')";
/// How often the first session looks for its mark: it may be given the right connection once by chance.
const CHECKS: usize = 3;

/// Refuses a pooler that does not keep a session on its connection: while another session holds one, the first must still see what
/// it set before, and the other must not see it.
pub(super) async fn refuse_transaction_pooling(client: &Client, address: &Address) -> Result<(), OpenError> {
    let mut mark = [0; 16];
    getrandom::fill(&mut mark).map_err(|error| OpenError::Connect(error.to_string()))?;
    let mark = Uuid::from_bytes(mark).to_string();
    let marking = format!("SELECT set_config('sister_cities.session', '{mark}', false)");
    first(client, &marking).await.map_err(|error| OpenError::connect(&error))?;
    let (other, connection) = address.connect().await.map_err(|error| OpenError::connect(&error))?;
    let conversation = tokio::spawn(connection);
    let is_kept = is_kept(client, &other, &mark).await;
    drop(other);
    if let Ok(Err(error)) = conversation.await {
        tracing::debug!(%error, "the second session of the inspection failed");
    }
    // One that pools single statements refuses the transaction itself.
    if is_kept.unwrap_or(false) { Ok(()) } else { Err(OpenError::TransactionPooling) }
}

async fn is_kept(client: &Client, other: &Client, mark: &str) -> Result<bool, tokio_postgres::Error> {
    other.batch_execute("BEGIN").await?;
    let mut is_kept = first(other, MARKED).await? != mark;
    for _ in 0..CHECKS {
        is_kept = is_kept && first(client, MARKED).await? == mark;
    }
    other.batch_execute("ROLLBACK").await?;
    Ok(is_kept)
}

/// The first value that is answered, asked for without a statement that is prepared first.
async fn first(client: &Client, sql: &str) -> Result<String, tokio_postgres::Error> {
    let answered = client.simple_query(sql).await?;
    let value = answered.iter().find_map(|message| {
        if let SimpleQueryMessage::Row(row) = message { row.get(0).map(str::to_owned) } else { None }
    });
    Ok(value.unwrap_or_default())
}
