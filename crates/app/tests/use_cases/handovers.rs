//! Stories of handovers: what whoever takes over is told, and who is told how people are reached.

use sister_cities_app::handover::HandoverRecords;
use sister_cities_app::promise::PointFacts;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::id::{PartnershipId, PersonId, RecordRef, RoleId};
use sister_cities_domain::person::Person;
use sister_cities_domain::promise::PointOwner;
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::Role;
use sister_cities_domain::value::Title;

use crate::committees::{committee_of, role_in};
use crate::harness::{Office, day, name, new_point, system};
use crate::stories;

stories! {
    a_bond_is_handed_over_with_what_is_open_and_what_happened;
    a_role_is_handed_over_with_what_its_holder_owes;
    a_document_does_not_grow_with_the_log;
    who_a_person_is_is_told_to_the_desk_alone_unless_they_consented;
}

/// A bond with a committee whose chair is Anna, who promised something that is due in March 2009.
struct Told {
    bond: PartnershipId,
    committee: Committee,
    anna: PersonId,
    chair: RoleId,
}

async fn told(office: &Office) -> Told {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let committee = committee_of(office, bond);
    let made = office.app.create_committee(&system(), committee.clone(), IdempotentReply::NONE).await;
    made.expect("a committee");
    let anna = Person::new(PersonId::next(office.app.ids()), office.programme, name("Anna"));
    let anna = office.app.create_person(&system(), anna, IdempotentReply::NONE).await;
    let anna = anna.expect("a person").executed().expect("fresh").value.id;
    let chair = Role { person: Some(anna), ..role_in(office, &committee, "chair", "2005") };
    let chair = office.app.create_role(&system(), chair, IdempotentReply::NONE).await;
    let chair = chair.expect("a role").executed().expect("fresh").value.id;
    promise(office, bond, "Share what works", Responsible::person_alone(anna), "2009-03").await;
    Told { bond, committee, anna, chair }
}

async fn promise(office: &Office, bond: PartnershipId, title: &str, owner: Responsible, due: &str) {
    let plan = office.new_plan(bond, "2008-06");
    let plan = office.app.create_action_plan(&system(), plan, IdempotentReply::NONE).await;
    let plan = plan.expect("a plan").executed().expect("fresh").value.id;
    let title = Title::new(title).expect("a title");
    let facts = PointFacts { title, host: Some(PointOwner::named(owner)), ..new_point(plan, due) };
    let point =
        office.app.create_action_point(&system(), office.programme, facts, IdempotentReply::NONE).await;
    point.expect("a point");
}

async fn log(office: &Office, bond: PartnershipId, dates: impl IntoIterator<Item = String>) {
    for date in dates {
        let visit = office.new_visit(bond, &date);
        office.app.create_engagement(&system(), visit, IdempotentReply::NONE).await.expect("logged");
    }
}

async fn of_bond(office: &Office, caller: &Caller, bond: PartnershipId) -> HandoverRecords {
    let as_of = Some(day("2009-06-01"));
    let found = office.app.get_partnership_handover(caller, office.programme, bond, as_of).await;
    found.expect("a handover")
}

async fn a_bond_is_handed_over_with_what_is_open_and_what_happened(office: Office) {
    let Told { bond, committee, anna, .. } = told(&office).await;
    log(&office, bond, ["2007", "2008-05-31", "2008-06-02", "2009-05", "2009-06-02"].map(str::to_owned))
        .await;
    let found = of_bond(&office, &system(), bond).await;
    let handover = found.handover();
    let titles: Vec<_> = handover.promises.iter().map(|point| point.title.as_str()).collect();
    assert_eq!(titles, ["Share what works"]);
    let dates = handover.engagements.iter().filter_map(|it| it.dates.start()).map(|date| date.to_string());
    assert_eq!(dates.collect::<Vec<_>>(), ["2009-05", "2008-06-02"]);
    assert!(handover.contacts.iter().any(|contact| contact.who.person() == Some(anna)));
    assert!(handover.next_touch.is_some(), "a bond always has a next touch");
    let called = |id: RecordRef| found.names.get(&id).map(String::as_str);
    assert_eq!(
        (called(anna.into()), called(committee.id.into())),
        (Some("Anna"), Some("Birmingham Committee"))
    );
    let nowhere = PartnershipId::next(office.app.ids());
    let missing = office.app.get_partnership_handover(&system(), office.programme, nowhere, None).await;
    assert_eq!(missing.err(), Some(AppError::NotFound(nowhere.into())));
}

async fn a_role_is_handed_over_with_what_its_holder_owes(office: Office) {
    let Told { bond, committee, chair, .. } = told(&office).await;
    let offices = Responsible::new(None, None, Some(committee.id), None).expect("a committee");
    promise(&office, bond, "A joint report", offices, "2009").await;
    let as_of = Some(day("2009-06-01"));
    let found = office.app.get_role_handover(&system(), office.programme, chair, as_of).await.expect("one");
    let handover = found.handover();
    let titles: Vec<_> = handover.promises.iter().map(|point| point.title.as_str()).collect();
    assert_eq!(titles, ["Share what works"], "what the committee promised stays with the committee");
    assert!(
        handover.contacts.iter().all(|contact| contact.who.person().is_none()),
        "nobody writes to themselves"
    );
    assert_eq!(found.partnership.as_ref().map(|it| it.partnership.value.id()), Some(bond));
}

async fn a_document_does_not_grow_with_the_log(office: Office) {
    let Told { bond, .. } = told(&office).await;
    log(&office, bond, (1..=45).map(|number| format!("2009-{:02}-{:02}", number % 5 + 1, number % 28 + 1)))
        .await;
    log(&office, bond, (1950..2000).map(|year| year.to_string())).await;
    let found = of_bond(&office, &system(), bond).await;
    assert_eq!((found.handover().engagements.len(), found.more.get("engagements")), (40, Some(&5)));
}

async fn who_a_person_is_is_told_to_the_desk_alone_unless_they_consented(office: Office) {
    let Told { bond, anna, .. } = told(&office).await;
    let desk = office.caller(&[Scope::ProgrammeRead, Scope::PersonRead]);
    assert!(of_bond(&office, &desk, bond).await.persons.contains_key(&anna));
    let member = office.caller(&[Scope::ProgrammeRead]);
    let found = of_bond(&office, &member, bond).await;
    assert_eq!((found.persons.len(), found.names.get(&RecordRef::from(anna))), (0, None));
    assert_eq!(found.handover().promises.len(), 1, "what is open is no secret");
}
