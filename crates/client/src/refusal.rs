//! What a refusal says, and whether it says that nothing was done.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, StatusCode};
use sister_cities_api::{JSON_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, Problem, ProblemKind};

use crate::error::{ApiError, is_transient};
use crate::retry::retry_after;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static(sister_cities_api::REQUEST_ID);
const EXCERPT_CHARS: usize = 200;

impl ApiError {
    /// Reads the response that refused the call to `endpoint`, which was sent `attempts` times.
    pub(crate) fn read(endpoint: String, parts: &http::response::Parts, body: &Bytes, attempts: u32) -> Self {
        let problem: Option<Problem> =
            is_json(&parts.headers).then(|| serde_json::from_slice(body).ok()).flatten();
        let excerpt = if problem.is_some() { String::new() } else { excerpt(body) };
        Self {
            endpoint,
            status: parts.status,
            problem,
            excerpt,
            request_id: header_text(&parts.headers, &REQUEST_ID),
            retry_after: retry_after(&parts.headers),
            location: header_text(&parts.headers, &LOCATION),
            attempts,
        }
    }

    /// Whether it only says to come again: too many requests, too much work, or an earlier attempt with the same key that is
    /// still being worked on.
    pub(crate) fn asks_to_wait(&self) -> bool {
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => true,
            StatusCode::SERVICE_UNAVAILABLE => self.retry_after.is_some(),
            _ => self.is_of(&ProblemKind::InFlight),
        }
    }

    /// Whether a change may have been made although this was answered: by a server that lost its database while it stored it, or by one
    /// behind a proxy that did not wait.
    pub(crate) fn may_have_acted(&self) -> bool {
        let before_acting = [StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_EARLY].contains(&self.status)
            || self.is_of(&ProblemKind::Overloaded);
        is_transient(self.status) && !before_acting
    }

    /// Where on the same server a record is that was merged into another.
    pub(crate) fn moved_to(&self) -> Option<String> {
        let location = self.location.as_ref().filter(|_| self.status == StatusCode::PERMANENT_REDIRECT)?;
        (location.starts_with('/') && !location.starts_with("//")).then(|| location.clone())
    }

    fn is_of(&self, kind: &ProblemKind) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.kind == *kind)
    }
}

pub(crate) fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = header_text(headers, &CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(PROBLEM_MEDIA_TYPE) || essence.eq_ignore_ascii_case(JSON_MEDIA_TYPE)
}

fn excerpt(body: &Bytes) -> String {
    let head = &body[..body.len().min(EXCERPT_CHARS * 4)];
    let text = String::from_utf8_lossy(head);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(EXCERPT_CHARS).collect()
}
