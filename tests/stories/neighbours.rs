//! Two programmes in one installation.

use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::api::place::ListPlacesQuery;
use sister_cities_domain::access::Scope;
use sister_cities_tests::World;

#[tokio::test]
async fn a_token_of_birmingham_finds_nothing_of_chicago() {
    let world = World::on("2026-11-20").await;
    let chicago = world.programme("Chicago", "US", 4_887_398).await;
    let birmingham = world.programme("Birmingham", "GB", 2_655_603).await;
    let client = world.client_with(Some(birmingham.id), [Scope::Admin]).await;

    let own = client.programme(birmingham.id).places().list(ListPlacesQuery::default()).page().await.unwrap();
    assert_eq!(own.items.len(), 1, "the host itself");
    let foreign = client.programme(chicago.id).places().get(chicago.host).await.unwrap_err();
    let list = client.programme(chicago.id).partnerships();
    let listed = list.list(ListPartnershipsQuery::default()).page().await.unwrap_err();
    assert!(foreign.is_not_found() && listed.is_not_found(), "{foreign}; {listed}");
    let mistaken = client.programme(birmingham.id).places().get(chicago.host).await.unwrap_err();
    assert!(mistaken.is_not_found(), "an id of another programme is no id here: {mistaken}");
}
