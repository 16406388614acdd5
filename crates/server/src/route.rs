//! Knows the way of every request from the wire to its handler and back, the same for all endpoints: read the path,
//! authenticate, read the query, the headers and the body, look up the idempotency key, do it, reply.
//!
//! Nothing here is compiled for the types of an endpoint; what must be, is in [`endpoint`](crate::endpoint).

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, LINK, LOCATION, VARY,
};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body::Body as _;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use sister_cities_api::{
    Access, BodyClass, BodyFault, Concurrency, Cursor, EndpointInfo, FieldError, JSON_MEDIA_TYPE,
    ProblemKind, percent_decode, query_pairs,
};
use sister_cities_app::App;
use sister_cities_domain::access::{Actor, Caller, may};
use sister_cities_domain::id::{ProgrammeId, TokenId};
use sister_cities_notification::outbound::OutboundPolicy;
use sister_cities_storage::{IdempotencyRecord, Realm};

use crate::auth;
use crate::body_memory::{BodyMemory, HeldMemory};
use crate::call::{Answer, RequestContext};
use crate::config::{ProcessToken, ServerConfig};
use crate::cursor::CursorSeal;
use crate::endpoint::{Encode, ServedEndpoint};
use crate::error::{ApiError, ApiResult};
use crate::etag;
use crate::failed_logins::FailedLogins;
use crate::heavy::{HeavyWork, Weight};
use crate::idempotency::{self, InFlight, KeyedRequest, Known};
use crate::progress::ProgressBoard;
use crate::rate::{Rates, Remaining};
use crate::request_counts::RequestCounts;
use crate::settings::Limits;
use crate::unread_body;

/// What all requests share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) app: App,
    pub(crate) limits: Arc<Limits>,
    pub(crate) rates: Arc<Rates>,
    pub(crate) seal: CursorSeal,
    pub(crate) in_flight: InFlight,
    pub(crate) progress: ProgressBoard,
    pub(crate) process_token: Option<Arc<ProcessToken>>,
    pub(crate) receivers: Arc<OutboundPolicy>,
    pub(crate) heavy: HeavyWork,
    pub(crate) bodies: BodyMemory,
    pub(crate) failed_logins: FailedLogins,
    pub(crate) counts: RequestCounts,
}

impl Shared {
    /// What the requests to a server with these settings share.
    pub(crate) fn new(app: App, config: &ServerConfig, cursor_key: [u8; 32]) -> Self {
        Self {
            app,
            rates: Arc::new(Rates::new(&config.limits)),
            seal: CursorSeal::new(cursor_key),
            in_flight: InFlight::default(),
            progress: ProgressBoard::default(),
            process_token: config.process_token.clone().map(Arc::new),
            receivers: Arc::new(config.receivers.clone()),
            heavy: HeavyWork::new(&config.limits),
            bodies: BodyMemory::new(&config.limits),
            failed_logins: FailedLogins::new(&config.limits),
            counts: RequestCounts::default(),
            limits: Arc::new(config.limits.clone()),
        }
    }
}

/// Routes an endpoint to its handler.
pub(crate) fn route(router: Router, shared: &Shared, endpoint: ServedEndpoint) -> Router {
    let method = MethodFilter::try_from(endpoint.info.method.clone()).unwrap_or(MethodFilter::GET);
    let path = endpoint.info.path;
    let (shared, endpoint) = (shared.clone(), Arc::new(endpoint));
    router.route(path, on(method, move |request: Request| answer(shared.clone(), endpoint.clone(), request)))
}

async fn answer(shared: Shared, endpoint: Arc<ServedEndpoint>, request: Request) -> Response {
    let (parts, mut body) = request.into_parts();
    let mut remaining = None;
    let rates = shared.rates.clone();
    let outcome = run(shared, &endpoint, &parts, &mut body, &mut remaining).await;
    if outcome.is_err() {
        unread_body::discard(&parts.headers, body).await;
    }
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    if let Some(remaining) = remaining {
        rates.describe(response.headers_mut(), remaining);
    }
    response
}

