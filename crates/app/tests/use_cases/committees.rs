//! Stories of committees and of the roles that people hold in them.

use sister_cities_app::due::ListDueQuery;
use sister_cities_app::promise::PointFacts;
use sister_cities_app::{AppError, IdempotentReply, RefusedTransition, Times};
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{CommitteeId, PartnershipId, PersonId, RoleId, SeededIds};
use sister_cities_domain::person::Person;
use sister_cities_domain::promise::{ActionPoint, PointOwner};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{Ending, HeldIn, OpenPromises, Role, RoleRefusal, Tenure};
use sister_cities_domain::value::{FreeText, Period};
use sister_cities_storage::catalogue::{action_point, role};
use sister_cities_storage::{Listing, Revision, Versioned};

use crate::harness::{Office, at, day, name, new_point, system};
use crate::stories;

stories! {
    a_role_is_active_as_of_the_days_on_which_it_is_held;
    r25_a_role_ends_once_and_names_a_successor_that_is_there;
    r25_what_its_holder_owes_goes_to_the_successor_in_the_same_commit;
    r25_what_was_promised_under_a_merged_record_is_owed_by_whom_it_stands_for;
    a_committee_with_roles_is_not_deleted;
    r24_what_is_vacant_is_told_for_the_day_that_is_asked_about;
}

/// A committee of three for a bond.
pub(crate) fn committee_of(office: &Office, bond: PartnershipId) -> Committee {
    Committee {
        id: CommitteeId::next(office.app.ids()),
        programme: office.programme,
        name: name("Birmingham Committee"),
        task: CommitteeTask::Partnership(bond),
        place: Some(office.chicago),
        appointed_by: None,
        seats: std::num::NonZeroU32::new(3),
        term_months: None,
        functions: RequiredFunctions::default(),
        existed: Period::ALWAYS,
        source: None,
        notes: Vec::new(),
    }
}

/// A role in a committee since then.
pub(crate) fn role_in(office: &Office, committee: &Committee, function: &str, from: &str) -> Role {
    Role {
        id: RoleId::next(office.app.ids()),
        programme: office.programme,
        person: None,
        held_in: HeldIn::Committee(committee.id),
        function: function.parse().expect("a function"),
        office: None,
        tenure: Tenure::new(from.parse().ok(), None, None).expect("days"),
        appointed_by: None,
        fills_term_of: None,
        successor: None,
        orphaned: None,
        source: None,
        notes: Vec::new(),
    }
}

async fn birmingham(office: &Office) -> Committee {
    let bond = office.sister("Birmingham", "1993-09").await.partnership.value.id();
    let created =
        office.app.create_committee(&system(), committee_of(office, bond), IdempotentReply::NONE).await;
    created.expect("created").executed().expect("fresh").value
}

async fn created(office: &Office, role: Role) -> Versioned<Role> {
    let created = office.app.create_role(&system(), role, IdempotentReply::NONE).await;
    created.expect("created").executed().expect("fresh")
}

async fn end(
    office: &Office,
    role: &Versioned<Role>,
    on: &str,
    open: OpenPromises,
) -> Result<Versioned<Role>, AppError> {
    let ending = Ending { on: on.parse().expect("a date"), open_promises: open };
    let of = (office.programme, role.value.id);
    let ended = office.app.end_role(&system(), of, role.revision, ending, IdempotentReply::NONE).await?;
    ended.executed()
}

async fn a_role_is_active_as_of_the_days_on_which_it_is_held(office: Office) {
    let committee = birmingham(&office).await;
    let chair = created(&office, role_in(&office, &committee, "chair", "2005-05")).await;
    let ended = end(&office, &chair, "2008-06-30", OpenPromises::None).await.expect("it ends");
    let next = created(&office, role_in(&office, &committee, "chair", "2008-07-01")).await;
    let undated = created(&office, role_in(&office, &committee, "member", "")).await;
    let held = async |as_of: &str| {
        let listing = Listing::by_default(10).filter(role::COMMITTEE.is(committee.id));
        let times = Times { as_of: as_of.parse().ok(), recorded_at: None };
        let page = office.app.list_roles(&system(), office.programme, listing, times).await.expect("a page");
        page.items.into_iter().map(|role| role.value.id).collect::<Vec<_>>()
    };
    let [first, next, undated] = [ended.value.id, next.value.id, undated.value.id];
    assert_eq!(held("").await, [next, first, undated], "all there are, the latest first");
    assert_eq!(held("2005-04-30").await, [undated]);
    assert_eq!(held("2008-06-30").await, [first, undated]);
    assert_eq!(held("2008-07-01").await, [next, undated]);
}

