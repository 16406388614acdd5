//! When a call is tried again, how long it waits before, and what stops a storm.
//!
//! Two things are told apart. A failure costs one of the tries, and one of a budget shared by all clones of a client: where the
//! server is down for everybody, retries soon stop doubling its load. A refusal that only says to come again costs neither, but
//! time, of which a call has so much. The loop itself is in `send`; here is only arithmetic, so that it can be tested without a
//! clock.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often and how patiently a call is tried again.
///
/// **After a failure** (no answer, a time-out, a 502, 504 or plain 503) only calls whose repetition cannot do harm are
/// repeated: reads, changes that carry the revision they start from, and creations that carry an idempotency key (all of
/// them do). A refused connection is always tried again, because nothing was sent.
///
/// **After a refusal that asks to wait** (429; 503 with `Retry-After`) every call is repeated, because nothing was done, and as
/// often as it takes: only the time spent on waiting is limited. The same time is waited *before* sending where the
/// server's `RateLimit` headers have told that the token's quota is used up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    tries: u32,
    base: Duration,
    cap: Duration,
    retry_after_cap: Duration,
    waiting: Duration,
}

impl RetryPolicy {
    /// Three tries; waits drawn evenly from 0 to 0.2 s, then 0 to 0.4 s, never above 5 s; a `Retry-After` of up to
    /// 30 s is waited for, a longer one ends the call with the server's response; a call waits a minute in all because it is
    /// asked to, or its token's quota is used up.
    #[must_use]
    pub fn standard() -> Self {
        Self {
            tries: 3,
            base: Duration::from_millis(200),
            cap: Duration::from_secs(5),
            retry_after_cap: Duration::from_secs(30),
            waiting: Duration::from_mins(1),
        }
    }

    /// One try, at once and no second: whatever the server says is handed over.
    #[must_use]
    pub fn never() -> Self {
        Self { tries: 1, waiting: Duration::ZERO, ..Self::standard() }
    }

    /// The same with another number of tries in all, the first included; 0 is read as 1.
    #[must_use]
    pub fn with_tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    /// The same with another longest first wait, doubled for each further one up to `cap`.
    #[must_use]
    pub fn with_backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// The same with another limit up to which `Retry-After` is waited for.
    #[must_use]
    pub fn with_retry_after_cap(mut self, cap: Duration) -> Self {
        self.retry_after_cap = cap;
        self
    }

    /// The same with another limit of what a call may wait in all because it is asked to, or because its token's quota is used
    /// up. Zero: it is sent at once, and a 429 is handed over. The [total time-out](crate::ClientBuilder::total_timeout) counts
    /// these waits too.
    #[must_use]
    pub fn with_waiting(mut self, limit: Duration) -> Self {
        self.waiting = limit;
        self
    }

    /// Tries in all, the first included.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// How long a call may wait in all because it is asked to.
    pub(crate) fn waiting(&self) -> Duration {
        self.waiting
    }

    /// The wait before try number `next` (the second try is 2), or `None` if there is to be no such try.
    ///
    /// `draw` is a random number; the wait is that share of the longest wait (full jitter), or, where the server
    /// said when to come back, its `Retry-After` and the same jitter on top, so that a crowd does not return as one.
    pub(crate) fn wait_before(
        &self,
        next: u32,
        retry_after: Option<Duration>,
        draw: u64,
    ) -> Option<Duration> {
        if next > self.tries || next < 2 {
            return None;
        }
        self.wait_after(next - 1, retry_after, draw)
    }

    /// The wait after the `count`th refusal (the first is 1), or `None` if it is longer than is waited for.
    pub(crate) fn wait_after(
        &self,
        count: u32,
        retry_after: Option<Duration>,
        draw: u64,
    ) -> Option<Duration> {
        let doublings = count.saturating_sub(1).min(31);
        let longest = self.base.saturating_mul(1_u32 << doublings).min(self.cap);
        let jitter = share(longest, draw);
        match retry_after {
            Some(asked) if asked > self.retry_after_cap => None,
            Some(asked) => Some(asked.saturating_add(jitter)),
            None => Some(jitter),
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::standard()
    }
}

/// The part of `longest` that `draw` picks, evenly from nothing to all of it.
fn share(longest: Duration, draw: u64) -> Duration {
    let nanos = longest.as_nanos().saturating_mul(u128::from(draw)) >> 64;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// The retries a client may still spend: one is taken by each retry, a tenth comes back with each call that
/// succeeds at once. So in the long run retries add at most a tenth to the load, whatever fails.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tenths: AtomicU32,
}

impl RetryBudget {
    /// A full budget, in tenths of a retry: 20 retries.
    const FULL: u32 = 200;
    const RETRY: u32 = 10;
    const SUCCESS: u32 = 1;

    pub(crate) fn full() -> Self {
        Self { tenths: AtomicU32::new(Self::FULL) }
    }

    /// Takes one retry from the budget; `false` if there is none left.
    pub(crate) fn take(&self) -> bool {
        self.tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(Self::RETRY))
            .is_ok()
    }

    /// Gives back a tenth of a retry.
    pub(crate) fn reward(&self) {
        let gain = |left: u32| Some(left.saturating_add(Self::SUCCESS).min(Self::FULL));
        // Never fails: the closure always gives a value.
        let _ = self.tenths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, gain);
    }
}

/// What the server asked for by `Retry-After`: seconds, or a date, which is read against the response's own `Date`
/// so that neither clock need be right.
pub(crate) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = httpdate::parse_http_date(headers.get(http::header::DATE)?.to_str().ok()?).ok()?;
    Some(until.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_lie_between_nothing_and_the_doubled_base_and_end_with_the_last_try() {
        let policy = RetryPolicy::standard().with_tries(4);
        assert_eq!(policy.wait_before(2, None, 0), Some(Duration::ZERO));
        assert!(policy.wait_before(2, None, u64::MAX).is_some_and(|w| w <= Duration::from_millis(200)));
        assert_eq!(policy.wait_before(3, None, 1 << 63), Some(Duration::from_millis(200)));
        assert_eq!(policy.wait_before(5, None, 0), None);
        assert_eq!(RetryPolicy::never().wait_before(2, None, 0), None);
    }

    #[test]
    fn a_retry_after_is_honoured_up_to_the_cap_and_ends_the_call_beyond() {
        let policy = RetryPolicy::standard();
        assert_eq!(policy.wait_before(2, Some(Duration::from_secs(7)), 0), Some(Duration::from_secs(7)));
        assert_eq!(policy.wait_before(2, Some(Duration::from_secs(31)), 0), None);
    }

    #[test]
    fn a_retry_after_date_is_read_against_the_date_of_the_answer() {
        let mut headers = http::HeaderMap::new();
        headers.insert("retry-after", http::HeaderValue::from_static("Wed, 04 Jun 2008 12:00:09 GMT"));
        assert_eq!(retry_after(&headers), None, "without a Date there is nothing to read it against");
        headers.insert("date", http::HeaderValue::from_static("Wed, 04 Jun 2008 12:00:00 GMT"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(9)));
        headers.insert("retry-after", http::HeaderValue::from_static("3"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(3)));
    }

    #[test]
    fn the_budget_runs_dry_and_comes_back_with_success() {
        let budget = RetryBudget::full();
        assert_eq!((0..100).filter(|_| budget.take()).count(), 20);
        for _ in 0..10 {
            budget.reward();
        }
        assert!(budget.take());
        assert!(!budget.take());
    }
}
