//! Measures durable commits: `cargo run --release -p sister-cities-storage --features conformance --example commits`.
//!
//! Prints what one writer and 32 writers reach on the disk of the working folder, a bulk of 50,000 records, and reads. Each commit stores a
//! record, its event and its change; it is answered after the fsync.

use std::io::Write as _;
use std::time::{Duration, Instant};

use sister_cities_domain::id::{IdSource as _, RecordKind, SeededIds};
use sister_cities_storage::conformance::sample::{self, World, day, engagement, event};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Condition, Database, Order, Query, catalogue};
use uuid::Uuid;

const SECONDS: u64 = 3;
const BULK: u32 = 50_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir_in(".")?;
    let database = Database::new(SqliteStore::open(&folder.path().join("measured.db"))?);
    let world = World::new(&database).await;

    let alone = commits_per_second(&world, 1).await;
    let together = commits_per_second(&world, 32).await;
    say(&format!("durable commits/s, 1 writer: {alone:.0}"));
    say(&format!("durable commits/s, 32 writers: {together:.0} ({:.1} times)", together / alone));

    let mut changes = world.told();
    let ids: Vec<Uuid> = (0..BULK).map(|_| world.id()).collect();
    for (number, id) in (0..).zip(&ids) {
        changes.create_raw(engagement(*id, world.bond, Some(day(number % 9_000))));
    }
    let begun = Instant::now();
    world.store(changes).await;
    let taken = begun.elapsed();
    say(&format!("a change set of {BULK} records: {taken:.2?}, {:.0} records/s", rate(BULK, taken)));

    let begun = Instant::now();
    for id in ids.iter().step_by(5) {
        let record = sample::reference(RecordKind::Engagement, *id);
        database.store().get(world.realm(), record).await?.ok_or("a record is missing")?;
    }
    say(&format!("point reads/s, one reader: {:.0}", rate(BULK / 5, begun.elapsed())));

    let by_bond = Condition::OneOf(&catalogue::ENGAGEMENT.columns[0], vec![world.bond.into()]);
    let order = Order::by(&catalogue::ENGAGEMENT.columns[4]).reversed();
    let query = Query { conditions: vec![by_bond], order, ..Query::all(RecordKind::Engagement, 50) };
    let begun = Instant::now();
    for _ in 0..2_000 {
        database.store().query(world.realm(), query.clone()).await?;
    }
    say(&format!("pages of 50 engagements of a partnership/s: {:.0}", rate(2_000, begun.elapsed())));
    Ok(())
}

async fn commits_per_second(world: &World, writers: u64) -> f64 {
    let end = Instant::now() + Duration::from_secs(SECONDS);
    let begun = Instant::now();
    let writers: Vec<_> = (0..writers)
        .map(|writer| {
            let (database, programme, bond) = (world.database.clone(), world.programme, world.bond);
            let ids = SeededIds::new(1_000_000 + 100 * writer + u64::from(writer == 0) * 7);
            tokio::spawn(async move {
                let mut stored = 0_u32;
                while Instant::now() < end {
                    let record = engagement(ids.next_uuid(), bond, Some(day(stored % 9_000)));
                    let mut changes = sample::changes(programme);
                    changes.event_raw(event(record.record)).create_raw(record);
                    if database.commit(changes).await.is_ok() {
                        stored += 1;
                    }
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for writer in writers {
        stored += writer.await.unwrap_or_default();
    }
    rate(stored, begun.elapsed())
}

fn rate(number: u32, taken: Duration) -> f64 {
    f64::from(number) / taken.as_secs_f64()
}

fn say(line: &str) {
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}
