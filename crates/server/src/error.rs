//! Knows how a request fails: the problem that the caller is shown, and the cause that only the log is told.

use std::error::Error;
use std::time::Duration;

use sister_cities_api::{FieldError, Problem, ProblemKind};

/// A request that cannot be granted.
#[derive(Debug)]
pub(crate) struct ApiError {
    /// What the caller is shown.
    pub(crate) problem: Box<Problem>,
    /// When it makes sense to come again.
    pub(crate) retry_after: Option<Duration>,
    /// Where what was asked for is now.
    pub(crate) location: Option<String>,
    /// What the log is told.
    pub(crate) cause: Option<Box<dyn Error + Send + Sync>>,
}

/// What comes out of a step of a request.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A problem of this kind.
    pub(crate) fn new(kind: ProblemKind) -> Self {
        Self { problem: Box::new(Problem::new(kind)), retry_after: None, location: None, cause: None }
    }

    /// Says what happened this time.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.problem.detail = Some(detail.into());
        self
    }

    /// Names the fields at fault.
    pub(crate) fn errors(mut self, errors: impl IntoIterator<Item = FieldError>) -> Self {
        self.problem.errors.extend(errors);
        self
    }

    /// Says when to come again.
    pub(crate) fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// There is no such thing, or the caller may not see it: one answer for both, word by word.
    pub(crate) fn not_found() -> Self {
        Self::new(ProblemKind::NotFound).detail("there is no such thing here, or the token may not see it")
    }

    /// What was asked for is elsewhere now, for good.
    pub(crate) fn moved(location: String) -> Self {
        let detail = "the record was merged into another, whose address is in the header Location";
        Self { location: Some(location), ..Self::new(ProblemKind::Moved).detail(detail) }
    }

    /// A fault of the server; the caller learns the request id and nothing else.
    pub(crate) fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut error = Self::new(ProblemKind::Internal)
            .detail("the server's log has more, under the id of this request");
        error.cause = Some(cause.into());
        error
    }

    /// The service cannot work now.
    pub(crate) fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut error = Self::new(ProblemKind::Unavailable).retry_after(Duration::from_secs(5));
        error.cause = Some(cause.into());
        error
    }

    /// One parameter at fault.
    pub(crate) fn parameter(name: &str, detail: &str, expected: &str) -> Self {
        Self::new(ProblemKind::InvalidParameter)
            .errors([FieldError::at_parameter(name, detail).expecting(expected)])
    }

    /// One header at fault.
    pub(crate) fn header(kind: ProblemKind, name: &str, detail: &str, expected: &str) -> Self {
        Self::new(kind).errors([FieldError::at_header(name, detail).expecting(expected)])
    }

    /// One field of the body at fault.
    pub(crate) fn field(pointer: &str, detail: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(ProblemKind::Invalid).errors([FieldError::at_pointer(pointer, detail).expecting(expected)])
    }
}
