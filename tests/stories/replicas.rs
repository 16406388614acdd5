//! Two servers on one PostgreSQL, as an office has them that must not go dark.

use futures_util::TryStreamExt as _;
use futures_util::future::join_all;
use sister_cities_client::IdempotencyKey;
use sister_cities_client::api::place::PlaceBody;
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::PlaceId;
use sister_cities_storage::Database;
use sister_cities_storage::testing::database;
use sister_cities_tests::{World, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_server_was_told_the_other_knows_and_nothing_is_done_twice() {
    let Some(found) = database().await else { return };
    let day = "2026-11-20";
    let first = World::over(Database::new(found.open().await), day, 1956).await;
    let second = World::over(Database::new(found.open().await), day, 1960).await;

    let programme = first.programme("Chicago", "US", 4_887_398).await;
    let token = first.token(None, [Scope::Admin]).await;
    let [here, there] = [&first, &second].map(|world| world.client_by(token.clone()).programme(programme.id));
    let casablanca = here.places().create(city("Casablanca", "MA")).await.unwrap();
    assert_eq!(there.places().get(casablanca.id).await.unwrap(), casablanca);

    for round in 0..10 {
        let read = there.places().get(casablanca.id).await.unwrap();
        let changes = (0..10).map(|writer| {
            let server = if writer % 2 == 0 { &here } else { &there };
            server.places().replace(&read, city(&format!("Casablanca {round} {writer}"), "MA")).send()
        });
        let results = join_all(changes).await;
        let won: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "{results:?}");
        assert!(
            results
                .iter()
                .filter_map(|result| result.as_ref().err())
                .all(sister_cities_client::Error::is_stale),
            "{results:?}"
        );
        assert_eq!(&here.places().get(casablanca.id).await.unwrap(), won[0]);
    }

    let key = IdempotencyKey::new("from Osaka, once").unwrap();
    let attempts = (0..6).map(|attempt| {
        let server = if attempt % 2 == 0 { &here } else { &there };
        server.places().create(city("Osaka", "JP")).with_idempotency_key(key.clone()).send()
    });
    let made: Vec<PlaceId> = join_all(attempts).await.into_iter().flatten().map(|place| place.id).collect();
    assert!(!made.is_empty() && made.iter().all(|id| *id == made[0]), "{made:?}");

    let journals = [&here, &there].map(|server| server.journal().after(0).try_collect::<Vec<_>>());
    let [one, other] = journals;
    let (one, other) = (one.await.unwrap(), other.await.unwrap());
    assert_eq!(one, other);
    let osaka = one.iter().filter(|event| event.name == "place.created").count();
    assert_eq!(osaka, 3, "Chicago, Casablanca and one Osaka: {one:?}");
}

fn city(name: &str, country: &str) -> PlaceBody {
    json(&serde_json::json!({ "names": [{ "text": name, "role": "official" }], "country": country }))
}
