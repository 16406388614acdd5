//! Stories of vitality as it is asked for: one bond, all bonds, a time line.

use std::num::NonZeroU32;
use std::sync::Arc;

use chrono::{Days, NaiveDate, TimeDelta};
use proptest::prelude::*;
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::vitality::{BondVitality, TimelineQuery, VitalityQuery};
use sister_cities_app::{App, AppError, IdempotentReply, Times};
use sister_cities_domain::engagement::{Engagement, EngagementDates};
use sister_cities_domain::id::{PartnershipId, SeededIds};
use sister_cities_domain::partnership::{Record, RecordCoverage};
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, keys};
use sister_cities_domain::value::Period;
use sister_cities_domain::vitality::{PolicyNumbers, TimelineStep, VitalityPolicy};
use sister_cities_storage::{Revision, Versioned};

use crate::harness::{Office, day, source, system};
use crate::stories;

stories! {
    a_bond_is_assessed_on_its_day_with_its_places_and_inputs;
    today_is_the_day_of_the_clock;
    all_bonds_are_assessed_page_by_page_each_from_its_own_log;
    a_kind_with_numbers_of_its_own_is_judged_by_them;
    a_timeline_has_a_point_for_each_step_and_must_not_run_backwards;
}

fn in_a_list(found: BondVitality) -> BondVitality {
    BondVitality { vitality: found.vitality.without_inputs(), ..found }
}

