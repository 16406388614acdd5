//! Every use case, asked by those who may not.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_app::due::ListDueQuery;
use sister_cities_app::notification::ListNotificationsQuery;
use sister_cities_app::partnership::{Beginning, NewDecision, NewPartnership, PartnershipAddition};
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::promise::PointStep;
use sister_cities_app::token::NewToken;
use sister_cities_app::vitality::{TimelineQuery, VitalityQuery};
use sister_cities_app::{AppError, CountedPart, HistoryQuery, IdempotentReply, Times};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Terms, VersionText};
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubject};
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::id::{
    ActionPointId, AgreementId, CalendarFeedId, DeliveryId, DueId, EngagementId, PartnershipId, PersonId,
    SeededIds, SubscriptionId, TokenId,
};
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_domain::partnership::{Act, Decision, Record};
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::{PlanCheck, PointAct};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{Ending, OpenPromises};
use sister_cities_domain::value::Title;
use sister_cities_domain::vitality::TimelineStep;
use sister_cities_storage::notification::{DeliveryQuery, Resend};
use sister_cities_storage::{JournalQuery, Listing, Revision, Sequence};

use crate::committees::{committee_of, role_in};
use crate::harness::{Office, caller, chicago, day, episode, name, new_point, system};
use crate::stories;

stories! {
    whoever_lacks_the_scope_is_told_which_it_takes_whatever_is_asked;
    whoever_is_of_another_programme_is_told_that_there_is_nothing;
}

