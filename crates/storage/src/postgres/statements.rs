//! Every statement: constants where the table is known, else built once from the catalogue.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sister_cities_domain::id::RecordKind;
use uuid::Uuid;

use super::value::Param;
use crate::catalogue::{self, Column, ColumnType, Constraint, KindDescription};
use crate::{RawRecord, Value};

pub(super) const BEGIN_READ: &str = "BEGIN READ ONLY";
pub(super) const BEGIN: &str = "BEGIN";
pub(super) const COMMIT: &str = "COMMIT";
pub(super) const ROLLBACK: &str = "ROLLBACK";

/// The settings of row-level security, for [`in_context`].
pub(super) const SET_PROGRAMME: &str = "set_config('sister_cities.programme', $1::uuid::text, true)";
pub(super) const SET_TOKEN: &str = "set_config('sister_cities.token', encode($1::bytea, 'hex'), true)";

pub(super) const LISTEN: &str = "LISTEN sister_cities";

statements! {
    /// Sets what row-level security lets the transaction see. These settings end with the transaction.
    ENTER_PROGRAMME = "SELECT set_config('sister_cities.programme', $1::uuid::text, true)";
    /// `(programme, milliseconds)`: the same for a commit, and how long it may stay idle while it holds the lock.
    ENTER_COMMIT = "SELECT set_config('sister_cities.programme', $1::uuid::text, true), \
        set_config('idle_in_transaction_session_timeout', $2::bigint::text, true)";
    ENTER_MAINTENANCE = "SELECT set_config('sister_cities.errand', $1, true)";
    ENTER_TOKEN = "SELECT set_config('sister_cities.token', encode($1, 'hex'), true)";
    /// `(programme, hash of an empty journal)`: locks the programme against other commits, answers the end of its journal, the
    /// number of the last commit and the id of the transaction.
    LOCK_HEAD = "INSERT INTO head (programme, change, sequence, hash) VALUES ($1, 0, 0, $2) \
        ON CONFLICT (programme) DO UPDATE SET change = head.change \
        RETURNING sequence, hash, change, pg_current_xact_id()::text";
    MOVE_HEAD = "UPDATE head SET change = $2, sequence = $3, hash = $4 WHERE programme = $1";
    TX_STATUS = "SELECT pg_xact_status($1::text::xid8)";
    JOURNAL_HEAD = "SELECT sequence, hash FROM head WHERE programme = $1";
    ADD_CHANGES = "INSERT INTO change (programme, number, at, actor) \
        SELECT $1, n.number, n.at, n.actor FROM unnest($2::bigint[], $3::timestamptz[], $4::text[]) n (number, at, actor)";
    /// `(programme, changes, sequences, events, …)`.
    ADD_EVENTS = "INSERT INTO journal \
        (programme, sequence, change, event, subject_kind, subject, name, version, body, changes, seals, hash) \
        SELECT $1, e.sequence, e.change, e.event, e.kind, e.subject, e.name, e.version, e.body, e.changes, e.seals, e.hash \
        FROM unnest($2::bigint[], $3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::integer[], $9::text[], \
        $10::text[], $11::text[], $12::bytea[]) \
        e (change, sequence, event, kind, subject, name, version, body, changes, seals, hash)";
    JOURNAL = "SELECT j.sequence, j.event, c.at, c.actor, j.subject_kind, j.subject, j.name, \
        j.version, j.body, j.changes, j.seals, j.hash FROM journal j JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = $1 AND j.sequence > $2 ORDER BY j.sequence LIMIT $3";
    JOURNAL_ABOUT = "SELECT j.sequence, j.event, c.at, c.actor, j.subject_kind, j.subject, j.name, \
        j.version, j.body, j.changes, j.seals, j.hash FROM journal j JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = $1 AND j.sequence > $2 AND j.subject_kind = $4 AND j.subject = $5 \
        ORDER BY j.sequence LIMIT $3";
    /// `(programme, time)`: the last commit that bears a time up to then.
    CHANGE_BY = "SELECT number FROM change WHERE programme = $1 AND at <= $2 ORDER BY number DESC LIMIT 1";
    /// `(programme, kind, change, changed by, id, limit)`: what stood after that change and was replaced since. `until IS NOT NULL` is
    /// implied by the comparison, but without it the planner does not use the partial index.
    SUPERSEDED = "SELECT id, revision, version, body, until FROM history \
        WHERE programme = $1 AND kind = $2 AND change <= $3 AND until IS NOT NULL AND (until, id) > ($4, $5) \
        ORDER BY until, id LIMIT $6";
    /// `(programme, kind, change, ids, revisions)`.
    ADD_TOMBSTONES = "INSERT INTO history (programme, kind, id, revision, change) \
        SELECT $1, $2, t.id, t.revision, $3 FROM unnest($4::uuid[], $5::bigint[]) t (id, revision)";
    /// `(programme, kind, ids)`: the last revision that each of them ever had, if it is gone.
    LAST_REVISIONS = "SELECT n.id, h.revision FROM unnest($3::uuid[]) n (id) CROSS JOIN LATERAL \
        (SELECT revision FROM history WHERE programme = $1 AND kind = $2 AND id = n.id ORDER BY revision DESC LIMIT 1) h";
    ADD_DOCUMENT = "INSERT INTO document (programme, hash, change, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    FORGET_DOCUMENT = "DELETE FROM document WHERE programme = $1 AND hash = $2 \
        AND NOT EXISTS (SELECT 1 FROM import_run WHERE programme = $1 AND file_hash = $2)";
    KEPT_BYTES = "SELECT coalesce(sum(length(bytes)), 0)::bigint FROM document WHERE programme = $1";
    DOCUMENT = "SELECT bytes FROM document WHERE programme = $1 AND hash = $2";
    REPLY = "SELECT fingerprint, status, body, expires_at FROM reply \
        WHERE programme = $1 AND credential = $2 AND route = $3 AND key = $4";
    /// `(programme, credentials, routes, keys)`: answers the same and the number of the key, from 1.
    REPLIES = "SELECT r.fingerprint, r.status, r.body, r.expires_at, n.number \
        FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY n (credential, route, key, number) \
        JOIN reply r ON r.programme = $1 AND r.credential = n.credential AND r.route = n.route AND r.key = n.key";
    /// `(programme, credentials, routes, keys, fingerprints, statuses, bodies, expiries)`.
    PUT_REPLIES = "INSERT INTO reply \
        (programme, credential, route, key, fingerprint, status, body, expires_at) SELECT $1, n.* \
        FROM unnest($2::text[], $3::text[], $4::text[], $5::bytea[], $6::integer[], $7::bytea[], $8::timestamptz[]) n";
    /// `(programme, credentials, routes, keys, now)`. What has not expired stays, and is in the way of another reply.
    CLEAR_REPLIES = "DELETE FROM reply r \
        USING unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) n (credential, route, key, now) \
        WHERE r.programme = $1 AND r.credential = n.credential AND r.route = n.route AND r.key = n.key \
        AND r.expires_at <= n.now";
    FORGET_REPLIES = "DELETE FROM reply WHERE (programme, credential, route, key) IN \
        (SELECT programme, credential, route, key FROM reply WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2) \
        RETURNING 1";
    /// `(programme, ids, topics, sequences, due)`.
    ADD_WORK = "INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
        SELECT $1, n.id, n.topic, n.sequence, 'ready', 0, n.due_at, 0 \
        FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[]) n (id, topic, sequence, due_at) \
        ON CONFLICT DO NOTHING";
    /// `(topic, now, limit, until, owner)`. State and time are checked again in the UPDATE, as another worker may have been faster.
    LEASE = "WITH due AS (SELECT programme, id FROM work \
        WHERE topic = $1 AND state IN ('ready', 'leased') AND due_at <= $2 \
        ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED) \
        UPDATE work w SET state = 'leased', attempts = w.attempts + 1, fence = w.fence + 1, due_at = $4, owner = $5 \
        FROM due, work before WHERE w.programme = due.programme AND w.id = due.id \
        AND before.programme = due.programme AND before.id = due.id \
        AND w.state IN ('ready', 'leased') AND w.due_at <= $2 \
        RETURNING w.programme, w.id, w.sequence, w.attempts, w.due_at, w.fence, w.last_error, before.due_at";
    /// `(programme, id, fence, state, due_at, error)`: what became of leased work. The last error is kept until the work is done.
    UPDATE_LEASED = "UPDATE work SET state = $4, due_at = $5, \
        last_error = CASE $4 WHEN 'done' THEN NULL ELSE coalesce($6, last_error) END \
        WHERE programme = $1 AND id = $2 AND fence = $3 AND state = 'leased' RETURNING 1";
    EXPIRE_LEASES = "WITH late AS (SELECT programme, id FROM work \
        WHERE state = 'leased' AND due_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) \
        UPDATE work w SET state = 'ready', last_error = $3 FROM late \
        WHERE w.programme = late.programme AND w.id = late.id AND w.state = 'leased' AND w.due_at <= $1 RETURNING 1";
    FORGET_WORK = "DELETE FROM work WHERE (programme, id) IN \
        (SELECT programme, id FROM work WHERE state IN ('done', 'dead') AND due_at < $1 ORDER BY due_at LIMIT $2 \
        FOR UPDATE SKIP LOCKED) RETURNING 1";
    WORK_COUNTS = "SELECT state, count(*) FROM work WHERE topic = $1 GROUP BY state";
    /// `(programme, id or key of the last one seen …, limit)`.
    HISTORY_VALUES = "SELECT kind, id, revision, body FROM history \
        WHERE programme = $1 AND (kind, id, revision) > ($2, $3, $4) AND body IS NOT NULL \
        ORDER BY kind, id, revision LIMIT $5";
    JOURNAL_VALUES = "SELECT j.sequence, j.subject_kind, j.subject, c.actor, j.body, j.changes, \
        j.seals FROM journal j JOIN change c ON c.programme = j.programme AND c.number = j.change \
        WHERE j.programme = $1 AND j.sequence > $2 ORDER BY j.sequence LIMIT $3";
    CHANGE_VALUES = "SELECT number, actor FROM change WHERE programme = $1 AND number > $2 ORDER BY number LIMIT $3";
    REPLY_VALUES = "SELECT credential, route, key, body FROM reply \
        WHERE programme = $1 AND (credential, route, key) > ($2, $3, $4) ORDER BY credential, route, key LIMIT $5";
    DOCUMENT_VALUES = "SELECT hash, bytes FROM document WHERE programme = $1 AND hash > $2 ORDER BY hash LIMIT $3";
    WORK_VALUES = "SELECT id, last_error FROM work \
        WHERE programme = $1 AND id > $2 AND last_error IS NOT NULL ORDER BY id LIMIT $3";
    DATA_KEYS = "SELECT number, wrapped, made_at FROM data_key WHERE programme = $1 ORDER BY number";
    /// Answers a row if there was none of that number.
    ADD_DATA_KEY = "INSERT INTO data_key (programme, number, wrapped, made_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1";
    UPDATE_DATA_KEY = "UPDATE data_key SET wrapped = $3 WHERE programme = $1 AND number = $2 AND wrapped = $4 RETURNING 1";
    DROP_DATA_KEY = "DELETE FROM data_key WHERE programme = $1 AND number = $2";
    CURSOR_KEY = "SELECT sealed FROM cursor_key WHERE programme = $1";
    /// Both answer a row if nobody was faster.
    ADD_CURSOR_KEY = "INSERT INTO cursor_key (programme, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1";
    REPLACE_CURSOR_KEY = "UPDATE cursor_key SET sealed = $2 WHERE programme = $1 AND sealed = $3 RETURNING 1";
    /// Lets the rest of the transaction update what was recorded, which triggers refuse otherwise.
    BEGIN_ERASING = "SELECT set_config('sister_cities.erasing', 'on', true)";
    /// Compare and swap, like the other `UPDATE_` statements: answers a row if the old value was there.
    UPDATE_HISTORY = "UPDATE history SET body = $5 \
        WHERE programme = $1 AND kind = $2 AND id = $3 AND revision = $4 AND body = $6 RETURNING 1";
    UPDATE_JOURNAL = "UPDATE journal SET body = $3, changes = $4, seals = $5 \
        WHERE programme = $1 AND sequence = $2 AND body = $6 AND changes IS NOT DISTINCT FROM $7 AND seals = $8 \
        RETURNING 1";
    UPDATE_CHANGE = "UPDATE change SET actor = $3 WHERE programme = $1 AND number = $2 AND actor = $4 RETURNING 1";
    UPDATE_REPLY = "UPDATE reply SET body = $5 \
        WHERE programme = $1 AND credential = $2 AND route = $3 AND key = $4 AND body = $6 RETURNING 1";
    UPDATE_DOCUMENT = "UPDATE document SET bytes = $3 WHERE programme = $1 AND hash = $2 AND bytes = $4 RETURNING 1";
    UPDATE_WORK = "UPDATE work SET last_error = $3 WHERE programme = $1 AND id = $2 AND last_error = $4 RETURNING 1";
    NOTIFY = "SELECT pg_notify('sister_cities', $1)";
    PROGRAMMES = "SELECT id, revision, version, body FROM programme WHERE id > $1 ORDER BY id LIMIT $2";
    TOKEN_BY_HASH = "SELECT id, revision, version, body FROM access_token WHERE hash = $1";
}

