//! Every statement: constants where the table is known, else built once from the catalogue.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rusqlite::ToSql;
use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use crate::catalogue::{self, Constraint, KindDescription, describe};
use crate::{RawRecord, Value};

statements! {
    LAST_CHANGE = "SELECT number FROM change WHERE programme = ?1 ORDER BY number DESC LIMIT 1";
    ADD_CHANGE = "INSERT INTO change (programme, number, at, actor) VALUES (?1, ?2, ?3, ?4)";
    JOURNAL_HEAD = "SELECT sequence, hash FROM journal_head WHERE programme = ?1";
    MOVE_HEAD = "INSERT INTO journal_head (programme, sequence, hash) VALUES (?1, ?2, ?3) \
        ON CONFLICT (programme) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash";
    ADD_EVENT = "INSERT INTO journal \
        (programme, sequence, change, event, subject_kind, subject, name, version, body, changes, seals, hash) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    JOURNAL = "SELECT j.sequence, j.event, c.at, c.actor, j.subject_kind, j.subject, j.name, \
        j.version, j.body, j.changes, j.seals, j.hash FROM journal j JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = ?1 AND j.sequence > ?2 ORDER BY j.sequence LIMIT ?3";
    JOURNAL_ABOUT = "SELECT j.sequence, j.event, c.at, c.actor, j.subject_kind, j.subject, j.name, \
        j.version, j.body, j.changes, j.seals, j.hash FROM journal j INDEXED BY journal_by_subject \
        JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = ?1 AND j.sequence > ?2 AND j.subject_kind = ?4 AND j.subject = ?5 \
        ORDER BY j.sequence LIMIT ?3";
    /// `(programme, time)`: the last commit that bears a time up to then.
    CHANGE_BY = "SELECT number FROM change WHERE programme = ?1 AND at <= ?2 ORDER BY number DESC LIMIT 1";
    /// `(programme, kind, change, changed by, id, limit)`: what stood after that change and was replaced since. `until IS NOT NULL` is
    /// implied by the comparison, but without it the planner does not use the partial index.
    SUPERSEDED = "SELECT id, revision, version, body, until FROM history \
        WHERE programme = ?1 AND kind = ?2 AND change <= ?3 AND until IS NOT NULL AND (until, id) > (?4, ?5) \
        ORDER BY until, id LIMIT ?6";
    ADD_TOMBSTONE = "INSERT INTO history (programme, kind, id, revision, change) VALUES (?1, ?2, ?3, ?4, ?5)";
    ADD_DOCUMENT = "INSERT INTO document (programme, hash, change, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    FORGET_DOCUMENT = "DELETE FROM document WHERE programme = ?1 AND hash = ?2 \
        AND NOT EXISTS (SELECT 1 FROM import_run WHERE programme = ?1 AND file_hash = ?2)";
    KEPT_BYTES = "SELECT coalesce(sum(length(bytes)), 0) FROM document WHERE programme = ?1";
    DOCUMENT = "SELECT bytes FROM document WHERE programme = ?1 AND hash = ?2";
    REPLY = "SELECT fingerprint, status, body, expires_at FROM reply \
        WHERE programme = ?1 AND credential = ?2 AND route = ?3 AND key = ?4";
    PUT_REPLY = "INSERT OR REPLACE INTO reply \
        (programme, credential, route, key, fingerprint, status, body, expires_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    FORGET_REPLIES = "DELETE FROM reply WHERE rowid IN \
        (SELECT rowid FROM reply WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
    ADD_WORK = "INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        VALUES (?1, ?2, ?3, ?4, 'ready', 0, ?5, 0) ON CONFLICT DO NOTHING";
    DUE = "SELECT programme, id FROM work WHERE topic = ?1 AND state IN ('ready', 'leased') \
        AND due_at <= ?2 ORDER BY due_at, id LIMIT ?3";
    TAKE = "UPDATE work SET state = 'leased', attempts = attempts + 1, fence = fence + 1, \
        due_at = ?3, owner = ?4 WHERE programme = ?1 AND id = ?2 \
        RETURNING programme, id, sequence, attempts, due_at, fence, last_error";
    /// `(programme, id, fence, state, due_at, error)`: what became of leased work. The last error is kept until the work is done.
    UPDATE_LEASED = "UPDATE work SET state = ?4, due_at = ?5, \
        last_error = CASE ?4 WHEN 'done' THEN NULL ELSE coalesce(?6, last_error) END \
        WHERE programme = ?1 AND id = ?2 AND fence = ?3 AND state = 'leased'";
    EXPIRE_LEASES = "UPDATE work SET state = 'ready', last_error = ?3 WHERE (programme, id) IN \
        (SELECT programme, id FROM work WHERE state = 'leased' AND due_at <= ?1 LIMIT ?2)";
    FORGET_WORK = "DELETE FROM work WHERE (programme, id) IN \
        (SELECT programme, id FROM work WHERE state IN ('done', 'dead') AND due_at < ?1 ORDER BY due_at LIMIT ?2)";
    WORK_COUNTS = "SELECT state, count(*) FROM work \
        WHERE topic = ?1 AND state IN ('ready', 'leased') GROUP BY state \
        UNION ALL SELECT state, count(*) FROM work WHERE topic = ?1 AND state IN ('done', 'dead') GROUP BY state";
    HISTORY_VALUES = "SELECT kind, id, revision, body FROM history \
        WHERE programme = ?1 AND (kind, id, revision) > (?2, ?3, ?4) AND body IS NOT NULL \
        ORDER BY kind, id, revision LIMIT ?5";
    JOURNAL_VALUES = "SELECT j.sequence, j.subject_kind, j.subject, c.actor, j.body, j.changes, \
        j.seals FROM journal j JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = ?1 AND j.sequence > ?2 ORDER BY j.sequence LIMIT ?3";
    CHANGE_VALUES = "SELECT number, actor FROM change WHERE programme = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
    REPLY_VALUES = "SELECT credential, route, key, body FROM reply \
        WHERE programme = ?1 AND (credential, route, key) > (?2, ?3, ?4) ORDER BY credential, route, key LIMIT ?5";
    DOCUMENT_VALUES = "SELECT hash, bytes FROM document WHERE programme = ?1 AND hash > ?2 ORDER BY hash LIMIT ?3";
    WORK_VALUES = "SELECT id, last_error FROM work \
        WHERE programme = ?1 AND id > ?2 AND last_error IS NOT NULL ORDER BY id LIMIT ?3";
    DATA_KEYS = "SELECT number, wrapped, made_at FROM data_key WHERE programme = ?1 ORDER BY number";
    ADD_DATA_KEY = "INSERT INTO data_key (programme, number, wrapped, made_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    UPDATE_DATA_KEY = "UPDATE data_key SET wrapped = ?3 WHERE programme = ?1 AND number = ?2 AND wrapped = ?4";
    DROP_DATA_KEY = "DELETE FROM data_key WHERE programme = ?1 AND number = ?2";
    CURSOR_KEY = "SELECT sealed FROM cursor_key WHERE programme = ?1";
    ADD_CURSOR_KEY = "INSERT INTO cursor_key (programme, sealed) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    REPLACE_CURSOR_KEY = "UPDATE cursor_key SET sealed = ?2 WHERE programme = ?1 AND sealed = ?3";
    BEGIN_ERASING = "INSERT INTO erasing (programme) VALUES (?1)";
    END_ERASING = "DELETE FROM erasing WHERE programme = ?1";
    UPDATE_HISTORY = "UPDATE history SET body = ?5 \
        WHERE programme = ?1 AND kind = ?2 AND id = ?3 AND revision = ?4 AND body = ?6";
    UPDATE_JOURNAL = "UPDATE journal SET body = ?3, changes = ?4, seals = ?5 \
        WHERE programme = ?1 AND sequence = ?2 AND body = ?6 AND changes IS ?7 AND seals = ?8";
    UPDATE_CHANGE = "UPDATE change SET actor = ?3 WHERE programme = ?1 AND number = ?2 AND actor = ?4";
    UPDATE_REPLY = "UPDATE reply SET body = ?5 \
        WHERE programme = ?1 AND credential = ?2 AND route = ?3 AND key = ?4 AND body = ?6";
    UPDATE_DOCUMENT = "UPDATE document SET bytes = ?3 WHERE programme = ?1 AND hash = ?2 AND bytes = ?4";
    UPDATE_WORK = "UPDATE work SET last_error = ?3 WHERE programme = ?1 AND id = ?2 AND last_error = ?4";
    PROGRAMMES = "SELECT id, revision, version, body FROM programme WHERE id > ?1 ORDER BY id LIMIT ?2";
    TOKEN_BY_HASH = "SELECT id, revision, version, body FROM access_token WHERE hash = ?1";
}

/// The statements of one kind of record.
#[derive(Debug)]
pub(super) struct KindStatements {
    pub(super) kind: RecordKind,
    /// `(programme, id, revision, change, version, body, columns …)`.
    pub(super) create: String,
    /// `(programme, id, revision, change, version, body, columns …)`, with the new revision.
    pub(super) update: String,
    /// `(programme, id)`: the last revision in the history.
    pub(super) last: String,
    /// `(programme, id)`.
    pub(super) delete: String,
    /// `(programme, id, change)`: copies the present row into the history.
    pub(super) supersede: String,
    /// `(programme, id)`, answers id, revision, version, body.
    pub(super) get: String,
    /// `(programme, id, change)`: as that change left it, answers id, revision, version, body.
    pub(super) get_after: String,
    /// `(programme, id)`, answers the revision.
    pub(super) revision: String,
    /// `(programme)`, answers the ids of all records.
    pub(super) ids: String,
    /// `(programme)`, answers how many records there are.
    pub(super) count: String,
    /// `(programme, id)`: present and superseded revisions, the oldest first.
    pub(super) history: String,
    /// `(programme, id, limit)`: id, revision and body of the records after that id.
    pub(super) stored_values: String,
    /// `(programme, id, revision, body, old body)`.
    pub(super) update_body: String,
    /// `(reader, id, limit)`: programme, id, revision, version and body of what others show, if any other may read the kind.
    pub(super) visible_to: Option<String>,
    /// `(reader, id, limit, programme)`: the same of one programme.
    pub(super) visible_to_from: Option<String>,
    /// Per set: add `(programme, owner, value, denormalised key)`, and clear `(programme, owner)`.
    pub(super) sets: Vec<SetStatements>,
    /// Per unique column: its name, and `(programme, value)` or `(value)`, answers programme and id of the holder.
    pub(super) unique: Vec<(&'static str, String)>,
    /// Who refers to this kind: `(programme, id)`, answers the ids of those that do.
    pub(super) referrers: Vec<Referrer>,
}

#[derive(Debug)]
pub(super) struct SetStatements {
    /// The position of the column of the record that each member repeats.
    denormalised_key: Option<usize>,
    pub(super) add: String,
    pub(super) clear: String,
}

#[derive(Debug)]
pub(super) struct Referrer {
    pub(super) kind: RecordKind,
    pub(super) column: &'static str,
    pub(super) find: String,
}

impl SetStatements {
    /// What is bound to add one member of the set of `raw`.
    pub(super) fn member<'a>(
        &self,
        programme: &'a Uuid,
        raw: &'a RawRecord,
        value: &'a Value,
    ) -> impl Iterator<Item = &'a dyn ToSql> {
        let key = self.denormalised_key.map(|position| &raw.columns[position] as &dyn ToSql);
        [programme as &dyn ToSql, &raw.record.id, value].into_iter().chain(key)
    }
}

