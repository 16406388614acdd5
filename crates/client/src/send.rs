//! The sending loop: attempts, time-outs, waits and the span, for any call, knowing nothing of its types.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode};
use sister_cities_api::{Access, EncodedBody, Endpoint};
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument, Span, debug, debug_span, field};
use url::Url;

use crate::attempt::{Attempt, Course, PauseReason};
use crate::error::{ApiError, DecodeReason, Error, RequestReason};
use crate::own_write::is_as_sent;
use crate::pace::Pacer;
use crate::refusal::{REQUEST_ID, header_text};
use crate::retry::{RetryBudget, RetryPolicy};
use crate::transport::Transport;
use crate::{Client, IdempotencyKey};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static(sister_cities_api::IDEMPOTENCY_KEY);
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
    pub(crate) pacer: Pacer,
}

/// What the sending loop knows of an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    method: Method,
    /// The path template, for spans and errors: it holds no values.
    route: &'static str,
    /// Whether the server counts the call against the token's quota.
    counted: bool,
    /// Whether a record, as read, is what sending a body leaves behind.
    is_as_sent: fn(&[u8], &[u8]) -> bool,
}

impl Called {
    pub(crate) fn of<E: Endpoint>() -> Self {
        let counted = E::ACCESS != Access::Public;
        Self { method: E::METHOD, route: E::PATH, counted, is_as_sent: is_as_sent::<E> }
    }
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
    called: Called,
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
        called: Called,
        target: String,
        body: Result<Option<EncodedBody>, serde_json::Error>,
        options: CallOptions,
    ) -> Result<Self, Error> {
        let refused =
            |source| Error::Request { endpoint: format!("{} {}", called.method, called.route), source };
        let CallOptions { idempotency_key, if_match, if_none_match, retry } = options;
        let key = match (idempotency_key, called.method == Method::POST) {
            (Some(own), true) => Some(own),
            (None, true) => Some(IdempotencyKey::fresh().map_err(|e| refused(e.into()))?),
            (Some(_) | None, false) => None,
        };
        let idempotency_key = key.map(|key| key.header()).transpose().map_err(|e| refused(e.into()))?;
        let body = body.map_err(|e| refused(RequestReason::Unwritable(e)))?;
        let body = body.map(|b| (HeaderValue::from_static(b.media_type), b.bytes.into()));
        Ok(Self { called, target, body, idempotency_key, if_match, if_none_match, retry })
    }

    fn endpoint(&self) -> String {
        format!("{} {}", self.called.method, self.called.route)
    }

    /// The request that reads what this one changes.
    fn reading(&self) -> Self {
        let called = Called { method: Method::GET, ..self.called.clone() };
        Self {
            called,
            body: None,
            idempotency_key: None,
            if_match: None,
            if_none_match: None,
            ..self.clone()
        }
    }

    pub(crate) fn method(&self) -> &Method {
        &self.called.method
    }

    /// Whether it changes only what is still at a revision.
    pub(crate) fn is_conditional(&self) -> bool {
        self.if_match.is_some()
    }

    /// Whether a record, as read, is what this change leaves behind.
    fn is_done_in(&self, record: &[u8]) -> bool {
        self.body.as_ref().is_some_and(|(_, sent)| (self.called.is_as_sent)(record, sent))
    }

    /// Whether sending it twice has the effect of sending it once.
    pub(crate) fn is_safe_to_retry(&self) -> bool {
        self.called.method.is_idempotent() || self.idempotency_key.is_some()
    }
}

impl ClientInner {
    /// Sends the call, again where that is safe and promising, and returns what the server granted.
    pub(crate) async fn send(&self, call: &RawRequest) -> Result<RawResponse, Error> {
        let span = debug_span!(
            "client.request",
            method = %call.called.method,
            route = call.called.route,
            status = field::Empty,
            attempt = field::Empty,
        );
        let end = Instant::now() + self.limits.total;
        let mut moved = None;
        for _ in 0..MOVES {
            let call = moved.as_ref().unwrap_or(call);
            let outcome = self.attempts(call, end, &span).instrument(span.clone()).await;
            match outcome {
                Err(Error::Api(refusal)) if call.called.method == Method::GET => match refusal.moved_to() {
                    Some(target) => moved = Some(RawRequest { target, ..call.clone() }),
                    None => return Err(Error::Api(refusal)),
                },
                outcome => return outcome,
            }
        }
        self.attempts(moved.as_ref().unwrap_or(call), end, &span).instrument(span.clone()).await
    }