/// Wraps a query so that one statement, and so one round trip and one transaction, sets the context of row-level security and then reads.
///
/// The setting has to be made before the policies of the tables read it. A lateral subquery is run once for each row of `own`, which
/// has one row; both `OFFSET 0` keep the planner from merging the subqueries, and the condition on `own.context` is evaluated before
/// the query begins. If the planner reordered them, the policies would hide all rows. The setting ends with the statement.
pub(super) fn in_context(setting: &str, query: &str) -> String {
    format!(
        "SELECT r.* FROM (SELECT {setting} AS context) own CROSS JOIN LATERAL \
         (SELECT q.* FROM ({query} OFFSET 0) q WHERE own.context IS NOT NULL OFFSET 0) r"
    )
}

/// The statements of one kind of record. Those that write take arrays, so that many records are one statement.
#[derive(Debug)]
pub(super) struct KindStatements {
    pub(super) kind: RecordKind,
    /// `(programme, changes, ids, revisions, versions, bodies, columns …)`.
    pub(super) create: String,
    /// `(programme, changes, ids, revisions, versions, bodies, columns …)`, with the new revisions.
    pub(super) update: String,
    /// `(programme, ids)`.
    pub(super) delete: String,
    /// `(programme, ids, changes)`: copies the present rows into the history, each with the change that replaces it.
    pub(super) supersede: String,
    /// `(programme, id)`, answers id, revision, version, body.
    pub(super) get: String,
    /// `(programme, ids)`, answers the same.
    pub(super) get_many: String,
    /// `(programme, ids, change)`: as that change left them, answers id, revision, version, body.
    pub(super) get_many_after: String,
    /// `(programme, ids)`, answers id and revision.
    pub(super) present: String,
    /// `(programme, ids)`: answers a row if there is any record but these.
    pub(super) others: String,
    /// `(programme, id)`: present and superseded revisions, the oldest first.
    pub(super) history: String,
    /// `(programme, id, limit)`: id, revision and body of the records after that id.
    pub(super) stored_values: String,
    /// `(programme, id, revision, body, old body)`, answers a row if the old body was there.
    pub(super) update_body: String,
    /// `(reader, id, limit)`: programme, id, revision, version and body of what others show, if any other may read the kind.
    pub(super) visible_to: Option<String>,
    /// `(reader, id, limit, programme)`: the same of one programme.
    pub(super) visible_to_from: Option<String>,
    /// One per set of values.
    pub(super) sets: Vec<SetStatements>,
    /// One per unique column: `(programme, values)` or `(value)`, answers programme, id and value of the holders.
    pub(super) unique: Vec<UniqueStatement>,
    /// Who refers to this kind: `(programme, ids, but not these)`, answers the id referred to and that of one that does.
    pub(super) referrers: Vec<Referrer>,
}

