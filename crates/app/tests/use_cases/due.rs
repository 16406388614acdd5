//! Stories of due work: what an officer is told, today and as of another day, and what becomes of the answers.

use chrono::{DateTime, NaiveDate, Utc};
use sister_cities_app::due::{DueItems, ListDueQuery};
use sister_cities_app::{AppError, IdempotentReply};
use sister_cities_domain::access::Scope;
use sister_cities_domain::due::{DueItem, DueKind};
use sister_cities_domain::id::{DueId, PersonId, SeededIds};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::FreeText;

use crate::harness::{Office, day, name, system};
use crate::stories;

stories! {
    what_is_due_today_is_read_as_last_reckoned_and_equals_what_the_records_say;
    an_item_is_snoozed_handed_and_done_and_refused_afterwards;
    the_next_touch_of_every_partnership_is_listed_the_earliest_first;
    nobody_answers_without_the_scope_nor_to_what_is_not_listed;
}

async fn asked(office: &Office, query: ListDueQuery) -> DueItems {
    let query = ListDueQuery { limit: 50, ..query };
    office.app.list_due(&system(), office.programme, query).await.expect("a list")
}

fn items(found: &DueItems) -> Vec<DueItem> {
    found.items.iter().map(|item| item.item.clone()).collect()
}

/// Noon on that day.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(12, 0, 0).expect("noon").and_utc()
}

async fn what_is_due_today_is_read_as_last_reckoned_and_equals_what_the_records_say(office: Office) {
    let milan = office.sister("Milan", "1973-05-04").await.partnership.value.id();
    let osaka = office.sister("Osaka", "1974-11-09").await.partnership.value.id();
    for step in 0..4 {
        let as_recorded = items(&asked(&office, ListDueQuery::default()).await);
        let today = asked(&office, ListDueQuery::default()).await.as_of;
        // As of tomorrow everything is reckoned from the records; tomorrow it is read.
        let tomorrow = today.succ_opt().expect("a day");
        let reckoned =
            items(&asked(&office, ListDueQuery { as_of: Some(tomorrow), ..ListDueQuery::default() }).await);
        office.clock.set(noon(tomorrow));
        assert_eq!(items(&asked(&office, ListDueQuery::default()).await), reckoned, "step {step}");
        let back = asked(&office, ListDueQuery { as_of: Some(today), ..ListDueQuery::default() }).await;
        assert_eq!(items(&back), as_recorded, "step {step}");
        match step {
            0 => office.visit(milan, "2008-06-01").await,
            1 => office.clock.set(noon(day("2009-04-30"))),
            _ => office.visit(osaka, "2009-04-01").await,
        }
    }
    let of_osaka = ListDueQuery { partnership: Some(osaka), ..ListDueQuery::default() };
    // As of another day the partnership is reckoned alone, and nothing else comes of it than of all.
    let as_of = day("2009-11-01");
    let alone = asked(&office, ListDueQuery { as_of: Some(as_of), ..of_osaka.clone() }).await;
    let all = asked(&office, ListDueQuery { as_of: Some(as_of), ..ListDueQuery::default() }).await;
    let of_all: Vec<DueItem> =
        items(&all).into_iter().filter(|item| item.partnership == Some(osaka)).collect();
    assert_eq!(items(&alone), of_all);
    let of_osaka = asked(&office, of_osaka).await;
    assert!(
        !of_osaka.items.is_empty() && items(&of_osaka).iter().all(|item| item.partnership == Some(osaka))
    );
    let soon = asked(&office, ListDueQuery { horizon: Some(60), ..ListDueQuery::default() }).await;
    assert!(items(&soon).iter().all(|item| item.due_on <= day("2009-07-01")), "{soon:?}");
}

/// The anniversary of a partnership of 1993, 15 years old in September.
async fn anniversary(office: &Office) -> DueItem {
    office.sister("Birmingham", "1993-09-20").await;
    let kind = Some(DueKind::Anniversary);
    items(&asked(office, ListDueQuery { kind, ..ListDueQuery::default() }).await).remove(0)
}

