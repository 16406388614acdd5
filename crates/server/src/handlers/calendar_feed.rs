//! Calendar feeds, as those see them who set them up.

use sister_cities_api::calendar_feed::{
    CalendarFeedBody, CalendarFeedLinkView, CalendarFeedPath, CalendarFeedView, CreateCalendarFeed,
    DeleteCalendarFeed, ENDPOINTS, GetCalendarFeed, LinkCalendarFeed, ListCalendarFeeds, feed_path,
};
use sister_cities_api::{Moment, NoContent, Page};
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubject, FeedSubjectKind};
use sister_cities_domain::id::{CalendarFeedId, ProgrammeId};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_calendar_feeds),
        serve(create_calendar_feed),
        serve(get_calendar_feed),
        serve(link_calendar_feed),
        serve(delete_calendar_feed),
    ]
}

async fn list_calendar_feeds(call: Call<ListCalendarFeeds>) -> ApiResult<Answer<Page<CalendarFeedView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_calendar_feed(call: Call<CreateCalendarFeed>) -> ApiResult<Answer<CalendarFeedView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let feed = feed(call.body, CalendarFeedId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_calendar_feed(&call.caller, feed, reply).await?;
    let path = |made: &Versioned<CalendarFeed>| CalendarFeedPath { programme, feed: made.value.id };
    Ok(Answer::created::<GetCalendarFeed, _>(outcome, view, path))
}

async fn get_calendar_feed(call: Call<GetCalendarFeed>) -> ApiResult<Answer<CalendarFeedView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.feed);
    let found = call.app.get::<CalendarFeed>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn link_calendar_feed(call: Call<LinkCalendarFeed>) -> ApiResult<Answer<CalendarFeedLinkView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.feed));
    let linked = call.app.link_calendar_feed(&call.caller, path, revision).await?;
    let (id, revision) = (linked.feed.value.id, linked.feed.revision.number());
    let path = feed_path(call.path.programme, id, linked.secret.reveal());
    Ok(Answer::versioned(CalendarFeedLinkView { id, revision, path }, linked.feed.revision))
}

async fn delete_calendar_feed(call: Call<DeleteCalendarFeed>) -> ApiResult<Answer<NoContent>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.feed));
    call.app.delete_calendar_feed(&call.caller, path, revision).await?;
    Ok(Answer::plain(NoContent))
}

fn view(feed: &Versioned<CalendarFeed>) -> CalendarFeedView {
    CalendarFeedView::of(&feed.value, feed.revision.number())
}

fn feed(body: CalendarFeedBody, id: CalendarFeedId, programme: ProgrammeId) -> ApiResult<CalendarFeed> {
    let CalendarFeedBody { subject, partnership, committee, person, name } = body;
    let Some(subject) = FeedSubject::of(subject, partnership, committee, person) else {
        let (pointer, expected) = match subject {
            FeedSubjectKind::Partnership => {
                ("/partnership", "a partnership, and neither committee nor person")
            }
            FeedSubjectKind::Committee => ("/committee", "a committee, and neither partnership nor person"),
            FeedSubjectKind::Person => ("/person", "a person, and neither partnership nor committee"),
            FeedSubjectKind::Programme | FeedSubjectKind::DueWork | _ => {
                ("/subject", "a feed of one partnership, committee or person if one is named")
            }
        };
        return Err(ApiError::field(pointer, format!("does not fit a feed of subject {subject}"), expected));
    };
    Ok(CalendarFeed { id, programme, subject, name, link: None })
}
