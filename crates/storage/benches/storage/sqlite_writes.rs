//! Durable commits and bulk loads to SQLite, beside bare rusqlite that writes the same rows into the same tables.
//!
//! The bare side checks nothing, chains no hashes and answers nobody: one thread that has its rows at hand.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, IdSource as _, SeededIds};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{ChangeSet, Database, JournalQuery, Record as _, Sequence};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use crate::town::{Town, change_set};
use crate::writers::commits;
use crate::{Outcome, tell};
use sister_cities_measure::Rounds;
use sister_cities_measure::cores::{Who, as_server, pin};
use sister_cities_measure::{Needed, Row};

const WRITERS: usize = 32;
/// How many records the bare side has at hand.
const VISITS: usize = 256 * WRITERS;
/// How many records a bulk load stores at once.
const BULK: usize = 10_000;
/// What the store's writer keeps in memory, in KiB.
const CACHE: i64 = 32 * 1_024;
/// After so many pages in the write-ahead log the store's writer moves them into the file.
const CHECKPOINT: i64 = 8_000;

/// All rows.
pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    tell("preparing to write to SQLite");
    let folder = crate::folder()?;
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let path = folder.path().join("ours.db");
    let database = Database::new(as_server(|| SqliteStore::open(&path))?);
    let town = Arc::new(runtime.block_on(Town::of(database, WRITERS))?);
    let ids = Arc::new(SeededIds::new(1_000_000));
    let bare = &mut Bare::of(&folder.path().join("bare.db"))?;

    let single = rounds.compare(
        "commit by 32 beside commit by one",
        |length| Ok(runtime.block_on(commits(&town, WRITERS, length, &ids))),
        |length| Ok(runtime.block_on(commits(&town, 1, length, &ids))),
    )?;
    let other = &mut Bare::of(&folder.path().join("other.db"))?;
    let bare_single = rounds.compare(
        "bare group commit beside bare commit of one",
        |length| as_server(|| bare.commits(length, WRITERS)),
        |length| as_server(|| other.commits(length, 1)),
    )?;
    let group = rounds.compare(
        "commit beside group commit",
        |length| Ok(runtime.block_on(commits(&town, WRITERS, length, &ids))),
        |length| as_server(|| bare.commits(length, WRITERS)),
    )?;
    let bulk = rounds.compare("bulk load", |_| bulk(&runtime, &town, &ids), |_| as_server(|| bare.bulk()))?;
    let what = "SQLite: durable commit (record, journal, outbox), 32 writers";
    Ok(vec![
        Row::new(
            what,
            "one commit per write: a single writer",
            Needed::Times(8.0),
            single,
            "the disk, which is fast: in the time that it takes for one commit the writer writes four records",
        ),
        Row::new(
            "bare rusqlite: group commit of 32 writes",
            "bare rusqlite, one commit per write",
            Needed::Nothing,
            bare_single,
            "the same: more than this cannot be gained on this disk",
        ),
        Row::new(
            what,
            "bare rusqlite, group commit of the same rows",
            Needed::Part(0.5),
            group,
            "one thread writes the rows, their indices and the log, on both sides; here it also looks at what they refer to, \
             and waits for those whom it answered",
        ),
        Row::new(
            "SQLite: bulk load, 10,000 records in one change set",
            "bare rusqlite, one transaction of the same rows",
            Needed::Part(0.5),
            bulk,
            "the indices of the table, on both sides",
        ),
    ])
}

/// Records in a second, stored at once.
fn bulk(runtime: &Runtime, town: &Town, ids: &SeededIds) -> Outcome<f64> {
    let visits = visits(town, ids);
    let begun = Instant::now();
    let mut changes: ChangeSet = town.world.told();
    for visit in &visits {
        changes.create(visit);
    }
    runtime.block_on(town.database.commit(changes))?;
    Ok(f64::from(u32::try_from(BULK)?) / begun.elapsed().as_secs_f64())
}

fn visits(town: &Town, ids: &SeededIds) -> Vec<Engagement> {
    // Of all years, as in the list of an office that begins to use the program.
    let visit = |number| Engagement { id: EngagementId::from_uuid(ids.next_uuid()), ..town.visit(number) };
    (0..BULK).map(visit).collect()
}

/// Our tables without the store.
struct Bare {
    connection: Connection,
    town: Town,
    /// What a commit stores, as the store stored it.
    sample: Sample,
    /// The records, with their bodies at hand.
    visits: Vec<(Engagement, String)>,
    ids: SeededIds,
    change: i64,
    sequence: i64,
}

/// The rows of one commit.
struct Sample {
    actor: String,
    event: String,
    seals: String,
    scope: String,
    words: String,
}

