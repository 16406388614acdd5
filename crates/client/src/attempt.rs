//! What one attempt came to, and what follows: whether the call is sent again, when, and at whose cost.

use std::time::Duration;

use http::{Method, StatusCode};

use crate::error::{ApiError, is_transient};
use crate::retry::RetryPolicy;
use crate::send::{RawRequest, RawResponse};
use crate::transport::{Phase, TransportError};

/// What one attempt came to.
pub(crate) enum Attempt {
    Succeeded(RawResponse),
    Refused(Box<ApiError>),
    Failed(TransportError),
    TimedOut(Duration),
}

/// The attempts of a call so far.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// How often it was sent.
    pub(crate) sent: u32,
    /// How often it failed: each costs one of the tries.
    pub(crate) failures: u32,
    /// How often it was asked to wait.
    refusals: u32,
    /// How long it has waited because it was asked to, or because the quota was used up.
    pub(crate) waited: Duration,
    /// Whether an attempt may have done what it should although no success was answered.
    pub(crate) may_have_acted: bool,
}

/// The time before the next attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    pub(crate) length: Duration,
    pub(crate) reason: PauseReason,
}

/// Why there is a next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PauseReason {
    /// The last one failed: the next costs one of the tries and of the budget.
    Failure,
    /// The server asked to come again: it costs time alone.
    Asked,
}

impl Attempt {
    /// The status of the response, if one came.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Succeeded(response) => Some(response.status),
            Self::Refused(refusal) => Some(refusal.status),
            Self::Failed(_) | Self::TimedOut(_) => None,
        }
    }

    fn may_have_acted(&self) -> bool {
        match self {
            Self::Succeeded(_) => false,
            Self::Refused(refusal) => refusal.may_have_acted(),
            Self::Failed(e) => e.phase() != Phase::Connecting,
            Self::TimedOut(_) => true,
        }
    }
}

impl Course {
    /// How long to wait before the next attempt, or `None` if this was the last. `draw` is a random number.
    pub(crate) fn pause(
        &self,
        call: &RawRequest,
        policy: &RetryPolicy,
        outcome: &Attempt,
        draw: u64,
    ) -> Option<Pause> {
        let (asked, may_retry) = match outcome {
            Attempt::Succeeded(_) => return None,
            Attempt::Refused(refusal) if refusal.asks_to_wait() => {
                let length = policy.wait_after(self.refusals + 1, refusal.retry_after, draw)?;
                let within = self.waited.saturating_add(length) <= policy.waiting();
                return within.then_some(Pause { length, reason: PauseReason::Asked });
            }
            Attempt::Refused(refusal) => {
                (refusal.retry_after, call.is_safe_to_retry() && is_transient(refusal.status))
            }
            Attempt::Failed(e) => (None, e.phase() == Phase::Connecting || call.is_safe_to_retry()),
            Attempt::TimedOut(_) => (None, call.is_safe_to_retry()),
        };
        let length = may_retry.then(|| policy.wait_before(self.failures + 2, asked, draw)).flatten()?;
        Some(Pause { length, reason: PauseReason::Failure })
    }

    /// Takes down an attempt that is followed by another.
    pub(crate) fn note(&mut self, outcome: &Attempt, pause: Pause) {
        self.may_have_acted |= outcome.may_have_acted();
        match pause.reason {
            PauseReason::Failure => self.failures += 1,
            PauseReason::Asked => {
                self.refusals += 1;
                self.waited += pause.length;
            }
        }
    }

    /// Whether this refusal may be the answer to a change that an earlier attempt of the same call had made already.
    pub(crate) fn may_have_met_itself(&self, call: &RawRequest, refusal: &ApiError) -> bool {
        let gone = call.method() == Method::DELETE && refusal.status == StatusCode::NOT_FOUND;
        self.may_have_acted
            && call.is_conditional()
            && (gone || refusal.status == StatusCode::PRECONDITION_FAILED)
    }
}
