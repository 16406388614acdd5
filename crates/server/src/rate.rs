//! Knows how many requests a token may make: a bucket for each, by governor.

use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue};
use sister_cities_api::ProblemKind;
use sister_cities_domain::id::TokenId;

use crate::error::{ApiError, ApiResult};
use crate::settings::Limits;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// The buckets of all tokens.
pub(crate) struct Rates {
    limiter: RateLimiter<TokenId, DefaultKeyedStateStore<TokenId>, DefaultClock, StateInformationMiddleware>,
    clock: DefaultClock,
    burst: u32,
    per_second: u32,
}

/// What is left in a token's bucket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remaining(u32);

impl Rates {
    /// Buckets of the size that the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        let quota = Quota::per_second(limits.requests_per_second).allow_burst(limits.burst);
        Self {
            limiter: RateLimiter::keyed(quota).with_middleware(),
            clock: DefaultClock::default(),
            burst: limits.burst.get(),
            per_second: limits.requests_per_second.get(),
        }
    }

    /// Takes one request out of the token's bucket.
    pub(crate) fn take(&self, token: TokenId) -> ApiResult<Remaining> {
        match self.limiter.check_key(&token) {
            Ok(snapshot) => Ok(Remaining(snapshot.remaining_burst_capacity())),
            Err(not_until) => {
                let wait: Duration = not_until.wait_time_from(self.clock.now());
                let detail = format!(
                    "a token may make {} requests at once and {} a second",
                    self.burst, self.per_second
                );
                Err(ApiError::new(ProblemKind::RateLimited).detail(detail).retry_after(wait))
            }
        }
    }

    /// Tells the caller of the bucket (draft-ietf-httpapi-ratelimit-headers).
    pub(crate) fn describe(&self, headers: &mut HeaderMap, remaining: Remaining) {
        let window = self.burst.div_ceil(self.per_second);
        let refill = (self.burst - remaining.0.min(self.burst)).div_ceil(self.per_second);
        let policy = format!("\"token\";q={};w={window}", self.burst);
        let state = format!("\"token\";r={};t={refill}", remaining.0);
        for (name, text) in [(POLICY, policy), (STATE, state)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }

    /// Forgets buckets that are full again; without it they would grow for ever.
    pub(crate) fn forget_full(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

impl Remaining {
    /// Nothing is left.
    pub(crate) const NOTHING: Self = Self(0);
}
