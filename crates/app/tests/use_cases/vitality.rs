//! Stories of vitality as it is asked for: one bond, all bonds, a time line.

use std::num::NonZeroU32;

use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::vitality::{TimelineQuery, VitalityQuery};
use sister_cities_app::{AppError, Times};
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, keys};
use sister_cities_domain::vitality::{PolicyNumbers, TimelineStep, VitalityPolicy};
use sister_cities_storage::Revision;

use crate::harness::{Office, day, system};
use crate::stories;

stories! {
    a_bond_is_assessed_on_its_day_with_its_places_and_inputs;
    today_is_the_day_of_the_clock;
    all_bonds_are_assessed_page_by_page_each_from_its_own_log;
    a_kind_with_numbers_of_its_own_is_judged_by_them;
    a_timeline_has_a_point_for_each_step_and_must_not_run_backwards;
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
        assert_eq!(page.items, [alone], "the same as asked for one by one");
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
    let score =
        |found: &sister_cities_app::vitality::BondVitality| found.vitality.score.expect("a score").typical;
    assert!(score(&by_its_kind) > score(&by_the_programme) + 10.0, "ten years halve what one year halved");
    let question = VitalityQuery { limit: 9, ..VitalityQuery::default() };
    let all = app.list_vitality(&system(), programme, question).await;
    assert_eq!(all.expect("a page").items, [by_its_kind]);
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
