//! Waiting before sending where the token's quota is used up, as the server's `RateLimit` headers tell of it.
//!
//! The server keeps a bucket for each token: so many requests at once, refilled evenly. Its copy here is corrected by every
//! answer, so that requests of other programs with the same token count too. Where the copy is wrong the server refuses,
//! and the call waits as it is told; nothing is lost but time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use tokio::time::Instant;

const POLICY: &str = "ratelimit-policy";
const STATE: &str = "ratelimit";

/// The copy of the token's bucket, shared by all clones of a client. Until the server has told of a quota nobody waits.
#[derive(Debug)]
pub(crate) struct Pacer {
    bucket: Mutex<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    quota: Option<Quota>,
    /// What is left, in requests; below zero where some have been promised what is refilled later.
    available: f64,
    as_of: Instant,
    /// Requests that wait for their turn or for their answer.
    outstanding: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Quota {
    requests: f64,
    per_second: f64,
}

/// One request's turn: to be kept from before it waits until it is answered.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    pacer: &'a Pacer,
    wait: Duration,
    begun: bool,
}

impl Pacer {
    pub(crate) fn new() -> Self {
        let bucket = Bucket { quota: None, available: 0.0, as_of: Instant::now(), outstanding: 0 };
        Self { bucket: Mutex::new(bucket) }
    }

    /// Takes one request out of the bucket. Turns come in the order in which they are taken.
    pub(crate) fn turn(&self) -> Turn<'_> {
        let mut bucket = self.bucket();
        bucket.refill(Instant::now());
        bucket.outstanding += 1;
        bucket.available -= 1.0;
        Turn { pacer: self, wait: bucket.wait(), begun: false }
    }

    fn bucket(&self) -> MutexGuard<'_, Bucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// How long to wait before sending.
    pub(crate) fn wait(&self) -> Duration {
        self.wait
    }

    /// From now on the request may have reached the server, and counts there.
    pub(crate) fn begin(&mut self) {
        self.begun = true;
    }

    /// Takes over what the server says is left.
    pub(crate) fn answered(self, headers: &HeaderMap) {
        let mut bucket = self.pacer.bucket();
        match (quota(headers), parameter(headers, STATE, "r")) {
            (Some(quota), Some(remaining)) => {
                // Those on their way may be counted in it or not; that they are not is the careful reading.
                let others = bucket.outstanding.saturating_sub(1);
                bucket.quota = Some(quota);
                bucket.available = f64::from(remaining) - f64::from(others);
                bucket.as_of = Instant::now();
            }
            // Whoever answered has no bucket: a proxy, as a rule.
            (None | Some(_), _) => bucket.available += 1.0,
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut bucket = self.pacer.bucket();
        bucket.outstanding = bucket.outstanding.saturating_sub(1);
        if !self.begun {
            bucket.available += 1.0;
        }
    }
}

impl Bucket {
    fn refill(&mut self, now: Instant) {
        if let Some(quota) = self.quota {
            let elapsed = now.saturating_duration_since(self.as_of).as_secs_f64();
            self.available = (self.available + elapsed * quota.per_second).min(quota.requests);
        } else {
            self.available = 0.0;
        }
        self.as_of = now;
    }

    /// Until the last request taken is refilled.
    fn wait(&self) -> Duration {
        let missing = (-self.available).max(0.0);
        let seconds = self.quota.map_or(0.0, |quota| missing / quota.per_second);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

/// The quota of `"token";q=100;w=5`: 100 at once, and again after 5 seconds.
fn quota(headers: &HeaderMap) -> Option<Quota> {
    let requests = parameter(headers, POLICY, "q").filter(|requests| *requests > 0)?;
    let window = parameter(headers, POLICY, "w").filter(|seconds| *seconds > 0)?;
    let requests = f64::from(requests);
    Some(Quota { requests, per_second: requests / f64::from(window) })
}

/// A parameter of the first item of the header (draft-ietf-httpapi-ratelimit-headers). The server sends one item.
fn parameter(headers: &HeaderMap, header: &str, name: &str) -> Option<u32> {
    let item = headers.get(header)?.to_str().ok()?.split(',').next()?;
    let pairs = item.split(';').skip(1).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, _)| *key == name).find_map(|(_, value)| value.parse().ok())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn told(remaining: u32) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(POLICY, HeaderValue::from_static("\"token\";q=100;w=5"));
        let state = format!("\"token\";r={remaining};t=5");
        headers.insert(STATE, HeaderValue::from_str(&state).expect("a header"));
        headers
    }

    fn answer(pacer: &Pacer, headers: &HeaderMap) {
        let mut turn = pacer.turn();
        turn.begin();
        turn.answered(headers);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_before_the_server_has_told_of_a_quota() {
        let pacer = Pacer::new();
        let turns: Vec<_> = (0..500).map(|_| pacer.turn()).collect();
        assert!(turns.iter().all(|turn| turn.wait() == Duration::ZERO));
        drop(turns);
        answer(&pacer, &HeaderMap::new());
        assert_eq!(pacer.turn().wait(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn where_the_quota_is_used_up_turns_come_as_fast_as_it_is_refilled() {
        let pacer = Pacer::new();
        answer(&pacer, &told(2));
        let turns: Vec<_> = (0..5).map(|_| pacer.turn()).collect();
        let waits: Vec<_> = turns.iter().map(|turn| turn.wait().as_millis()).collect();
        assert_eq!(waits, [0, 0, 50, 100, 150]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_still_waits_is_counted_when_an_answer_comes() {
        let pacer = Pacer::new();
        answer(&pacer, &told(0));
        let waiting: Vec<_> = (0..3).map(|_| pacer.turn()).collect();
        answer(&pacer, &told(1));
        assert_eq!(pacer.turn().wait().as_millis(), 150, "one is left and three are before it");
        drop(waiting);
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_given_up_is_free_for_the_next() {
        let pacer = Pacer::new();
        answer(&pacer, &told(1));
        drop(pacer.turn());
        assert_eq!(pacer.turn().wait(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn the_bucket_is_never_fuller_than_the_quota() {
        let pacer = Pacer::new();
        answer(&pacer, &told(0));
        tokio::time::advance(Duration::from_hours(1)).await;
        let turns: Vec<_> = (0..101).map(|_| pacer.turn()).collect();
        assert_eq!(turns.iter().filter(|turn| turn.wait() > Duration::ZERO).count(), 1);
    }
}