#[derive(Debug)]
pub(super) struct SetStatements {
    /// The position of the column of the record that each member repeats.
    denormalised_key: Option<usize>,
    /// `(programme, owners, values, denormalised keys)`.
    pub(super) add: String,
    /// `(programme, owners, owners of members, values, denormalised keys)`: what is a member still is not written again.
    pub(super) clear: String,
}

#[derive(Debug)]
pub(super) struct UniqueStatement {
    pub(super) column: &'static Column,
    pub(super) find: String,
}

#[derive(Debug)]
pub(super) struct Referrer {
    pub(super) kind: RecordKind,
    pub(super) column: &'static str,
    pub(super) find: String,
}

/// The members of one set of many records: whose they are, what they are, and what each repeats of its record.
type Members<'a> = (Vec<Uuid>, Vec<&'a Value>, Option<Vec<&'a Value>>);

impl SetStatements {
    /// The parameters of `add` for the members of the set at that position; none if there are none.
    pub(super) fn members<'a>(
        &self,
        programme: Uuid,
        position: usize,
        records: impl Iterator<Item = &'a RawRecord>,
    ) -> Option<Vec<Param<'a>>> {
        let members = self.gather(position, records);
        (!members.0.is_empty()).then(|| {
            let mut params: Vec<Param<'a>> = vec![Box::new(programme)];
            push(&mut params, members);
            params
        })
    }

    /// The parameters of `clear`, which leaves the members that the records have still.
    pub(super) fn gone<'a>(
        &self,
        programme: Uuid,
        position: usize,
        records: impl Iterator<Item = &'a RawRecord> + Clone,
    ) -> Vec<Param<'a>> {
        let ids: Vec<Uuid> = records.clone().map(|raw| raw.record.id).collect();
        let mut params: Vec<Param<'a>> = vec![Box::new(programme), Box::new(ids)];
        push(&mut params, self.gather(position, records));
        params
    }

    fn gather<'a>(&self, position: usize, records: impl Iterator<Item = &'a RawRecord>) -> Members<'a> {
        let (mut owners, mut values) = (Vec::new(), Vec::new());
        let mut keys = self.denormalised_key.map(|_| Vec::new());
        for raw in records {
            for value in &raw.sets[position] {
                owners.push(raw.record.id);
                values.push(value);
                if let (Some(keys), Some(column)) = (&mut keys, self.denormalised_key) {
                    keys.push(&raw.columns[column]);
                }
            }
        }
        (owners, values, keys)
    }
}

