//! The statements by which archives are made and put in.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sister_cities_domain::id::RecordKind;

use crate::catalogue::{self, KindDescription};

pub(super) const PROGRAMMES: &str = "SELECT id FROM programme ORDER BY id";
pub(super) const HAS_PROGRAMME: &str = "SELECT 1 FROM programme WHERE id = ?1";
pub(super) const CHANGES: &str = "SELECT number, at, actor FROM change WHERE programme = ?1 ORDER BY number";
pub(super) const HISTORY: &str = "SELECT kind, id, revision, change, version, body, until FROM history \
    WHERE programme = ?1 ORDER BY kind, id, revision";
pub(super) const JOURNAL: &str = "SELECT sequence, change, event, subject_kind, subject, name, version, body, \
    changes, seals, hash FROM journal WHERE programme = ?1 ORDER BY sequence";
pub(super) const DOCUMENTS: &str =
    "SELECT hash, change, bytes FROM document WHERE programme = ?1 ORDER BY hash";
pub(super) const REPLIES: &str = "SELECT credential, route, key, fingerprint, status, body, expires_at \
    FROM reply WHERE programme = ?1 ORDER BY credential, route, key";
pub(super) const WORK: &str = "SELECT id, topic, sequence, state, attempts, due_at, fence, owner, last_error \
    FROM work WHERE programme = ?1 ORDER BY id";
/// Answers a row if there is anything of a programme, or was.
pub(super) const IS_KNOWN: &str = "SELECT 1 FROM change WHERE programme = ?1 \
    UNION ALL SELECT 1 FROM programme WHERE id = ?1 UNION ALL SELECT 1 FROM data_key WHERE programme = ?1 \
    UNION ALL SELECT 1 FROM reply WHERE programme = ?1 LIMIT 1";
/// Answers a row if there is anything at all.
pub(super) const IS_USED: &str = "SELECT EXISTS (SELECT 1 FROM programme) OR EXISTS (SELECT 1 FROM change) \
    OR EXISTS (SELECT 1 FROM data_key) OR EXISTS (SELECT 1 FROM reply)";
pub(super) const ADD_PAST: &str = "INSERT INTO history \
    (programme, kind, id, revision, change, version, body, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
pub(super) const ADD_DOCUMENT: &str =
    "INSERT INTO document (programme, hash, change, bytes) VALUES (?1, ?2, ?3, ?4)";
pub(super) const ADD_WORK: &str = "INSERT INTO work \
    (programme, id, topic, sequence, state, attempts, due_at, fence, owner, last_error) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// The statements of one kind of record.
#[derive(Debug)]
pub(super) struct KindStatements {
    kind: RecordKind,
    /// `(programme)`: id, revision, change, version, body.
    pub(super) all: String,
    /// `(programme, id, revision, change, version, body, columns …)`.
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
    let (mut names, mut places) = (String::new(), String::new());
    for (number, column) in (7..).zip(description.columns) {
        // Writing into a `String` cannot fail.
        let _ = write!(names, ", {}", column.name);
        let _ = write!(places, ", ?{number}");
    }
    KindStatements {
        kind: description.kind,
        all: format!(
            "SELECT id, revision, change, version, body FROM {table} WHERE programme = ?1 ORDER BY id"
        ),
        add: format!(
            "INSERT INTO {table} (programme, id, revision, change, version, body{names}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6{places})"
        ),
    }
}

/// All statements there are, for the test that prepares them.
#[cfg(test)]
pub(in crate::sqlite) fn all() -> Vec<&'static str> {
    let constants = [
        PROGRAMMES,
        HAS_PROGRAMME,
        CHANGES,
        HISTORY,
        JOURNAL,
        DOCUMENTS,
        REPLIES,
        WORK,
        IS_KNOWN,
        IS_USED,
        ADD_PAST,
        ADD_DOCUMENT,
        ADD_WORK,
    ];
    let kinds = KINDS.iter().flat_map(|kind| [kind.all.as_str(), kind.add.as_str()]);
    constants.into_iter().chain(kinds).collect()
}
