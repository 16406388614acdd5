//! What whoever takes over is told, in which order, and what the file is found not to say.

use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::committee::{CommitteeTask, RequiredFunctions};
use crate::engagement::{Direction, EngagementDates, Foci, Focus, Side};
use crate::id::{
    ActionPlanId, ActionPointId, CommitteeId, EngagementId, PersonId, PlaceId, ProgrammeId, RoleId,
};
use crate::partnership::tests::fixtures;
use crate::promise::{ActionPlan, ActionPlanKind, PointNumber, PointOwner};
use crate::responsible::Responsible;
use crate::role::{HeldIn, RoleFunction, Tenure};
use crate::value::{FreeText, Name, Note, Period, Title};

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn title(text: &str) -> Title {
    Title::new(text).expect(text)
}

fn programme() -> ProgrammeId {
    ProgrammeId::from_uuid(uuid(1))
}

/// Chicago is place 1, Birmingham place 2.
fn birmingham() -> Partnership {
    fixtures::sisters_since("1993")
}

fn point(number: u32, due: &str, person: u128) -> ActionPoint {
    let plan = ActionPlan {
        id: ActionPlanId::from_uuid(uuid(1)),
        programme: programme(),
        partnership: birmingham().id(),
        agreement: None,
        title: title("Best Practice action plan"),
        kind: ActionPlanKind::ActionPlan,
        runs: Period::ALWAYS,
        check: None,
        last_check: None,
        source: None,
        notes: Vec::new(),
    };
    let id = ActionPointId::from_uuid(uuid(number.into()));
    let number = PointNumber::new(number).expect("a number");
    let theirs = Responsible::office_alone(Name::new("Jobcentre Plus").expect("a name"));
    ActionPoint {
        host: (person > 0)
            .then(|| PointOwner::named(Responsible::person_alone(PersonId::from_uuid(uuid(person))))),
        counterpart: Some(PointOwner::named(theirs)),
        ..ActionPoint::promised(id, &plan, number, title("Share what works"), due.parse().ok())
    }
}

fn visit(number: u128, date: &str) -> Engagement {
    let dates = date.parse().map_or(EngagementDates::UNDATED, EngagementDates::on);
    Engagement::held(
        EngagementId::from_uuid(uuid(number)),
        (programme(), birmingham().id()),
        title("Workforce Best Practice Session"),
        Foci::one(Focus::Business),
        Direction::Inbound,
        dates,
    )
}

fn committee(place: Option<PlaceId>) -> Committee {
    Committee {
        id: CommitteeId::from_uuid(uuid(1)),
        programme: programme(),
        name: Name::new("Birmingham Committee").expect("a name"),
        task: CommitteeTask::Partnership(birmingham().id()),
        place,
        appointed_by: None,
        seats: None,
        term_months: None,
        functions: RequiredFunctions::default(),
        existed: Period::ALWAYS,
        source: None,
        notes: Vec::new(),
    }
}

fn role(number: u128, person: u128, held_in: HeldIn, function: RoleFunction) -> Role {
    Role {
        id: RoleId::from_uuid(uuid(number)),
        programme: programme(),
        person: (person > 0).then(|| PersonId::from_uuid(uuid(person))),
        held_in,
        function,
        office: None,
        tenure: Tenure::new("2005".parse().ok(), None, None).expect("days"),
        appointed_by: None,
        fills_term_of: None,
        successor: None,
        orphaned: None,
        source: None,
        notes: Vec::new(),
    }
}

fn in_committee() -> HeldIn {
    HeldIn::Committee(CommitteeId::from_uuid(uuid(1)))
}

fn nothing<'a>() -> HandoverFile<'a> {
    HandoverFile {
        host: fixtures::place(1),
        partnership: None,
        role: None,
        agreements: &[],
        committees: &[],
        roles: &[],
        promises: &[],
        engagements: &[],
        next_touch: None,
    }
}

#[test]
fn what_is_due_first_and_what_happened_last_stand_on_top() {
    let promises = [point(1, "", 0), point(2, "2009", 0), point(3, "2008-09", 0)];
    let engagements = [
        visit(1, "2007-06-01"),
        visit(2, "2008-05"),
        visit(3, "2007-05-31"),
        visit(4, "2008-06-10"),
        visit(5, ""),
        Engagement { happening: Happening::CalledOff, ..visit(6, "2008-01") },
    ];
    let file = HandoverFile { promises: &promises, engagements: &engagements, ..nothing() };
    let found = handover(&file, day("2008-06-01"));
    let numbers: Vec<u32> = found.promises.iter().map(|point| point.number.get()).collect();
    assert_eq!(numbers, [3, 2, 1], "without a day last");
    let visits: Vec<u128> = found.engagements.iter().map(|it| it.id.uuid().as_u128()).collect();
    assert_eq!(visits, [2, 1], "of the last twelve months, the latest first");
}

#[test]
fn a_role_hands_over_the_promises_of_its_holder_alone() {
    let promises = [point(1, "2009", 7), point(2, "2008", 8), point(3, "2010", 0)];
    let chair = role(1, 7, in_committee(), RoleFunction::Chair);
    let committees = [committee(None)];
    let roles = [chair.clone(), role(2, 8, in_committee(), RoleFunction::Secretary)];
    let file = HandoverFile {
        role: Some(&chair),
        committees: &committees,
        roles: &roles,
        promises: &promises,
        ..nothing()
    };
    let found = handover(&file, day("2008-06-01"));
    assert_eq!(found.promises.iter().map(|point| point.number.get()).collect::<Vec<_>>(), [1]);
    let people: Vec<_> =
        found.contacts.iter().map(|contact| contact.who.person().map(|id| id.uuid().as_u128())).collect();
    assert_eq!(people, [None, Some(8)], "Jobcentre Plus, and the secretary; not whoever leaves");
    let unknown = Role { person: None, ..chair.clone() };
    let file = HandoverFile { role: Some(&unknown), ..file };
    assert_eq!(handover(&file, day("2008-06-01")).promises.len(), 0, "what an office owes goes on");
}

