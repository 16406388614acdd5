//! Knows of one connection for whom it waits: for its client, or for us.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Since when a client is waited for.
#[derive(Debug)]
struct Waiting {
    /// That it sends a request or the rest of one.
    request: Option<Instant>,
    /// That it reads its answer.
    reading: Option<Instant>,
    /// That it reads an answer before it sends the next request.
    turn: Option<Instant>,
}

/// What the accept loop knows of a connection while it is served.
#[derive(Debug)]
pub(super) struct ConnectionState {
    /// Who is at the other end: the client, or a proxy before it.
    pub(super) peer: SocketAddr,
    /// For what the client is waited for, and since when.
    waiting: Mutex<Waiting>,
    /// Whether anything came from the client since a request was last taken up.
    was_heard: AtomicBool,
    /// Ends the connection at once.
    pub(super) evicted: CancellationToken,
}

impl ConnectionState {
    /// A connection that was just accepted: it waits for its first request.
    pub(super) fn new(peer: SocketAddr) -> Self {
        let waiting = Waiting { request: Some(Instant::now()), reading: None, turn: None };
        let was_heard = AtomicBool::new(false);
        Self { peer, waiting: Mutex::new(waiting), was_heard, evicted: CancellationToken::new() }
    }

    /// Something came from the client.
    pub(super) fn is_heard(&self) {
        self.was_heard.store(true, Ordering::Relaxed);
    }

    /// Takes up a request; if it had come before the one before it was answered, and so did those before it, says since when.
    pub(super) fn takes_up_request(&self) -> Option<Instant> {
        let came_early = !self.was_heard.swap(false, Ordering::Relaxed);
        let mut waiting = self.waiting();
        waiting.request = None;
        let early_since = came_early.then(|| waiting.turn.unwrap_or_else(Instant::now));
        waiting.turn = early_since;
        early_since
    }

    /// From here on a request, or the rest of one, is waited for; if it is already, since when does not change.
    pub(super) fn waits_for_request(&self) {
        self.waiting().request.get_or_insert_with(Instant::now);
    }

    /// From here on the client waits for an answer.
    pub(super) fn is_at_work(&self) {
        self.waiting().request = None;
    }

    /// From here on the client does not take what is sent.
    pub(super) fn waits_for_reading(&self) {
        self.waiting().reading.get_or_insert_with(Instant::now);
    }

    /// The client has taken all that was sent.
    pub(super) fn was_read(&self) {
        self.waiting().reading = None;
    }

    /// Since when the client is waited for, for one or another.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        let waiting = self.waiting();
        [waiting.request, waiting.reading, waiting.turn].into_iter().flatten().min()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Done once the client was waited for that long without a break.
    pub(super) async fn has_waited(&self, patience: Duration) {
        loop {
            let until =
                self.waiting_since().map_or_else(|| Instant::now() + patience, |since| since + patience);
            if until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(until).await;
        }
    }
}