/// Something that changes what an assessment is reckoned from, at one of two servers.
#[derive(Clone, Debug)]
enum Step {
    Visit { bond: usize, on: NaiveDate },
    MoveVisit { which: usize, to: NaiveDate },
    HalfLife { days: u32 },
    Record { bond: usize, from: NaiveDate },
    NextDay,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let day_of = || (0_u64..1_500).prop_map(|days| day("2005-01-01") + Days::new(days));
    let step = prop_oneof![
        4 => (0..3_usize, day_of()).prop_map(|(bond, on)| Step::Visit { bond, on }),
        4 => (0..9_usize, day_of()).prop_map(|(which, to)| Step::MoveVisit { which, to }),
        1 => (30..3_650_u32).prop_map(|days| Step::HalfLife { days }),
        1 => (0..3_usize, day_of()).prop_map(|(bond, from)| Step::Record { bond, from }),
        1 => Just(Step::NextDay),
    ];
    prop::collection::vec(step, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Also by a server that did not make the change.
    #[test]
    fn a_list_says_what_is_reckoned_from_all_records_whatever_happened_before(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(played(steps));
    }
}

async fn played(steps: Vec<Step>) {
    let office = Office::open().await;
    let ids = Arc::new(SeededIds::new(7));
    let elsewhere = App::new(office.app.database().clone(), Arc::clone(&office.clock) as _, ids);
    let mut bonds = Vec::new();
    for city in ["Birmingham", "Moscow", "Osaka"] {
        bonds.push(office.sister(city, "1993").await.partnership.value.id());
    }
    let mut visits = Vec::new();
    for step in steps {
        taken(&office, &bonds, &mut visits, &step).await;
        for app in [&office.app, &elsewhere] {
            let query = VitalityQuery { limit: 9, ..VitalityQuery::default() };
            let page = app.list_vitality(&system(), office.programme, query).await.expect("a page");
            for (found, bond) in page.items.into_iter().zip(&bonds) {
                let reckoned = app.get_vitality(&system(), office.programme, *bond, Times::default()).await;
                assert_eq!(found, in_a_list(reckoned.expect("assessed")), "after {step:?}");
            }
        }
    }
}

async fn taken(
    office: &Office,
    bonds: &[PartnershipId],
    visits: &mut Vec<Versioned<Engagement>>,
    step: &Step,
) {
    let (app, caller) = (&office.app, system());
    match step {
        Step::Visit { bond, on } => {
            let visit = office.new_visit(bonds[*bond], &on.to_string());
            let visit = app.create_engagement(&caller, visit, IdempotentReply::NONE).await;
            visits.push(visit.expect("entered").executed().expect("fresh"));
        }
        Step::MoveVisit { which, to } => {
            let Some(visit) = visits.get_mut(*which) else { return };
            let dates = EngagementDates::on(to.to_string().parse().expect("a date"));
            let moved = Engagement { dates, ..visit.value.clone() };
            *visit = app.replace_engagement(&caller, moved, visit.revision).await.expect("moved");
        }
        Step::HalfLife { days } => {
            let before = app.get_programme(&caller, office.programme, None).await.expect("there");
            let numbers = PolicyNumbers { half_life_days: *days, ..PolicyNumbers::default() };
            let policy = VitalityPolicy::new(numbers).expect("a policy");
            let change = ProgrammeChange { vitality: Some(policy), ..ProgrammeChange::default() };
            app.change_programme(&caller, office.programme, before.revision, change).await.expect("changed");
        }
        Step::Record { bond, from } => {
            let bond = bonds[*bond];
            let found = app.get_partnership(&caller, office.programme, bond, Times::default()).await;
            let period = Period::since(from.to_string().parse().expect("a date"));
            let record = Record::new(vec![RecordCoverage::new(period, source("minutes"))]);
            let revision = found.expect("there").partnership.revision;
            app.set_record(&caller, office.programme, bond, revision, record).await.expect("stated");
        }
        Step::NextDay => office.clock.set(office.app.clock().now() + TimeDelta::days(1)),
    }
}

async fn a_bond_is_assessed_on_its_day_with_its_places_and_inputs(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    office.visit(bond, "2008-06-02").await;
    let found = office
        .app
        .get_vitality(
            &system(),
            office.programme,
            bond,
            Times { as_of: Some(day("2008-06-04")), recorded_at: None },
        )
        .await;
    let found = found.expect("assessed");
    assert_eq!(found.partnership.places.len(), 2);
    assert_eq!(found.vitality.inputs.len(), 2, "the signing and the visit");
    assert!(found.vitality.score.expect("a score").typical > 39.0);
}

async fn today_is_the_day_of_the_clock(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let found =
        office.app.get_vitality(&system(), office.programme, bond, Times::default()).await.expect("assessed");
    assert_eq!(found.vitality.as_of, day("2008-06-04"));
}

async fn all_bonds_are_assessed_page_by_page_each_from_its_own_log(office: Office) {
    let lively = office.sister("Birmingham", "1993").await.partnership.value.id();
    let quiet = office.sister("Moscow", "1997").await.partnership.value.id();
    office.visit(lively, "2008-06-02").await;
    let first = VitalityQuery { limit: 1, ..VitalityQuery::default() };
    let first = office.app.list_vitality(&system(), office.programme, first).await.expect("a page");
    let second = VitalityQuery { after: first.next.clone(), limit: 1, ..VitalityQuery::default() };
    let second = office.app.list_vitality(&system(), office.programme, second).await.expect("a page");
    assert!(first.next.is_some() && second.next.is_none());
    for (page, bond) in [(first, lively), (second, quiet)] {
        let alone = office
            .app
            .get_vitality(&system(), office.programme, bond, Times::default())
            .await
            .expect("assessed");
        assert_eq!(page.items, [in_a_list(alone)], "the same as asked for one by one");
    }
}

async fn a_kind_with_numbers_of_its_own_is_judged_by_them(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    office.visit(bond, "2006-06-02").await;
    let by_the_programme =
        office.app.get_vitality(&system(), office.programme, bond, Times::default()).await.expect("assessed");

    let patient = PolicyNumbers { half_life_days: 3650, ..PolicyNumbers::default() };
    let patient = VitalityPolicy::new(patient).expect("a policy");
    let mut kinds: Vec<KindDefinition> = KindCatalogue::standard().into();
    let sister = kinds.iter_mut().find(|kind| kind.key.as_str() == keys::SISTER_CITY).expect("listed");
    sister.vitality = Some(patient);
    let change =
        ProgrammeChange { kinds: Some(kinds.try_into().expect("sound")), ..ProgrammeChange::default() };
    let (app, programme) = (&office.app, office.programme);
    let changed = app.change_programme(&system(), programme, Revision::FIRST, change).await;
    changed.expect("changed");

    let by_its_kind =
        office.app.get_vitality(&system(), office.programme, bond, Times::default()).await.expect("assessed");
    let score = |found: &BondVitality| found.vitality.score.expect("a score").typical;
    assert!(score(&by_its_kind) > score(&by_the_programme) + 10.0, "ten years halve what one year halved");
    let question = VitalityQuery { limit: 9, ..VitalityQuery::default() };
    let all = app.list_vitality(&system(), programme, question).await;
    assert_eq!(all.expect("a page").items, [in_a_list(by_its_kind)]);
}

async fn a_timeline_has_a_point_for_each_step_and_must_not_run_backwards(office: Office) {
    let bond = office.sister("Casablanca", "1982").await.partnership.value.id();
    let step = TimelineStep::Months(NonZeroU32::new(12).expect("a year"));
    let question = TimelineQuery { from: day("1982-01-01"), to: day("2008-01-01"), step };
    let line = office.app.get_vitality_timeline(&system(), office.programme, bond, question).await;
    assert_eq!(line.expect("a timeline").points.len(), 27);
    let backwards = TimelineQuery { from: question.to, to: question.from, step };
    let refusal = office.app.get_vitality_timeline(&system(), office.programme, bond, backwards).await;
    assert!(matches!(refusal, Err(AppError::Invalid(_))), "{refusal:?}");
}
