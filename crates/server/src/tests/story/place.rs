//! A place is entered, replaced and found.

use serde_json::json;
use sister_cities_api::place::{CreatePlace, GetPlace, ListPlaces, ListPlacesQuery, PlacePath, ReplacePlace};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery};
use sister_cities_domain::id::{PlaceId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn place(teller: &mut Teller<'_>, programme: ProgrammeId) -> PlaceId {
    let facts = json!({
        "names": [{ "text": "Birmingham", "language": "en", "role": "official", "from": "1166" }],
        "country": "GB",
        "admin1": "England",
        "point": { "latitude": 52.48142, "longitude": -1.89983 },
        "population": [{ "people": 1_144_919, "year": 2021, "source": "Census 2021" }],
        "external_ids": { "geonames": 2_655_603, "wikidata": "Q2256", "unlocode": "GBBHM" },
    });
    let (made, got) =
        teller.say::<CreatePlace>(&ProgrammePath { programme }, &NoParameters, &body(&facts)).await;
    let path = PlacePath { programme, place: made.id };
    let mut better = facts;
    better["zone"] = json!("Europe/London");
    teller.change::<ReplacePlace>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetPlace>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.zone.map(|zone| zone.0.name()), Some("Europe/London"));
    teller.say::<ListPlaces>(&ProgrammePath { programme }, &ListPlacesQuery::default(), &NoBody).await;
    made.id
}
