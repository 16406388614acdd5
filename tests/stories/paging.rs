//! A list is read on where it was left, whatever became of the server meanwhile.

use sister_cities_client::Client;
use sister_cities_client::api::place::{ListPlaces, ListPlacesQuery, PlaceBody};
use sister_cities_client::api::programme::ProgrammePath;
use sister_cities_client::api::{Cursor, NoBody, PageLimit};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::Database;
use sister_cities_storage::testing::database;
use sister_cities_tests::{World, json};

const PLACES: usize = 9;

async fn fill(client: &Client, programme: ProgrammeId) {
    for number in 0..PLACES {
        let city = serde_json::json!({ "text": format!("City {number}"), "role": "official" });
        let body: PlaceBody = json(&serde_json::json!({ "names": [city], "country": "NO" }));
        client.programme(programme).places().create(body).await.expect("a place");
    }
}

/// The names on a page, and where the next one begins.
async fn page(
    client: &Client,
    programme: ProgrammeId,
    cursor: Option<Cursor>,
) -> (Vec<String>, Option<Cursor>) {
    let query = ListPlacesQuery { limit: PageLimit::new(3), cursor, ..ListPlacesQuery::default() };
    let page = client.call::<ListPlaces>(ProgrammePath { programme }, query, NoBody).await.expect("a page");
    (page.items.iter().map(|place| place.display_name.to_string()).collect(), page.next_cursor)
}

/// What was begun before a restart goes on after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_read_on_after_a_restart() {
    let mut world = World::on("2026-11-20").await;
    let programme = world.programme("Chicago", "US", 4_887_398).await.id;
    let token = world.token(None, [Scope::Admin]).await;
    let client = world.client_by(token.clone());
    fill(&client, programme).await;
    let (mut names, mut cursor) = page(&client, programme, None).await;
    while cursor.is_some() {
        world.restart().await;
        let client = world.client_by(token.clone());
        let (more, next) = page(&client, programme, cursor).await;
        names.extend(more);
        cursor = next;
    }
    let all: Vec<String> =
        std::iter::once("Chicago".to_owned()).chain((0..PLACES).map(|n| format!("City {n}"))).collect();
    assert_eq!(names, all);
}

/// Behind a proxy every page may come from another server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_read_on_at_another_server_on_the_same_database() {
    let Some(found) = database().await else { return };
    let day = "2026-11-20";
    let first = World::over(Database::new(found.open().await), day, 1956).await;
    let second = World::over(Database::new(found.open().await), day, 1960).await;
    let programme = first.programme("Chicago", "US", 4_887_398).await.id;
    let token = first.token(None, [Scope::Admin]).await;
    let clients = [&first, &second].map(|world| world.client_by(token.clone()));
    fill(&clients[0], programme).await;
    let (mut names, mut cursor) = page(&clients[0], programme, None).await;
    let mut turns = 1;
    while cursor.is_some() {
        let (more, next) = page(&clients[turns % 2], programme, cursor).await;
        names.extend(more);
        cursor = next;
        turns += 1;
    }
    assert_eq!((names.len(), turns), (PLACES + 1, 4));
}
