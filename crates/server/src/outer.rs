//! Knows what is done for every request, whatever it asks: its id, the limits on URL and time, the net under panics,
//! and one line in the log.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use http::header::{CONNECTION, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, StatusCode};
use sister_cities_api::{Problem, ProblemKind, REQUEST_ID};
use tracing::Instrument as _;

use crate::client_address::{ClientAddress, client_address};
use crate::config::TrustedProxies;
use crate::error::ApiError;
use crate::render::{ProblemSlot, problem_response};
use crate::request_counts::RequestCounts;
use crate::request_id::RequestId;
use crate::settings::Limits;

/// What the outermost layer goes by.
#[derive(Clone)]
pub(crate) struct Outermost {
    pub(crate) limits: Arc<Limits>,
    pub(crate) proxies: Arc<TrustedProxies>,
    pub(crate) counts: RequestCounts,
}

/// The outermost layer.
pub(crate) async fn outer(State(outermost): State<Outermost>, mut request: Request, next: Next) -> Response {
    let Outermost { limits, proxies, counts } = outermost;
    let id = RequestId::of(request.headers());
    let client = client_address(request.extensions(), request.headers(), &proxies);
    // The template, never the path or the query: they may hold names.
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", method = %request.method(), route, request_id = id.as_str());
    request.extensions_mut().insert(id.clone());
    if let Some(client) = client {
        request.extensions_mut().insert(ClientAddress(client));
    }
    let begun = Instant::now();

    let too_long = request.uri().path_and_query().map_or(0, |url| url.as_str().len()) > limits.url;
    let head_too_large = !head_fits(request.headers(), limits.head);
    let answer = async {
        if head_too_large {
            let detail = format!("the head of a request may have {} bytes", limits.head);
            return ApiError::new(ProblemKind::HeadersTooLarge).detail(detail).into_response();
        }
        if too_long {
            return ApiError::new(ProblemKind::UrlTooLong)
                .detail(format!("path and query may have {} bytes", limits.url))
                .into_response();
        }
        let work = AssertUnwindSafe(next.run(request)).catch_unwind();
        match tokio::time::timeout(limits.request, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(_panic)) => ApiError::internal("a handler panicked").into_response(),
            Err(_elapsed) => timed_out(&limits),
        }
    };
    let response = answer.instrument(span.clone()).await;
    counts.count(&response, begun.elapsed());
    let response = finish(response, &id);
    span.in_scope(|| {
        tracing::info!(
            status = response.status().as_u16(),
            duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            client = client.map(tracing::field::display),
            "request answered"
        );
    });
    response
}

/// Whether the header fields are within the limits.
fn head_fits(headers: &HeaderMap, most: usize) -> bool {
    const SEPARATORS: usize = ": \r\n".len();
    let bytes: usize =
        headers.iter().map(|(name, value)| name.as_str().len() + value.len() + SEPARATORS).sum();
    bytes <= most
}

/// The answer to a request that is not let in.
pub(crate) fn refused(request: &Request, response: Response) -> Response {
    finish(response, &RequestId::of(request.headers()))
}

fn timed_out(limits: &Limits) -> Response {
    let detail = format!("a request may take {} seconds, its body included", limits.request.as_secs());
    let mut response = ApiError::new(ProblemKind::Timeout).detail(detail).into_response();
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Adds the request's id; gives the replies that axum itself makes without a body a problem for one.
fn finish(response: Response, id: &RequestId) -> Response {
    let mut response = match (response.extensions().get::<ProblemSlot>().cloned(), response.status()) {
        (Some(ProblemSlot(problem)), _) => with_problem(&response, problem, id),
        (None, StatusCode::METHOD_NOT_ALLOWED) => {
            with_problem(&response, Problem::new(ProblemKind::MethodNotAllowed), id)
        }
        (None, _) => response,
    };
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id.header());
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn with_problem(response: &Response, mut problem: Problem, id: &RequestId) -> Response {
    problem.request_id = Some(id.as_str().to_owned());
    let mut fresh = problem_response(&problem);
    for (name, value) in response.headers() {
        // The length is that of the body without the id.
        if name != http::header::CONTENT_LENGTH && !fresh.headers().contains_key(name) {
            fresh.headers_mut().append(name, value.clone());
        }
    }
    fresh
}
