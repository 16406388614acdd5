//! The sending loop: attempts, time-outs, waits and the span, for any call, knowing nothing of its types.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use sister_cities_api::{EncodedBody, JSON_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, Problem, ProblemKind};
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument, Span, debug, debug_span, field};
use url::Url;

use crate::error::{ApiError, DecodeReason, Error, RequestReason, is_transient};
use crate::retry::{RetryBudget, RetryPolicy, retry_after};
use crate::transport::{Phase, Transport, TransportError};
use crate::{Client, IdempotencyKey};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static(sister_cities_api::IDEMPOTENCY_KEY);
const REQUEST_ID: HeaderName = HeaderName::from_static(sister_cities_api::REQUEST_ID);
const EXCERPT_CHARS: usize = 200;
/// So often a read is sent on to where the record is now.
const MOVES: usize = 3;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) attempt: Duration,
    pub(crate) total: Duration,
}

/// What all calls of a client share.
pub(crate) struct ClientInner {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) base: Url,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
}

/// What may be set for one call alone.
#[derive(Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) if_match: Option<HeaderValue>,
    pub(crate) if_none_match: Option<HeaderValue>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// A call with its types taken off.
#[derive(Clone, Debug)]
pub(crate) struct RawRequest {
    method: Method,
    /// The path template, for spans and errors: it holds no values.
    route: &'static str,
    /// The path and query, filled in, from the root of the API.
    target: String,
    body: Option<(HeaderValue, Bytes)>,
    idempotency_key: Option<HeaderValue>,
    if_match: Option<HeaderValue>,
    if_none_match: Option<HeaderValue>,
    retry: Option<RetryPolicy>,
}

/// A complete response that is no refusal.
#[derive(Debug)]
pub(crate) struct RawResponse {
    /// Method and route of the call.
    endpoint: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A response to come. Boxed without its type, so that the sending loop is compiled once and not for each endpoint.
pub(crate) type ResponseFuture = Pin<Box<dyn Future<Output = Result<RawResponse, Error>> + Send>>;

impl Client {
    /// Sends what could be formed.
    pub(crate) fn exchange(self, request: Result<RawRequest, Error>) -> ResponseFuture {
        Box::pin(async move { self.inner().send(&request?).await })
    }
}

impl RawResponse {
    /// The error of a response whose body is not the JSON expected.
    pub(crate) fn not_json(&self, path: &str, error: serde_json::Error) -> Error {
        // A `?` stands for a field whose name was not read to its end.
        let path = match path.trim_end_matches('?').trim_end_matches('.') {
            "" => ".".to_owned(),
            known => known.to_owned(),
        };
        self.undecodable(path, DecodeReason::Json(error))
    }

    /// The error of a response that cannot be read as what it should be.
    pub(crate) fn undecodable(&self, path: String, source: DecodeReason) -> Error {
        let request_id = header_text(&self.headers, &REQUEST_ID);
        Error::Decode { endpoint: self.endpoint.clone(), status: self.status, path, request_id, source }
    }
}

impl RawRequest {
    /// Puts a call together; a creation without a key of its own gets a fresh one.
    pub(crate) fn new(
        method: Method,
        route: &'static str,
        target: String,
        body: Result<Option<EncodedBody>, serde_json::Error>,
        options: CallOptions,
    ) -> Result<Self, Error> {
        let refused = |source| Error::Request { endpoint: format!("{method} {route}"), source };
        let CallOptions { idempotency_key, if_match, if_none_match, retry } = options;
        let key = match (idempotency_key, method == Method::POST) {
            (Some(own), true) => Some(own),
            (None, true) => Some(IdempotencyKey::fresh().map_err(|e| refused(e.into()))?),
            (Some(_) | None, false) => None,
        };
        let idempotency_key = key.map(|key| key.header()).transpose().map_err(|e| refused(e.into()))?;
        let body = body.map_err(|e| refused(RequestReason::Unwritable(e)))?;
        let body = body.map(|b| (HeaderValue::from_static(b.media_type), b.bytes.into()));
        Ok(Self { method, route, target, body, idempotency_key, if_match, if_none_match, retry })
    }

    fn endpoint(&self) -> String {
        format!("{} {}", self.method, self.route)
    }

    /// Whether sending it twice has the effect of sending it once.
    fn is_safe_to_retry(&self) -> bool {
        self.method.is_idempotent() || self.idempotency_key.is_some()
    }
}

/// What one attempt came to.
enum Attempt {
    Succeeded(RawResponse),
    Refused(Box<ApiError>),
    Failed(TransportError),
    TimedOut(Duration),
}

impl ClientInner {
    /// Sends the call, again where that is safe and promising, and returns what the server granted.
    pub(crate) async fn send(&self, call: &RawRequest) -> Result<RawResponse, Error> {
        let span = debug_span!(
            "client.request",
            method = %call.method,
            route = call.route,
            status = field::Empty,
            attempt = field::Empty,
        );
        let mut moved = None;
        for _ in 0..MOVES {
            let call = moved.as_ref().unwrap_or(call);
            let outcome = self.attempts(call, &span).instrument(span.clone()).await;
            match outcome {
                Err(Error::Api(refusal)) if call.method == Method::GET => match moved_to(&refusal) {
                    Some(target) => moved = Some(RawRequest { target, ..call.clone() }),
                    None => return Err(Error::Api(refusal)),
                },
                outcome => return outcome,
            }
        }
        self.attempts(moved.as_ref().unwrap_or(call), &span).instrument(span.clone()).await
    }

