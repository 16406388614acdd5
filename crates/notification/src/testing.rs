//! For tests: a channel that sends nothing and remembers everything, a message of each kind, and a mail server.

#[cfg(all(unix, feature = "email", feature = "testing"))]
pub mod postfix;
pub mod samples;

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;

use crate::{Channel, Receipt, SendError, SendFuture, Sending};

/// Remembers what it was given to send, and answers as it was told to; with success, if nothing was said.
#[derive(Debug)]
pub struct RecordingChannel<M> {
    state: Mutex<State<M>>,
}

#[derive(Debug)]
struct State<M> {
    sent: Vec<Sending<M>>,
    answers: VecDeque<Result<Receipt, SendError>>,
}

impl<M> Default for RecordingChannel<M> {
    fn default() -> Self {
        Self { state: Mutex::new(State { sent: Vec::new(), answers: VecDeque::new() }) }
    }
}

impl<M: Clone> RecordingChannel<M> {
    /// Answers the next attempt so; those after it, as was said after this.
    pub fn answer_next(&self, answer: Result<Receipt, SendError>) {
        self.lock().answers.push_back(answer);
    }

    /// All attempts so far, those that were answered with an error among them.
    #[must_use]
    pub fn sent(&self) -> Vec<Sending<M>> {
        self.lock().sent.clone()
    }
}

impl<M> RecordingChannel<M> {
    fn lock(&self) -> MutexGuard<'_, State<M>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<M: Debug + Send> Channel for RecordingChannel<M> {
    type Message = M;

    fn send(&self, sending: Sending<M>) -> SendFuture<'_> {
        let mut state = self.lock();
        state.sent.push(sending);
        let answer = state.answers.pop_front().unwrap_or_else(|| Ok(Receipt::default()));
        futures_util::future::ready(answer).boxed()
    }
}