async fn run(
    shared: Shared,
    endpoint: &ServedEndpoint,
    parts: &Parts,
    body: &mut Body,
    remaining: &mut Option<Remaining>,
) -> ApiResult<Response> {
    let info = &endpoint.info;
    let caller = authenticate(info, &shared, parts, remaining).await?;
    let pairs = path_pairs(info, parts)?;
    let read_query = (endpoint.read_path)(&pairs).map_err(wrong_parameters)?;
    let programme = programme_of(&pairs);
    if let Access::Scope(needed) = info.access {
        // Before anything of the request is judged, so that a stranger learns nothing from how it is judged. The use case asks
        // again: it is safe in whatever program it is embedded.
        let realm = programme.or(caller.grant.programme);
        may(&caller.grant, needed, realm).map_err(|denied| auth::denied(denied, needed))?;
    }
    accepts_json(&parts.headers)?;
    let read_body = read_query(&query_pairs_of(parts)?).map_err(wrong_parameters)?;
    if info.concurrency == Concurrency::IfMatch {
        etag::must_be_there(&parts.headers)?;
    }
    let (bytes, _memory) = collect_body(info, &shared, &parts.headers, body).await?;
    let app = shared.app;
    let mut guarded = None;
    if info.method == Method::POST
        && let Some(key) = idempotency::key_of(&parts.headers)?
        && let Some(token) = token_of(&caller)
    {
        let url = parts.uri.path_and_query().map_or("", |url| url.as_str());
        let request = KeyedRequest {
            credential: token,
            key,
            fingerprint: idempotency::fingerprint(url, &parts.headers, &bytes),
            now: app.clock().now(),
            kept_for: shared.limits.idempotency,
        };
        // The reply to the making of a programme is kept by the installation: the programme is not there yet.
        let realm = programme.map_or(Realm::Installation, Realm::Programme);
        match shared.in_flight.look_up(info, app.database(), realm, request).await? {
            Known::Replay(record) => return replay(info, &record),
            Known::New(new) => guarded = Some(new),
        }
    }
    let headers = parts.headers.clone();
    let Shared { progress, seal, receivers, heavy, .. } = shared;
    let token = token_of(&caller);
    // To read a large body takes more than a moment, whatever becomes of it.
    let weight = if bytes.len() > LARGE_BODY { endpoint.weight.max(Weight::Report) } else { endpoint.weight };
    let work = async move {
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let handle = read_body(media_type, bytes).map_err(wrong_body)?;
        let answer =
            handle(RequestContext { app, caller, progress, receivers, headers, seal, guarded }).await?;
        Ok(if weight == Weight::Light { answer } else { answer.map(encoded) })
    };
    reply(info, parts, heavy.run(weight, token, work).await?)
}

/// What heavy work answers may be large: it is encoded where the work was done.
fn encoded(encode: Encode) -> Encode {
    let encoded = encode();
    Box::new(move || encoded)
}

/// Bytes of a body above which it is not read on the threads that answer.
const LARGE_BODY: usize = 64 << 10;

/// The reply to a request that was granted.
fn reply(info: &EndpointInfo, parts: &Parts, answer: Answer<Encode>) -> ApiResult<Response> {
    let headers = &parts.headers;
    let (encode, revision, location, next) = match answer {
        Answer::Replayed(record) => return replay(info, &record),
        Answer::Fresh { reply, revision, location, next } => (reply, revision, location, next),
    };
    let is_read = info.method == Method::GET && info.concurrency == Concurrency::ETag;
    let mut response = if is_read && revision.is_some_and(|revision| etag::is_known(headers, revision)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if info.success == 204 {
        StatusCode::NO_CONTENT.into_response()
    } else {
        json_response(info.success, encode().map_err(ApiError::internal)?)
    };
    if let Some(revision) = revision {
        response.headers_mut().insert(ETAG, etag::etag(revision));
    }
    if let Some(location) = location.and_then(|path| HeaderValue::from_str(&path).ok()) {
        response.headers_mut().insert(LOCATION, location);
    }
    if let Some(link) = next.and_then(|next| HeaderValue::from_str(&next_page(parts, &next)).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// The link to the next page (RFC 8288): the same list and filters, read on from there.
fn next_page(parts: &Parts, next: &Cursor) -> String {
    let filters = parts.uri.query().unwrap_or_default().split('&');
    let filters = filters.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query = String::new();
    for pair in filters {
        query.push_str(pair);
        query.push('&');
    }
    format!("<{}?{query}cursor={}>; rel=\"next\"", parts.uri.path(), next.0)
}

/// Finds out who asks, and whether they may ask so often.
async fn authenticate(
    info: &EndpointInfo,
    shared: &Shared,
    parts: &Parts,
    remaining: &mut Option<Remaining>,
) -> ApiResult<Caller> {
    match info.access {
        Access::Public => Ok(auth::nobody()),
        Access::Scope(_) => {
            let caller = auth::authenticate(&shared.app, shared.process_token.as_deref(), &parts.headers)
                .await
                .map_err(|error| shared.failed_logins.count(error, parts))?;
            if let Some(token) = token_of(&caller) {
                *remaining = Some(Remaining::NOTHING);
                *remaining = Some(shared.rates.take(token)?);
            }
            Ok(caller)
        }
    }
}

fn token_of(caller: &Caller) -> Option<TokenId> {
    match &caller.actor {
        Actor::Token { id, .. } => Some(*id),
        Actor::Person { .. } | Actor::System | _ => None,
    }
}

/// The parameters in the path. The router has matched the template, so path and template have the same number of segments.
fn path_pairs(info: &EndpointInfo, parts: &Parts) -> ApiResult<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for (template, segment) in info.path.split('/').zip(parts.uri.path().split('/')) {
        if let Some(name) = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let value = percent_decode(segment)
                .map_err(|error| ApiError::parameter(name, &error.to_string(), "percent-encoded UTF-8"))?;
            pairs.push((name.to_owned(), value));
        }
    }
    Ok(pairs)
}

fn programme_of(pairs: &[(String, String)]) -> Option<ProgrammeId> {
    pairs.iter().find(|(name, _)| name == "programme").and_then(|(_, value)| value.parse().ok())
}

fn query_pairs_of(parts: &Parts) -> ApiResult<Vec<(String, String)>> {
    query_pairs(parts.uri.query().unwrap_or_default()).map_err(|error| {
        ApiError::new(ProblemKind::Malformed).detail(format!("the query is broken: {error}"))
    })
}

fn wrong_parameters(errors: Vec<FieldError>) -> ApiError {
    ApiError::new(ProblemKind::InvalidParameter).errors(errors)
}

/// 406 if the caller accepts neither JSON nor anything.
fn accepts_json(headers: &HeaderMap) -> ApiResult<()> {
    let mut ranges = headers
        .get_all(http::header::ACCEPT)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let essence = parts.next().unwrap_or_default();
            let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            (essence, refused)
        })
        .filter(|(essence, _)| !essence.is_empty())
        .peekable();
    let good = |essence: &str| {
        ["*/*", "application/*", JSON_MEDIA_TYPE].iter().any(|range| essence.eq_ignore_ascii_case(range))
    };
    if ranges.peek().is_none() || ranges.any(|(essence, refused)| !refused && good(essence)) {
        Ok(())
    } else {
        Err(ApiError::header(ProblemKind::NotAcceptable, "Accept", "excludes what there is", JSON_MEDIA_TYPE))
    }
}