fn push<'a>(params: &mut Vec<Param<'a>>, (owners, values, keys): Members<'a>) {
    params.extend([Box::new(owners) as Param<'a>, Box::new(values)]);
    params.extend(keys.map(|keys| Box::new(keys) as Param<'a>));
}

static KINDS: LazyLock<Vec<KindStatements>> =
    LazyLock::new(|| catalogue::ALL.iter().map(|description| build(description)).collect());

/// `(programme)`: answers the number of records of each kind, in the order of the catalogue.
pub(super) static COUNTS: LazyLock<String> = LazyLock::new(|| {
    let counts = catalogue::ALL
        .iter()
        .map(|kind| format!("(SELECT count(*) FROM {} WHERE programme = $1)", kind.table));
    format!("SELECT {}", counts.collect::<Vec<_>>().join(", "))
});

/// The statements of `kind`, built at first use.
pub(super) fn of(kind: RecordKind) -> &'static KindStatements {
    KINDS.iter().find(|statements| statements.kind == kind).expect("the catalogue describes every kind")
}

/// All statements there are, for the tests that prepare them and read their plans.
#[cfg(test)]
pub(super) fn all() -> Vec<&'static str> {
    let mut all = CONSTANTS.to_vec();
    all.push(&COUNTS);
    all.extend(super::search::all());
    all.extend(super::due::constants());
    all.extend(super::notification_statements::constants());
    for kind in KINDS.iter() {
        all.extend(
            [&kind.create, &kind.update, &kind.delete, &kind.supersede, &kind.get].map(String::as_str),
        );
        all.extend([&kind.get_many, &kind.present, &kind.others, &kind.history].map(String::as_str));
        all.extend([&kind.stored_values, &kind.update_body, &kind.get_many_after].map(String::as_str));
        all.extend([&kind.visible_to, &kind.visible_to_from].into_iter().filter_map(Option::as_deref));
        all.extend(kind.sets.iter().flat_map(|set| [set.add.as_str(), set.clear.as_str()]));
        all.extend(kind.unique.iter().map(|unique| unique.find.as_str()));
        all.extend(kind.referrers.iter().map(|referrer| referrer.find.as_str()));
    }
    all
}

fn build(description: &'static KindDescription) -> KindStatements {
    let table = description.table;
    let name = description.kind.as_str();
    let (mut names, mut given, mut arrays, mut assignments) =
        (String::new(), String::new(), String::new(), String::new());
    for (number, column) in (7..).zip(description.columns) {
        let (column, holds) = (column.name, sql_type(column.holds));
        // Writing into a `String` cannot fail.
        let _ = write!(names, ", {column}");
        let _ = write!(given, ", n.{column}");
        let _ = write!(arrays, ", ${number}::{holds}[]");
        let _ = write!(assignments, ", {column} = n.{column}");
    }
    let new = format!(
        "unnest($2::bigint[], $3::uuid[], $4::bigint[], $5::integer[], $6::text[]{arrays}) \
         n (change, id, revision, version, body{names})"
    );
    KindStatements {
        kind: description.kind,
        create: format!(
            "INSERT INTO {table} (programme, id, revision, change, version, body{names}) \
             SELECT $1, n.id, n.revision, n.change, n.version, n.body{given} FROM {new}"
        ),
        update: format!(
            "UPDATE {table} t SET revision = n.revision, change = n.change, version = n.version, body = n.body{assignments} \
             FROM {new} WHERE t.programme = $1 AND t.id = n.id"
        ),
        delete: format!("DELETE FROM {table} WHERE programme = $1 AND id = ANY($2)"),
        supersede: format!(
            "INSERT INTO history (programme, kind, id, revision, change, version, body, until) \
             SELECT r.programme, '{name}', r.id, r.revision, r.change, r.version, r.body, n.change \
             FROM unnest($2::uuid[], $3::bigint[]) n (id, change) \
             JOIN {table} r ON r.programme = $1 AND r.id = n.id"
        ),
        get: format!("SELECT id, revision, version, body FROM {table} WHERE programme = $1 AND id = $2"),
        get_many: format!(
            "SELECT id, revision, version, body FROM {table} WHERE programme = $1 AND id = ANY($2)"
        ),
        get_many_after: format!(
            "SELECT id, revision, version, body FROM {table} WHERE programme = $1 AND id = ANY($2) AND change <= $3 \
             UNION ALL SELECT id, revision, version, body FROM history \
             WHERE programme = $1 AND kind = '{name}' AND id = ANY($2) AND change <= $3 AND until > $3"
        ),
        present: format!("SELECT id, revision FROM {table} WHERE programme = $1 AND id = ANY($2)"),
        others: format!("SELECT 1 FROM {table} WHERE programme = $1 AND id <> ALL($2) ORDER BY id LIMIT 1"),
        history: format!(
            "SELECT h.revision, c.at, c.actor, h.version, h.body FROM (\
             SELECT * FROM (SELECT programme, revision, change, version, body FROM history \
             WHERE programme = $1 AND kind = '{name}' AND id = $2 AND revision > $3 \
             ORDER BY revision LIMIT $4) past UNION ALL \
             SELECT programme, revision, change, version, body FROM {table} \
             WHERE programme = $1 AND id = $2 AND revision > $3) h \
             JOIN change c ON c.programme = h.programme AND c.number = h.change ORDER BY h.revision LIMIT $4"
        ),
        stored_values: format!(
            "SELECT id, revision, body FROM {table} WHERE programme = $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        update_body: format!(
            "UPDATE {table} SET body = $4 WHERE programme = $1 AND id = $2 AND revision = $3 AND body = $5 \
             RETURNING 1"
        ),
        visible_to: visible_to(description, ""),
        visible_to_from: visible_to(description, " AND programme = $4"),
        sets: description.sets.iter().map(|set| set_statements(description, set)).collect(),
        unique: unique_statements(description),
        referrers: referrers(description.kind),
    }
}

fn visible_to(description: &KindDescription, within: &str) -> Option<String> {
    let audience = description.audience_column?.name;
    Some(format!(
        "SELECT programme, id, revision, version, body FROM {} WHERE {audience} = $1 AND id > $2{within} ORDER BY id LIMIT $3",
        description.table
    ))
}

fn set_statements(description: &KindDescription, set: &catalogue::ValueSet) -> SetStatements {
    let catalogue::ValueSet { table, owner, value, denormalised_key } = set;
    let mut columns = vec![(*owner, "uuid"), (value.name, sql_type(value.holds))];
    columns.extend(denormalised_key.map(|key| (key.name, sql_type(key.holds))));
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let arrays = |from: usize| {
        let arrays = (from..).zip(&columns).map(|(number, (_, holds))| format!("${number}::{holds}[]"));
        arrays.collect::<Vec<_>>().join(", ")
    };
    let same: Vec<String> = columns.iter().map(|(name, _)| format!("n.{name} = t.{name}")).collect();
    SetStatements {
        denormalised_key: denormalised_key.and_then(|column| description.position(column)),
        add: format!(
            "INSERT INTO {table} (programme, {names}) SELECT $1, n.* FROM unnest({}) n ON CONFLICT DO NOTHING",
            arrays(2)
        ),
        clear: format!(
            "DELETE FROM {table} t WHERE t.programme = $1 AND t.{owner} = ANY($2) \
             AND NOT EXISTS (SELECT FROM unnest({}) n ({names}) WHERE {})",
            arrays(3),
            same.join(" AND ")
        ),
    }
}

fn unique_statements(description: &'static KindDescription) -> Vec<UniqueStatement> {
    let table = description.table;
    let find = |column: &'static Column| {
        let within = match column.constraint {
            Constraint::UniqueInProgramme => format!("programme = $1 AND {} = ANY($2)", column.name),
            Constraint::UniqueInInstallation => format!("{} = $1", column.name),
            Constraint::Free | Constraint::References(_) => return None,
        };
        let find = format!("SELECT programme, id, {} FROM {table} WHERE {within}", column.name);
        Some(UniqueStatement { column, find })
    };
    description.columns.iter().filter_map(find).collect()
}

