//! How a request reaches the server: a trait, and reqwest behind it.
//!
//! The trait is the way in for tests and for one's own stack (a Unix socket, a recorder); most users only ever
//! hand over a configured `reqwest::Client`, if that.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

/// The response to come, or why there is none.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

/// Sends one request and reads the whole response. No retries, no time-outs: the client adds both.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and reads the response to its end.
    ///
    /// # Errors
    ///
    /// [`TransportError`] where no complete response came; a refusal by the server is a response, not an error.
    fn exchange(&self, request: Request<Bytes>) -> Exchange<'_>;
}

/// How far an exchange got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made, so nothing was sent.
    Connecting,
    /// The request may have reached the server; no response came.
    Sending,
    /// A response began and was cut short.
    Receiving,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connecting => "connecting to the server",
            Self::Sending => "sending the request",
            Self::Receiving => "reading the answer",
        })
    }
}

/// Why no complete response came.
#[derive(Debug)]
pub struct TransportError {
    phase: Phase,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// A failure in `phase` for the reason given.
    pub fn new(phase: Phase, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { phase, source: source.into() }
    }

    /// How far the exchange got.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed while {}", self.phase)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The response was larger than the client takes.
#[derive(Debug, thiserror::Error)]
#[error("the answer is larger than {limit} bytes")]
pub(crate) struct ResponseTooLarge {
    pub(crate) limit: usize,
}

/// The usual transport: a pool of connections by reqwest.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    response_limit: usize,
}

impl Http {
    pub(crate) fn new(client: reqwest::Client, response_limit: usize) -> Self {
        Self { client, response_limit }
    }

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(|e| failed(Phase::Connecting, e))?;
        let mut response = self.client.execute(request).await.map_err(|e| {
            let phase = if e.is_connect() { Phase::Connecting } else { Phase::Sending };
            failed(phase, e)
        })?;
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| failed(Phase::Receiving, e))? {
            if body.len() + chunk.len() > self.response_limit {
                return Err(TransportError::new(
                    Phase::Receiving,
                    ResponseTooLarge { limit: self.response_limit },
                ));
            }
            body.extend_from_slice(&chunk);
        }
        let mut out = Response::new(body.freeze());
        *out.status_mut() = response.status();
        *out.headers_mut() = std::mem::take(response.headers_mut());
        Ok(out)
    }
}

/// Query strings may hold what should not be logged, so the address is taken out of reqwest's error.
fn failed(phase: Phase, error: reqwest::Error) -> TransportError {
    TransportError::new(phase, error.without_url())
}

impl Transport for Http {
    fn exchange(&self, request: Request<Bytes>) -> Exchange<'_> {
        Box::pin(self.send(request))
    }
}
