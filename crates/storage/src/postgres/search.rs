//! The index of search: one row per record and one per word of it, written with the record.
//!
//! A page is read from the rarest word that is asked for, in the order of the records, the newest first; the other words are looked for in
//! each record. Where that is the beginning of a word, what begins so is collected first.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sister_cities_domain::id::{RecordKind, RecordRef};
use tokio_postgres::Client;
use uuid::Uuid;

use super::session::Step;
use super::statements;
use super::value::Param;
use crate::catalogue::{self, Constraint, KindDescription, Through, ValueSet};
use crate::search::{Entry, RawHits, RawSearch, Term, VERSION, entry};
use crate::{ChangeSet, ReadError, Realm, Value};

/// So many records are one statement at most; each has many words.
const AT_ONCE: usize = 1_000;

/// `(programme, kind, ids, words)`: drops the words that records no longer have.
pub(super) const UNINDEX: &str = "SELECT forget_words($1, $2, $3, $4)";
/// The same: keeps the words that records have now. It makes the scope if it is new: within one statement the policy would not see it.
pub(super) const KEEP: &str = "INSERT INTO search (programme, kind, id, words) \
    SELECT $1, $2, n.id, n.words FROM scope_of($1, $2), unnest($3::uuid[], $4::text[]) n (id, words) WHERE n.words <> '' \
    ON CONFLICT (programme, kind, id) DO UPDATE SET words = excluded.words WHERE search.words <> excluded.words";
/// The same: adds them to the index.
pub(super) const INDEX: &str = "INSERT INTO search_word (scope, word, id) \
    SELECT own.scope, new.word, n.id FROM scope_of($1, $2) own (scope), unnest($3::uuid[], $4::text[]) n (id, words), \
    unnest(string_to_array(n.words, ' ')) new (word) ON CONFLICT DO NOTHING";
/// `(programme, kind, ids)`: forgets records that have no words any more.
pub(super) const DROP: &str = "DELETE FROM search WHERE programme = $1 AND kind = $2 AND id = ANY($3)";

/// `(programme, kinds, words, ends, most)`: answers which word the fewest records have, or the fewest words from there to its end, counted
/// up to so many; the first of several.
pub(super) const RAREST: &str = "SELECT n.number - 1 FROM unnest($3::text[], $4::text[]) WITH ORDINALITY n (word, last, number) \
    CROSS JOIN LATERAL (SELECT count(*) AS often FROM (SELECT FROM search_scope o \
        JOIN search_word w ON w.scope = o.number AND w.word >= n.word AND w.word <= n.last \
        WHERE o.programme = $1 AND o.kind = ANY($2) LIMIT $5) found) c \
    ORDER BY c.often, n.number LIMIT 1";
/// A word that more records have is common, however many more.
const COMMON: i64 = 1_000;

/// By which rules the words were split that are indexed.
const INDEXED: &str = "SELECT search_words_version FROM sister_cities.schema_state";
/// `(programme)`.
const FORGET_ALL: &str =
    "DELETE FROM search_word w USING search_scope o WHERE o.programme = $1 AND w.scope = o.number";
const SET_INDEXED: &str = "UPDATE schema_state SET search_words_version = $1";

/// How records are found: by a whole word, or by the beginning of one.
#[derive(Clone, Copy)]
enum Way {
    Whole,
    Beginning,
}

struct Statements {
    kind: RecordKind,
    whole: String,
    beginning: String,
}

static SEARCHES: LazyLock<Vec<Statements>> = LazyLock::new(|| {
    let searched = catalogue::ALL.iter().filter(|kind| kind.is_searched());
    searched
        .map(|description| Statements {
            kind: description.kind,
            whole: build(description, Way::Whole),
            beginning: build(description, Way::Beginning),
        })
        .collect()
});

/// All statements, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<&'static str> {
    let searches = SEARCHES.iter().flat_map(|search| [search.whole.as_str(), search.beginning.as_str()]);
    [UNINDEX, KEEP, INDEX, DROP, RAREST].into_iter().chain(searches).collect()
}

/// `(programme, word, its end, parts, id, limit)`: answers the ids of the records up to that one, the newest first. The end is of a
/// beginning only; the parts must all occur among the words, each of which stands between spaces.
fn build(description: &KindDescription, way: Way) -> String {
    let own = among(description.kind, "w.id", "", way);
    match &description.search.through {
        None => match way {
            Way::Whole => format!("{own} ORDER BY w.id DESC LIMIT $6"),
            Way::Beginning => format!("SELECT DISTINCT id FROM ({own}) found ORDER BY id DESC LIMIT $6"),
        },
        Some(Through { set: ValueSet { table, owner, value, .. }, .. }) => {
            let Constraint::References(lender) = value.constraint else {
                return format!("{own} ORDER BY w.id DESC LIMIT $6");
            };
            let join = format!("JOIN {table} m ON m.programme = $1 AND m.{} = w.id ", value.name);
            let lent = among(lender, &format!("m.{owner}"), &join, way);
            format!("SELECT id FROM ({own} UNION {lent}) found ORDER BY id DESC LIMIT $6")
        }
    }
}

