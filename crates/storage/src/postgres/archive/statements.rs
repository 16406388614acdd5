//! The statements by which archives are made and put in. Those that write take arrays, so that many rows are one statement.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sister_cities_domain::id::RecordKind;

use super::super::statements::sql_type;
use crate::catalogue::{self, KindDescription};

statements! {
    PROGRAMMES = "SELECT id FROM programme ORDER BY id";
    HAS_PROGRAMME = "SELECT 1 FROM programme WHERE id = $1";
    CHANGES = "SELECT number, at, actor FROM change WHERE programme = $1 ORDER BY number";
    HISTORY = "SELECT kind, id, revision, change, version, body, until FROM history \
        WHERE programme = $1 ORDER BY kind, id, revision";
    JOURNAL = "SELECT sequence, change, event, subject_kind, subject, name, version, body, \
        changes, seals, hash FROM journal WHERE programme = $1 ORDER BY sequence";
    DOCUMENTS = "SELECT hash, change, bytes FROM document WHERE programme = $1 ORDER BY hash";
    REPLIES = "SELECT credential, route, key, fingerprint, status, body, expires_at \
        FROM reply WHERE programme = $1 ORDER BY credential, route, key";
    WORK = "SELECT id, topic, sequence, state, attempts, due_at, fence, owner, last_error \
        FROM work WHERE programme = $1 ORDER BY id";
    /// Answers a row if there is anything of a programme, or was.
    IS_KNOWN = "SELECT 1 FROM head WHERE programme = $1 \
        UNION ALL SELECT 1 FROM programme WHERE id = $1 UNION ALL SELECT 1 FROM data_key WHERE programme = $1 \
        UNION ALL SELECT 1 FROM reply WHERE programme = $1 LIMIT 1";
    /// `(programme, number of the last commit, sequence, hash)`.
    ADD_HEAD = "INSERT INTO head (programme, change, sequence, hash) VALUES ($1, $2, $3, $4)";
    /// `(programme, sequence)`.
    SET_POSITION = "INSERT INTO notification_position (programme, sequence) VALUES ($1, $2) \
        ON CONFLICT (programme) DO UPDATE SET sequence = excluded.sequence";
    ADD_CHANGES = "INSERT INTO change (programme, number, at, actor) \
        SELECT $1, n.number, n.at, n.actor FROM unnest($2::bigint[], $3::timestamptz[], $4::text[]) n (number, at, actor)";
    ADD_PAST = "INSERT INTO history (programme, kind, id, revision, change, version, body, until) \
        SELECT $1, n.kind, n.id, n.revision, n.change, n.version, n.body, n.until \
        FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::integer[], $7::text[], $8::bigint[]) \
        n (kind, id, revision, change, version, body, until)";
    ADD_ENTRIES = "INSERT INTO journal \
        (programme, sequence, change, event, subject_kind, subject, name, version, body, changes, seals, hash) \
        SELECT $1, e.sequence, e.change, e.event, e.kind, e.subject, e.name, e.version, e.body, e.changes, e.seals, e.hash \
        FROM unnest($2::bigint[], $3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::integer[], $9::text[], \
        $10::text[], $11::text[], $12::bytea[]) \
        e (sequence, change, event, kind, subject, name, version, body, changes, seals, hash)";
    ADD_DOCUMENT = "INSERT INTO document (programme, hash, change, bytes) VALUES ($1, $2, $3, $4)";
    ADD_WORK = "INSERT INTO work \
        (programme, id, topic, sequence, state, attempts, due_at, fence, owner, last_error) \
        SELECT $1, n.id, n.topic, n.sequence, n.state, n.attempts, n.due_at, n.fence, n.owner, n.last_error \
        FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::integer[], $7::timestamptz[], $8::bigint[], \
        $9::text[], $10::text[]) n (id, topic, sequence, state, attempts, due_at, fence, owner, last_error)";
}

/// Reading or writing everything may take its time.
pub(super) const PATIENTLY: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
/// The rows of the programme that is being put in are checked while they can be seen.
pub(super) const CHECK_NOW: &str = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED";

/// The statements of one kind of record.
#[derive(Debug)]
pub(super) struct KindStatements {
    kind: RecordKind,
    /// `(programme)`: id, revision, change, version, body.
    pub(super) all: String,
    /// `(programme, ids, revisions, changes, versions, bodies, columns …)`.
    pub(super) add: String,
}

static KINDS: LazyLock<Vec<KindStatements>> =
    LazyLock::new(|| catalogue::ALL.iter().map(|description| build(description)).collect());

/// The statements of `kind`, built at first use.
pub(super) fn of(kind: RecordKind) -> &'static KindStatements {
    KINDS.iter().find(|statements| statements.kind == kind).expect("the catalogue describes every kind")
}

fn build(description: &KindDescription) -> KindStatements {
    let table = description.table;
    let (mut names, mut given, mut arrays) = (String::new(), String::new(), String::new());
    for (number, column) in (7..).zip(description.columns) {
        let (column, holds) = (column.name, sql_type(column.holds));
        // Writing into a `String` cannot fail.
        let _ = write!(names, ", {column}");
        let _ = write!(given, ", n.{column}");
        let _ = write!(arrays, ", ${number}::{holds}[]");
    }
    KindStatements {
        kind: description.kind,
        all: format!(
            "SELECT id, revision, change, version, body FROM {table} WHERE programme = $1 ORDER BY id"
        ),
        add: format!(
            "INSERT INTO {table} (programme, id, revision, change, version, body{names}) \
             SELECT $1, n.id, n.revision, n.change, n.version, n.body{given} \
             FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::integer[], $6::text[]{arrays}) \
             n (id, revision, change, version, body{names})"
        ),
    }
}

/// All statements there are, for the test that prepares them.
#[cfg(test)]
pub(in crate::postgres) fn all() -> Vec<&'static str> {
    let kinds = KINDS.iter().flat_map(|kind| [kind.all.as_str(), kind.add.as_str()]);
    CONSTANTS.iter().copied().chain(kinds).collect()
}
