//! A programme is set up, read and renamed.

use serde_json::json;
use sister_cities_api::programme::{
    ChangeProgramme, CreateProgramme, GetProgramme, ListProgrammes, ListProgrammesQuery, ProgrammePath,
};
use sister_cities_api::{NoBody, NoParameters, RecordedQuery};
use sister_cities_domain::id::{PlaceId, ProgrammeId};

use super::{Teller, body};

/// Chicago's programme.
pub(in super::super) fn chicago() -> serde_json::Value {
    json!({
        "name": "Chicago Sister Cities",
        "host": { "names": [{ "text": "Chicago", "role": "official" }], "country": "US",
                  "zone": "America/Chicago", "external_ids": { "geonames": 4_887_398 } },
        "currency": "USD",
    })
}

pub(super) async fn programme(teller: &mut Teller<'_>) -> (ProgrammeId, PlaceId) {
    let (made, got) = teller.say::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let path = ProgrammePath { programme: made.id };
    assert_eq!(got.header("location"), Some(format!("/v1/programmes/{}", made.id).as_str()));
    teller.say::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody).await;
    let (_, got) = teller.say::<GetProgramme>(&path, &RecordedQuery::default(), &NoBody).await;
    teller
        .change::<ChangeProgramme>(&path, got.etag(), &body(&json!({ "name": "Sister Cities of Chicago" })))
        .await;
    (made.id, made.host)
}
