//! Stories of practices: learnt, judged, given up; and who works on the same.

use std::collections::BTreeSet;

use sister_cities_app::practice::{NewAdoption, PracticeToAdopt};
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::id::{OrganisationId, PersonId, PlaceId, PracticeId, SeededIds};
use sister_cities_domain::practice::{
    Adoption, AdoptionState, Origin, Practice, PracticeCost, StepAct, StepTaken, Topic, Verdict,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::{FreeText, Title};
use sister_cities_storage::catalogue::adoption;
use sister_cities_storage::{Filter, Listing, Versioned};

use crate::harness::{Office, system};
use crate::stories;

stories! {
    what_is_not_said_of_an_adoption_follows_from_its_practice;
    who_learned_what_from_whom_is_found_by_topic_place_state_and_verdict;
    a_practice_that_somebody_adopted_is_not_removed;
    what_an_adoption_refers_to_is_refused_by_its_field;
}

impl Office {
    async fn practice(&self, origin: PlaceId, topic: Topic) -> Versioned<Practice> {
        let practice = Practice {
            id: PracticeId::next(self.app.ids()),
            programme: self.programme,
            title: Title::new("One door for job seekers").expect("a title"),
            problem: None,
            approach: None,
            evidence: None,
            cost: PracticeCost::default(),
            contact: None,
            origin: Origin::of_place(origin),
            topics: BTreeSet::from([topic]),
            since: None,
            sources: Vec::new(),
            notes: Vec::new(),
        };
        let made = self.app.create_practice(&system(), practice, IdempotentReply::NONE).await;
        made.expect("a practice").executed().expect("fresh")
    }

    async fn adopts(&self, request: NewAdoption) -> Versioned<Adoption> {
        let made = self.app.create_adoption(&system(), self.programme, request, IdempotentReply::NONE).await;
        made.expect("an adoption").executed().expect("fresh")
    }

    async fn adoption_step(&self, adoption: Versioned<Adoption>, act: StepAct) -> Versioned<Adoption> {
        let (id, step) = (adoption.value.id, StepTaken { act, on: None, remark: None });
        let (path, revision) = ((self.programme, id), adoption.revision);
        let taken = self.app.take_adoption_step(&system(), path, step, revision, IdempotentReply::NONE).await;
        taken.expect("a step").executed().expect("fresh")
    }
}

fn offered(practice: PracticeId, by: PlaceId) -> NewAdoption {
    NewAdoption {
        practice: PracticeToAdopt::Own(practice),
        by,
        organisation: None,
        partnership: None,
        learnt_from: None,
        topics: BTreeSet::new(),
        offered_on: None,
        sources: Vec::new(),
        notes: Vec::new(),
    }
}

fn text(words: &str) -> FreeText {
    FreeText::new(words).expect(words)
}

async fn what_is_not_said_of_an_adoption_follows_from_its_practice(office: Office) {
    let birmingham = office.place("Birmingham").await;
    let practice = office.practice(birmingham, Topic::Workforce).await.value;
    let adopted = office.adopts(offered(practice.id, office.chicago)).await.value;
    assert_eq!(adopted.learnt_from, Some(Origin::of_place(birmingham)));
    assert_eq!(adopted.topics, practice.topics);
    // Whoever puts its own practice to use elsewhere has it from nobody.
    let own = office.adopts(offered(practice.id, birmingham)).await.value;
    assert_eq!(own.learnt_from, None);
    let said = NewAdoption {
        learnt_from: Some(Origin::of_place(office.chicago)),
        topics: BTreeSet::from([Topic::Youth]),
        ..offered(practice.id, office.place("Milan").await)
    };
    let said = office.adopts(said).await.value;
    assert_eq!(said.learnt_from, Some(Origin::of_place(office.chicago)));
    assert_eq!(said.topics, BTreeSet::from([Topic::Youth]));
}

async fn who_learned_what_from_whom_is_found_by_topic_place_state_and_verdict(office: Office) {
    let bond = office.sister("Birmingham", "1993-09").await;
    let [birmingham] =
        bond.places.iter().map(|place| place.id).filter(|id| *id != office.chicago).collect::<Vec<_>>()[..]
    else {
        panic!("{bond:?}")
    };
    let milan = office.place("Milan").await;
    let work = office.practice(birmingham, Topic::Workforce).await.value.id;
    let police = office.practice(office.chicago, Topic::Policing).await.value.id;
    let through =
        NewAdoption { partnership: Some(bond.partnership.value.id()), ..offered(work, office.chicago) };
    let mut judged = office.adopts(through).await;
    for act in [
        StepAct::Understand { evidence: None },
        StepAct::Adapt { evidence: None },
        StepAct::PutToUse { evidence: None },
        StepAct::Evaluate { verdict: Verdict::Worked, evidence: text("900 found work") },
    ] {
        judged = office.adoption_step(judged, act).await;
    }
    let given_up = office.adopts(offered(police, milan)).await;
    let given_up = office.adoption_step(given_up, StepAct::Abandon { reason: text("No rooms") }).await;
    let (judged, given_up) = (judged.value.id, given_up.value.id);
    let found = async |filter: Option<Filter<Adoption>>| {
        let listing = Listing { filters: filter.into_iter().collect(), ..Listing::by_default(10) };
        office.app.list_learning(&system(), office.programme, listing, None).await.expect("a page")
    };
    let all = found(None).await;
    assert_eq!((all.items.len(), all.practices.len(), all.places.len()), (2, 2, 3));
    for (filter, expected) in [
        (adoption::TOPICS.has(Topic::Workforce), vec![judged]),
        (adoption::PLACES.has(birmingham), vec![judged]),
        (adoption::PLACES.has(office.chicago), vec![given_up, judged]),
        (adoption::PARTNERSHIP.is(bond.partnership.value.id()), vec![judged]),
        (adoption::STATE.is(AdoptionState::Abandoned), vec![given_up]),
        (adoption::VERDICT.is(Verdict::Worked), vec![judged]),
        (adoption::VERDICT.is(Verdict::DidNotWork), vec![]),
    ] {
        let page = found(Some(filter.clone())).await;
        let ids: Vec<_> = page.items.iter().map(|one| one.value.id).collect();
        assert_eq!(ids, expected, "{filter:?}");
    }
    let topics = office.app.list_topics(&system(), office.programme).await.expect("topics");
    let shared: Vec<_> = topics.topics.iter().map(|one| (one.topic.as_str(), one.places.len())).collect();
    assert_eq!(shared, [("workforce", 2), ("policing", 2)]);
}

async fn a_practice_that_somebody_adopted_is_not_removed(office: Office) {
    let birmingham = office.place("Birmingham").await;
    let practice = office.practice(birmingham, Topic::Workforce).await;
    let adopted = office.adopts(offered(practice.value.id, office.chicago)).await;
    let (caller, programme, app) = (system(), office.programme, &office.app);
    let refused = app.delete_practice(&caller, programme, practice.value.id, practice.revision).await;
    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    let of = (programme, adopted.value.id);
    app.delete_adoption(&caller, of, adopted.revision).await.expect("removed");
    app.delete_practice(&caller, programme, practice.value.id, practice.revision).await.expect("removed");
}

async fn what_an_adoption_refers_to_is_refused_by_its_field(office: Office) {
    let practice = office.practice(office.chicago, Topic::Workforce).await.value.id;
    let ids = SeededIds::new(77);
    let stranger = PlaceId::next(&ids);
    let from =
        NewAdoption { learnt_from: Some(Origin::of_place(stranger)), ..offered(practice, office.chicago) };
    for (request, field) in [
        (offered(PracticeId::next(&ids), office.chicago), "/practice"),
        (offered(practice, stranger), "/by"),
        (from, "/learnt_from/place"),
        (
            NewAdoption {
                organisation: Some(OrganisationId::next(&ids)),
                ..offered(practice, office.chicago)
            },
            "/organisation",
        ),
    ] {
        let refused =
            office.app.create_adoption(&system(), office.programme, request, IdempotentReply::NONE).await;
        let Err(AppError::Invalid(fields)) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(fields[0].path, field);
    }
    let known = office.practice(office.chicago, Topic::Health).await.value;
    let contact = Some(Responsible::person_alone(PersonId::next(&ids)));
    let asked = Practice { id: PracticeId::next(&ids), contact, ..known };
    let refused = office.app.create_practice(&system(), asked, IdempotentReply::NONE).await;
    let Err(AppError::Invalid(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields[0].path, "/contact/person");
}
