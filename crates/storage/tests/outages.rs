//! A PostgreSQL that goes away, stops answering or loses a connection at the worst moment; and schemas that are changed by many at once,
//! or by one that is killed.

#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::Duration;

use futures_util::future::join_all;
use sister_cities_storage::conformance::sample::{World, place, revision};
use sister_cities_storage::postgres::{OpenError, PostgresOptions, PostgresStore};
use sister_cities_storage::testing::{Line, Proxy, TestDatabase, bare_database, database};
use sister_cities_storage::{CommitError, Database, ReadError, Risk, Sequence, Unavailable};
use tokio::time::timeout;

/// P8: within five seconds whoever asks is told; a little more for a slow machine.
const AT_MOST: Duration = Duration::from_secs(7);
/// The environment variables that make this program one that migrates.
const DATABASE: &str = "SISTER_CITIES_KILLED_MIGRATION_DATABASE";
const OWNER: &str = "SISTER_CITIES_KILLED_MIGRATION_OWNER";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_gone_is_unavailable_at_once_and_found_again() {
    let Some((found, line, database)) = through_a_line().await else { return };
    let world = World::new(&database).await;
    for (number, outage) in [Line::Cut, Line::Silent, Line::Cut].into_iter().enumerate() {
        line.set(outage);
        let read = timeout(AT_MOST, database.store().get(world.realm(), world.bond())).await;
        let read = read.expect("an answer in time");
        assert!(matches!(&read, Err(ReadError::Unavailable(Unavailable::Unreachable(_)))), "{read:?}");
        let commit = timeout(AT_MOST, database.commit(world.told())).await;
        let commit = commit.expect("an answer in time");
        let is_unreachable = matches!(&commit, Err(CommitError::Unavailable(Unavailable::Unreachable(_))));
        assert!(is_unreachable, "{outage:?}: {commit:?}");
        let many: Vec<_> = (0..20).map(|_| database.store().get(world.realm(), world.bond())).collect();
        for read in timeout(AT_MOST, join_all(many)).await.expect("answers in time") {
            assert!(matches!(read, Err(ReadError::Unavailable(_))), "{read:?}");
        }

        line.set(Line::Open);
        let read = database.store().get(world.realm(), world.bond()).await;
        assert!(read.is_ok(), "it is back: {read:?}");
        let revision = revision(u32::try_from(number).expect("small") + 1);
        let mut changes = world.told();
        changes.update_raw(world.bond_saying("back"), revision);
        assert!(database.commit(changes).await.is_ok());
    }
    assert_eq!(database.programme(world.programme).journal_end().await, Ok(Sequence(4)));
    drop(found);
}

/// Neither lost nor done twice, though the answer is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_lost_in_the_moment_of_a_commit_has_one_effect() {
    let Some((found, line, database)) = through_a_line().await else { return };
    let world = World::new(&database).await;
    for (number, moment) in
        [Line::CutBeforeCommit, Line::CutAfterCommit].into_iter().cycle().take(10).enumerate()
    {
        let city = place(world.id(), "osaka", None);
        let record = city.record;
        let mut changes = world.told();
        changes.create_raw(city);
        line.set(moment);
        let outcome = timeout(AT_MOST, database.commit(changes)).await.expect("an answer in time");
        let committed = outcome.expect("committed").committed().expect("no reply");
        assert_eq!(line.line(), Line::Open, "the line was cut");
        let event = Sequence(2 + number as u64);
        assert_eq!(committed.first_event, Some(event), "{moment:?}");
        assert_eq!(database.programme(world.programme).journal_end().await, Ok(event));
        let stored = database.store().get(world.realm(), record).await.expect("a read").expect("the city");
        assert_eq!(stored.revision, revision(1));
    }
    database.programme(world.programme).verify_journal().await.expect("a whole journal");
    drop(found);
}

/// P12.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_servers_that_start_at_once_migrate_once() {
    let Some(found) = bare_database().await else { return };
    let options = as_owner(&found);
    let opened = join_all((0..6).map(|_| PostgresStore::open(&options))).await;
    for store in opened {
        let database = Database::new(store.expect("a database"));
        assert_eq!(database.programmes(None, 1).await, Ok(Vec::new()));
    }
}

/// P14: without the owner nobody can change the schema, and without the schema nothing works.
#[tokio::test]
async fn a_schema_that_is_behind_is_refused_without_its_owner() {
    let Some(found) = bare_database().await else { return };
    let refused = PostgresStore::open(&found.options()).await.err();
    assert!(matches!(refused, Some(OpenError::Behind { found: 0, .. })), "{refused:?}");
    assert!(PostgresStore::open(&as_owner(&found)).await.is_ok());
    assert!(PostgresStore::open(&found.options()).await.is_ok());
}

/// P12: it is as before or as after, and the next to start completes it.
#[test]
fn a_migration_that_is_killed_is_completed_by_the_next_start() {
    match asked_to_migrate() {
        Some(urls) => migrate(urls),
        None => runtime().block_on(kill_migrations()),
    }
}

async fn kill_migrations() {
    let mut unfinished = 0;
    for round in 0..8 {
        let Some(found) = bare_database().await else { return };
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args(["--exact", "--nocapture", "a_migration_that_is_killed_is_completed_by_the_next_start"])
            .env(DATABASE, found.url())
            .env(OWNER, found.owner_url())
            .stdout(Stdio::null())
            .spawn()
            .expect("a process");
        tokio::time::sleep(Duration::from_millis(20 + 15 * round)).await;
        process.kill().expect("kill -9");
        process.wait().expect("its end");

        if PostgresStore::open(&found.options()).await.is_err() {
            unfinished += 1;
        }
        let database =
            Database::new(PostgresStore::open(&as_owner(&found)).await.expect("a migrated database"));
        let world = World::new(&database).await;
        assert_eq!(world.dump().await.lines().count(), 5);
    }
    assert!(unfinished > 0, "every kill came too late to say anything");
}

/// What the killed process does.
fn migrate((url, owner): (String, String)) {
    let options = PostgresOptions::new(url).owner(owner).accept(Risk::NoFsync);
    drop(runtime().block_on(PostgresStore::open(&options)).expect("a database"));
    std::thread::sleep(Duration::from_mins(1));
}

/// The URLs of the database for the server and for the owner, if this process is to migrate it.
#[expect(clippy::disallowed_methods, reason = "how a test tells its own child process what it is")]
fn asked_to_migrate() -> Option<(String, String)> {
    Some((std::env::var(DATABASE).ok()?, std::env::var(OWNER).ok()?))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

fn as_owner(found: &TestDatabase) -> PostgresOptions {
    found.options().owner(found.owner_url())
}

async fn through_a_line() -> Option<(TestDatabase, Proxy, Database)> {
    let found = database().await?;
    let line = Proxy::to(&found.url()).await;
    let options = PostgresOptions::new(line.url(&found.url())).accept(Risk::NoFsync);
    let store = PostgresStore::open(&options).await.expect("a database");
    Some((found, line, Database::new(store)))
}