async fn r25_a_role_ends_once_and_names_a_successor_that_is_there(office: Office) {
    let committee = birmingham(&office).await;
    let chair = created(&office, role_in(&office, &committee, "chair", "2005")).await;
    let stranger = RoleId::next(&SeededIds::new(77));
    let refused = end(&office, &chair, "2008", OpenPromises::HandedTo(stranger)).await;
    let Err(AppError::Invalid(fields)) = refused else { panic!("{refused:?}") };
    assert_eq!(fields[0].path, "/successor");

    let next = created(&office, role_in(&office, &committee, "chair", "2008")).await;
    let ended = end(&office, &chair, "2008", OpenPromises::HandedTo(next.value.id)).await.expect("it ends");
    assert_eq!(ended.value.successor, Some(next.value.id));
    let again = end(&office, &ended, "2009", OpenPromises::None).await;
    let Err(AppError::Refused(RefusedTransition::Role(RoleRefusal::Ended { role, .. }))) = again else {
        panic!("{again:?}")
    };
    assert_eq!(role, chair.value.id);
    let delete = office.app.delete_role(&system(), office.programme, next.value.id, next.revision).await;
    assert!(matches!(delete, Err(AppError::Conflict(_))), "{delete:?}: it took over from another");
}

async fn person(office: &Office, called: &str) -> PersonId {
    let person = Person::new(PersonId::next(office.app.ids()), office.programme, name(called));
    let created = office.app.create_person(&system(), person, IdempotentReply::NONE).await;
    created.expect("created").executed().expect("fresh").value.id
}

/// A point of a new plan of the committee's bond that this person is to see to.
async fn promised(office: &Office, committee: &Committee, owner: PersonId) -> Versioned<ActionPoint> {
    let bond = committee.task.partnership().expect("a bond");
    let plan = office.new_plan(bond, "2008-06");
    let plan = office.app.create_action_plan(&system(), plan, IdempotentReply::NONE).await;
    let plan = plan.expect("a plan").executed().expect("fresh").value.id;
    let owner = PointOwner::named(Responsible::person_alone(owner));
    let facts = PointFacts { host: Some(owner), ..new_point(plan, "2009-03") };
    let point =
        office.app.create_action_point(&system(), office.programme, facts, IdempotentReply::NONE).await;
    point.expect("a point").executed().expect("fresh")
}

async fn r25_what_its_holder_owes_goes_to_the_successor_in_the_same_commit(office: Office) {
    let committee = birmingham(&office).await;
    let (anna, otto) = (person(&office, "Anna").await, person(&office, "Otto").await);
    let held_by = |person, from| Role { person: Some(person), ..role_in(&office, &committee, "chair", from) };
    let (chair, next) = (held_by(anna, "2005"), held_by(otto, "2008-07"));
    let (chair, next) = (created(&office, chair).await, created(&office, next).await);
    let point = promised(&office, &committee, anna).await;
    let point_now = async || {
        let found =
            office.app.database().programme(office.programme).get::<ActionPoint>(point.value.id).await;
        found.expect("a read").expect("a point")
    };

    let is_open = |refused: &Result<Versioned<Role>, AppError>| {
        let open = |refusal: &RefusedTransition| {
            matches!(refusal, RefusedTransition::Role(RoleRefusal::OpenPromises { open: 1, .. }))
        };
        matches!(refused, Err(AppError::Refused(refusal)) if open(refusal))
    };
    let refused = end(&office, &chair, "2008-06-30", OpenPromises::None).await;
    assert!(is_open(&refused), "{refused:?}");
    let tenure = Tenure::new("2005".parse().ok(), "2008-06-30".parse().ok(), None).expect("days");
    let quietly = Role { tenure, ..chair.value.clone() };
    let refused = office.app.replace_role(&system(), quietly, chair.revision).await;
    assert!(is_open(&refused), "nor does an edit end it: {refused:?}");
    assert_eq!(point_now().await, point, "nothing was written");

    end(&office, &chair, "2008-06-30", OpenPromises::HandedTo(next.value.id)).await.expect("it ends");
    let handed = point_now().await;
    let owner = handed.value.host.as_ref().map(|owner| owner.responsible.person());
    assert_eq!((owner, handed.revision), (Some(Some(otto)), point.revision.next()));
    let owes = async |person| {
        let listing = Listing::<ActionPoint>::by_default(10).filter(action_point::OWED_BY.has(person));
        office.app.list(&system(), office.programme, listing, None).await.expect("a page").items.len()
    };
    assert_eq!((owes(anna).await, owes(otto).await), (0, 1));

    let reason = FreeText::new("The committee was dissolved.").expect("text");
    let orphaned = end(&office, &next, "2009", OpenPromises::Orphaned(reason)).await.expect("it ends");
    assert!(orphaned.value.orphaned.is_some());
    assert_eq!(point_now().await, handed, "it stays with whoever promised it");
}

