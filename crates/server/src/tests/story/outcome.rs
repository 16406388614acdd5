//! What came of a visit: claimed, better told, documented, and totalled.

use serde_json::json;
use sister_cities_api::outcome::{
    CreateOutcome, GetOutcome, GradeOutcome, ListOutcomes, ListOutcomesQuery, OutcomePath, ReplaceOutcome,
    TotalOutcomes, TotalOutcomesQuery,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{NoBody, NoParameters, RecordedQuery};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};

use super::{Teller, body};

pub(super) async fn outcome(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    visit: EngagementId,
) {
    let of_programme = ProgrammePath { programme };
    let claim = json!({ "kind": "jobs", "title": "Jobs at the new depot", "value": "12.5 jobs", "date": "2008-10",
        "partnerships": [partnership], "engagements": [visit] });
    let (made, got) = teller.say::<CreateOutcome>(&of_programme, &NoParameters, &body(&claim)).await;
    assert_eq!(made.evidence.as_str(), "claimed");
    let path = OutcomePath { programme, outcome: made.id };
    let mut better = claim;
    better["attribution"] = json!("contributed");
    let tag = teller.change::<ReplaceOutcome>(&path, got.etag(), &body(&better)).await.etag();
    let paper = json!({ "step": "document", "on": "2009-01-31", "evidence": "Annual report 2009" });
    teller.change::<GradeOutcome>(&path, tag, &body(&paper)).await;
    let (read, _) = teller.say::<GetOutcome>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!((read.evidence.as_str(), read.steps.len()), ("documented", 1));
    let all = ListOutcomesQuery::default();
    let (list, _) = teller.say::<ListOutcomes>(&of_programme, &all, &NoBody).await;
    assert_eq!(list.items, [read]);
    let all = TotalOutcomesQuery::default();
    let (totals, _) = teller.say::<TotalOutcomes>(&of_programme, &all, &NoBody).await;
    let sum = totals.totals[0].sum.as_ref().map(ToString::to_string);
    assert_eq!(
        (sum.as_deref(), totals.totals[0].outcomes.as_slice()),
        (Some("12.5 jobs"), [made.id].as_slice())
    );
}
