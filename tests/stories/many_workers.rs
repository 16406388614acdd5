//! More is asked for at once than a token may: it takes longer, and nothing is lost.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use sister_cities_domain::access::Scope;
use sister_cities_server::ServerConfig;
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_tests::World;
use tokio::task::JoinSet;

/// As many at once as by default, and refilled five times as fast, so that the test does not take half a minute.
const QUOTA: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
const WORKERS: usize = 32;
const CALLS_EACH: usize = 19;

/// Two programs share a token, so each knows of the other's requests only by what the server says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_all_that_many_workers_of_two_programs_ask_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(SqliteStore::open(&folder.path().join("programmes.db")).unwrap());
    let mut config = ServerConfig::loopback();
    config.limits.burst = QUOTA;
    config.limits.requests_per_second = QUOTA;
    let world = World::set_up(database, "2026-11-20", 1956, config).await;
    let programme = world.programme("Chicago", "US", 4_887_398).await.id;
    let token = world.token(Some(programme), [Scope::ProgrammeRead]).await;
    let programs = [world.client_by(token.clone()), world.client_by(token)];

    let start = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let office = programs[worker % programs.len()].programme(programme);
        workers.spawn(async move {
            for _ in 0..CALLS_EACH {
                office.get().await.unwrap();
            }
        });
    }
    workers.join_all().await;

    let asked = u32::try_from(WORKERS * CALLS_EACH).unwrap();
    let refilled = Duration::from_secs(1) * (asked - QUOTA.get()) / QUOTA.get();
    let took = start.elapsed();
    println!("{asked} calls took {took:?}; no sooner than {refilled:?} by the quota");
    assert!(took >= refilled, "the server held to the quota");
    assert!(took < 4 * refilled, "and it was made use of: {took:?}");
}
