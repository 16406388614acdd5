//! A visit is entered, replaced and read, and what its guests need.

use serde_json::json;
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, ListEngagements, ListEngagementsQuery, ReadCare,
    ReplaceEngagement, SetCare,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordQuery};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn engagement(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
) -> EngagementId {
    let visit = json!({
        "partnership": partnership,
        "title": "Workforce Best Practice Session",
        "foci": ["business", "social_service"],
        "direction": "inbound",
        "start": "2008-06",
        "participants": [{ "side": "counterpart", "role": "delegate", "people": 6 }],
        "organisations": [{ "name": "Aston Pride", "side": "counterpart", "representatives": [] }],
        "costs": [{ "party": "Birmingham City Council", "amount": "25000.00 GBP" }],
        "outcomes": ["A five-point action plan, signed."],
        "follow_up": true,
        "source": "Birmingham Post, June 2008",
    });
    let of_programme = ProgrammePath { programme };
    let (made, got) = teller.say::<CreateEngagement>(&of_programme, &NoParameters, &body(&visit)).await;
    let path = EngagementPath { programme, engagement: made.id };
    let mut better = visit;
    better["evidence"] = json!("took_part");
    teller.change::<ReplaceEngagement>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetEngagement>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.mutuality.as_str(), "mutual");
    let care = json!({ "care": "One guest is allergic to nuts." });
    let got = teller.change::<SetCare>(&path, format!("\"r{}\"", read.revision), &body(&care)).await;
    assert_eq!(got.etag(), format!("\"r{}\"", read.revision + 1));
    let (needed, _) = teller.say::<ReadCare>(&path, &NoParameters, &NoBody).await;
    assert_eq!(needed.care.map(|care| care.to_string()).as_deref(), Some("One guest is allergic to nuts."));
    teller.say::<ListEngagements>(&of_programme, &ListEngagementsQuery::default(), &NoBody).await;
    made.id
}
