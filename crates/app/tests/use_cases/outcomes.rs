//! Stories of outcomes: cited once or often, counted once, graded by papers.

use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::id::{EngagementId, OutcomeId, PartnershipId, SeededIds};
use sister_cities_domain::outcome::{
    Evidence, EvidenceChange, EvidenceStep, Outcome, OutcomeKind, OutcomeQuestion, OutcomeTotals,
};
use sister_cities_domain::value::Title;
use sister_cities_storage::Versioned;

use crate::harness::{Office, day, source, system};
use crate::stories;

stories! {
    r36_an_outcome_that_two_bonds_share_is_in_the_total_of_each_and_once_in_that_of_all;
    r36_a_replaced_outcome_keeps_its_evidence_and_a_withdrawn_one_leaves_the_totals;
    an_outcome_that_cites_what_is_not_there_is_refused_by_its_list;
    outcomes_take_a_scope_of_their_own;
}

fn jobs(office: &Office, bonds: impl IntoIterator<Item = PartnershipId>) -> Outcome {
    Outcome {
        value: "12.5 jobs".parse().ok(),
        date: "2008-03".parse().ok(),
        partnerships: bonds.into_iter().collect(),
        ..Outcome::claimed(
            OutcomeId::next(office.app.ids()),
            office.programme,
            OutcomeKind::Jobs,
            Title::new("Jobs at the depot").expect("a title"),
        )
    }
}

async fn enter(office: &Office, outcome: Outcome) -> Versioned<Outcome> {
    let made = office.app.create_outcome(&system(), outcome, IdempotentReply::NONE).await;
    made.expect("an outcome").executed().expect("fresh")
}

async fn totals(office: &Office, partnership: Option<PartnershipId>) -> OutcomeTotals {
    let question = OutcomeQuestion { partnership, ..OutcomeQuestion::by(day("2008-06-04")) };
    office.app.total_outcomes(&system(), office.programme, &question).await.expect("totals")
}

fn sums(totals: &OutcomeTotals) -> Vec<String> {
    totals.totals.iter().filter_map(|total| total.sum.as_ref().map(ToString::to_string)).collect()
}

async fn r36_an_outcome_that_two_bonds_share_is_in_the_total_of_each_and_once_in_that_of_all(office: Office) {
    let birmingham = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let hamburg = office.sister("Hamburg", "1994").await.partnership.value.id();
    enter(&office, jobs(&office, [birmingham, hamburg])).await;
    enter(&office, jobs(&office, [hamburg])).await;
    assert_eq!(sums(&totals(&office, None).await), ["25 jobs"]);
    assert_eq!(sums(&totals(&office, Some(birmingham)).await), ["12.5 jobs"]);
    assert_eq!(sums(&totals(&office, Some(hamburg)).await), ["25 jobs"]);
}

async fn r36_a_replaced_outcome_keeps_its_evidence_and_a_withdrawn_one_leaves_the_totals(office: Office) {
    let made = enter(&office, jobs(&office, [])).await;
    let which = (office.programme, made.value.id);
    let grade = async |revision, step| {
        let (evidence, remark) = (Some(source("Annual report")), "Told twice".parse().ok());
        let change = EvidenceChange { step, on: day("2008-06-01"), remark, evidence };
        office.app.grade_outcome(&system(), which, revision, change, IdempotentReply::NONE).await
    };
    let documented =
        grade(made.revision, EvidenceStep::Document).await.expect("a step").executed().expect("fresh");
    let told = Outcome { title: Title::new("Jobs at two depots").expect("a title"), ..made.value };
    let told = office.app.replace_outcome(&system(), told, documented.revision).await.expect("replaced");
    assert_eq!(told.value.level(), Evidence::Documented);
    let again = grade(told.revision, EvidenceStep::Document).await;
    assert!(matches!(again, Err(AppError::Refused(_))), "{again:?}");
    grade(told.revision, EvidenceStep::Withdraw).await.expect("a step");
    let answer = totals(&office, None).await;
    assert_eq!((sums(&answer).len(), answer.left_out.len()), (0, 1));
    let kept = office.app.get::<Outcome>(&system(), office.programme, which.1, None).await.expect("kept");
    assert_eq!(kept.value.evidence.steps().len(), 2);
}

async fn an_outcome_that_cites_what_is_not_there_is_refused_by_its_list(office: Office) {
    let strange = SeededIds::new(77);
    let bond = jobs(&office, [PartnershipId::next(&strange)]);
    let visit = Outcome { engagements: [EngagementId::next(&strange)].into(), ..jobs(&office, []) };
    for (outcome, path) in [(bond, "/partnerships"), (visit, "/engagements")] {
        let refusal = office.app.create_outcome(&system(), outcome, IdempotentReply::NONE).await;
        let Err(AppError::Invalid(fields)) = refusal else { panic!("{refusal:?}") };
        assert_eq!(fields[0].path, path);
    }
}

async fn outcomes_take_a_scope_of_their_own(office: Office) {
    let desk = office.caller(&[Scope::EngagementWrite, Scope::PartnershipWrite]);
    let refusal = office.app.create_outcome(&desk, jobs(&office, []), IdempotentReply::NONE).await;
    assert_eq!(refusal, Err(AppError::Forbidden { needed: Scope::OutcomeWrite }));
}