#[test]
fn one_writes_to_the_other_side_first_and_to_nobody_twice() {
    let there = HeldIn::Place(fixtures::place(2));
    let mut lord_mayor = role(1, 0, there, RoleFunction::Mayor);
    lord_mayor.office = Name::new("Lord Mayor of Birmingham").ok();
    let mut former = role(2, 0, there, RoleFunction::Mayor);
    former.tenure = Tenure::new("2004".parse().ok(), "2005".parse().ok(), None).expect("days");
    let roles = [role(3, 7, in_committee(), RoleFunction::Chair), former, lord_mayor];
    let committees = [committee(Some(fixtures::place(1)))];
    let promises = [point(1, "2009", 7), point(2, "2010", 7)];
    let partnership = birmingham();
    let file = HandoverFile {
        partnership: Some(&partnership),
        committees: &committees,
        roles: &roles,
        promises: &promises,
        ..nothing()
    };
    let found = handover(&file, day("2008-06-01"));
    let sides: Vec<_> =
        found.contacts.iter().map(|contact| (contact.side, contact.who.office().map(Name::as_str))).collect();
    assert_eq!(
        sides,
        [
            (Side::Counterpart, Some("Lord Mayor of Birmingham")),
            (Side::Counterpart, Some("Jobcentre Plus")),
            (Side::Host, Some("chair")),
        ]
    );
    let first_owed = ActionPointId::from_uuid(uuid(1));
    assert_eq!(found.contacts[1].because, ContactReason::Promise { point: first_owed });
}

#[test]
fn why_this_city_is_told_in_the_order_of_time() {
    let text = FreeText::new("Both made steel and bicycles.").expect("text");
    let (partnership, _) = birmingham().note(Note { text, source: None });
    let file = HandoverFile { partnership: Some(&partnership), ..nothing() };
    let found = handover(&file, day("2008-06-01"));
    let kinds: Vec<_> = found.reasons.iter().map(|reason| (reason.kind, reason.text)).collect();
    assert_eq!(
        kinds,
        [
            (ReasonKind::Decision(crate::partnership::ActKind::Agree), Some("sister-city")),
            (ReasonKind::Note, Some("Both made steel and bicycles.")),
        ]
    );
}

#[test]
fn what_the_file_does_not_say_is_told_while_somebody_can_be_asked() {
    use UnsaidKind::{
        Agreement, Chair, Committee, Contact, Coverage, DueDate, Holder, OtherSide, Outcome, Owner,
        WhyThisCity,
    };

    let partnership = birmingham();
    let file = HandoverFile { partnership: Some(&partnership), ..nothing() };
    let kinds = |file: &HandoverFile<'_>| -> Vec<UnsaidKind> {
        handover(file, day("2008-06-01")).unsaid.iter().map(|unsaid| unsaid.kind).collect()
    };
    assert_eq!(kinds(&file), [WhyThisCity, Agreement, Coverage, Contact, OtherSide, Committee]);

    let committees = [committee(Some(fixtures::place(1)))];
    let roles = [role(1, 0, HeldIn::Place(fixtures::place(2)), RoleFunction::Mayor)];
    let (promises, engagements) = ([point(1, "", 0)], [visit(1, "2008-05")]);
    let file = HandoverFile {
        committees: &committees,
        roles: &roles,
        promises: &promises,
        engagements: &engagements,
        ..file
    };
    let found = kinds(&file);
    assert_eq!(found, [WhyThisCity, Agreement, Coverage, Outcome, Holder, Chair, Owner, DueDate]);
    let sentences: Vec<_> =
        handover(&file, day("2008-06-01")).unsaid.into_iter().map(|it| it.sentence).collect();
    insta::assert_snapshot!(sentences.join("\n"));

    let told =
        Engagement { outcomes: vec![FreeText::new("Five points").expect("text")], ..visit(1, "2008-05") };
    let chair = role(2, 7, in_committee(), RoleFunction::Chair);
    let (roles, engagements) = ([roles[0].clone(), chair], [told]);
    let promises = [point(1, "2009", 7)];
    let file = HandoverFile { roles: &roles, engagements: &engagements, promises: &promises, ..file };
    assert_eq!(kinds(&file), [WhyThisCity, Agreement, Coverage, Holder]);
}

#[test]
fn a_document_stays_a_document_however_much_there_is() {
    let roles: Vec<Role> =
        (1..100).map(|number| role(number, 0, in_committee(), RoleFunction::Member)).collect();
    let committees = [committee(None)];
    let partnership = birmingham();
    let file =
        HandoverFile { partnership: Some(&partnership), committees: &committees, roles: &roles, ..nothing() };
    let found = handover(&file, day("2008-06-01"));
    assert_eq!((found.contacts.len(), found.contacts_left_out), (40, 59));
    assert_eq!(found.unsaid.len(), 40);
    assert!(found.unsaid_left_out > 59, "{}", found.unsaid_left_out);
}
