//! What cities learn from each other: how far they are, whether it worked, and on which topics they meet.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::id::{AdoptionId, SeededIds};
use crate::state_machine::StateMachine as _;

fn text(words: &str) -> FreeText {
    FreeText::new(words).expect(words)
}

fn act(step: AdoptionStep) -> StepAct {
    match step {
        AdoptionStep::Understand => StepAct::Understand { evidence: None },
        AdoptionStep::Adapt => StepAct::Adapt { evidence: None },
        AdoptionStep::PutToUse => StepAct::PutToUse { evidence: None },
        AdoptionStep::Evaluate => {
            StepAct::Evaluate { verdict: Verdict::WorkedInPart, evidence: text("Half found work") }
        }
        AdoptionStep::Abandon => StepAct::Abandon { reason: text("The money went elsewhere") },
    }
}

fn step(step: AdoptionStep, on: Option<&str>) -> StepTaken {
    StepTaken { act: act(step), on: on.map(|date| date.parse().expect(date)), remark: None }
}

fn adoption(ids: &SeededIds, by: PlaceId, topics: &[Topic]) -> Adoption {
    Adoption {
        id: AdoptionId::next(ids),
        programme: ProgrammeId::next(ids),
        practice: AdoptedPractice::Own { practice: PracticeId::next(ids) },
        by,
        organisation: None,
        partnership: None,
        learnt_from: None,
        topics: topics.iter().cloned().collect(),
        course: AdoptionCourse::offered("2008-06".parse().ok()),
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

#[test]
fn a_practice_is_understood_adapted_put_to_use_and_judged() {
    let ids = SeededIds::new(1);
    let mut adoption = adoption(&ids, PlaceId::next(&ids), &[Topic::Workforce]);
    assert_eq!(
        (adoption.course.state(), adoption.course.since()),
        (AdoptionState::Offered, "2008-06".parse().ok())
    );
    for (taken, on, state) in [
        (AdoptionStep::Understand, Some("2008-06-12"), AdoptionState::Understood),
        (AdoptionStep::Adapt, None, AdoptionState::Adapting),
        (AdoptionStep::PutToUse, Some("2009"), AdoptionState::InUse),
        (AdoptionStep::Evaluate, Some("2011-03"), AdoptionState::Evaluated),
    ] {
        let judged_early = adoption.take(step(AdoptionStep::Evaluate, None)).is_ok();
        assert_eq!(judged_early, state == AdoptionState::Evaluated, "only what is in use is judged");
        adoption = adoption.take(step(taken, on)).expect("a step").0;
        assert_eq!(adoption.course.state(), state);
        assert_eq!(adoption.course.since(), on.and_then(|date| date.parse().ok()));
    }
    assert_eq!(adoption.course.verdict(), Some(Verdict::WorkedInPart));
    assert_eq!(adoption.course.last_date(), "2011-03".parse().ok());
}

#[test]
fn a_step_that_is_not_possible_is_refused_with_who_what_and_from_where() {
    let ids = SeededIds::new(1);
    let offered = adoption(&ids, PlaceId::next(&ids), &[]);
    for (state, path) in [
        (AdoptionState::Offered, &[][..]),
        (AdoptionState::Understood, &[AdoptionStep::Understand]),
        (AdoptionState::Abandoned, &[AdoptionStep::Understand, AdoptionStep::Abandon]),
    ] {
        let reached =
            path.iter().fold(offered.clone(), |one, by| one.take(step(*by, None)).expect("a step").0);
        for by in AdoptionStep::ALL {
            let taken = reached.take(step(by, None));
            assert_eq!(taken.is_ok(), state.after(by, reached.id.into()).is_ok(), "{state} {by}");
            let Err(refusal) = taken else { continue };
            let said = refusal.to_string();
            let all = [reached.id.to_string(), by.to_string(), state.to_string()];
            assert!(all.iter().all(|word| said.contains(word)), "{said}");
        }
    }
}

#[test]
fn a_step_surely_earlier_than_the_one_before_is_refused_and_one_that_may_be_later_is_not() {
    let ids = SeededIds::new(1);
    let offered = adoption(&ids, PlaceId::next(&ids), &[]);
    let refused = offered.take(step(AdoptionStep::Understand, Some("2008-05-31")));
    assert_eq!(refused, Err(AdoptionRefusal::Earlier { before: "2008-06".parse().expect("a month") }));
    assert!(offered.take(step(AdoptionStep::Understand, Some("2008"))).is_ok());
}

proptest! {
    /// What the course says of itself is what the table says of its steps; and whoever lives can give up, from the ends leads nothing.
    #[test]
    fn every_course_follows_the_table(steps in prop::collection::vec(prop::sample::select(&AdoptionStep::ALL[..]), 0..8)) {
        let ids = SeededIds::new(1);
        let mut adoption = adoption(&ids, PlaceId::next(&ids), &[]);
        for by in steps {
            let before = adoption.course.state();
            let table = before.after(by, adoption.id.into());
            let ended = [AdoptionState::Evaluated, AdoptionState::Abandoned].contains(&before);
            match adoption.take(step(by, None)) {
                Ok((after, event)) => {
                    prop_assert_eq!(Ok(after.course.state()), table);
                    let told = AdoptionEvent::StepTaken { taken: step(by, None), from: before, to: after.course.state() };
                    prop_assert_eq!(event, told);
                    prop_assert!(!ended);
                    adoption = after;
                }
                Err(refusal) => {
                    prop_assert_eq!(Err(refusal), table.map_err(AdoptionRefusal::from));
                    prop_assert!(ended || by != AdoptionStep::Abandon);
                }
            }
        }
    }
}

#[test]
fn what_nobody_has_cannot_be_learnt_from_anybody() {
    assert_eq!(Origin::new(None, None), Err(InvalidValue::Empty));
    assert!(serde_json::from_str::<Origin>("{}").is_err());
}

#[test]
fn places_that_work_on_the_same_share_a_challenge_and_the_most_shared_comes_first() {
    let ids = SeededIds::new(1);
    let [chicago, birmingham, milan] = std::array::from_fn(|_| PlaceId::next(&ids));
    let practice = |origin: Origin, topics: &[Topic]| Practice {
        id: PracticeId::next(&ids),
        programme: ProgrammeId::next(&ids),
        title: Title::new("A practice").expect("a title"),
        problem: None,
        approach: None,
        evidence: None,
        cost: PracticeCost::default(),
        contact: None,
        origin,
        topics: topics.iter().cloned().collect::<BTreeSet<_>>(),
        since: None,
        sources: Vec::new(),
        notes: Vec::new(),
    };
    let somebody = Origin::new(None, Some(OrganisationId::next(&ids))).expect("an origin");
    let practices = [
        practice(Origin::of_place(birmingham), &[Topic::Workforce, Topic::Policing]),
        practice(Origin::of_place(birmingham), &[Topic::Workforce]),
        practice(Origin::of_place(chicago), &[Topic::Workforce]),
        practice(somebody, &[Topic::Policing]),
    ];
    let adoptions =
        [adoption(&ids, chicago, &[Topic::Workforce]), adoption(&ids, milan, &[Topic::Workforce])];
    let on = |place, practices, adoptions| PlaceOnTopic { place, practices, adoptions };
    let workforce = vec![on(chicago, 1, 1), on(birmingham, 2, 0), on(milan, 0, 1)];
    assert_eq!(
        count_by_topic(&practices, &adoptions),
        [
            TopicCount { topic: Topic::Workforce, places: workforce, without_place: 0 },
            TopicCount { topic: Topic::Policing, places: vec![on(birmingham, 1, 0)], without_place: 1 },
        ]
    );
}