async fn an_item_is_snoozed_handed_and_done_and_refused_afterwards(office: Office) {
    let item = anniversary(&office).await;
    let (app, programme) = (&office.app, office.programme);
    let listed = async || {
        let found = asked(&office, ListDueQuery { kind: Some(item.kind), ..ListDueQuery::default() }).await;
        items(&found).into_iter().find(|found| found.id == item.id)
    };
    let until = day("2008-07-01");
    app.snooze_due_item(&system(), programme, item.id, until, IdempotentReply::NONE).await.expect("snoozed");
    assert_eq!(listed().await, None);
    office.clock.set(noon(until));
    assert_eq!(listed().await.as_ref(), Some(&item), "it comes back on its day");
    let stranger = Responsible::person_alone(PersonId::next(&SeededIds::new(5)));
    let nobody = app.hand_due_item(&system(), programme, item.id, stranger, IdempotentReply::NONE).await;
    assert!(
        matches!(&nobody, Err(AppError::Invalid(fields)) if fields[0].path == "/to/person"),
        "{nobody:?}"
    );
    let mayor = Responsible::office_alone(name("Mayor's office"));
    let handed = app.hand_due_item(&system(), programme, item.id, mayor.clone(), IdempotentReply::NONE).await;
    let handed = handed.expect("handed").executed().expect("fresh");
    assert_eq!((handed.revision.number(), listed().await.and_then(|item| item.owner)), (2, Some(mayor)));
    let past = app.snooze_due_item(&system(), programme, item.id, until, IdempotentReply::NONE).await;
    assert!(matches!(&past, Err(AppError::Invalid(fields)) if fields[0].path == "/until"), "{past:?}");
    let remark = FreeText::new("A delegation of twelve").ok();
    app.finish_due_item(&system(), programme, item.id, remark, IdempotentReply::NONE).await.expect("done");
    assert_eq!(listed().await, None);
    let again = app.finish_due_item(&system(), programme, item.id, None, IdempotentReply::NONE).await;
    assert!(matches!(again, Err(AppError::Refused(_))), "{again:?}");
}

async fn the_next_touch_of_every_partnership_is_listed_the_earliest_first(office: Office) {
    let quiet = office.sister("Moscow", "").await.partnership.value.id();
    let planned = office.sister("Milan", "").await.partnership.value.id();
    office.visit(planned, "2008-06-20").await;
    let all = office.app.list_next_touches(&system(), office.programme, None, 1).await.expect("a page");
    let rest =
        office.app.list_next_touches(&system(), office.programme, all.next.clone(), 1).await.expect("a page");
    let touched = |page: &sister_cities_app::due::NextTouches| {
        page.items.iter().map(|(bond, touch)| (bond.partnership.value.id(), touch.on)).collect::<Vec<_>>()
    };
    assert_eq!(touched(&all), [(planned, day("2008-06-20"))]);
    assert_eq!(touched(&rest), [(quiet, day("2008-06-30"))], "nothing is planned: by the end of the quarter");
    assert_eq!(rest.next, None);
}

async fn nobody_answers_without_the_scope_nor_to_what_is_not_listed(office: Office) {
    let item = anniversary(&office).await;
    let reader = office.caller(&[Scope::ProgrammeRead]);
    let refused =
        office.app.finish_due_item(&reader, office.programme, item.id, None, IdempotentReply::NONE).await;
    assert!(matches!(refused, Err(AppError::Forbidden { .. })), "{refused:?}");
    let unknown = DueId::of(item.kind, item.subject, day("1999-01-01"));
    let answerer = office.caller(&[Scope::DueWrite]);
    let missing =
        office.app.finish_due_item(&answerer, office.programme, unknown, None, IdempotentReply::NONE).await;
    assert!(matches!(missing, Err(AppError::NotFound(record)) if record.id == unknown.uuid()), "{missing:?}");
}
