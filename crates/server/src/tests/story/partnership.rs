//! A partnership is entered, labelled, reaffirmed, and its record stated.

use serde_json::json;
use sister_cities_api::partnership::{
    ChangePartnership, CreatePartnership, DecidePartnership, GetPartnership, ListPartnerships,
    ListPartnershipsQuery, PartnershipPath, SetRecord,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn partnership(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    host: PlaceId,
    birmingham: PlaceId,
) -> PartnershipId {
    let new = json!({
        "members": [host, birmingham],
        "episode": { "kind": "sister-city", "began": [{ "date": "1993-05-22", "source": "Council minutes" }] },
        "notes": [{ "text": "The bond of the anchor story." }],
    });
    let of_programme = ProgrammePath { programme };
    let (made, got) = teller.say::<CreatePartnership>(&of_programme, &NoParameters, &body(&new)).await;
    let path = PartnershipPath { programme, partnership: made.id };
    let label = json!({ "episodes": [{ "episode": 0, "labels": [
        { "place": birmingham, "label": "partner city", "source": "Birmingham's own list" }] }] });
    let got = teller.change::<ChangePartnership>(&path, got.etag(), &body(&label)).await;
    let reaffirmed = json!({ "decision": "reaffirm", "on": "2008-06-04", "authority": "Both mayors",
                             "note": "We stand by it." });
    let got = teller.change::<DecidePartnership>(&path, got.etag(), &body(&reaffirmed)).await;
    let record = json!({ "periods": [{ "from": "1993", "source": "The office's own log" }] });
    teller.change::<SetRecord>(&path, got.etag(), &body(&record)).await;
    let (read, _) = teller.say::<GetPartnership>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!((read.decisions.len(), read.revision), (2, 4));
    teller.say::<ListPartnerships>(&of_programme, &ListPartnershipsQuery::default(), &NoBody).await;
    made.id
}