fn referrers(kind: RecordKind) -> Vec<Referrer> {
    let refers = |constraint| constraint == Constraint::References(kind);
    let mut found = Vec::new();
    for KindDescription { kind: by, table, columns, sets, .. } in catalogue::ALL {
        for column in columns.iter().filter(|column| refers(column.constraint)) {
            let find = find_referrer(table, "id", column.name);
            found.push(Referrer { kind: *by, column: column.name, find });
        }
        for set in sets.iter().filter(|set| refers(set.value.constraint)) {
            let find = find_referrer(set.table, set.owner, set.value.name);
            found.push(Referrer { kind: *by, column: set.value.name, find });
        }
    }
    found
}

fn find_referrer(table: &str, id: &str, column: &str) -> String {
    format!(
        "SELECT n.id, f.by FROM unnest($2::uuid[]) n (id) CROSS JOIN LATERAL \
         (SELECT t.{id} AS by FROM {table} t WHERE t.programme = $1 AND t.{column} = n.id AND t.{id} <> ALL($3) \
         ORDER BY t.{id} LIMIT 1) f LIMIT 1"
    )
}

/// The type of a column in the schema.
pub(super) const fn sql_type(holds: ColumnType) -> &'static str {
    match holds {
        ColumnType::Integer => "bigint",
        ColumnType::Text => "text",
        ColumnType::Bytes => "bytea",
        ColumnType::Id => "uuid",
        ColumnType::Day => "date",
    }
}
