//! Knows how many requests were answered, how, and how long that took; and what the database failed by, since the server began.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;

/// The classes of status codes, RFC 9110 section 15.
pub(crate) const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// What a request failed by that the database could not answer; for the outermost layer to count.
#[derive(Clone, Copy)]
pub(crate) struct DatabaseFailure(pub(crate) &'static str);

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestCounts(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    by_class: [AtomicU64; CLASSES.len()],
    microseconds: AtomicU64,
    database_failures: Mutex<BTreeMap<&'static str, u64>>,
}

impl RequestCounts {
    /// Counts a request that was answered.
    pub(crate) fn count(&self, response: &Response, took: Duration) {
        let class = usize::from(response.status().as_u16() / 100).saturating_sub(1);
        if let Some(counted) = self.0.by_class.get(class) {
            counted.fetch_add(1, Ordering::Relaxed);
        }
        self.0.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        if let Some(DatabaseFailure(kind)) = response.extensions().get() {
            let mut failures = self.0.database_failures.lock().unwrap_or_else(PoisonError::into_inner);
            *failures.entry(kind).or_default() += 1;
        }
    }

    /// How many requests of each class there were.
    pub(crate) fn by_class(&self) -> [u64; CLASSES.len()] {
        self.0.by_class.each_ref().map(|counted| counted.load(Ordering::Relaxed))
    }

    /// How long all of them took together.
    pub(crate) fn took(&self) -> Duration {
        Duration::from_micros(self.0.microseconds.load(Ordering::Relaxed))
    }

    /// How often the database failed, by kind.
    pub(crate) fn database_failures(&self) -> BTreeMap<&'static str, u64> {
        self.0.database_failures.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
