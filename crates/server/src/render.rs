//! Knows how failures become HTTP replies: problem details, with the headers that belong to their status.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LINK, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use sister_cities_api::{PROBLEM_MEDIA_TYPE, Problem, ProblemKind};
use sister_cities_storage::Unavailable;

use crate::error::ApiError;
use crate::pages;
use crate::request_counts::DatabaseFailure;

/// The problem inside a reply, so that the outermost layer can add the request's id to it.
#[derive(Clone)]
pub(crate) struct ProblemSlot(pub(crate) Problem);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::error!(cause = %chain(cause.as_ref()), "request failed by a fault of the server");
        }
        let mut response = problem_response(&self.problem);
        let unavailable = self.cause.as_ref().and_then(|cause| cause.downcast_ref::<Unavailable>());
        if let Some(unavailable) = unavailable {
            response.extensions_mut().insert(DatabaseFailure(unavailable.kind()));
        }
        if let Some(wait) = self.retry_after {
            // Whole seconds, rounded up: coming a little late is better than a little early.
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if let Some(location) = self.location.and_then(|path| HeaderValue::from_str(&path).ok()) {
            response.headers_mut().insert(LOCATION, location);
        }
        response.extensions_mut().insert(ProblemSlot(*self.problem));
        response
    }
}

/// The reply for a problem.
pub(crate) fn problem_response(problem: &Problem) -> Response {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let help = format!("<{}#{}>; rel=\"help\"", pages::PROBLEMS, problem.kind.name());
    headers.extend(HeaderValue::from_str(&help).ok().map(|help| (LINK, help)));
    if problem.kind == ProblemKind::Unauthenticated {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"sister-cities\""));
    }
    response
}

/// An error with all that is behind it, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
