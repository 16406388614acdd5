//! Stories of calendar feeds: what is in them, who may make them, and when their link leads nowhere.

use sister_cities_app::calendar_feed::{FeedContent, LinkedFeed, OpenFeed};
use sister_cities_app::privacy::ErasureRun;
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubject};
use sister_cities_domain::due::DueKind;
use sister_cities_domain::engagement::{Engagement, Organisation, Side};
use sister_cities_domain::id::{CalendarFeedId, EngagementId};
use sister_cities_domain::responsible::Responsible;
use sister_cities_storage::{Revision, Versioned};

use crate::committees::committee_of;
use crate::harness::{Office, at, name, system};
use crate::stories;

stories! {
    a_feed_holds_what_its_subject_is_about;
    a_feed_has_the_same_tag_until_something_changes_or_what_is_due_has_another_day;
    an_old_link_leads_nowhere_and_so_does_that_of_somebody_who_was_erased;
    a_feed_takes_the_right_to_read_what_flows_out;
}

async fn feed(office: &Office, subject: FeedSubject) -> LinkedFeed {
    let feed = CalendarFeed {
        id: CalendarFeedId::next(office.app.ids()),
        programme: office.programme,
        subject,
        name: name("A calendar"),
        link: None,
    };
    let made = office.app.create_calendar_feed(&system(), feed, IdempotentReply::NONE).await;
    let made = made.expect("a feed").executed().expect("fresh");
    let of = (office.programme, made.value.id);
    office.app.link_calendar_feed(&system(), of, made.revision).await.expect("a link")
}

async fn open(office: &Office, linked: &LinkedFeed) -> Result<OpenFeed, AppError> {
    let of = (office.programme, linked.feed.value.id);
    office.app.open_calendar_feed(of, linked.secret.reveal()).await
}

async fn content(office: &Office, subject: FeedSubject) -> FeedContent {
    let linked = feed(office, subject).await;
    let open = open(office, &linked).await.expect("it opens");
    office.app.read_calendar_feed(&open).await.expect("a read")
}

fn ids(found: &FeedContent) -> Vec<EngagementId> {
    found.engagements.iter().map(|engagement| engagement.value.id).collect()
}

async fn add(office: &Office, engagement: Engagement) -> Versioned<Engagement> {
    let made = office.app.create_engagement(&system(), engagement, IdempotentReply::NONE).await;
    made.expect("an engagement").executed().expect("fresh")
}

async fn a_feed_holds_what_its_subject_is_about(office: Office) {
    let milan = office.sister("Milan", "1973-05-04").await.partnership.value.id();
    let osaka = office.sister("Osaka", "1974-11-09").await.partnership.value.id();
    let rossi = office.person("M. Rossi").await.value.id;
    let in_milan = add(&office, office.new_visit(milan, "2008-05-01")).await.value.id;
    let stood =
        Organisation { represented_by: vec![rossi], ..Organisation::named(name("The choir"), Side::Host) };
    let in_osaka = Engagement { organisations: vec![stood], ..office.new_visit(osaka, "2008-06-01") };
    let in_osaka = add(&office, in_osaka).await.value.id;
    let committee = committee_of(&office, milan);
    let made = office.app.create_committee(&system(), committee, IdempotentReply::NONE).await;
    let committee = made.expect("a committee").executed().expect("fresh").value.id;

    let all = content(&office, FeedSubject::Programme).await;
    assert_eq!((ids(&all), all.due.len()), (vec![in_osaka, in_milan], 0), "the latest first");
    assert_eq!(all.partners.values().collect::<Vec<_>>(), ["Milan", "Osaka"]);
    let of_milan = content(&office, FeedSubject::Partnership(milan)).await;
    assert_eq!(ids(&of_milan), [in_milan]);
    let of_committee = content(&office, FeedSubject::Committee(committee)).await;
    assert_eq!(ids(&of_committee), [in_milan]);
    assert!(!of_committee.due.is_empty(), "it has no chair");
    assert!(of_committee.due.iter().all(|item| {
        item.committee == Some(committee)
            || item.owner.as_ref().and_then(Responsible::committee) == Some(committee)
    }));
    assert_eq!(ids(&content(&office, FeedSubject::Person(rossi)).await), [in_osaka]);
    let due = content(&office, FeedSubject::DueWork).await;
    assert!(due.engagements.is_empty() && due.due.iter().any(|item| item.kind == DueKind::NoChair));
}