    async fn attempts(&self, call: &RawRequest, end: Instant, span: &Span) -> Result<RawResponse, Error> {
        let policy = call.retry.as_ref().unwrap_or(&self.retry);
        let mut course = Course::default();
        loop {
            course.sent += 1;
            span.record("attempt", course.sent);
            let patience = policy.waiting().saturating_sub(course.waited);
            let patience = patience.min(end.saturating_duration_since(Instant::now()));
            let (outcome, paced) = self.attempt(call, course.sent, end, patience).await?;
            course.waited += paced;
            if let Some(status) = outcome.status() {
                span.record("status", status.as_u16());
            }
            let pause = course
                .pause(call, policy, &outcome, draw())
                .filter(|pause| Instant::now() + pause.length < end)
                .filter(|pause| pause.reason == PauseReason::Asked || self.budget.take());
            let Some(pause) = pause else {
                return self.finish(call, outcome, &course, (end, span)).await;
            };
            debug!(attempt = course.sent, wait_ms = pause.length.as_millis(), "retrying");
            course.note(&outcome, pause);
            tokio::time::sleep(pause.length).await;
        }
    }

    /// Waits for the token's quota, at most so long, and sends. Says how long it waited.
    async fn attempt(
        &self,
        call: &RawRequest,
        number: u32,
        end: Instant,
        patience: Duration,
    ) -> Result<(Attempt, Duration), Error> {
        let request = self.request(call)?;
        let counted = call.called.counted && self.authorization.is_some();
        let mut turn = counted.then(|| self.pacer.turn());
        // Who cannot wait so long is sent all the same: the server decides.
        let wait = turn.as_ref().map_or(Duration::ZERO, |turn| turn.wait().min(patience));
        if !wait.is_zero() {
            debug!(wait_ms = wait.as_millis(), "the token's quota is used up");
            tokio::time::sleep(wait).await;
        }
        if let Some(turn) = &mut turn {
            turn.begin();
        }
        let attempt_end = Instant::now() + self.limits.attempt;
        let (until, after) =
            if attempt_end < end { (attempt_end, self.limits.attempt) } else { (end, self.limits.total) };
        let outcome = match timeout_at(until, self.transport.exchange(request)).await {
            Err(_) => Attempt::TimedOut(after),
            Ok(Err(e)) => Attempt::Failed(e),
            Ok(Ok(response)) => {
                let (parts, body) = response.into_parts();
                if let Some(turn) = turn {
                    turn.answered(&parts.headers);
                }
                let unchanged = parts.status == StatusCode::NOT_MODIFIED && call.if_none_match.is_some();
                if parts.status.is_success() || unchanged {
                    Attempt::Succeeded(RawResponse {
                        endpoint: call.endpoint(),
                        status: parts.status,
                        headers: parts.headers,
                        body,
                    })
                } else {
                    Attempt::Refused(Box::new(ApiError::read(call.endpoint(), &parts, &body, number)))
                }
            }
        };
        Ok((outcome, wait))
    }

    async fn finish(
        &self,
        call: &RawRequest,
        outcome: Attempt,
        course: &Course,
        (end, span): (Instant, &Span),
    ) -> Result<RawResponse, Error> {
        let attempts = course.sent;
        match outcome {
            Attempt::Succeeded(response) => {
                if course.failures == 0 {
                    self.budget.reward();
                }
                Ok(response)
            }
            Attempt::Refused(refusal) if course.may_have_met_itself(call, &refusal) => {
                self.settle(call, refusal, end, span).await
            }
            Attempt::Refused(refusal) => Err(Error::Api(refusal)),
            Attempt::Failed(source) => Err(Error::Transport { attempts, source }),
            Attempt::TimedOut(after) => Err(Error::TimedOut { attempts, after }),
        }
    }

    /// Tells one's own change, whose answer was lost, from somebody else's: by reading what there is now.
    async fn settle(
        &self,
        call: &RawRequest,
        refusal: Box<ApiError>,
        end: Instant,
        span: &Span,
    ) -> Result<RawResponse, Error> {
        let reading = call.reading();
        let found = Box::pin(self.attempts(&reading, end, span)).await;
        let deletes = call.called.method == Method::DELETE;
        match found {
            Ok(found) if !deletes && call.is_done_in(&found.body) => {
                Ok(RawResponse { endpoint: call.endpoint(), ..found })
            }
            Err(e) if deletes && e.is_not_found() => Ok(RawResponse {
                endpoint: call.endpoint(),
                status: StatusCode::NO_CONTENT,
                headers: HeaderMap::new(),
                body: Bytes::new(),
            }),
            Ok(_) | Err(_) => Err(Error::OutcomeUnknown { source: refusal }),
        }
    }

    fn request(&self, call: &RawRequest) -> Result<Request<Bytes>, Error> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut request = Request::builder()
            .method(&call.called.method)
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

/// A random number for the jitter; where the system has none, no jitter is drawn, only the longest wait.
fn draw() -> u64 {
    getrandom::u64().unwrap_or(u64::MAX)
}