type Answers = Vec<(&'static str, Scope, Option<AppError>)>;

/// Asks for each, and says what it took and what the answer was.
macro_rules! ask {
    ($app:ident, $caller:ident: $($needs:ident: $name:ident $(::<$record:ty>)? ($($argument:expr),*);)+) => {
        vec![$((stringify!($name), $needs, $app.$name$(::<$record>)?($caller, $($argument),*).await.err())),+]
    };
}

/// Asks for everything about promises.
async fn promises(office: &Office, caller: &Caller, bond: PartnershipId) -> Answers {
    use Scope::{ProgrammeRead, PromiseWrite};
    let (app, programme, first) = (&office.app, office.programme, Revision::FIRST);
    let plan = office.new_plan(bond, "2008-06");
    let (point, point_id) = (new_point(plan.id, "2009"), ActionPointId::next(&SeededIds::new(78)));
    let check = PlanCheck { on: day("2008-06-04"), remark: None };
    let start = PointStep { act: PointAct::Start, on: None, remark: None };
    ask! { app, caller:
        PromiseWrite: create_action_plan(plan.clone(), IdempotentReply::NONE);
        PromiseWrite: replace_action_plan(plan.clone(), first);
        PromiseWrite: check_action_plan((programme, plan.id), first, check, IdempotentReply::NONE);
        PromiseWrite: delete_action_plan(programme, plan.id, first);
        ProgrammeRead: get_action_plan_progress(programme, plan.id, Times::default());
        PromiseWrite: create_action_point(programme, point.clone(), IdempotentReply::NONE);
        PromiseWrite: replace_action_point((programme, point_id), first, point);
        PromiseWrite: step_action_point((programme, point_id), first, start, IdempotentReply::NONE);
        PromiseWrite: delete_action_point(programme, point_id, first);
    }
}

/// Asks for who is told what: somebody wants to hear of vacant chairs.
async fn notifications(office: &Office, caller: &Caller) -> Answers {
    use Scope::{JournalRead, NotificationWrite, PersonRead};
    let (app, programme, first) = (&office.app, office.programme, Revision::FIRST);
    let ids = SeededIds::new(79);
    let (id, person) = (SubscriptionId::next(&ids), PersonId::next(&ids));
    let wish = Subscription {
        id,
        programme,
        person,
        events: BTreeSet::new(),
        reminders: [DueKind::NoChair].into(),
        partnership: None,
        committee: None,
        rhythm: Rhythm::Daily,
        remark: None,
    };
    let feed = CalendarFeed {
        id: CalendarFeedId::next(&ids),
        programme,
        subject: FeedSubject::DueWork,
        name: "Due".parse().expect("a name"),
        link: None,
    };
    let of_feed = (programme, feed.id);
    let sent = DeliveryId::from_uuid(id.uuid());
    let inbox = ListNotificationsQuery { unread: false, after: None, limit: 1 };
    ask! { app, caller:
        NotificationWrite: create_subscription(wish.clone(), IdempotentReply::NONE);
        NotificationWrite: replace_subscription(wish, first);
        NotificationWrite: delete_subscription((programme, id), first);
        NotificationWrite: create_calendar_feed(feed, IdempotentReply::NONE);
        NotificationWrite: link_calendar_feed(of_feed, first);
        NotificationWrite: delete_calendar_feed(of_feed, first);
        JournalRead: list_deliveries(programme, DeliveryQuery::default());
        JournalRead: get_delivery(programme, sent);
        NotificationWrite: resend_deliveries(programme, Resend::Delivery(sent));
        NotificationWrite: test_delivery(programme, person);
        PersonRead: list_notifications(programme, person, inbox);
        PersonRead: count_unread_notifications(programme, person);
        NotificationWrite: mark_notifications_read(programme, person, None);
    }
}

/// Asks for everything about a programme, and says what it took and what the answer was.
#[expect(clippy::too_many_lines, reason = "one line for each use case")]
async fn everything(office: &Office, caller: &Caller) -> Answers {
    use Scope::{
        Admin, AgreementWrite, CareRead, CareWrite, DueWrite, EngagementWrite, JournalRead, PartnershipWrite,
        PersonWrite, PlaceWrite, ProgrammeRead,
    };
    let (app, programme, first) = (&office.app, office.programme, Revision::FIRST);
    let ids = SeededIds::new(77);
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let (agreement, engagement) = (AgreementId::next(&ids), EngagementId::next(&ids));
    let committee = committee_of(office, bond);
    let seat = role_in(office, &committee, "chair", "2005");
    let (its, theirs) = (committee.id, (programme, seat.id));
    let ending = Ending { on: "2008".parse().expect("a year"), open_promises: OpenPromises::None };
    let item = DueId::of(DueKind::Anniversary, bond.into(), day("2008-05-04"));
    let desk = Responsible::office_alone(name("Desk officer"));
    let osaka = || office.city("Osaka");
    let today = day("2008-06-04");
    let step = TimelineStep::Months(NonZeroU32::MIN);
    let create = NewPartnership {
        members: vec![office.chicago],
        beginning: Beginning::Agreed { episode: episode("sister-city", ""), authority: None },
        decisions: Vec::new(),
        record: Record::default(),
        notes: Vec::new(),
    };
    let draft = NewAgreement {
        partnership: bond,
        parent: None,
        title: Title::new("Agreement").expect("a title"),
        parties: Vec::new(),
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms::default(),
        origin: Origin::Draft,
    };
    let propose = AgreementStep::ProposeVersion { version: 1, on: None };
    let token = NewToken {
        programme: Some(programme),
        name: name("t"),
        scopes: [ProgrammeRead].into(),
        expires_at: None,
    };
    let history = HistoryQuery { record: bond.into(), after: None, limit: 1 };
    let journal = JournalQuery { after: Sequence::START, subject: None, limit: 1 };
    let reaffirm = NewDecision::Other(Decision::new(Act::Reaffirm { statement: None }));
    let mut answers = ask! { app, caller:
        ProgrammeRead: get_programme(programme, None);
        Admin: change_programme(programme, first, ProgrammeChange::default());
        ProgrammeRead: get::<Place>(programme, office.chicago, None);
        ProgrammeRead: list::<Place>(programme, Listing::by_default(1), None);
        PlaceWrite: create_place(osaka(), IdempotentReply::NONE);
        PlaceWrite: replace_place(osaka(), first);
        ProgrammeRead: get_partnership(programme, bond, Times::default());
        ProgrammeRead: partnership_advice(programme, bond);
        ProgrammeRead: list_partnerships(programme, Listing::by_default(1), Times::default());
        PartnershipWrite: create_partnership(programme, create, IdempotentReply::NONE);
        PartnershipWrite: change_partnership(programme, bond, first, PartnershipAddition::default());
        PartnershipWrite: decide_partnership(programme, bond, first, reaffirm, IdempotentReply::NONE);
        PartnershipWrite: set_record(programme, bond, first, Record::default());
        ProgrammeRead: list_agreements(programme, Listing::by_default(1), Times::default());
        ProgrammeRead: get_version_text(programme, agreement, 1);
        AgreementWrite: create_agreement(programme, draft, IdempotentReply::NONE);
        AgreementWrite: step_agreement(programme, agreement, first, propose, IdempotentReply::NONE);
        ProgrammeRead: get_engagement(programme, engagement, Times::default());
        ProgrammeRead: list_engagements(programme, Listing::by_default(1), Times::default());
        EngagementWrite: create_engagement(office.new_visit(bond, "2008"), IdempotentReply::NONE);
        EngagementWrite: replace_engagement(office.new_visit(bond, "2008"), first);
        ProgrammeRead: count_partnerships(programme, &CountQuery::headline(today), None);
        ProgrammeRead: list_counted_partnerships(programme, &CountQuery::headline(today), None, CountedPart::default());
        ProgrammeRead: count_exchanges(programme, None, None);
        ProgrammeRead: get_vitality(programme, bond, Times::default());
        ProgrammeRead: list_vitality(programme, VitalityQuery::default());
        ProgrammeRead: get_vitality_timeline(programme, bond, TimelineQuery { from: today, to: today, step });
        CareRead: read_care(programme, engagement);
        CareWrite: set_care(programme, engagement, first, None);
        PersonWrite: create_committee(committee.clone(), IdempotentReply::NONE);
        PersonWrite: replace_committee(committee, first);
        PersonWrite: delete_committee(programme, its, first);
        ProgrammeRead: list_committees(programme, Listing::by_default(1), Times::default());
        ProgrammeRead: get_vacancies(programme, its, Times::default());
        PersonWrite: create_role(seat.clone(), IdempotentReply::NONE);
        PersonWrite: replace_role(seat.clone(), first);
        PersonWrite: end_role(theirs, first, ending, IdempotentReply::NONE);
        PersonWrite: delete_role(programme, seat.id, first);
        ProgrammeRead: get_partnership_handover(programme, bond, None);
        ProgrammeRead: get_role_handover(programme, seat.id, None);
        ProgrammeRead: list_roles(programme, Listing::by_default(1), Times::default());
        ProgrammeRead: list_due(programme, ListDueQuery::default());
        ProgrammeRead: list_next_touches(programme, None, 1);
        DueWrite: snooze_due_item(programme, item, today, IdempotentReply::NONE);
        DueWrite: hand_due_item(programme, item, desk, IdempotentReply::NONE);
        DueWrite: finish_due_item(programme, item, None, IdempotentReply::NONE);
        JournalRead: read_journal(programme, journal);
        JournalRead: read_history(programme, history);
        Admin: list_tokens(Some(programme));
        Admin: create_token(token);
        Admin: revoke_token(Some(programme), TokenId::next(&ids));
    };
    answers.extend(promises(office, caller, bond).await);
    answers.extend(notifications(office, caller).await);
    answers
}

async fn whoever_lacks_the_scope_is_told_which_it_takes_whatever_is_asked(office: Office) {
    let nobody = office.caller(&[]);
    for (asked, needed, answer) in Box::pin(everything(&office, &nobody)).await {
        assert_eq!(answer, Some(AppError::Forbidden { needed }), "{asked}");
    }
    let (programme, host) = chicago(office.app.ids());
    let create = office.app.create_programme(&nobody, programme, host, IdempotentReply::NONE).await;
    assert_eq!(create.err(), Some(AppError::OfOneProgramme { needed: Scope::Admin }));
    let list = office.app.list_programmes(&nobody, None, 10, None).await;
    assert_eq!(list.err(), Some(AppError::Forbidden { needed: Scope::ProgrammeRead }));
}

async fn whoever_is_of_another_programme_is_told_that_there_is_nothing(office: Office) {
    let (programme, host) = chicago(office.app.ids());
    let other = programme.id;
    office.app.create_programme(&system(), programme, host, IdempotentReply::NONE).await.expect("a second");
    let stranger = caller(Some(other), &Scope::ALL);
    for (asked, _, answer) in Box::pin(everything(&office, &stranger)).await {
        assert_eq!(answer, Some(AppError::NotFound(office.programme.into())), "{asked}");
    }
}
