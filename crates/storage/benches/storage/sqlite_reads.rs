//! Reads from SQLite, beside bare rusqlite that asks the same and decodes the same bodies.
//!
//! The bare side has a table with the same columns and rows as the first schema had it: not clustered, with an index of what is
//! asked for. It borrows the text of a body where the store has to hand out its own.

use std::path::Path;

use rusqlite::{Connection, params};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, PartnershipId};
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, Direction, Listing};
use tokio::runtime::{Builder, Runtime};

use crate::town::Town;
use crate::{Outcome, tell};
use sister_cities_measure::cores::{Who, as_server, pin};
use sister_cities_measure::{Needed, Row};
use sister_cities_measure::{Rounds, asked_per_second, per_second};

/// How many engagements there are; all of them fit into the memory of a connection on neither side.
const VISITS: usize = 40_000;
/// What a reader's connection of the store keeps in memory, in KiB.
const CACHE: i64 = 8 * 1_024;
const BARE: &str = "CREATE TABLE engagement (programme BLOB NOT NULL, id BLOB NOT NULL, revision INTEGER NOT NULL, \
    change INTEGER NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, partnership BLOB NOT NULL, direction TEXT NOT NULL, \
    first_day TEXT, last_day TEXT, began_key TEXT NOT NULL, PRIMARY KEY (programme, id)) STRICT; \
    CREATE INDEX engagement_by_partnership ON engagement (programme, partnership, began_key, id)";
const COLUMNS: &str =
    "programme, id, revision, change, version, body, partnership, direction, first_day, last_day, began_key";
const GET: &str = "SELECT id, revision, version, body FROM engagement WHERE programme = ?1 AND id = ?2";
const PAGE: &str = "SELECT id, revision, version, body, began_key FROM engagement WHERE programme = ?1 \
    AND partnership = ?2 ORDER BY began_key DESC, id DESC LIMIT ?3";

/// All rows.
pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    tell("storing what is read from SQLite");
    let folder = crate::folder()?;
    let path = folder.path().join("ours.db");
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let database = Database::new(as_server(|| SqliteStore::open(&path))?);
    let town = runtime.block_on(Town::of(database, VISITS))?;
    let bare = bare(&path, &folder.path().join("bare.db"))?;
    Ok(vec![points(rounds, &runtime, &town, &bare)?, pages(rounds, &runtime, &town, &bare)?])
}

fn points(rounds: Rounds, runtime: &Runtime, town: &Town, bare: &Connection) -> Outcome<Row> {
    let records = town.database.programme(town.programme());
    let programme = town.programme().uuid();
    let found = rounds.compare(
        "point read",
        |length| {
            runtime.block_on(asked_per_second(length, async |number| {
                let found = records.get::<Engagement>(pick(&town.visits, number)).await?;
                std::hint::black_box(found.ok_or("a record is missing")?);
                Ok(())
            }))
        },
        |length| {
            per_second(length, |number| {
                let id: EngagementId = pick(&town.visits, number);
                let mut get = bare.prepare_cached(GET)?;
                let read = |row: &rusqlite::Row<'_>| decoded(row);
                std::hint::black_box(get.query_row(params![programme, id.uuid()], read)?);
                Ok(())
            })
        },
    )?;
    let limit = "the body: to copy and decode it takes most of the time on both sides";
    let beside = "bare rusqlite, same question, same decoding";
    Ok(Row::new("SQLite: point read of an engagement", beside, Needed::Part(0.6), found, limit))
}

fn pages(rounds: Rounds, runtime: &Runtime, town: &Town, bare: &Connection) -> Outcome<Row> {
    let records = town.database.programme(town.programme());
    let programme = town.programme().uuid();
    let found = rounds.compare(
        "page of 50",
        |length| {
            runtime.block_on(asked_per_second(length, async |number| {
                let bond = engagement::PARTNERSHIP.is(pick(&town.bonds, number));
                let listing = Listing::<Engagement>::first(50).filter(bond);
                let listing = listing.order_by(&engagement::BEGAN_KEY, Direction::Descending);
                let page = records.list(&listing).await?;
                assert_eq!(page.items.len(), 50, "a page is full");
                std::hint::black_box(page);
                Ok(())
            }))
        },
        |length| {
            per_second(length, |number| {
                let bond: PartnershipId = pick(&town.bonds, number);
                let mut page = bare.prepare_cached(PAGE)?;
                let mut rows = page.query(params![programme, bond.uuid(), 51])?;
                let mut visits = Vec::new();
                while let Some(row) = rows.next()? {
                    if visits.len() < 50 {
                        visits.push(decoded(row)?);
                    }
                }
                assert_eq!(visits.len(), 50, "a page is full");
                std::hint::black_box(visits);
                Ok(())
            })
        },
    )?;
    let limit = "decoding 50 bodies, on both sides";
    let beside = "bare rusqlite, table not clustered, same question, same decoding";
    let what = "SQLite: page of 50, a partnership's engagements by date";
    Ok(Row::new(what, beside, Needed::Part(0.7), found, limit))
}

/// One after the other, far apart.
fn pick<T: Copy>(all: &[T], number: usize) -> T {
    all[number * 7_919 % all.len()]
}

fn decoded(row: &rusqlite::Row<'_>) -> Result<(uuid::Uuid, u32, Engagement), rusqlite::Error> {
    let text = row.get_ref(3)?.as_str()?;
    let visit = serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, error.into())
    })?;
    Ok((row.get(0)?, row.get(1)?, visit))
}

/// The same rows in a bare table.
fn bare(ours: &Path, path: &Path) -> Outcome<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "cache_size", -CACHE)?;
    connection.execute_batch(BARE)?;
    connection.execute("ATTACH DATABASE ?1 AS ours", [ours.to_str().ok_or("a path in UTF-8")?])?;
    // In the order in which they were stored, which is that of their ids.
    connection.execute_batch(&format!(
        "INSERT INTO main.engagement ({COLUMNS}) SELECT {COLUMNS} FROM ours.engagement ORDER BY id; DETACH DATABASE ours"
    ))?;
    Ok(connection)
}
