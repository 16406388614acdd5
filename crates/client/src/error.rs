//! What can go wrong with a call, as one type.

use std::time::Duration;

use http::StatusCode;
use sister_cities_api::Problem;

use crate::transport::{Phase, TransportError};

/// Why a call gave no result.
///
/// `Display` says this layer only; walk [`source`](std::error::Error::source) for the rest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No complete response came, after so many attempts.
    #[error("no answer from the server after {attempts} attempt(s)")]
    Transport {
        /// How often it was tried.
        attempts: u32,
        /// What happened the last time.
        source: TransportError,
    },
    /// The time for the call, or for its last attempt, ran out.
    #[error("no answer within {}", seconds(*.after))]
    TimedOut {
        /// How often it was tried.
        attempts: u32,
        /// The time that ran out: that of an attempt, or that of the whole call.
        after: Duration,
    },
    /// The server answered, and refused.
    #[error(transparent)]
    Api(Box<ApiError>),
    /// Whether the change was made is not known: the answer to an earlier attempt was lost, and to the repetition the server
    /// said that the record is no longer at the revision the change started from. Either this call changed it and somebody
    /// else did so after, or somebody else was faster. Read the record and see.
    ///
    /// Where the record was found as the call meant to leave it, the call has succeeded instead.
    #[error("whether it was done is unknown, as an earlier answer was lost and the record has changed")]
    OutcomeUnknown {
        /// What the server said to the repetition.
        source: Box<ApiError>,
    },
    /// The server agreed, but its response cannot be read as what it should be.
    #[error("cannot read the answer to {endpoint} (status {status}): at `{path}`")]
    Decode {
        /// Method and route of the call.
        endpoint: String,
        /// The status of the response.
        status: StatusCode,
        /// Where in the response reading stopped, such as `items[3].since`; `.` is its root.
        path: String,
        /// The server's name for the request, to quote to its operator.
        request_id: Option<String>,
        /// What was wrong there.
        source: DecodeReason,
    },
    /// The call was not sent, because it cannot be put into a request.
    #[error("cannot form the request to {endpoint}")]
    Request {
        /// Method and route of the call.
        endpoint: String,
        /// What is wrong with it.
        source: RequestReason,
    },
}

/// What made a response unreadable.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeReason {
    /// It is not the JSON expected there.
    #[error("not the JSON expected")]
    Json(#[from] serde_json::Error),
    /// It should carry its revision in an `ETag` header.
    #[error("the answer carries no usable ETag")]
    NoETag,
    /// The next page would be the same page again, for ever.
    #[error("the cursor of the next page is that of this page")]
    CursorStandsStill,
}

/// What made a request impossible.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RequestReason {
    /// The body has no JSON form.
    #[error("the value cannot be written as JSON")]
    Unwritable(#[source] serde_json::Error),
    /// The path or a header has a value HTTP does not allow.
    #[error("not allowed in an HTTP request")]
    Http(#[from] http::Error),
    /// The system gave no random numbers to draw an idempotency key from.
    #[error("no random numbers for an idempotency key")]
    NoRandomness(#[from] getrandom::Error),
}

/// The server's refusal.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// Method and route of the call.
    pub endpoint: String,
    /// The HTTP status.
    pub status: StatusCode,
    /// What the server said, where it spoke RFC 9457.
    pub problem: Option<Problem>,
    /// The beginning of a body that was no problem document (a proxy's page, as a rule), without control characters.
    pub excerpt: String,
    /// The server's name for the request, to quote to its operator.
    pub request_id: Option<String>,
    /// When the server asked to come back.
    pub retry_after: Option<Duration>,
    /// Where what was asked for is now, if the server said so.
    pub location: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} was refused with {}", self.endpoint, self.status)?;
        match &self.problem {
            Some(problem) => write!(f, ": {problem}"),
            None if self.excerpt.is_empty() => Ok(()),
            None => write!(f, ", which is no problem document: {}", self.excerpt),
        }
    }
}

impl std::error::Error for ApiError {}

impl Error {
    /// Whether the same call may succeed later without anything being changed. The client has already tried as
    /// often as its policy allows.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { .. } | Self::TimedOut { .. } => true,
            Self::Api(api) => is_transient(api.status),
            Self::OutcomeUnknown { .. } | Self::Decode { .. } | Self::Request { .. } => false,
        }
    }

    /// Whether the change may have been made or not, as [`OutcomeUnknown`](Self::OutcomeUnknown) tells: read the record and see.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. })
    }

    /// Whether the server says there is no such thing, or none this token may see.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether somebody else changed the record since it was read: read it again and decide anew.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.status() == Some(StatusCode::PRECONDITION_FAILED)
    }

    /// Whether no connection could be made at all.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        match self {
            Self::Transport { source, .. } => source.phase() == Phase::Connecting,
            Self::TimedOut { .. }
            | Self::Api(_)
            | Self::OutcomeUnknown { .. }
            | Self::Decode { .. }
            | Self::Request { .. } => false,
        }
    }

    /// The status the server answered with, if it refused.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(|api| api.status)
    }

    /// What the server said, if it refused and spoke RFC 9457.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        self.api().and_then(|api| api.problem.as_ref())
    }

    /// The server's name for the request, to quote to its operator.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(api) | Self::OutcomeUnknown { source: api } => api.request_id.as_deref(),
            Self::Decode { request_id, .. } => request_id.as_deref(),
            Self::Transport { .. } | Self::TimedOut { .. } | Self::Request { .. } => None,
        }
    }

    fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(api) => Some(api),
            Self::Transport { .. }
            | Self::TimedOut { .. }
            | Self::OutcomeUnknown { .. }
            | Self::Decode { .. }
            | Self::Request { .. } => None,
        }
    }
}

/// Statuses that say "later", not "no".
pub(crate) fn is_transient(status: StatusCode) -> bool {
    [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::GATEWAY_TIMEOUT,
    ]
    .contains(&status)
}

fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f32())
}
