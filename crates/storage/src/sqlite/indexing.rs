//! Keeping the index of search: what a record is found by is stored with it, and FTS5 takes it in by batches.
//!
//! The words of a record are a row of `search`, written in the commit that writes the record. FTS5 writes a segment per commit and
//! merges segments ever after, which cost more than all else that a commit writes; so new rows wait until there is a batch of
//! them, and whichever commit fills the batch brings it in. Until then a search looks through them one by one. A row that FTS5 has
//! is replaced in it, word by word (`secure-delete`), in the commit that changes it; pages that become free are overwritten. So nothing of
//! a record that is gone, or of a person who was erased, stays in the file.

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use sister_cities_domain::id::RecordRef;
use uuid::Uuid;

use super::OpenError;
use super::search::scope;
use crate::Realm;
use crate::catalogue::{self, KindDescription};
use crate::search::{Entry, VERSION, entry};

/// So many rows are a batch; at most about so many does a search look through one by one. Few in tests, so that they meet both.
pub(super) const BATCH_SIZE: i64 = if cfg!(test) { 8 } else { 256 };

const INDEXED: &str = "SELECT number FROM search_indexed WHERE rowid = 1";
const LAST: &str = "SELECT coalesce(max(number), 0) FROM search";
const FLUSH_BATCH: &str = "INSERT INTO search_index (rowid, scope, words) \
    SELECT number, scope, words FROM search WHERE number > ?1 AND number <= ?2 ORDER BY number";
const MOVE: &str = "UPDATE search_indexed SET number = ?1 WHERE rowid = 1";
const STORED: &str = "SELECT number, words FROM search WHERE programme = ?1 AND kind = ?2 AND id = ?3";
const ADD: &str =
    "INSERT INTO search (programme, kind, id, scope, words) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING number";
const CHANGE: &str = "UPDATE search SET words = ?2 WHERE number = ?1";
const DROP: &str = "DELETE FROM search WHERE number = ?1";
const INDEX: &str = "INSERT INTO search_index (rowid, scope, words) VALUES (?1, ?2, ?3)";
const UNINDEX: &str =
    "INSERT INTO search_index (search_index, rowid, scope, words) VALUES ('delete', ?1, ?2, ?3)";

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    [INDEXED, LAST, FLUSH_BATCH, MOVE, STORED, ADD, CHANGE, DROP, INDEX, UNINDEX].map(str::to_owned).into()
}

/// Stores what the records are found by, inside the transaction that stored them.
pub(super) fn write<'a>(
    connection: &Connection,
    entries: impl Iterator<Item = (Realm, &'a Entry)>,
) -> Result<(), rusqlite::Error> {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    let mut index = Index { connection, indexed: number(connection, INDEXED)? };
    for (realm, entry) in entries {
        index.write(realm.uuid(), entry)?;
    }
    index.flush_batch(BATCH_SIZE)
}

fn number(connection: &Connection, sql: &str) -> Result<i64, rusqlite::Error> {
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

struct Index<'a> {
    connection: &'a Connection,
    /// Rows up to this one are in FTS5.
    indexed: i64,
}

impl Index<'_> {
    fn write(&self, programme: Uuid, entry: &Entry) -> Result<(), rusqlite::Error> {
        let Entry { record, words, is_new } = entry;
        let kind = record.kind.as_str();
        let mut stored: Option<(i64, String)> = None;
        if !is_new {
            stored = self
                .connection
                .prepare_cached(STORED)?
                .query_row(params![programme, kind, record.id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
        }
        if stored.as_ref().map_or("", |(_, words)| words) == words {
            return Ok(());
        }
        let scope = scope(programme, record.kind);
        if let Some((number, old)) = stored.as_ref().filter(|(number, _)| self.has(*number)) {
            self.connection.prepare_cached(UNINDEX)?.execute(params![number, scope, old])?;
        }
        let number = match stored {
            Some((number, _)) if words.is_empty() => {
                self.connection.prepare_cached(DROP)?.execute([number])?;
                return Ok(());
            }
            Some((number, _)) => {
                self.connection.prepare_cached(CHANGE)?.execute(params![number, words])?;
                number
            }
            None => self
                .connection
                .prepare_cached(ADD)?
                .query_row(params![programme, kind, record.id, scope, words], |row| row.get(0))?,
        };
        // A new row too, if the last ones are gone: it takes the number of the last that is left, plus one.
        if self.has(number) {
            self.connection.prepare_cached(INDEX)?.execute(params![number, scope, words])?;
        }
        Ok(())
    }

    fn has(&self, number: i64) -> bool {
        number <= self.indexed
    }

    /// Has FTS5 take in what waits, if it is a batch of at least so many rows.
    fn flush_batch(&mut self, least: i64) -> Result<(), rusqlite::Error> {
        let newest = number(self.connection, LAST)?;
        if newest - self.indexed >= least {
            self.connection.prepare_cached(FLUSH_BATCH)?.execute([self.indexed, newest])?;
            self.connection.prepare_cached(MOVE)?.execute([newest])?;
            self.indexed = newest;
        }
        Ok(())
    }
}

/// Indexes all that is stored, if it was indexed by other rules or not at all.
pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), OpenError> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    if version(&transaction)? != VERSION {
        transaction.execute_batch(
            "INSERT INTO search_index (search_index) VALUES ('delete-all'); DELETE FROM search; \
             UPDATE search_indexed SET number = 0;",
        )?;
        let mut index = Index { connection: &transaction, indexed: 0 };
        for description in catalogue::ALL {
            fill(&transaction, &index, description)?;
        }
        index.flush_batch(1)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn fill(
    transaction: &Transaction<'_>,
    index: &Index<'_>,
    description: &KindDescription,
) -> Result<(), rusqlite::Error> {
    if description.search.fields.is_empty() {
        return Ok(());
    }
    let sql = format!("SELECT programme, id, body FROM {} ORDER BY programme, id", description.table);
    let mut statement = transaction.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (programme, id, body): (Uuid, Uuid, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(entry) = entry(RecordRef { kind: description.kind, id }, &body) {
            index.write(programme, &entry)?;
        }
    }
    Ok(())
}
