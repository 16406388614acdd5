//! Sends one request, within its limits.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Response, redirect};

use super::answer::{judged, retry_after, shown};
use super::guard::{Guard, OutboundPolicy, Refused};
use super::resolver::{GuardedResolver, HostLookup, SystemLookup};
use crate::{Receipt, SendError};

/// The longest wait for a connection, its name and TLS included.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest that a request may take, from the name to the last byte of the answer.
const TOTAL: Duration = Duration::from_secs(15);
/// The most bytes of an answer that are read.
const READ: usize = 64 * 1_024;

/// Sends requests to addresses that users gave. Cheap to clone; connections are kept and shared.
#[derive(Clone, Debug)]
pub struct OutboundClient {
    http: reqwest::Client,
    guard: Arc<Guard>,
}

/// There is no client: the system has no certificates of authorities, or no randomness.
#[derive(Debug, thiserror::Error)]
#[error("no client for requests to receivers can be made")]
pub struct CannotBuild(#[source] Box<dyn Error + Send + Sync>);

/// A request to an address that a user gave.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "embedders make their own channels of it")]
pub struct OutboundRequest {
    /// `POST` or `PUT`.
    pub method: Method,
    /// Where to. It may hold a secret and is never shown.
    pub url: String,
    /// The headers besides the content type.
    pub headers: HeaderMap,
    /// What is sent, as JSON.
    pub body: Bytes,
    /// What must not stand in the log though the receiver says it: the secrets of the request.
    pub secrets: Vec<String>,
}

impl std::fmt::Debug for OutboundRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { method, url: _, headers: _, body, secrets: _ } = self;
        f.debug_struct("OutboundRequest")
            .field("method", method)
            .field("body", &body.len())
            .finish_non_exhaustive()
    }
}

impl OutboundClient {
    /// A client that reaches what the policy allows.
    ///
    /// # Errors
    ///
    /// [`CannotBuild`] if the system has no certificates of authorities.
    pub fn new(policy: OutboundPolicy) -> Result<Self, CannotBuild> {
        Self::with_lookup(policy, Arc::new(SystemLookup))
    }

    /// The same, asking somebody else for the addresses of hosts.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_lookup(policy: OutboundPolicy, lookup: Arc<dyn HostLookup>) -> Result<Self, CannotBuild> {
        let guard = Arc::new(Guard::new(policy));
        let resolver = GuardedResolver { guard: Arc::clone(&guard), lookup };
        let http = reqwest::Client::builder()
            .user_agent(concat!("sister-cities/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(resolver))
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            // A proxy would resolve the name again, and reach what it likes.
            .no_proxy()
            .no_gzip()
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .build();
        Ok(Self { http: http.map_err(|error| CannotBuild(error.into()))?, guard })
    }

    pub(super) fn guard(&self) -> &Guard {
        &self.guard
    }

    pub(super) const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Whether a request to this address would be sent, as far as can be known before its name is resolved: to tell users at once.
    ///
    /// # Errors
    ///
    /// [`Refused`] says what would be right.
    pub fn check(&self, url: &str) -> Result<(), Refused> {
        self.guard.url(url).map(|_| ())
    }

    /// Sends a request once. A 2xx is a receipt; `now` is what a `Retry-After` with a date is reckoned from.
    ///
    /// # Errors
    ///
    /// [`SendError`]: 410 says gone. 408, 425, 429, 3xx, 5xx and what broke off say later; any other 4xx says never (R23): the
    /// receiver understood and refuses, and trying again changes nothing. It becomes a dead letter, which people can send again.
    pub async fn send(&self, request: OutboundRequest, now: DateTime<Utc>) -> Result<Receipt, SendError> {
        let OutboundRequest { method, url, headers, body, secrets } = request;
        let permanent = |refused: Refused| SendError::Permanent {
            detail: format!("the address is not allowed: {refused}"),
            status: None,
        };
        let url = self.guard.url(&url).map_err(permanent)?;
        let request = self
            .http
            .request(method, url)
            .headers(headers)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body);
        let response = request.send().await.map_err(broken_off)?;
        let status = response.status();
        let retry_after = retry_after(response.headers(), now);
        // The status has decided; what follows is evidence, and may be cut.
        let answer = shown(&read(response).await, &secrets);
        judged(status, retry_after, answer)
    }
}

/// The first bytes of an answer, as many as arrive in time.
async fn read(mut response: Response) -> Vec<u8> {
    let mut read = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = READ - read.len();
        read.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if read.len() == READ {
            break;
        }
    }
    read
}

/// Says what happened in words without the address.
pub(super) fn broken_off(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    let mut deepest: &dyn Error = &error;
    let mut refused = None;
    while let Some(source) = deepest.source() {
        deepest = source;
        refused = refused.or_else(|| deepest.downcast_ref::<Refused>().copied());
    }
    let detail = if let Some(refused) = refused {
        format!("the address is not allowed: {refused}")
    } else if error.is_timeout() && error.is_connect() {
        format!("not reached within {} s", CONNECT.as_secs())
    } else if error.is_timeout() {
        format!("no answer within {} s", TOTAL.as_secs())
    } else if error.is_connect() {
        format!("not reached: {deepest}")
    } else if error.is_builder() {
        "the request could not be made".to_owned()
    } else {
        format!("the connection broke off: {deepest}")
    };
    SendError::Temporary { detail, status: None, retry_after: None }
}
