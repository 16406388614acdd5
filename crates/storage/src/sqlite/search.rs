//! The index of search: FTS5 over the words of each record, written in the transaction that writes the record.
//!
//! The words come from [`search`](crate::search), so FTS5 only parts them at spaces. The table `search` keeps them too: what leaves
//! the index is taken out word by word (`secure-delete`), and pages that become free are overwritten, so nothing of a record
//! that is gone, or of a person who was erased, stays in the file. FTS5 answers in the order of its rows, the newest first,
//! so a page costs what it holds.

use std::fmt::Write as _;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use sister_cities_domain::id::{RecordKind, RecordRef};
use uuid::Uuid;

use super::OpenError;
use crate::catalogue::{self, Constraint, KindDescription, describe};
use crate::search::{Entry, RawHits, RawSearch, VERSION, Words, entry};
use crate::{ReadError, Realm, Value};

/// No word of a text holds it, so that nobody can write a text that passes for the scope of another programme.
const SCOPE_SIGN: char = '\u{e000}';

pub(super) const STORED: &str =
    "SELECT number, words FROM search WHERE programme = ?1 AND kind = ?2 AND id = ?3";
pub(super) const ADD: &str =
    "INSERT INTO search (programme, kind, id, scope, words) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING number";
pub(super) const CHANGE: &str = "UPDATE search SET words = ?2 WHERE number = ?1";
pub(super) const DROP: &str = "DELETE FROM search WHERE number = ?1";
pub(super) const INDEX: &str = "INSERT INTO search_index (rowid, scope, words) VALUES (?1, ?2, ?3)";
pub(super) const UNINDEX: &str =
    "INSERT INTO search_index (search_index, rowid, scope, words) VALUES ('delete', ?1, ?2, ?3)";
/// `(words, number, limit)`: answers number and id of the records before that number, the newest first.
pub(super) const SEARCH: &str = "SELECT s.number, s.id FROM search_index f JOIN search s ON s.number = f.rowid \
    WHERE f.search_index MATCH ?1 AND f.rowid < ?2 ORDER BY f.rowid DESC LIMIT ?3";

/// `(words, words among lenders, id, limit, programme)`: answers the ids of the records up to that one, the newest first.
fn through_sql(through: &catalogue::Through) -> String {
    let catalogue::ValueSet { table, owner, value, .. } = through.set;
    format!(
        "SELECT s.id FROM search_index f JOIN search s ON s.number = f.rowid \
         WHERE f.search_index MATCH ?1 AND s.id <= ?3 \
         UNION SELECT m.{owner} FROM search_index f JOIN search s ON s.number = f.rowid \
         JOIN {table} m ON m.programme = ?5 AND m.{value} = s.id WHERE f.search_index MATCH ?2 AND m.{owner} <= ?3 \
         ORDER BY 1 DESC LIMIT ?4",
        value = value.name
    )
}

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let through = catalogue::ALL.iter().filter_map(|kind| kind.search.through.as_ref()).map(through_sql);
    let constant = [STORED, ADD, CHANGE, DROP, INDEX, UNINDEX, SEARCH].map(str::to_owned);
    constant.into_iter().chain(through).collect()
}

/// Brings the index in line with what was written, inside the transaction.
pub(super) fn write<'a>(
    connection: &Connection,
    entries: impl Iterator<Item = (Realm, &'a Entry)>,
) -> Result<(), rusqlite::Error> {
    for (realm, entry) in entries {
        write_one(connection, realm.uuid(), entry)?;
    }
    Ok(())
}