fn among(kind: RecordKind, id: &str, join: &str, way: Way) -> String {
    let (kind, word) = match way {
        // The end is bound all the same, so that both ways are called alike.
        Way::Whole => (kind.as_str(), "w.word = $2 AND $3::text IS NULL"),
        Way::Beginning => (kind.as_str(), "w.word >= $2 AND w.word < $3"),
    };
    format!(
        "SELECT {id} AS id FROM search_word w \
         JOIN search s ON s.programme = $1 AND s.kind = '{kind}' AND s.id = w.id {join}\
         WHERE w.scope = (SELECT o.number FROM search_scope o WHERE o.programme = $1 AND o.kind = '{kind}') \
         AND {word} AND {id} <= $5 \
         AND NOT EXISTS (SELECT FROM unnest($4::text[]) p (part) WHERE strpos(' ' || s.words || ' ', p.part) = 0)"
    )
}

/// Those that are asked for, as good a beginning as is known without a question first: a long word is rarer than a short one, mostly, and
/// what begins so has to be collected.
fn by_length(search: &RawSearch) -> Vec<&Term> {
    let mut terms: Vec<&Term> = search.words.terms().iter().collect();
    terms.sort_by_key(|term| (term.is_beginning, std::cmp::Reverse(term.text.chars().count())));
    terms
}

/// What is bound to [`RAREST`], if several are asked for.
pub(super) fn which_is_rarest(realm: Realm, search: &RawSearch) -> Option<Vec<Param<'static>>> {
    let description = catalogue::ALL.iter().find(|description| description.kind == search.kind)?;
    let lender = description.search.through.as_ref().and_then(|through| {
        if let Constraint::References(lender) = through.set.value.constraint { Some(lender) } else { None }
    });
    let kinds: Vec<&'static str> =
        std::iter::once(search.kind).chain(lender).map(RecordKind::as_str).collect();
    let terms = by_length(search);
    let words: Vec<String> = terms.iter().map(|term| term.text.clone()).collect();
    let ends: Vec<String> = terms.iter().map(|term| end(term).unwrap_or_else(|| term.text.clone())).collect();
    (terms.len() > 1).then(|| {
        let params: Vec<Param<'static>> =
            vec![Box::new(realm.uuid()), Box::new(kinds), Box::new(words), Box::new(ends), Box::new(COMMON)];
        params
    })
}

/// What is greater than all that begin so, if a beginning is asked for.
fn end(term: &Term) -> Option<String> {
    term.is_beginning.then(|| format!("{}{}", term.text, char::MAX))
}

/// The query of a search and its parameters; none if nothing can be found. It begins with the rarest, if it is known which that is.
pub(super) fn select_statement(
    realm: Realm,
    search: &RawSearch,
    rarest: usize,
) -> Result<Option<(&'static str, Vec<Param<'static>>)>, ReadError> {
    let Some(up_to) = search.up_to_id()? else { return Ok(None) };
    let Some(statements) = SEARCHES.iter().find(|statements| statements.kind == search.kind) else {
        return Ok(None);
    };
    let terms = by_length(search);
    let Some(first) = terms.get(rarest) else { return Ok(None) };
    let end = end(first);
    let part = |term: &Term| format!(" {}{}", term.text, if term.is_beginning { "" } else { " " });
    let parts: Vec<String> = terms.iter().filter(|term| *term != first).map(|term| part(term)).collect();
    let sql = if first.is_beginning { &statements.beginning } else { &statements.whole };
    let params: Vec<Param<'static>> = vec![
        Box::new(realm.uuid()),
        Box::new(first.text.clone()),
        Box::new(end),
        Box::new(parts),
        Box::new(up_to),
        Box::new(i64::from(search.limit) + 1),
    ];
    Ok(Some((sql, params)))
}

/// The hits among the ids that were answered.
pub(super) fn hits(mut ids: Vec<Uuid>, limit: u32) -> RawHits {
    let is_more = ids.len() > limit as usize;
    ids.truncate(limit as usize);
    let next = if is_more { ids.last().copied().map(Value::Id) } else { None };
    RawHits { ids, next }
}

