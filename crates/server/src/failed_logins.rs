//! Knows who tries tokens that are none: counted and braked by address.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::header::AUTHORIZATION;
use http::request::Parts;
use sister_cities_api::ProblemKind;

use crate::client_address::ClientAddress;
use crate::error::ApiError;
use crate::settings::Limits;

/// How long it takes until one more may fail.
const REFILL: Duration = Duration::from_secs(3);
/// The part of an IPv6 address that one customer usually has to himself.
const CUSTOMER_PREFIX: u128 = !0 << 64;

/// How often each address has failed of late.
#[derive(Clone)]
pub(crate) struct FailedLogins {
    limiter: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    clock: DefaultClock,
    counted: Arc<Counted>,
}

/// What was counted since the server began.
#[derive(Debug, Default)]
struct Counted {
    failed: AtomicU64,
    braked: AtomicU64,
}

impl FailedLogins {
    /// As often as the limits say.
    pub(crate) fn new(limits: &Limits) -> Self {
        // Only a period of zero makes no quota.
        let quota = Quota::with_period(REFILL).unwrap_or_else(|| Quota::per_second(limits.failed_logins));
        let limiter = RateLimiter::keyed(quota.allow_burst(limits.failed_logins));
        Self { limiter: Arc::new(limiter), clock: DefaultClock::default(), counted: Arc::default() }
    }

    /// Counts a request that brought a token which is none. Beyond the limit it is told to come later instead of why.
    pub(crate) fn count(&self, error: ApiError, parts: &Parts) -> ApiError {
        if error.problem.kind != ProblemKind::Unauthenticated || !parts.headers.contains_key(AUTHORIZATION) {
            return error;
        }
        self.counted.failed.fetch_add(1, Ordering::Relaxed);
        let Some(ClientAddress(address)) = parts.extensions.get::<ClientAddress>().copied() else {
            return error;
        };
        tracing::warn!(client = %address, "a request with a token that is none");
        match self.limiter.check_key(&customer(address)) {
            Ok(()) => error,
            Err(until) => {
                self.counted.braked.fetch_add(1, Ordering::Relaxed);
                ApiError::new(ProblemKind::RateLimited)
                    .detail("too many requests from this address had a token that is none")
                    .retry_after(until.wait_time_from(self.clock.now()))
            }
        }
    }

    /// How many requests have had a token that is none, and how many of these were braked, since the server began.
    pub(crate) fn counted(&self) -> (u64, u64) {
        let Counted { failed, braked } = &*self.counted;
        (failed.load(Ordering::Relaxed), braked.load(Ordering::Relaxed))
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
