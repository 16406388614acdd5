//! Search: FTS5 over the words of each record, and the newest rows one by one.
//!
//! The words come from [`search`](crate::search), so FTS5 only parts them at spaces. FTS5 answers in the order of its rows, the newest
//! first, so a page costs what it holds. The rows that it has not taken in yet (see [`indexing`](super::indexing)) are few.

use std::fmt::Write as _;

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::params;
use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use crate::catalogue::{self, Constraint, describe};
use crate::search::{RawHits, RawSearch, Words};
use crate::{ReadError, Realm, Value};

/// No word of a text holds it, so that nobody can write a text that passes for the scope of another programme.
const SCOPE_SIGN: char = '\u{e000}';
/// What ends a word of which the beginning is enough.
const BEGINNING: char = '*';

/// `(question, number, limit, scope, words)`: answers number and id of the records before that number, the newest first.
pub(super) const SEARCH: &str = "SELECT s.number, s.id FROM search s \
    WHERE s.number > (SELECT number FROM search_indexed WHERE rowid = 1) AND s.number < ?2 AND s.scope = ?4 \
    AND search_holds(s.words, ?5) \
    UNION ALL SELECT f.rowid, s.id FROM search_index f JOIN search s ON s.number = f.rowid \
    WHERE f.search_index MATCH ?1 AND f.rowid < ?2 ORDER BY 1 DESC LIMIT ?3";

/// `(question, question among lenders, id, limit, programme, scope, lenders' scope, words)`: answers the ids of the records up to that one,
/// the newest first.
fn through_sql(through: &catalogue::Through) -> String {
    let catalogue::ValueSet { table, owner, value, .. } = through.set;
    let value = value.name;
    let new = "s.number > (SELECT number FROM search_indexed WHERE rowid = 1) AND search_holds(s.words, ?8)";
    let indexed = "search_index f JOIN search s ON s.number = f.rowid";
    let lent = format!("JOIN {table} m ON m.programme = ?5 AND m.{value} = s.id");
    format!(
        "SELECT s.id FROM search s WHERE {new} AND s.scope = ?6 AND s.id <= ?3 \
         UNION SELECT s.id FROM {indexed} WHERE f.search_index MATCH ?1 AND s.id <= ?3 \
         UNION SELECT m.{owner} FROM search s {lent} WHERE {new} AND s.scope = ?7 AND m.{owner} <= ?3 \
         UNION SELECT m.{owner} FROM {indexed} {lent} WHERE f.search_index MATCH ?2 AND m.{owner} <= ?3 \
         ORDER BY 1 DESC LIMIT ?4"
    )
}

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<String> {
    let through = catalogue::ALL.iter().filter_map(|kind| kind.search.through.as_ref()).map(through_sql);
    std::iter::once(SEARCH.to_owned()).chain(through).collect()
}

/// Teaches a connection `search_holds (words, asked)`: whether all that is asked for is among the words of a record.
pub(super) fn teach(connection: &Connection) -> Result<(), rusqlite::Error> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("search_holds", 2, flags, |context: &Context<'_>| {
        let (words, asked) = (context.get_raw(0).as_str()?, context.get_raw(1).as_str()?);
        Ok(asked.split(' ').all(|asked| match asked.strip_suffix(BEGINNING) {
            Some(beginning) => words.split(' ').any(|word| word.starts_with(beginning)),
            None => words.split(' ').any(|word| word == asked),
        }))
    })
}

/// The place after which to go on, as the back end named it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Before this number of a row.
    Number(i64),
    /// Up to this id.
    Id(Uuid),
    /// There is nothing more.
    JournalTail,
}

/// Reads the place of a question.
pub(super) fn place(search: &RawSearch) -> Result<Place, ReadError> {
    let is_through = describe(search.kind).search.through.is_some();
    match (&search.after, is_through) {
        (_, true) => Ok(search.up_to_id()?.map_or(Place::JournalTail, Place::Id)),
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
    let own = scope(programme, search.kind);
    let words = pattern(&search.words);
    let limit = i64::from(search.limit) + 1;
    let mut found: Vec<(Value, Uuid)> = match (place, &describe(search.kind).search.through) {
        (Place::Id(up_to), Some(through)) => {
            let Constraint::References(lender) = through.set.value.constraint else {
                return Ok(RawHits { ids: Vec::new(), next: None });
            };
            let lenders = scope(programme, lender);
            let (asked, asked_of_lenders) =
                (matching(&own, &search.words), matching(&lenders, &search.words));
            let sql = through_sql(through);
            connection
                .prepare_cached(&sql)?
                .query_map(
                    params![asked, asked_of_lenders, up_to, limit, programme, own, lenders, words],
                    |row| Ok((Value::Id(row.get(0)?), row.get(0)?)),
                )?
                .collect::<Result<_, _>>()?
        }
        (Place::Number(before), _) => connection
            .prepare_cached(SEARCH)?
            .query_map(params![matching(&own, &search.words), before, limit, own, words], |row| {
                Ok((Value::Integer(row.get(0)?), row.get(1)?))
            })?
            .collect::<Result<_, _>>()?,
        (Place::Id(_), None) | (Place::JournalTail, _) => Vec::new(),
    };
    let is_more = found.len() > search.limit as usize;
    found.truncate(search.limit as usize);
    let next = if is_more { found.last().map(|(place, _)| place.clone()) } else { None };
    Ok(RawHits { ids: found.into_iter().map(|(_, id)| id).collect(), next })
}

/// The question as FTS5 reads it: each word in quotes, all of them in one scope. Words hold letters and digits only.
fn matching(scope: &str, words: &Words) -> String {
    let mut text = format!("\"{scope}\"");
    for term in words.terms() {
        // Writing into a `String` cannot fail.
        let _ = write!(text, " AND \"{}\"{}", term.text, if term.is_beginning { " *" } else { "" });
    }
    text
}

/// The question as `search_holds` reads it.
fn pattern(words: &Words) -> String {
    let mut text = String::new();
    for term in words.terms() {
        let gap = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{gap}{}", term.text);
        if term.is_beginning {
            text.push(BEGINNING);
        }
    }
    text
}

/// A word that only the records of one kind and programme have. FTS5 takes an underscore for the end of a word.
pub(super) fn scope(programme: Uuid, kind: RecordKind) -> String {
    format!("{SCOPE_SIGN}{}{}", programme.simple(), kind.as_str().replace('_', ""))
}
