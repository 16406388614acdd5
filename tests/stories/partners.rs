//! Chicago and Birmingham in one installation, partners of each other: each sees its own side and what is shared, nothing else.

use futures_util::TryStreamExt as _;
use sister_cities_client::api::Problem;
use sister_cities_client::api::engagement::ListEngagementsQuery;
use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::api::sharing::{ListLinksQuery, ListReceivedQuery, ListSharesQuery, ShareBody};
use sister_cities_client::resource::Programme;
use sister_cities_client::{Client, Error};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{
    EngagementId, IdSource as _, LinkId, PartnershipId, PlaceId, ProgrammeId, SeededIds, ShareId,
};
use sister_cities_tests::{World, json};

const SECRET: &str = "Not for Birmingham";

/// One side: its office, its bond, a visit, its link to the other.
struct Side {
    id: ProgrammeId,
    office: Programme,
    place: PlaceId,
    bond: PartnershipId,
    visit: EngagementId,
}

async fn side(world: &World, (city, country, geonames): (&str, &str, u32), partner: &str) -> Side {
    let made = world.programme(city, country, geonames).await;
    let client = world.client_with(Some(made.id), [Scope::Admin]).await;
    let office = client.programme(made.id);
    let place = office
        .places()
        .create(json(&serde_json::json!({ "names": [{ "text": partner, "role": "official" }] })))
        .await
        .unwrap();
    let bond = office
        .partnerships()
        .create(json(&serde_json::json!({ "members": [made.host, place.id],
            "episode": { "kind": "sister-city", "began": [{ "date": "1993", "source": SECRET }] } })))
        .await
        .unwrap();
    let visit = office
        .engagements()
        .create(json(&serde_json::json!({ "partnership": bond.id, "title": SECRET, "foci": ["culture"],
            "direction": "outbound", "start": "2008-06", "notes": [{ "text": SECRET }],
            "participants": [{ "side": "host", "role": "artist", "people": 6 }] })))
        .await
        .unwrap();
    Side { id: made.id, office, place: place.id, bond: bond.id, visit: visit.id }
}

async fn told(world: &World) {
    let ours = side(world, ("Chicago", "US", 4_887_398), "Birmingham").await;
    let theirs = side(world, ("Birmingham", "GB", 2_655_603), "Chicago").await;
    let link = async |from: &Side, to: &Side| {
        let body = json(&serde_json::json!({ "peer": to.id, "partnership": from.bond }));
        from.office.sharing().make_link(body).await.unwrap().id
    };
    let (our_link, their_link) = (link(&ours, &theirs).await, link(&theirs, &ours).await);
    let received = async || {
        let list = theirs.office.sharing().list_received(their_link, ListReceivedQuery::default());
        list.stream().try_collect::<Vec<_>>().await.unwrap()
    };
    assert_eq!(received().await, []);

    let body: ShareBody =
        json(&serde_json::json!({ "link": our_link, "engagement": ours.visit, "title": "A concert" }));
    let share = ours.office.sharing().share_record(body).await.unwrap();
    let seen = received().await;
    let text = serde_json::to_string(&seen).unwrap();
    assert!(text.contains("A concert") && text.contains("2008-06") && !text.contains(SECRET), "{text}");
    // Beside it, each list holds the own side.
    let bonds = theirs.office.partnerships().list(ListPartnershipsQuery::default()).page().await.unwrap();
    assert_eq!(bonds.items.iter().map(|bond| bond.id).collect::<Vec<_>>(), [theirs.bond]);
    let visits = theirs.office.engagements().list(ListEngagementsQuery::default()).page().await.unwrap();
    assert_eq!(visits.items.iter().map(|visit| visit.id).collect::<Vec<_>>(), [theirs.visit]);
    let shares = theirs.office.sharing().list_shares(ListSharesQuery::default()).page().await.unwrap();
    assert_eq!(shares.items, []);
    nothing_of_the_other_is_found(&theirs, &ours, our_link, share.id).await;

    ours.office.sharing().withdraw_share(&share).await.unwrap();
    assert_eq!(received().await, []);
    let stranger = world.client_with(Some(theirs.id), [Scope::Admin]).await;
    assert!(foreign(&stranger, &ours).await);
}

/// The ids of the other side answer as ids do that nobody ever gave.
async fn nothing_of_the_other_is_found(own: &Side, other: &Side, link: LinkId, share: ShareId) {
    let ids = SeededIds::new(404);
    macro_rules! not_found {
        ($($read:expr, $id:expr, $made_up:ident;)+) => { $({
            let read = $read;
            let foreign = read($id).await.unwrap_err();
            let made_up = read($made_up::from_uuid(ids.next_uuid())).await.unwrap_err();
            assert!(foreign.is_not_found(), "{foreign}");
            assert_eq!(said(&foreign), said(&made_up));
        })+ };
    }
    let (office, sharing) = (&own.office, own.office.sharing());
    not_found! {
        async |id| office.places().get(id).await, other.place, PlaceId;
        async |id| office.partnerships().get(id).await, other.bond, PartnershipId;
        async |id| office.engagements().get(id).await, other.visit, EngagementId;
        async |id| sharing.get_link(id).await, link, LinkId;
        async |id| sharing.get_share(id).await, share, ShareId;
        async |id| sharing.list_received(id, ListReceivedQuery::default()).page().await, link, LinkId;
    }
}

/// What the server said, but for the name of the request.
fn said(error: &Error) -> Problem {
    Problem { request_id: None, ..error.problem().unwrap().clone() }
}

async fn foreign(stranger: &Client, side: &Side) -> bool {
    let office = stranger.programme(side.id);
    let links = office.sharing().list_links(ListLinksQuery::default()).await;
    let visit = office.engagements().get(side.visit).await;
    links.is_err_and(|error| error.is_not_found()) && visit.is_err_and(|error| error.is_not_found())
}

#[tokio::test]
async fn two_partners_in_one_file_see_their_own_side_and_what_is_shared() {
    told(&World::on("2026-11-20").await).await;
}

#[cfg(all(feature = "postgres", unix))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_partners_on_one_server_see_their_own_side_and_what_is_shared() {
    use sister_cities_storage::Database;
    use sister_cities_storage::testing::database;

    let Some(found) = database().await else { return };
    told(&World::over(Database::new(found.open().await), "2026-11-20", 1956).await).await;
}
