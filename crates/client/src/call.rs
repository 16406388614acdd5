//! One call to one endpoint, with what may be set for this call alone.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use sister_cities_api::{Endpoint, RequestBody, decode_reply, path_and_query};

use crate::error::{DecodeReason, Error, RequestReason};
use crate::send::{RawRequest, RawResponse};
use crate::versioned::{ETag, Versioned};
use crate::{Client, IdempotencyKey, RetryPolicy};

/// A call about to be made: `.await` it, or set something first.
///
/// ```no_run
/// # async fn example(client: sister_cities_client::Client) -> Result<(), sister_cities_client::Error> {
/// use sister_cities_client::RetryPolicy;
/// client.livez().with_retry(RetryPolicy::never()).await?;
/// # Ok(()) }
/// ```
#[must_use = "a call is made when it is awaited"]
pub struct Call<E: Endpoint, R = Bare> {
    client: Client,
    path: E::Path,
    query: E::Query,
    body: E::Body,
    idempotency_key: Option<IdempotencyKey>,
    if_match: Option<HeaderValue>,
    if_none_match: Option<HeaderValue>,
    retry: Option<RetryPolicy>,
    mode: PhantomData<fn() -> R>,
}

/// How a response is handed over: bare, or with the revision it was read at.
pub trait ReplyMode<E: Endpoint>: sealed::Sealed + Send + Sync + 'static {
    /// What the caller gets.
    type Output: Send + 'static;

    #[doc(hidden)]
    fn read(reply: E::Reply, headers: &HeaderMap) -> Result<Self::Output, DecodeReason>;

    /// What stands for "not changed since"; only [`IfChanged`] has it.
    #[doc(hidden)]
    #[must_use]
    fn unchanged() -> Option<Self::Output> {
        None
    }
}

/// The reply alone.
#[derive(Debug)]
pub enum Bare {}

/// The reply with its revision, as [`Versioned`].
#[derive(Debug)]
pub enum Tagged {}

/// The reply with its revision, or `None` where it is still the revision named.
#[derive(Debug)]
pub enum IfChanged {}

impl<E: Endpoint> ReplyMode<E> for IfChanged {
    type Output = Option<Versioned<E::Reply>>;

    fn read(value: E::Reply, headers: &HeaderMap) -> Result<Self::Output, DecodeReason> {
        <Tagged as ReplyMode<E>>::read(value, headers).map(Some)
    }

    fn unchanged() -> Option<Self::Output> {
        Some(None)
    }
}

mod sealed {
    #[expect(unnameable_types, reason = "only this crate decides what an answer can be handed over as")]
    pub trait Sealed {}
    impl Sealed for super::Bare {}
    impl Sealed for super::Tagged {}
    impl Sealed for super::IfChanged {}
}

impl<E: Endpoint> ReplyMode<E> for Bare {
    type Output = E::Reply;

    fn read(reply: E::Reply, _: &HeaderMap) -> Result<E::Reply, DecodeReason> {
        Ok(reply)
    }
}

impl<E: Endpoint> ReplyMode<E> for Tagged {
    type Output = Versioned<E::Reply>;

    fn read(value: E::Reply, headers: &HeaderMap) -> Result<Versioned<E::Reply>, DecodeReason> {
        let etag = ETag::from_headers(headers).ok_or(DecodeReason::NoETag)?;
        Ok(Versioned { value, etag })
    }
}

impl<E: Endpoint, R> fmt::Debug for Call<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("method", &E::METHOD).field("route", &E::PATH).finish_non_exhaustive()
    }
}

impl<E: Endpoint, R: ReplyMode<E>> Call<E, R> {
    pub(crate) fn new(client: Client, path: E::Path, query: E::Query, body: E::Body) -> Self {
        Self {
            client,
            path,
            query,
            body,
            idempotency_key: None,
            if_match: None,
            if_none_match: None,
            retry: None,
            mode: PhantomData,
        }
    }

    /// Makes the change only if the record is still at this revision.
    pub fn with_if_match(mut self, etag: &ETag) -> Self {
        self.if_match = Some(etag.header());
        self
    }

    /// Another retry policy than the client's, for this call.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// A key of one's own instead of a fresh one; without effect on calls that create nothing.
    pub fn with_idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.idempotency_key = Some(key);
        self
    }

    /// Makes the call; the same as awaiting it.
    ///
    /// # Errors
    ///
    /// [`Error`] where no result was obtained.
    pub async fn send(self) -> Result<R::Output, Error> {
        let raw_request =
            self.raw_request().map_err(|source| Error::Request { endpoint: endpoint::<E>(), source })?;
        let response = self.client.inner().send(&raw_request).await?;
        if let (StatusCode::NOT_MODIFIED, Some(unchanged)) = (response.status, R::unchanged()) {
            return Ok(unchanged);
        }
        let reply = read_reply::<E>(&response)?;
        R::read(reply, &response.headers)
            .map_err(|source| undecodable::<E>(&response, "headers".to_owned(), source))
    }

    fn raw_request(&self) -> Result<RawRequest, RequestReason> {
        let idempotency_key = match (&self.idempotency_key, E::METHOD == Method::POST) {
            (Some(own), true) => Some(own.header()?),
            (None, true) => Some(IdempotencyKey::fresh()?.header()?),
            (Some(_) | None, false) => None,
        };
        let body = self.body.encode().map_err(RequestReason::Unwritable)?;
        Ok(RawRequest {
            method: E::METHOD,
            route: E::PATH,
            target: path_and_query::<E>(&self.path, &self.query),
            body: body.map(|b| (HeaderValue::from_static(b.media_type), b.bytes.into())),
            idempotency_key,
            if_match: self.if_match.clone(),
            if_none_match: self.if_none_match.clone(),
            retry: self.retry.clone(),
        })
    }
}

impl<E: Endpoint> Call<E, Tagged> {
    /// Asks only for what is newer than this revision: `None` comes back where nothing changed.
    pub fn if_changed_since(self, etag: &ETag) -> Call<E, IfChanged> {
        let Self { client, path, query, body, idempotency_key, if_match, if_none_match: _, retry, mode: _ } =
            self;
        let if_none_match = Some(etag.header());
        Call { client, path, query, body, idempotency_key, if_match, if_none_match, retry, mode: PhantomData }
    }
}

impl<E: Endpoint, R: ReplyMode<E>> IntoFuture for Call<E, R>
where
    E::Body: Sync,
{
    type Output = Result<R::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

fn endpoint<E: Endpoint>() -> String {
    format!("{} {}", E::METHOD, E::PATH)
}

fn read_reply<E: Endpoint>(response: &RawResponse) -> Result<E::Reply, Error> {
    decode_reply::<E>(&response.body).map_err(|e| {
        // A `?` stands for a field whose name was not read to its end.
        let path = e.path().to_string();
        let path = match path.trim_end_matches('?').trim_end_matches('.') {
            "" => ".".to_owned(),
            known => known.to_owned(),
        };
        undecodable::<E>(response, path, DecodeReason::Json(e.into_inner()))
    })
}

fn undecodable<E: Endpoint>(response: &RawResponse, path: String, source: DecodeReason) -> Error {
    Error::Decode {
        endpoint: endpoint::<E>(),
        status: response.status,
        path,
        request_id: response.request_id(),
        source,
    }
}
