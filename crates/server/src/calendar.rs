//! Knows what the private link of a calendar feed answers: the one way in that takes no token.
//!
//! It is no endpoint of the tables, as its answer is a calendar and not JSON. What was written for one program is kept in memory for the next, up to a
//! limit, so that the telephones of a whole office cost one feed; whether it is still so is asked of the store each time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::TimeDelta;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use sister_cities_api::calendar_feed::FEED_ROUTE;
use sister_cities_app::App;
use sister_cities_app::calendar_feed::FeedContent;
use sister_cities_domain::id::{CalendarFeedId, ProgrammeId};
use sister_cities_notification::calendar::{
    CalendarEntry, CalendarHead, entry_of_due_item, entry_of_engagement, write_calendar,
};

use crate::error::{ApiError, ApiResult};
use crate::heavy::{HeavyWork, Weight};
use crate::route::Shared;

/// How often it is worth fetching a feed again.
const REFRESH: TimeDelta = TimeDelta::hours(1);
/// The most bytes of feeds that are kept in memory.
const MOST_KEPT: usize = 16 * 1024 * 1024;

/// Feeds as they were last written, the one that was last asked for at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenFeeds(Arc<Mutex<VecDeque<WrittenFeed>>>);

#[derive(Clone, Debug)]
struct WrittenFeed {
    feed: CalendarFeedId,
    tag: String,
    text: Bytes,
}

impl WrittenFeeds {
    fn find(&self, feed: CalendarFeedId, tag: &str) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|one| one.feed == feed && one.tag == tag)?;
        let found = kept.remove(at)?;
        let text = found.text.clone();
        kept.push_back(found);
        Some(text)
    }

    fn keep(&self, written: WrittenFeed) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.feed != written.feed);
        kept.push_back(written);
        while kept.iter().map(|one| one.text.len()).sum::<usize>() > MOST_KEPT {
            kept.pop_front();
        }
    }
}

/// Routes the links of calendar feeds.
pub(crate) fn route(router: Router, shared: &Shared) -> Router {
    let (app, heavy, written) = (shared.app.clone(), shared.heavy.clone(), WrittenFeeds::default());
    let answer = move |request: Request| {
        let (app, heavy, written) = (app.clone(), heavy.clone(), written.clone());
        let (parts, _) = request.into_parts();
        async move { answer(&app, &heavy, &written, &parts).await.unwrap_or_else(IntoResponse::into_response) }
    };
    router.route(FEED_ROUTE, get(answer))
}

async fn answer(
    app: &App,
    heavy: &HeavyWork,
    written: &WrittenFeeds,
    request: &Parts,
) -> ApiResult<Response> {
    let (feed, secret) = named(request.uri.path()).ok_or_else(ApiError::not_found)?;
    let open = app.open_calendar_feed(feed, secret).await?;
    // The program's own version too: another may write the same records otherwise.
    let tag = format!("\"{}-{}\"", open.tag(), env!("CARGO_PKG_VERSION"));
    let mut response = if is_known(&request.headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let text = if let Some(text) = written.find(open.id(), &tag) {
            text
        } else {
            let (app, feed) = (app.clone(), open.id());
            let write = async move { Ok(Bytes::from(write(&app.read_calendar_feed(&open).await?))) };
            let text = heavy.run(Weight::Report, None, Box::pin(write)).await?;
            written.keep(WrittenFeed { feed, tag: tag.clone(), text: text.clone() });
            text
        };
        let mut response = Response::new(Body::from(text));
        let media_type = HeaderValue::from_static("text/calendar; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        let file = HeaderValue::from_static("inline; filename=\"calendar.ics\"");
        response.headers_mut().insert(CONTENT_DISPOSITION, file);
        response
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::from_str(&tag).map_err(ApiError::internal)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    // The link is a secret: nobody is told it as the page that somebody came from, and no engine is to list it.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(response)
}

/// The feed that a path names, and what is secret in it.
fn named(path: &str) -> Option<((ProgrammeId, CalendarFeedId), &str)> {
    let mut parts = path.rsplitn(4, '/');
    let (file, feed, programme) = (parts.next()?, parts.next()?, parts.next()?);
    Some(((programme.parse().ok()?, feed.parse().ok()?), file.strip_suffix(".ics")?))
}

/// Whether the caller has what this tag names already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = given.flat_map(|text| text.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|given| given == tag || given == "*")
}

fn write(content: &FeedContent) -> String {
    let FeedContent { name, changed, engagements, partners, due } = content;
    let of_engagements = engagements.iter().filter_map(|found| {
        let partner = partners.get(&found.value.partnership).map(String::as_str);
        entry_of_engagement(&found.value, partner, found.revision.number(), *changed)
    });
    let of_due = due.iter().filter_map(|item| entry_of_due_item(item, *changed));
    let entries: Vec<CalendarEntry> = of_engagements.chain(of_due).collect();
    write_calendar(&CalendarHead { name: Some(name.clone()), refresh: Some(REFRESH) }, &entries)
}