async fn r25_what_was_promised_under_a_merged_record_is_owed_by_whom_it_stands_for(office: Office) {
    let committee = birmingham(&office).await;
    let (anna, ann) = (person(&office, "Anna Muster").await, person(&office, "Ann Muster").await);
    let otto = person(&office, "Otto").await;
    let held_by = |person, from| Role { person: Some(person), ..role_in(&office, &committee, "chair", from) };
    let (chair, next) = (held_by(anna, "2005"), held_by(otto, "2009-04"));
    let (chair, next) = (created(&office, chair).await, created(&office, next).await);
    let point = promised(&office, &committee, ann).await;
    let (app, programme) = (&office.app, office.programme);
    app.merge_person(&system(), programme, (anna, Revision::FIRST), ann).await.expect("merged");

    office.clock.set(at(2009, 3, 10));
    for asked in [anna, ann] {
        let listing = Listing::<ActionPoint>::by_default(10);
        let found = app.list_action_points(&system(), programme, listing, (Some(asked), None)).await;
        let found: Vec<_> = found.expect("a page").items.into_iter().map(|point| point.value.id).collect();
        assert_eq!(found, [point.value.id], "the list of points");
        // Also the roles that name the other record.
        let listing = Listing::<Role>::by_default(10).filter(role::PERSON.is(asked));
        let roles = app.list_roles(&system(), programme, listing, Times::default()).await.expect("roles");
        let roles: Vec<_> = roles.items.into_iter().map(|role| role.value.id).collect();
        assert_eq!(roles, [chair.value.id], "the list of roles");
        for as_of in [None, Some(day("2009-03-11"))] {
            let kind = Some(DueKind::PromiseDue);
            let query =
                ListDueQuery { person: Some(asked), as_of, kind, limit: 10, ..ListDueQuery::default() };
            let due = app.list_due(&system(), programme, query).await.expect("what is due").items;
            let subjects: Vec<_> = due.into_iter().map(|due| due.item.subject).collect();
            assert_eq!(subjects, [point.value.id.into()], "what is due as of {as_of:?}");
        }
    }
    let handed = app.get_role_handover(&system(), programme, chair.value.id, None).await.expect("a handover");
    assert_eq!(handed.handover().promises.len(), 1, "the handover");

    let refused = end(&office, &chair, "2009-03-31", OpenPromises::None).await;
    let Err(AppError::Refused(RefusedTransition::Role(RoleRefusal::OpenPromises { open: 1, .. }))) = refused
    else {
        panic!("{refused:?}")
    };
    end(&office, &chair, "2009-03-31", OpenPromises::HandedTo(next.value.id)).await.expect("it ends");
    let store = app.database().programme(programme);
    let now = store.get::<ActionPoint>(point.value.id).await.expect("a read").expect("a point").value;
    assert_eq!(now.host.and_then(|owner| owner.responsible.person()), Some(otto));
}

async fn a_committee_with_roles_is_not_deleted(office: Office) {
    let committee = birmingham(&office).await;
    let chair = created(&office, role_in(&office, &committee, "chair", "2005")).await;
    let delete = async || {
        let first = Revision::FIRST;
        office.app.delete_committee(&system(), office.programme, committee.id, first).await
    };
    let refused = delete().await;
    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    office
        .app
        .delete_role(&system(), office.programme, chair.value.id, chair.revision)
        .await
        .expect("deleted");
    assert_eq!(delete().await, Ok(()));
}

async fn r24_what_is_vacant_is_told_for_the_day_that_is_asked_about(office: Office) {
    let committee = birmingham(&office).await;
    let chair = created(&office, role_in(&office, &committee, "chair", "2005")).await;
    end(&office, &chair, "2008-06-30", OpenPromises::None).await.expect("it ends");
    let vacant = async |as_of: &str| {
        let times = Times { as_of: Some(day(as_of)), recorded_at: None };
        let found = office.app.get_vacancies(&system(), office.programme, committee.id, times).await;
        let found = found.expect("vacancies");
        (found.seats.map(|seats| seats.vacant), found.chair().and_then(|chair| chair.since))
    };
    assert_eq!(vacant("2008-06-30").await, (Some(2), None));
    assert_eq!(vacant("2008-09-01").await, (Some(3), Some(day("2008-07-01"))));
}
