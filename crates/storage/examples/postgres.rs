//! Measures PostgreSQL: `cargo run --release -p sister-cities-storage --features conformance,testing --example postgres`.
//!
//! Prints commits and reads per second, on a server that waits for the disk if `DATABASE_URL` names one, else on the throw-away one of
//! the tests, which does not. Each commit stores a record, its event, its change and a piece of work.

use std::io::Write as _;
use std::time::{Duration, Instant};

use sister_cities_domain::id::{IdSource as _, RecordKind, SeededIds};
use sister_cities_storage::conformance::sample::{self, World, day, engagement, event, now};
use sister_cities_storage::testing::database;
use sister_cities_storage::{Condition, Database, Order, Query, catalogue};
use uuid::Uuid;

const SECONDS: u64 = 4;
const BULK: u32 = 50_000;
const READERS: usize = 8;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let found = database().await.ok_or("no PostgreSQL")?;
    let database = &Database::new(found.open().await);
    let mut worlds = Vec::new();
    for seed in 1..=8 {
        worlds.push(World::seeded(database, seed).await);
    }
    say(&format!("commits/s, 1 writer: {:.0}", commits_per_second(&worlds[..1], 1).await));
    say(&format!(
        "commits/s, 32 writers on one programme: {:.0}",
        commits_per_second(&worlds[..1], 32).await
    ));
    say(&format!("commits/s, 32 writers on eight programmes: {:.0}", commits_per_second(&worlds, 32).await));

    let world = &worlds[0];
    let mut changes = world.told();
    let ids: Vec<Uuid> = (0..BULK).map(|_| world.id()).collect();
    for (number, id) in (0..).zip(&ids) {
        changes.create_raw(engagement(*id, world.bond, Some(day(number % 9_000))));
    }
    let begun = Instant::now();
    world.store(changes).await;
    let taken = begun.elapsed();
    say(&format!("a change set of {BULK} records: {taken:.2?}, {:.0} records/s", rate(BULK, taken)));

    let (realm, by_bond) =
        (world.realm(), Condition::OneOf(&catalogue::ENGAGEMENT.columns[0], vec![world.bond.into()]));
    let order = Order::by(&catalogue::ENGAGEMENT.columns[4]).reversed();
    let query = Query { conditions: vec![by_bond], order, ..Query::all(RecordKind::Engagement, 50) };
    for readers in [1, READERS] {
        let begun = Instant::now();
        let reading = ids.chunks(ids.len() / readers / 5).take(readers).map(|ids| async move {
            for id in ids {
                let record = sample::reference(RecordKind::Engagement, *id);
                database.store().get(realm, record).await.ok().flatten().ok_or("a record is missing")?;
            }
            Ok::<_, &str>(u32::try_from(ids.len()).unwrap_or_default())
        });
        let read: u32 = futures_util::future::try_join_all(reading).await?.iter().sum();
        say(&format!("point reads/s, {readers} at once: {:.0}", rate(read, begun.elapsed())));
        let begun = Instant::now();
        let reading = (0..readers).map(|_| async {
            for _ in 0..500 {
                database.store().query(realm, query.clone()).await.map_err(|_| "no page")?;
            }
            Ok::<_, &str>(500_u32)
        });
        let read: u32 = futures_util::future::try_join_all(reading).await?.iter().sum();
        say(&format!("pages of 50 engagements/s, {readers} at once: {:.0}", rate(read, begun.elapsed())));
    }
    Ok(())
}

async fn commits_per_second(worlds: &[World], writers: u64) -> f64 {
    let begun = Instant::now();
    let end = begun + Duration::from_secs(SECONDS);
    let writing: Vec<_> = (0_u64..writers)
        .zip(worlds.iter().cycle())
        .map(|(writer, world)| {
            let (database, programme, bond) = (world.database.clone(), world.programme, world.bond);
            let ids = SeededIds::new(1_000_000 + 1_000 * writers + 100 * writer + worlds.len() as u64);
            tokio::spawn(async move {
                let mut stored = 0_u32;
                while Instant::now() < end {
                    let record = engagement(ids.next_uuid(), bond, Some(day(stored % 9_000)));
                    let mut changes = sample::changes(programme);
                    changes.event_raw(event(record.record)).create_raw(record).work(
                        ids.next_uuid(),
                        "mail",
                        now(),
                    );
                    if database.commit(changes).await.is_ok() {
                        stored += 1;
                    }
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for writer in writing {
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