impl Bare {
    fn of(path: &Path) -> Outcome<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (town, mut sample) = runtime.block_on(async {
            let town = Town::of(Database::new(SqliteStore::open(path)?), WRITERS).await?;
            let visit = town.visit(1);
            town.database.commit(change_set(&visit, town.world.id())).await?;
            let store = town.database.store();
            let end = store.journal_head(town.world.realm()).await?.sequence;
            let query = JournalQuery::after(Sequence(end.0 - 1), 1);
            let entry = store.journal(town.world.realm(), query).await?.pop().ok_or("no entry")?;
            let (actor, event) = (entry.actor, entry.event.body.json);
            let (scope, words) = (String::new(), String::new());
            let sample = Sample { actor, event, seals: entry.seals, scope, words };
            Outcome::Ok((town, sample))
        })?;
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        connection.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT, |_| Ok(()))?;
        connection.set_prepared_statement_cache_capacity(64);
        let sequence = connection.query_row("SELECT max(sequence) FROM journal", [], |row| row.get(0))?;
        let change = connection.query_row("SELECT max(number) FROM change", [], |row| row.get(0))?;
        let words = "SELECT scope, words FROM search WHERE kind = 'engagement' ORDER BY number DESC LIMIT 1";
        (sample.scope, sample.words) =
            connection.query_row(words, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let with_body = |number| {
            let visit = town.visit_by(number % WRITERS, number / WRITERS, town.world.id());
            let body = serde_json::to_string(&visit)?;
            Outcome::Ok((visit, body))
        };
        let visits = (0..VISITS).map(with_body).collect::<Outcome<_>>()?;
        Ok(Self { connection, town, sample, visits, ids: SeededIds::new(77), change, sequence })
    }

    /// Durable writes in a second, so many of them in a commit.
    fn commits(&mut self, length: Duration, together: usize) -> Outcome<f64> {
        let begun = Instant::now();
        let mut stored = 0_u32;
        while begun.elapsed() < length {
            self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
            for _ in 0..together {
                self.commit()?;
                stored += 1;
            }
            self.move_head()?;
            self.connection.prepare_cached("COMMIT")?.execute([])?;
        }
        Ok(f64::from(stored) / begun.elapsed().as_secs_f64())
    }

    fn commit(&mut self) -> Outcome<()> {
        let (id, work) = (self.ids.next_uuid(), self.ids.next_uuid());
        self.add_change()?;
        let (visit, body) = &self.visits[usize::try_from(self.change)? % VISITS];
        self.record(id, visit, body)?;
        self.event(id)?;
        let programme = self.town.programme().uuid();
        self.connection.prepare_cached(WORK)?.execute(params![programme, work, self.sequence])?;
        Ok(())
    }

    /// Records in a second, stored at once.
    fn bulk(&mut self) -> Outcome<f64> {
        let visits = visits(&self.town, &self.ids);
        let begun = Instant::now();
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        self.add_change()?;
        for visit in &visits {
            self.record(visit.id.uuid(), visit, &serde_json::to_string(visit)?)?;
        }
        self.event(self.town.world.bond)?;
        self.move_head()?;
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(f64::from(u32::try_from(BULK)?) / begun.elapsed().as_secs_f64())
    }

    fn add_change(&mut self) -> Outcome<()> {
        self.change += 1;
        let programme = self.town.programme().uuid();
        self.connection.prepare_cached(CHANGE)?.execute(params![
            programme,
            self.change,
            self.sample.actor
        ])?;
        Ok(())
    }

    fn record(&self, id: Uuid, visit: &Engagement, body: &str) -> Outcome<()> {
        let programme = self.town.programme().uuid();
        let day = visit.dates.span().map(|(first, _)| first.to_string());
        let bond = visit.partnership.uuid();
        let columns = params![programme, id, self.change, Engagement::VERSION, body, bond, day];
        self.connection.prepare_cached(ENGAGEMENT)?.execute(columns)?;
        let mut focus = self.connection.prepare_cached(FOCUS)?;
        focus.execute(params![programme, id])?;
        let Sample { scope, words, .. } = &self.sample;
        let mut search = self.connection.prepare_cached(SEARCH)?;
        search.execute(params![programme, id, scope, words])?;
        let number = self.connection.last_insert_rowid();
        self.connection.prepare_cached(INDEX)?.execute(params![number, scope, words])?;
        Ok(())
    }

    fn event(&mut self, subject: Uuid) -> Outcome<()> {
        self.sequence += 1;
        let programme = self.town.programme().uuid();
        let Sample { event, seals, .. } = &self.sample;
        let values = params![
            programme,
            self.sequence,
            self.change,
            self.ids.next_uuid(),
            subject,
            event,
            seals,
            [7_u8; 32]
        ];
        self.connection.prepare_cached(JOURNAL)?.execute(values)?;
        Ok(())
    }

    fn move_head(&self) -> Outcome<()> {
        let programme = self.town.programme().uuid();
        self.connection.prepare_cached(HEAD)?.execute(params![programme, self.sequence, [7_u8; 32]])?;
        Ok(())
    }
}

const CHANGE: &str =
    "INSERT INTO change (programme, number, at, actor) VALUES (?1, ?2, 1767225600123456, ?3)";
const ENGAGEMENT: &str = "INSERT INTO engagement (programme, id, revision, change, version, body, partnership, \
    direction, first_day, last_day, began_key) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, 'inbound', ?7, ?7, coalesce(?7, ''))";
const FOCUS: &str = "INSERT INTO engagement_focus (programme, engagement, focus) VALUES (?1, ?2, 'culture')";
const SEARCH: &str =
    "INSERT INTO search (programme, kind, id, scope, words) VALUES (?1, 'engagement', ?2, ?3, ?4)";
const INDEX: &str = "INSERT INTO search_index (rowid, scope, words) VALUES (?1, ?2, ?3)";
const JOURNAL: &str = "INSERT INTO journal (programme, sequence, change, event, subject_kind, subject, name, version, \
    body, changes, seals, hash) VALUES (?1, ?2, ?3, ?4, 'engagement', ?5, 'engagement.recorded', 1, ?6, NULL, ?7, ?8)";
const WORK: &str = "INSERT INTO work (programme, id, topic, sequence, state, attempts, due_at, fence) \
    VALUES (?1, ?2, 'mail', ?3, 'ready', 0, 1767225600123456, 0)";
const HEAD: &str = "UPDATE journal_head SET sequence = ?2, hash = ?3 WHERE programme = ?1";