async fn a_feed_has_the_same_tag_until_something_changes_or_what_is_due_has_another_day(office: Office) {
    let milan = office.sister("Milan", "1973-05-04").await.partnership.value.id();
    let (bond, due) =
        (feed(&office, FeedSubject::Partnership(milan)).await, feed(&office, FeedSubject::DueWork).await);
    let tags = async || {
        let (bond, due) = (open(&office, &bond).await, open(&office, &due).await);
        (bond.expect("it opens").tag(), due.expect("it opens").tag())
    };
    let before = tags().await;
    assert_eq!(tags().await, before);
    let linked = open(&office, &due).await.expect("it opens");
    let first = office.app.read_calendar_feed(&linked).await.expect("a read");
    assert_eq!(office.app.read_calendar_feed(&linked).await, Ok(first), "the same tag, the same content");
    assert_eq!(tags().await, before, "reckoning what is due is no change");
    office.clock.set(at(2030, 1, 2));
    let on_another_day = tags().await;
    assert_eq!(on_another_day.0, before.0);
    assert_ne!(on_another_day.1, before.1);
    office.visit(milan, "2008-06-01").await;
    let after_a_visit = tags().await;
    assert_ne!(after_a_visit.0, on_another_day.0);
    assert_ne!(after_a_visit.1, on_another_day.1);
}

async fn an_old_link_leads_nowhere_and_so_does_that_of_somebody_who_was_erased(office: Office) {
    let rossi = office.person("M. Rossi").await.value.id;
    let old = feed(&office, FeedSubject::Person(rossi)).await;
    let id = (office.programme, old.feed.value.id);
    let nothing = AppError::NotFound(id.1.into());
    assert_eq!(office.app.open_calendar_feed(id, "").await.err(), Some(nothing.clone()));
    assert!(open(&office, &old).await.is_ok());
    let new = office.app.link_calendar_feed(&system(), id, old.feed.revision).await.expect("a link");
    assert_eq!(open(&office, &old).await.err(), Some(nothing.clone()));
    assert!(open(&office, &new).await.is_ok());
    office.app.erase_recorded_person(&system(), rossi, ErasureRun::Real).await.expect("erased");
    assert_eq!(open(&office, &new).await.err(), Some(nothing));
}

async fn a_feed_takes_the_right_to_read_what_flows_out(office: Office) {
    let made = CalendarFeed {
        id: CalendarFeedId::next(office.app.ids()),
        programme: office.programme,
        subject: FeedSubject::DueWork,
        name: name("Due"),
        link: None,
    };
    let (app, id) = (&office.app, (office.programme, made.id));
    let teller = office.caller(&[Scope::NotificationWrite]);
    let refused = AppError::Forbidden { needed: Scope::ProgrammeRead };
    let create = app.create_calendar_feed(&teller, made.clone(), IdempotentReply::NONE).await;
    assert_eq!(create.err(), Some(refused.clone()));
    let both = office.caller(&[Scope::NotificationWrite, Scope::ProgrammeRead]);
    app.create_calendar_feed(&both, made, IdempotentReply::NONE).await.expect("a feed");
    assert_eq!(app.link_calendar_feed(&teller, id, Revision::FIRST).await.err(), Some(refused));
    app.delete_calendar_feed(&teller, id, Revision::FIRST).await.expect("it is removed");
}
