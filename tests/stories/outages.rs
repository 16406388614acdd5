//! A disk that is full and a database server that goes away, as those notice who speak to the server over HTTP.

use std::path::Path;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use sister_cities_client::api::place::PlaceBody;
use sister_cities_client::resource::Programme;
use sister_cities_client::{Client, Error, RetryPolicy};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_tests::{World, json};
use tokio::time::timeout;

const DAY: &str = "2026-11-20";
/// Nobody waits for ever. How soon an answer comes (P8: within five seconds) is set by the time-outs of the pool.
const AT_MOST: Duration = Duration::from_mins(1);

fn city(name: &str) -> PlaceBody {
    // Of some size, so that room for many is soon used up.
    let variant = |number| serde_json::json!({ "text": format!("{name} {number}"), "role": "alias" });
    let official = serde_json::json!({ "text": name, "role": "official" });
    let names: Vec<_> = std::iter::once(official).chain((0..20).map(variant)).collect();
    json(&serde_json::json!({ "names": names }))
}

/// Once, whatever the answer.
async fn write(office: &Programme, name: &str) -> Result<PlaceId, Error> {
    let made = office.places().create(city(name)).with_retry(RetryPolicy::never()).await?;
    Ok(made.value.id)
}

async fn read(office: &Programme) -> Result<ProgrammeId, Error> {
    Ok(office.get().with_retry(RetryPolicy::never()).await?.value.id)
}

/// The status of a refusal that says when to come again.
fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> u16 {
    let error = answer.expect_err("it cannot be done now");
    let Error::Api(api) = &error else { panic!("the server itself answers: {error}") };
    assert!(api.problem.is_some(), "it is a problem: {error}");
    assert!(api.retry_after.is_some(), "and says when to come again: {error}");
    api.status.as_u16()
}

async fn ready(client: &Client) -> Result<(), Error> {
    client.readyz().with_retry(RetryPolicy::never()).await.map(drop)
}

async fn lives(client: &Client) {
    client.livez().with_retry(RetryPolicy::never()).await.expect("the server itself lives");
}

/// P7.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_and_nothing_else_and_they_resume_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.db");
    let store = SqliteStore::open(&file).unwrap();
    let quota = store.disk_quota();
    let world = World::over(Database::new(store), DAY, 1956).await;
    let id = world.programme("Chicago", "US", 4_887_398).await.id;
    let client = world.client_with(Some(id), [Scope::Admin]).await;
    let office = client.programme(id);

    let mut acknowledged = Vec::new();
    for outage in 0..2 {
        quota.set(Some(4)).await.unwrap();
        let full = loop {
            match write(&office, &format!("City {outage} {}", acknowledged.len())).await {
                Ok(place) => acknowledged.push(place),
                refusal => break refusal,
            }
        };
        assert_eq!(refused(full), 507);
        // Others can still read all there is; and whoever writes is told the same again.
        assert_eq!(read(&office).await.unwrap(), id);
        for place in &acknowledged {
            office.places().get(*place).await.unwrap();
        }
        assert_eq!(refused(write(&office, "One more").await), 507);
        lives(&client).await;
        ready(&client).await.unwrap();

        quota.set(None).await.unwrap();
        acknowledged.push(write(&office, "There is room again").await.unwrap());
    }
    let events: Vec<_> = office.journal().after(0).try_collect().await.unwrap();
    let made = events.iter().filter(|event| event.name == "place.created").count();
    assert_eq!(made, acknowledged.len() + 1, "Chicago and what was acknowledged");
    drop((office, client, world));
    is_sound(&file, id, &acknowledged).await;
}

/// Opened again, everything is there and proved.
async fn is_sound(file: &Path, programme: ProgrammeId, acknowledged: &[PlaceId]) {
    // The server that was stopped may still be closing the file; it may be open twice.
    let database = Database::new(SqliteStore::open(file).unwrap());
    let records = database.programme(programme);
    records.verify_journal().await.unwrap();
    let found = records.get_many::<sister_cities_domain::place::Place>(acknowledged).await.unwrap();
    assert_eq!(found.len(), acknowledged.len());
}

/// P8.
#[cfg(all(feature = "postgres", unix))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_goes_away_is_told_of_at_once_and_found_again_without_a_restart() {
    use sister_cities_storage::Risk;
    use sister_cities_storage::postgres::{PostgresOptions, PostgresStore};
    use sister_cities_storage::testing::{Line, Proxy, database};

    let Some(found) = database().await else { return };
    let line = Proxy::to(&found.url()).await;
    let options = PostgresOptions::new(line.url(&found.url())).accept(Risk::NoFsync);
    let world = World::over(Database::new(PostgresStore::open(&options).await.unwrap()), DAY, 1956).await;
    let id = world.programme("Chicago", "US", 4_887_398).await.id;
    let client = world.client_with(Some(id), [Scope::Admin]).await;
    let office = client.programme(id);

    let in_time = "an answer in time";
    let mut acknowledged = Vec::new();
    for outage in [Line::Cut, Line::Silent, Line::Cut] {
        acknowledged.push(write(&office, "Before").await.unwrap());
        line.set(outage);
        assert_eq!(refused(timeout(AT_MOST, read(&office)).await.expect(in_time)), 503, "{outage:?}");
        assert_eq!(
            refused(timeout(AT_MOST, write(&office, "Lost")).await.expect(in_time)),
            503,
            "{outage:?}"
        );
        assert_eq!(refused(timeout(AT_MOST, ready(&client)).await.expect(in_time)), 503, "{outage:?}");
        lives(&client).await;

        line.set(Line::Open);
        let back = async {
            while read(&office).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(AT_MOST, back).await.expect("it is found again");
        ready(&client).await.unwrap();
        acknowledged.push(write(&office, "After").await.unwrap());
    }
    let events: Vec<_> = office.journal().after(0).try_collect().await.unwrap();
    let made = events.iter().filter(|event| event.name == "place.created").count();
    // Nothing was committed of what was refused: the line was cut before anything was said.
    assert_eq!(made, acknowledged.len() + 1);
    for place in acknowledged {
        office.places().get(place).await.unwrap();
    }
    drop(found);
}
