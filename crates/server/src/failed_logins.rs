//! Knows who tries tokens that are none: counted and braked by address.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::header::AUTHORIZATION;
use http::request::Parts;
use sister_cities_api::ProblemKind;

use crate::client_address::ClientAddress;
use crate::config::Limits;
use crate::error::ApiError;

/// How long it takes until one more may fail.
const REFILL: Duration = Duration::from_secs(3);
/// The part of an IPv6 address that one customer usually has to himself.
const CUSTOMER_PREFIX: u128 = !0 << 64;

/// How often each address has failed of late.
#[derive(Clone)]
pub(crate) struct FailedLogins {
    limiter: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
}

impl FailedLogins {
    /// As often as the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        // Only a period of zero makes no quota.
        let quota = Quota::with_period(REFILL).unwrap_or_else(|| Quota::per_second(limits.failed_logins));
        let limiter = RateLimiter::keyed(quota.allow_burst(limits.failed_logins));
        Self { limiter: Arc::new(limiter), clock: DefaultClock::default() }
    }

    /// Counts a request that brought a token which is none. Beyond the limit it is told to come later instead of why.
    pub(crate) fn count(&self, error: ApiError, parts: &Parts) -> ApiError {
        let Some(ClientAddress(address)) = parts.extensions.get::<ClientAddress>().copied() else {
            return error;
        };
        if error.problem.kind != ProblemKind::Unauthenticated || !parts.headers.contains_key(AUTHORIZATION) {
            return error;
        }
        tracing::warn!(client = %address, "a request with a token that is none");
        match self.limiter.check_key(&customer(address)) {
            Ok(()) => error,
            Err(until) => ApiError::new(ProblemKind::RateLimited)
                .detail("too many requests from this address had a token that is none")
                .retry_after(until.wait_time_from(self.clock.now())),
        }
    }

    /// Forgets addresses that have not failed for long; without it they would grow for ever.
    pub(crate) fn forget_full(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// What is braked together: an IPv4 address, or the network of one customer.
fn customer(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & CUSTOMER_PREFIX).into(),
    }
}