static KINDS: LazyLock<Vec<KindStatements>> =
    LazyLock::new(|| catalogue::ALL.iter().map(|description| build(description)).collect());

/// The statements of `kind`, built at first use.
pub(super) fn of(kind: RecordKind) -> &'static KindStatements {
    KINDS.iter().find(|statements| statements.kind == kind).expect("the catalogue describes every kind")
}

/// All statements there are, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<&'static str> {
    let mut all = CONSTANTS.to_vec();
    for kind in KINDS.iter() {
        all.extend(
            [&kind.create, &kind.update, &kind.delete, &kind.supersede, &kind.get].map(String::as_str),
        );
        all.extend([&kind.revision, &kind.ids, &kind.count, &kind.history].map(String::as_str));
        all.push(&kind.last);
        all.extend([&kind.stored_values, &kind.update_body, &kind.get_after].map(String::as_str));
        all.extend([&kind.visible_to, &kind.visible_to_from].into_iter().filter_map(Option::as_deref));
        all.extend(kind.sets.iter().flat_map(|set| [set.add.as_str(), set.clear.as_str()]));
        all.extend(kind.unique.iter().map(|(_, sql)| sql.as_str()));
        all.extend(kind.referrers.iter().map(|referrer| referrer.find.as_str()));
    }
    all
}