    async fn attempts(&self, call: &RawRequest, span: &Span) -> Result<RawResponse, Error> {
        let policy = call.retry.as_ref().unwrap_or(&self.retry);
        let end = Instant::now() + self.limits.total;
        let mut attempt = 1;
        loop {
            span.record("attempt", attempt);
            let outcome = self.attempt(call, attempt, end).await?;
            let (asked, may_retry) = match &outcome {
                Attempt::Succeeded(response) => {
                    span.record("status", response.status.as_u16());
                    (None, false)
                }
                Attempt::Refused(refusal) => {
                    span.record("status", refusal.status.as_u16());
                    (refusal.retry_after, call.is_safe_to_retry() && is_retryable(refusal))
                }
                Attempt::Failed(e) => (None, e.phase() == Phase::Connecting || call.is_safe_to_retry()),
                Attempt::TimedOut(_) => (None, call.is_safe_to_retry()),
            };
            let next = attempt + 1;
            let wait = if may_retry { policy.wait_before(next, asked, draw()) } else { None };
            match wait {
                Some(wait) if Instant::now() + wait < end && self.budget.take() => {
                    debug!(attempt, wait_ms = wait.as_millis(), "retrying");
                    tokio::time::sleep(wait).await;
                    attempt = next;
                }
                Some(_) | None => return self.finish(outcome, attempt),
            }
        }
    }

    async fn attempt(&self, call: &RawRequest, number: u32, end: Instant) -> Result<Attempt, Error> {
        let request = self.request(call)?;
        let attempt_end = Instant::now() + self.limits.attempt;
        let (until, after) =
            if attempt_end < end { (attempt_end, self.limits.attempt) } else { (end, self.limits.total) };
        Ok(match timeout_at(until, self.transport.exchange(request)).await {
            Err(_) => Attempt::TimedOut(after),
            Ok(Err(e)) => Attempt::Failed(e),
            Ok(Ok(response)) => {
                let (parts, body) = response.into_parts();
                let unchanged = parts.status == StatusCode::NOT_MODIFIED && call.if_none_match.is_some();
                if parts.status.is_success() || unchanged {
                    Attempt::Succeeded(RawResponse {
                        endpoint: call.endpoint(),
                        status: parts.status,
                        headers: parts.headers,
                        body,
                    })
                } else {
                    Attempt::Refused(Box::new(refusal(call, &parts, &body, number)))
                }
            }
        })
    }

    fn finish(&self, outcome: Attempt, attempts: u32) -> Result<RawResponse, Error> {
        match outcome {
            Attempt::Succeeded(response) => {
                if attempts == 1 {
                    self.budget.reward();
                }
                Ok(response)
            }
            Attempt::Refused(refusal) => Err(Error::Api(refusal)),
            Attempt::Failed(source) => Err(Error::Transport { attempts, source }),
            Attempt::TimedOut(after) => Err(Error::TimedOut { attempts, after }),
        }
    }

    fn request(&self, call: &RawRequest) -> Result<Request<Bytes>, Error> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut request = Request::builder()
            .method(&call.method)
            .uri(format!("{base}{}", call.target))
            .header(USER_AGENT, &self.user_agent)
            .header(ACCEPT, "application/json, application/problem+json");
        let optional = [
            (AUTHORIZATION, &self.authorization),
            (IDEMPOTENCY_KEY, &call.idempotency_key),
            (IF_MATCH, &call.if_match),
            (IF_NONE_MATCH, &call.if_none_match),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let body = match &call.body {
            Some((content_type, body)) => {
                request = request.header(CONTENT_TYPE, content_type);
                body.clone()
            }
            None => Bytes::new(),
        };
        request
            .body(body)
            .map_err(|e| Error::Request { endpoint: call.endpoint(), source: RequestReason::Http(e) })
    }
}

/// A passing refusal, or the news that an earlier attempt with the same key is still being worked on.
fn is_retryable(refusal: &ApiError) -> bool {
    let in_flight = refusal.problem.as_ref().is_some_and(|p| p.kind == ProblemKind::InFlight);
    is_transient(refusal.status) || in_flight
}

fn refusal(call: &RawRequest, parts: &http::response::Parts, body: &Bytes, attempts: u32) -> ApiError {
    let problem: Option<Problem> =
        is_json(&parts.headers).then(|| serde_json::from_slice(body).ok()).flatten();
    let excerpt = if problem.is_some() { String::new() } else { excerpt(body) };
    ApiError {
        endpoint: call.endpoint(),
        status: parts.status,
        problem,
        excerpt,
        request_id: header_text(&parts.headers, &REQUEST_ID),
        retry_after: retry_after(&parts.headers),
        location: header_text(&parts.headers, &LOCATION),
        attempts,
    }
}

/// Where on the same server a record is that was merged into another.
fn moved_to(refusal: &ApiError) -> Option<String> {
    let location = refusal.location.as_ref().filter(|_| refusal.status == StatusCode::PERMANENT_REDIRECT)?;
    (location.starts_with('/') && !location.starts_with("//")).then(|| location.clone())
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

fn header_text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// A random number for the jitter; where the system has none, no jitter is drawn, only the longest wait.
fn draw() -> u64 {
    getrandom::u64().unwrap_or(u64::MAX)
}