fn write_one(connection: &Connection, programme: Uuid, entry: &Entry) -> Result<(), rusqlite::Error> {
    let Entry { record, words, is_new } = entry;
    let kind = record.kind.as_str();
    let mut stored: Option<(i64, String)> = None;
    if !is_new {
        stored = connection
            .prepare_cached(STORED)?
            .query_row(params![programme, kind, record.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
    }
    if stored.as_ref().map_or("", |(_, words)| words) == words {
        return Ok(());
    }
    let scope = scope(programme, record.kind);
    if let Some((number, old)) = &stored {
        connection.prepare_cached(UNINDEX)?.execute(params![number, scope, old])?;
    }
    let number = match stored {
        Some((number, _)) if words.is_empty() => {
            connection.prepare_cached(DROP)?.execute([number])?;
            return Ok(());
        }
        Some((number, _)) => {
            connection.prepare_cached(CHANGE)?.execute(params![number, words])?;
            number
        }
        None => connection
            .prepare_cached(ADD)?
            .query_row(params![programme, kind, record.id, scope, words], |row| row.get(0))?,
    };
    connection.prepare_cached(INDEX)?.execute(params![number, scope, words])?;
    Ok(())
}

/// The place after which to go on, as the back end named it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Before this number of a row.
    Number(i64),
    /// Up to this id.
    Id(Uuid),
    /// There is nothing more.
    End,
}

/// Reads the place of a question.
pub(super) fn place(search: &RawSearch) -> Result<Place, ReadError> {
    let is_through = describe(search.kind).search.through.is_some();
    match (&search.after, is_through) {
        (_, true) => Ok(search.up_to_id()?.map_or(Place::End, Place::Id)),
        (None, false) => Ok(Place::Number(i64::MAX)),
        (Some(Value::Integer(number)), false) => Ok(Place::Number(*number)),
        (Some(_), false) => Err(ReadError::Cursor),
    }
}

/// Answers a question.
pub(super) fn search(
    connection: &Connection,
    realm: Realm,
    search: &RawSearch,
    place: Place,
) -> Result<RawHits, rusqlite::Error> {
    let programme = realm.uuid();
    let asked = |kind| matching(programme, kind, &search.words);
    let limit = i64::from(search.limit) + 1;
    let mut found: Vec<(Value, Uuid)> = match (place, &describe(search.kind).search.through) {
        (Place::Id(up_to), Some(through)) => {
            let Constraint::References(lender) = through.set.value.constraint else {
                return Ok(RawHits { ids: Vec::new(), next: None });
            };
            let sql = through_sql(through);
            connection
                .prepare_cached(&sql)?
                .query_map(params![asked(search.kind), asked(lender), up_to, limit, programme], |row| {
                    Ok((Value::Id(row.get(0)?), row.get(0)?))
                })?
                .collect::<Result<_, _>>()?
        }
        (Place::Number(before), _) => connection
            .prepare_cached(SEARCH)?
            .query_map(params![asked(search.kind), before, limit], |row| {
                Ok((Value::Integer(row.get(0)?), row.get(1)?))
            })?
            .collect::<Result<_, _>>()?,
        (Place::Id(_), None) | (Place::End, _) => Vec::new(),
    };
    let is_more = found.len() > search.limit as usize;
    found.truncate(search.limit as usize);
    let next = if is_more { found.last().map(|(place, _)| place.clone()) } else { None };
    Ok(RawHits { ids: found.into_iter().map(|(_, id)| id).collect(), next })
}

/// The question as FTS5 reads it: each word in quotes, all of them in one scope. Words hold letters and digits only.
fn matching(programme: Uuid, kind: RecordKind, words: &Words) -> String {
    let mut text = format!("\"{}\"", scope(programme, kind));
    for term in words.terms() {
        // Writing into a `String` cannot fail.
        let _ = write!(text, " AND \"{}\"{}", term.text, if term.is_beginning { " *" } else { "" });
    }
    text
}

/// A word that only the records of one kind and programme have.
fn scope(programme: Uuid, kind: RecordKind) -> String {
    format!("{SCOPE_SIGN}{}{}", programme.simple(), kind.as_str())
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
            "INSERT INTO search_index (search_index) VALUES ('delete-all'); DELETE FROM search;",
        )?;
        for description in catalogue::ALL {
            fill(&transaction, description)?;
        }
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn fill(transaction: &Transaction<'_>, description: &KindDescription) -> Result<(), rusqlite::Error> {
    if description.search.fields.is_empty() {
        return Ok(());
    }
    let sql = format!("SELECT programme, id, body FROM {} ORDER BY programme, id", description.table);
    let mut statement = transaction.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (programme, id, body): (Uuid, Uuid, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some(entry) = entry(RecordRef { kind: description.kind, id }, &body) {
            write_one(transaction, programme, &entry)?;
        }
    }
    Ok(())
}
