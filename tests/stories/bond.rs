//! The life of one bond: agreed, visited, suspended, resumed; and what the journal tells of it.

use futures_util::TryStreamExt as _;
use sister_cities_client::Versioned;
use sister_cities_client::api::domain::vitality::Rung;
use sister_cities_client::api::engagement::EngagementBody;
use sister_cities_client::api::partnership::{CreatePartnershipBody, DecisionBody, PartnershipView};
use sister_cities_client::api::place::PlaceBody;
use sister_cities_client::api::vitality::VitalityQuery;
use sister_cities_client::resource::Programme;
use sister_cities_tests::{World, json};

async fn birmingham(chicago: &Programme, host: &str) -> Versioned<PartnershipView> {
    let place: PlaceBody = json(&serde_json::json!({
        "names": [{ "text": "Birmingham", "role": "official" }],
        "country": "GB",
        "zone": "Europe/London",
        "external_ids": { "geonames": 2_655_603 },
    }));
    let place = chicago.places().create(place).await.unwrap();
    let bond: CreatePartnershipBody = json(&serde_json::json!({
        "members": [host, place.id],
        "episode": {
            "kind": "sister-city",
            "began": [{ "date": "1993-09", "source": "Chicago Tribune 1993-09-20" }],
        },
        "record": [{ "from": "1993", "source": "the office's own file" }],
    }));
    chicago.partnerships().create(bond).await.unwrap()
}

#[tokio::test]
async fn a_bond_is_agreed_visited_suspended_and_resumed_and_nothing_of_it_is_lost() {
    let mut world = World::on("2026-11-20").await;
    let programme = world.programme("Chicago", "US", 4_887_398).await;
    let chicago = world.admin().await.programme(programme.id);
    let bond = birmingham(&chicago, &programme.host.to_string()).await;

    let visit: EngagementBody = json(&serde_json::json!({
        "partnership": bond.id,
        "title": "Delegation to the festival in Daley Plaza",
        "foci": ["business", "government", "culture"],
        "direction": "inbound",
        "start": "2026-08",
    }));
    chicago.engagements().create(visit).await.unwrap();
    let vitality = chicago.partnerships().get_vitality(bond.id, VitalityQuery::default()).await.unwrap();
    assert_eq!(vitality.standing.rung, Some(Rung::Active.into()));

    let suspend: DecisionBody = json(&serde_json::json!({
        "decision": "suspend",
        "on": "2026-11-20",
        "authority": "Mayor of Chicago",
        "note": "until the embargo ends",
    }));
    let suspended = chicago.partnerships().decide(&bond, suspend.clone()).await.unwrap();
    let late = chicago.partnerships().decide(&bond, suspend).await.unwrap_err();
    assert!(late.is_stale(), "a decision made from what was read before must be refused: {late}");
    let vitality = chicago.partnerships().get_vitality(bond.id, VitalityQuery::default()).await.unwrap();
    assert_eq!(vitality.score, None, "a suspended bond has no score");

    world.restart().await;
    let chicago = world.admin().await.programme(programme.id);
    let read = chicago.partnerships().get(bond.id).await.unwrap();
    assert_eq!(read, suspended, "what was acknowledged is there after a restart");
    let resume: DecisionBody = json(&serde_json::json!({ "decision": "resume", "on": "2026-11-20" }));
    chicago.partnerships().decide(&read, resume).await.unwrap();

    let events: Vec<_> = chicago.journal().after(0).try_collect().await.unwrap();
    let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
    let about_the_bond: Vec<&str> = names.iter().copied().filter(|n| n.starts_with("partnership.")).collect();
    assert_eq!(
        about_the_bond,
        ["partnership.agreed", "partnership.record_stated", "partnership.suspended", "partnership.resumed"],
        "{names:?}"
    );
}
