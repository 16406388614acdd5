//! The statements by which archives are made and put in.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sister_cities_domain::id::RecordKind;

use crate::catalogue::{self, KindDescription};

statements! {
    PROGRAMMES = "SELECT id FROM programme ORDER BY id";
    HAS_PROGRAMME = "SELECT 1 FROM programme WHERE id = ?1";
    CHANGES = "SELECT number, at, actor FROM change WHERE programme = ?1 ORDER BY number";
    HISTORY = "SELECT kind, id, revision, change, version, body, until FROM history \
        WHERE programme = ?1 ORDER BY kind, id, revision";
    JOURNAL = "SELECT sequence, change, event, subject_kind, subject, name, version, body, \
        changes, seals, hash FROM journal WHERE programme = ?1 ORDER BY sequence";
    DOCUMENTS = "SELECT hash, change, bytes FROM document WHERE programme = ?1 ORDER BY hash";
    REPLIES = "SELECT credential, route, key, fingerprint, status, body, expires_at \
        FROM reply WHERE programme = ?1 ORDER BY credential, route, key";
    WORK = "SELECT id, topic, sequence, state, attempts, due_at, fence, owner, last_error \
        FROM work WHERE programme = ?1 ORDER BY id";
    /// Answers a row if there is anything of a programme, or was.
    IS_KNOWN = "SELECT 1 FROM change WHERE programme = ?1 \
        UNION ALL SELECT 1 FROM programme WHERE id = ?1 UNION ALL SELECT 1 FROM data_key WHERE programme = ?1 \
        UNION ALL SELECT 1 FROM reply WHERE programme = ?1 LIMIT 1";
    /// Answers a row if there is anything at all.
    IS_USED = "SELECT EXISTS (SELECT 1 FROM programme) OR EXISTS (SELECT 1 FROM change) \
        OR EXISTS (SELECT 1 FROM data_key) OR EXISTS (SELECT 1 FROM reply)";
    ADD_PAST = "INSERT INTO history \
        (programme, kind, id, revision, change, version, body, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    ADD_DOCUMENT = "INSERT INTO document (programme, hash, change, bytes) VALUES (?1, ?2, ?3, ?4)";
    ADD_WORK = "INSERT INTO work \
        (programme, id, topic, sequence, state, attempts, due_at, fence, owner, last_error) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
}

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
    let kinds = KINDS.iter().flat_map(|kind| [kind.all.as_str(), kind.add.as_str()]);
    CONSTANTS.iter().copied().chain(kinds).collect()
}
