//! One call to one endpoint, with what may be set for this call alone.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use http::{HeaderMap, StatusCode};
use sister_cities_api::{Endpoint, RequestBody, decode_reply, path_and_query};

use crate::error::{DecodeReason, Error};
use crate::send::{CallOptions, Called, RawRequest};
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
    options: CallOptions,
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
        Self { client, path, query, body, options: CallOptions::default(), mode: PhantomData }
    }

    /// The same call with these query parameters, such as the day as of which to read.
    pub fn with_query(mut self, query: E::Query) -> Self {
        self.query = query;
        self
    }

    /// Makes the change only if the record is still at this revision.
    pub fn with_if_match(mut self, etag: &ETag) -> Self {
        self.options.if_match = Some(etag.header());
        self
    }

    /// Another retry policy than the client's, for this call.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// A key of one's own instead of a fresh one; without effect on calls that create nothing.
    pub fn with_idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.options.idempotency_key = Some(key);
        self
    }

    /// Makes the call; the same as awaiting it.
    ///
    /// # Errors
    ///
    /// [`Error`] where no result was obtained.
    pub async fn send(self) -> Result<R::Output, Error> {
        let target = path_and_query::<E>(&self.path, &self.query);
        let request = RawRequest::new(Called::of::<E>(), target, self.body.encode(), self.options);
        let response = self.client.exchange(request).await?;
        if let (StatusCode::NOT_MODIFIED, Some(unchanged)) = (response.status, R::unchanged()) {
            return Ok(unchanged);
        }
        let reply = decode_reply::<E>(&response.body)
            .map_err(|e| response.not_json(&e.path().to_string(), e.into_inner()))?;
        R::read(reply, &response.headers).map_err(|reason| response.undecodable("headers".to_owned(), reason))
    }
}

impl<E: Endpoint> Call<E, Tagged> {
    /// Asks only for what is newer than this revision: `None` comes back where nothing changed.
    pub fn if_changed_since(self, etag: &ETag) -> Call<E, IfChanged> {
        let Self { client, path, query, body, options, mode: _ } = self;
        let options = CallOptions { if_none_match: Some(etag.header()), ..options };
        Call { client, path, query, body, options, mode: PhantomData }
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