/// What brings the index in line with change sets that follow each other.
pub(super) fn steps<'a>(
    programme: Uuid,
    changes: impl Iterator<Item = &'a ChangeSet>,
    steps: &mut Vec<Step<'a>>,
) {
    // One statement cannot write a record twice, so only the last entry counts.
    let mut last: BTreeMap<RecordRef, (bool, &'a Entry)> = BTreeMap::new();
    for entry in changes.flat_map(ChangeSet::entries) {
        let is_new = entry.is_new && !last.contains_key(&entry.record);
        last.insert(entry.record, (is_new, entry));
    }
    let (new, old): (Vec<_>, Vec<_>) = last.into_values().partition(|(is_new, _)| *is_new);
    for (entries, are_new) in [(old, false), (new, true)] {
        let entries: Vec<&Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
        for alike in entries.chunk_by(|left, right| left.record.kind == right.record.kind) {
            for part in alike.chunks(AT_ONCE) {
                write(programme, part, are_new, steps);
            }
        }
    }
}

fn write<'a>(programme: Uuid, entries: &[&'a Entry], are_new: bool, steps: &mut Vec<Step<'a>>) {
    let Some(kind) = entries.first().map(|entry| entry.record.kind) else { return };
    let params = || params(programme, kind, entries.iter().copied());
    if !are_new {
        steps.push(Step::new(UNINDEX, params()));
    }
    if entries.iter().any(|entry| !entry.words.is_empty()) {
        steps.push(Step::new(KEEP, params()));
        steps.push(Step::new(INDEX, params()));
    }
    let empty = entries.iter().filter(|entry| entry.words.is_empty());
    let empty: Vec<Uuid> = empty.map(|entry| entry.record.id).collect();
    if !are_new && !empty.is_empty() {
        steps.push(Step::new(DROP, vec![Box::new(programme), Box::new(kind.as_str()), Box::new(empty)]));
    }
}

/// What is bound to the statements that write entries of one kind.
pub(super) fn params<'a>(
    programme: Uuid,
    kind: RecordKind,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Vec<Param<'a>> {
    let (ids, words): (Vec<Uuid>, Vec<&'a str>) =
        entries.into_iter().map(|entry| (entry.record.id, entry.words.as_str())).unzip();
    vec![Box::new(programme), Box::new(kind.as_str()), Box::new(ids), Box::new(words)]
}

/// Indexes all that is stored, if it was indexed by other rules or not at all. For the owner, under the lock of migrations.
pub(super) async fn bring_up_to_date(client: &mut Client) -> Result<(), tokio_postgres::Error> {
    if client.query_one(INDEXED, &[]).await?.get::<_, Option<i64>>(0) == Some(VERSION) {
        return Ok(());
    }
    let transaction = client.transaction().await?;
    transaction.query_one(statements::ENTER_MAINTENANCE, &[&"programmes"]).await?;
    let mut programmes: Vec<Uuid> = Vec::new();
    loop {
        let after = programmes.last().copied().unwrap_or(Uuid::nil());
        let rows = transaction.query(statements::PROGRAMMES, &[&after, &1_000_i64]).await?;
        if rows.is_empty() {
            break;
        }
        programmes.extend(rows.iter().map(|row| row.get::<_, Uuid>(0)));
    }
    for programme in programmes {
        transaction.query_one(statements::ENTER_PROGRAMME, &[&programme]).await?;
        transaction.execute(FORGET_ALL, &[&programme]).await?;
        transaction.execute("DELETE FROM search WHERE programme = $1", &[&programme]).await?;
        for description in catalogue::ALL.iter().filter(|kind| !kind.search.fields.is_empty()) {
            fill(&transaction, programme, description.kind).await?;
        }
    }
    transaction.execute(SET_INDEXED, &[&VERSION]).await?;
    transaction.commit().await
}

async fn fill(
    transaction: &tokio_postgres::Transaction<'_>,
    programme: Uuid,
    kind: RecordKind,
) -> Result<(), tokio_postgres::Error> {
    let stored_values = &statements::of(kind).stored_values;
    let mut after = Uuid::nil();
    loop {
        let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
        let rows = transaction.query(stored_values, &[&programme, &after, &limit]).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.get(0);
        let entries = rows.iter().filter_map(|row| {
            let record = RecordRef { kind, id: row.get(0) };
            entry(record, row.get(2))
        });
        let (ids, words): (Vec<Uuid>, Vec<String>) =
            entries.map(|entry| (entry.record.id, entry.words)).unzip();
        let kind = kind.as_str();
        for sql in [KEEP, INDEX] {
            transaction.execute(sql, &[&programme, &kind, &ids, &words]).await?;
        }
    }
}