async fn collect_body(
    info: &EndpointInfo,
    shared: &Shared,
    headers: &HeaderMap,
    body: &mut Body,
) -> ApiResult<(Vec<u8>, HeldMemory)> {
    let limits = &shared.limits;
    let most = match info.body_class {
        BodyClass::Empty | BodyClass::Json => limits.json_body,
        BodyClass::File => limits.file_body,
    };
    let too_large =
        || ApiError::new(ProblemKind::TooLarge).detail(format!("a body may have {most} bytes here"));
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    if let Some(encoding) = headers.get(CONTENT_ENCODING)
        && !encoding.as_bytes().eq_ignore_ascii_case(b"identity")
    {
        let (detail, expected) = ("is not supported", "no Content-Encoding: send the body as it is");
        return Err(ApiError::header(
            ProblemKind::UnsupportedMediaType,
            "Content-Encoding",
            detail,
            expected,
        ));
    }
    let expected = announced.map_or_else(
        || if body.is_end_stream() { 0 } else { most },
        |length| usize::try_from(length).unwrap_or(most),
    );
    let memory = shared.bodies.hold(expected)?;
    match Limited::new(body, most).collect().await {
        Ok(collected) => Ok((collected.to_bytes().to_vec(), memory)),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(ApiError::new(ProblemKind::Malformed).detail("the body was cut short")),
    }
}

fn wrong_body(fault: BodyFault) -> ApiError {
    match fault {
        BodyFault::MediaType { accepted } => {
            let error = FieldError::at_header("Content-Type", "is not one that is taken here");
            ApiError::new(ProblemKind::UnsupportedMediaType).errors([error.expecting(accepted.join(" or "))])
        }
        BodyFault::Charset { found, accepted } => {
            let detail = format!("names the charset {found:?}, which is not read here");
            let error = FieldError::at_header("Content-Type", detail);
            let expected = format!("{}, in UTF-8", accepted.join(" or "));
            ApiError::new(ProblemKind::UnsupportedMediaType).errors([error.expecting(expected)])
        }
        BodyFault::Malformed { detail } => ApiError::new(ProblemKind::Malformed).detail(detail),
        BodyFault::Invalid(errors) => ApiError::new(ProblemKind::Invalid).errors(errors),
        other => ApiError::new(ProblemKind::Malformed).detail(other.to_string()),
    }
}

/// The reply that was kept, as it was.
fn replay(info: &EndpointInfo, record: &IdempotencyRecord) -> ApiResult<Response> {
    let mut response = json_response(record.status, record.body.clone());
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    match info.concurrency {
        Concurrency::Unversioned => {}
        Concurrency::ETag | Concurrency::ETagForIfMatch | Concurrency::IfMatch => {
            let body: serde_json::Value = serde_json::from_slice(&record.body).map_err(ApiError::internal)?;
            if let Some(revision) = body.get("revision").and_then(serde_json::Value::as_u64)
                && let Ok(tag) = HeaderValue::from_str(&format!("\"r{revision}\""))
            {
                response.headers_mut().insert(ETAG, tag);
            }
        }
    }
    Ok(response)
}

fn json_response(status: u16, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON_MEDIA_TYPE));
    // Whoever else may ask may be shown something else; and what was shown may change at any time.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("authorization"));
    response
}

/// The answer to a path that there is not.
pub(crate) async fn no_such_path() -> ApiError {
    ApiError::new(ProblemKind::NotFound).detail("there is no such thing here, or the token may not see it")
}

/// The answer to a method that a path does not have. axum adds `Allow`.
pub(crate) async fn no_such_method() -> ApiError {
    let _ = ALLOW;
    ApiError::new(ProblemKind::MethodNotAllowed).detail("the Allow header lists the methods of this path")
}
