//! What came of a visit: claimed, better told, documented, and totalled; what was aimed at; and what an hour is worth.

use serde_json::json;
use sister_cities_api::engagement::{
    AnswerOutcomeQuestion, EngagementPath, GetEngagement, GetOutcomeQuestions, OutcomeQuestionsQuery,
};
use sister_cities_api::indicator::{
    CreateIndicator, GetIndicator, IndicatorPath, ListIndicators, ListIndicatorsQuery, ReplaceIndicator,
};
use sister_cities_api::outcome::{
    CreateOutcome, GetOutcome, GradeOutcome, ListOutcomes, ListOutcomesQuery, OutcomePath, ReplaceOutcome,
    TotalOutcomes, TotalOutcomesQuery,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::valuation_rate::{
    CreateValuationRate, GetValuationRate, ListValuationRates, ListValuationRatesQuery, ReplaceValuationRate,
    ValuationRatePath, ValueQuantity, ValueQuantityQuery,
};
use sister_cities_api::{NoBody, NoParameters, RecordQuery, RecordedQuery};
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

    let about = EngagementPath { programme, engagement: visit };
    let (told, got) = teller.say::<GetEngagement>(&about, &RecordQuery::default(), &NoBody).await;
    assert_eq!(told.outcome_answers, []);
    let answer = json!({ "side": "host", "after": "6_months", "said": "outcome", "outcome": made.id, "on": "2009-01-31" });
    teller.change::<AnswerOutcomeQuestion>(&about, got.etag(), &body(&answer)).await;
    let on = OutcomeQuestionsQuery { as_of: "2009-01-31".parse().ok() };
    let (open, _) = teller.say::<GetOutcomeQuestions>(&about, &on, &NoBody).await;
    let first = &open.questions[0];
    assert_eq!((first.side.as_str(), first.after.as_str()), ("counterpart", "6_months"));
    assert_eq!(first.known, [made.id]);
}

pub(super) async fn indicator(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let of_programme = ProgrammePath { programme };
    let mut jobs = json!({ "partnership": partnership, "result": "People find work", "title": "Jobs found" });
    let (made, got) = teller.say::<CreateIndicator>(&of_programme, &NoParameters, &body(&jobs)).await;
    let path = IndicatorPath { programme, indicator: made.id };
    jobs["periods"] = json!([{ "start": "2009-01-01", "end": "2009-12-31", "target": { "value": "100" },
        "actual": { "value": "87.5" } }]);
    teller.change::<ReplaceIndicator>(&path, got.etag(), &body(&jobs)).await;
    let (read, _) = teller.say::<GetIndicator>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.periods[0].is_reached, Some(false));
    let all = ListIndicatorsQuery::default();
    let (list, _) = teller.say::<ListIndicators>(&of_programme, &all, &NoBody).await;
    assert_eq!(list.items, [read]);
}

pub(super) async fn valuation(teller: &mut Teller<'_>, programme: ProgrammeId) {
    let of_programme = ProgrammePath { programme };
    let mut rate = json!({ "kind": "volunteer_hour", "country": "US", "amount": "23.07 USD", "from": "2014-01-01",
        "source": "Independent Sector, 2015" });
    let (made, got) = teller.say::<CreateValuationRate>(&of_programme, &NoParameters, &body(&rate)).await;
    let path = ValuationRatePath { programme, valuation_rate: made.id };
    rate["to"] = json!("2014-12-31");
    teller.change::<ReplaceValuationRate>(&path, got.etag(), &body(&rate)).await;
    teller.say::<GetValuationRate>(&path, &RecordedQuery::default(), &NoBody).await;
    let all = ListValuationRatesQuery::default();
    teller.say::<ListValuationRates>(&of_programme, &all, &NoBody).await;
    let hours = ValueQuantityQuery {
        kind: "volunteer_hour".parse().expect("a kind"),
        quantity: "120".parse().expect("a number"),
        on: "2014-05-01".parse().expect("a day"),
        country: "US".parse().ok(),
        place: None,
    };
    let (found, _) = teller.say::<ValueQuantity>(&of_programme, &hours, &NoBody).await;
    assert_eq!(found.value.map(|value| value.0.to_string()).as_deref(), Some("2768.40 USD"));
}
