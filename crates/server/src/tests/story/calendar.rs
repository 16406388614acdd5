//! An office puts a partnership into its calendars, loses the link, and makes another.

use serde_json::json;
use sister_cities_api::calendar_feed::{
    CalendarFeedPath, CreateCalendarFeed, DeleteCalendarFeed, GetCalendarFeed, LinkCalendarFeed,
    ListCalendarFeeds, ListCalendarFeedsQuery,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{EncodedBody, Endpoint as _, NoBody, NoParameters, RecordedQuery, path_and_query};
use sister_cities_domain::calendar_feed::FeedSubjectKind;
use sister_cities_domain::id::{PartnershipId, PersonId, ProgrammeId};

use super::super::site::Sent;
use super::{Teller, body};

pub(super) async fn calendar(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    person: PersonId,
) {
    let of = ProgrammePath { programme };
    let asked = json!({ "subject": "partnership", "partnership": partnership, "name": "Birmingham" });
    let (made, got) = teller.say::<CreateCalendarFeed>(&of, &NoParameters, &body(&asked)).await;
    assert_eq!((made.partnership, made.linked_at), (Some(partnership), None));
    let path = CalendarFeedPath { programme, feed: made.id };
    let first = teller.change::<LinkCalendarFeed>(&path, got.etag(), &NoBody).await;
    let second = teller.change::<LinkCalendarFeed>(&path, first.etag(), &NoBody).await;
    let (first_path, second_path) =
        (first.reply::<LinkCalendarFeed>().path, second.reply::<LinkCalendarFeed>().path);
    assert_ne!(first_path, second_path);
    assert_eq!(teller.site.open(&first_path, None).await.status, 404, "it leads nowhere");
    let calendar = teller.site.open(&second_path, None).await;
    assert_eq!(
        (calendar.status, calendar.header("content-type")),
        (200, Some("text/calendar; charset=utf-8"))
    );
    assert!(calendar.text().starts_with("BEGIN:VCALENDAR\r\n"), "{}", calendar.text());
    let (read, _) = teller.say::<GetCalendarFeed>(&path, &RecordedQuery::default(), &NoBody).await;
    assert!(read.linked_at.is_some());
    let of_kind = ListCalendarFeedsQuery {
        subject: Some(FeedSubjectKind::Partnership),
        partnership: Some(partnership),
        ..ListCalendarFeedsQuery::default()
    };
    let (list, _) = teller.say::<ListCalendarFeeds>(&of, &of_kind, &NoBody).await;
    assert_eq!(list.items, [read]);
    teller.change::<DeleteCalendarFeed>(&path, second.etag(), &NoBody).await;
    assert_eq!(teller.site.open(&second_path, None).await.status, 404, "it was removed");
    refusals(teller, of, partnership, person).await;
}

async fn refusals(
    teller: &Teller<'_>,
    programme: ProgrammePath,
    partnership: PartnershipId,
    person: PersonId,
) {
    for (asked, pointer) in [
        (json!({ "subject": "partnership", "name": "x" }), "/partnership"),
        (json!({ "subject": "committee", "partnership": partnership, "name": "x" }), "/committee"),
        (
            json!({ "subject": "person", "partnership": partnership, "person": person, "name": "x" }),
            "/person",
        ),
        (json!({ "subject": "due_work", "person": person, "name": "x" }), "/subject"),
        (json!({ "subject": "moon", "name": "x" }), "/subject"),
        (json!({ "subject": "programme", "name": "" }), "/name"),
        (json!({ "subject": "person", "person": "per_01h455vb4pex5vsknk084sn02q", "name": "x" }), "/person"),
        (
            json!({ "subject": "committee", "committee": "cmt_01h455vb4pex5vsknk084sn02q", "name": "x" }),
            "/committee",
        ),
        (
            json!({ "subject": "partnership", "partnership": "prt_01h455vb4pex5vsknk084sn02q", "name": "x" }),
            "/partnership",
        ),
    ] {
        let url = path_and_query::<CreateCalendarFeed>(&programme, &NoParameters);
        let bytes = serde_json::to_vec(&asked).expect("JSON");
        let body = Some(EncodedBody { media_type: "application/json", bytes });
        let (endpoint, method) = (CreateCalendarFeed::NAME, CreateCalendarFeed::METHOD);
        let got = teller.site.send(&Sent { endpoint, method, url, if_match: None, key: None, body }).await;
        let problem = got.problem();
        let named = problem.errors.iter().any(|error| error.pointer.as_deref() == Some(pointer));
        assert!(got.status == 422 && named, "{asked}: {}", got.text());
    }
}