fn build(description: &'static KindDescription) -> KindStatements {
    let table = description.table;
    let name = description.kind.as_str();
    let (mut names, mut places, mut assignments) = (String::new(), String::new(), String::new());
    for (number, column) in (7..).zip(description.columns) {
        // Writing into a `String` cannot fail.
        let _ = write!(names, ", {}", column.name);
        let _ = write!(places, ", ?{number}");
        let _ = write!(assignments, ", {} = ?{number}", column.name);
    }
    KindStatements {
        kind: description.kind,
        create: format!(
            "INSERT INTO {table} (programme, id, revision, change, version, body{names}) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6{places})"
        ),
        update: format!(
            "UPDATE {table} SET revision = ?3, change = ?4, version = ?5, body = ?6{assignments} \
             WHERE programme = ?1 AND id = ?2"
        ),
        last: format!(
            "SELECT revision FROM history WHERE programme = ?1 AND kind = '{name}' AND id = ?2 \
             ORDER BY revision DESC LIMIT 1"
        ),
        delete: format!("DELETE FROM {table} WHERE programme = ?1 AND id = ?2"),
        supersede: format!(
            "INSERT INTO history (programme, kind, id, revision, change, version, body, until) \
             SELECT programme, '{name}', id, revision, change, version, body, ?3 FROM {table} \
             WHERE programme = ?1 AND id = ?2"
        ),
        get: format!("SELECT id, revision, version, body FROM {table} WHERE programme = ?1 AND id = ?2"),
        get_after: format!(
            "SELECT id, revision, version, body FROM {table} WHERE programme = ?1 AND id = ?2 AND change <= ?3 \
             UNION ALL SELECT id, revision, version, body FROM history \
             WHERE programme = ?1 AND kind = '{name}' AND id = ?2 AND change <= ?3 AND until > ?3"
        ),
        revision: format!("SELECT revision FROM {table} WHERE programme = ?1 AND id = ?2"),
        ids: format!("SELECT id FROM {table} WHERE programme = ?1"),
        count: format!("SELECT count(*) FROM {table} WHERE programme = ?1"),
        history: format!(
            "SELECT h.revision, c.at, c.actor, h.version, h.body FROM (\
             SELECT programme, revision, change, version, body FROM history \
             WHERE programme = ?1 AND kind = '{name}' AND id = ?2 AND revision > ?3 UNION ALL \
             SELECT programme, revision, change, version, body FROM {table} \
             WHERE programme = ?1 AND id = ?2 AND revision > ?3) h \
             JOIN change c ON c.programme = h.programme AND c.number = h.change ORDER BY h.revision LIMIT ?4"
        ),
        stored_values: format!(
            "SELECT id, revision, body FROM {table} WHERE programme = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        ),
        update_body: format!(
            "UPDATE {table} SET body = ?4 WHERE programme = ?1 AND id = ?2 AND revision = ?3 AND body = ?5"
        ),
        visible_to: visible_to(description, ""),
        visible_to_from: visible_to(description, " AND programme = ?4"),
        sets: description.sets.iter().map(|set| set_statements(description, set)).collect(),
        unique: unique_statements(description),
        referrers: referrers(description.kind),
    }
}

fn visible_to(description: &KindDescription, within: &str) -> Option<String> {
    let audience = description.audience_column?.name;
    Some(format!(
        "SELECT programme, id, revision, version, body FROM {} WHERE {audience} = ?1 AND id > ?2{within} ORDER BY id LIMIT ?3",
        description.table
    ))
}

fn set_statements(description: &KindDescription, set: &catalogue::ValueSet) -> SetStatements {
    let catalogue::ValueSet { table, owner, value, denormalised_key } = set;
    let (carried, place) = match denormalised_key {
        Some(column) => (format!(", {}", column.name), ", ?4"),
        None => (String::new(), ""),
    };
    SetStatements {
        denormalised_key: denormalised_key.and_then(|column| description.position(column)),
        add: format!(
            "INSERT INTO {table} (programme, {owner}, {}{carried}) VALUES (?1, ?2, ?3{place}) ON CONFLICT DO NOTHING",
            value.name
        ),
        clear: format!("DELETE FROM {table} WHERE programme = ?1 AND {owner} = ?2"),
    }
}

fn unique_statements(description: &KindDescription) -> Vec<(&'static str, String)> {
    let table = description.table;
    let find = |column: &catalogue::Column| {
        // Both take the programme first, so that they are called alike.
        let within = match column.constraint {
            Constraint::UniqueInProgramme => "programme = ?1",
            Constraint::UniqueInInstallation => "?1 IS NOT NULL",
            Constraint::Free | Constraint::References(_) => return None,
        };
        let sql = format!("SELECT programme, id FROM {table} WHERE {within} AND {} = ?2", column.name);
        Some((column.name, sql))
    };
    description.columns.iter().filter_map(find).collect()
}

fn referrers(kind: RecordKind) -> Vec<Referrer> {
    let refers = |constraint| constraint == Constraint::References(kind);
    let mut found = Vec::new();
    for KindDescription { kind: by, table, columns, sets, .. } in catalogue::ALL {
        for column in columns.iter().filter(|column| refers(column.constraint)) {
            let find = format!("SELECT id FROM {table} WHERE programme = ?1 AND {} = ?2", column.name);
            found.push(Referrer { kind: *by, column: column.name, find });
        }
        for set in sets.iter().filter(|set| refers(set.value.constraint)) {
            let (set_table, owner, column) = (set.table, set.owner, set.value.name);
            let find = format!("SELECT {owner} FROM {set_table} WHERE programme = ?1 AND {column} = ?2");
            found.push(Referrer { kind: *by, column, find });
        }
    }
    debug_assert_eq!(describe(kind).kind, kind, "the kind is in the catalogue");
    found
}
