//! What is to be done because of an event: stored with it, leased by whoever does it, done at least once.
//!
//! A change set stores work in the same commit as its events, so there is no work for what was not committed, and none is lost
//! for what was. Whoever does it takes a lease that ends by itself: a worker that dies or sleeps holds nobody up. Each lease has a
//! [`Fence`] greater than all before it on the same work; what is said under an older one is refused, so that a worker that
//! wakes up late cannot undo what another has done since.
//!
//! All times come from the caller. Who leases has to ask again and again; [`Signals`] only make it faster.

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{Realm, Sequence, Unavailable};

/// What is to be done, as a change set stores it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWork {
    /// Its id. Work whose id is there already is not stored again.
    pub id: Uuid,
    /// Who is to do it, as in `mail`.
    pub topic: &'static str,
    /// Not before.
    pub due_at: DateTime<Utc>,
    /// The event it is about, by its place among the events of the change set, from 0.
    pub event: usize,
}

/// Which work to lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseRequest {
    /// Of this topic.
    pub topic: &'static str,
    /// Who asks, for people to read.
    pub owner: String,
    /// At most so much.
    pub limit: u32,
    /// What is due by now, leases that have run out by now included.
    pub now: DateTime<Utc>,
    /// For how long.
    pub lease: TimeDelta,
}

/// A number that rises with each lease of the same work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fence(pub u64);

/// Names one lease of one piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// Whose work it is.
    pub realm: Realm,
    /// Which.
    pub id: Uuid,
    /// Which lease of it.
    pub fence: Fence,
}

/// Work that is to be done now, by whoever was given this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// What to name when saying what became of it.
    pub claim: Claim,
    /// The event it is about: its position in the journal of the realm.
    pub event: Sequence,
    /// 1-based attempt number.
    pub attempt: u32,
    /// Until when it is leased.
    pub until: DateTime<Utc>,
    /// What went wrong at the last attempt.
    pub last_error: Option<String>,
}

/// What to do with work that could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "it is tried again or it is not")]
pub enum Retry {
    /// Try again, not before this time.
    At(DateTime<Utc>),
    /// Never by itself: it stays, with its last error, until somebody looks.
    Never,
}

/// How far work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WorkState {
    /// Waits for its time and for somebody to do it.
    Ready,
    /// Somebody does it.
    Leased,
    /// Done.
    Done,
    /// Given up.
    Dead,
}

impl WorkState {
    /// Its name, as in `ready`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Leased => "leased",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

/// How much work there is of one topic, of all programmes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkCounts {
    /// Waiting.
    pub ready: u64,
    /// Being done.
    pub leased: u64,
    /// Done and not forgotten yet.
    pub done: u64,
    /// Given up and not forgotten yet.
    pub dead: u64,
}

impl WorkCounts {
    /// Counts `number` pieces of work in the state of that name; a name of another version of the program counts as nothing.
    pub(crate) fn add(&mut self, state: &str, number: u64) {
        let of = |one: WorkState| one.as_str() == state;
        if of(WorkState::Ready) {
            self.ready += number;
        } else if of(WorkState::Leased) {
            self.leased += number;
        } else if of(WorkState::Done) {
            self.done += number;
        } else if of(WorkState::Dead) {
            self.dead += number;
        }
    }
}

/// Why what was said about a lease was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LeaseError {
    /// The lease has ended: somebody else has the work, or it is over.
    #[error("the lease has ended")]
    Lost,
    /// The store cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// An answer about a lease, when it comes.
pub type Leasing<'a, T> = BoxFuture<'a, Result<T, LeaseError>>;

/// The port to the work of all programmes.
///
/// Promises of every back end, held by the conformance suite:
///
/// - Work is there if and only if the change set that stored it was committed.
/// - No two leases on one piece of work are live at the same time, by the times that those who lease give.
/// - What is said under a lease that somebody else has taken over is refused, and changes nothing.
/// - Work whose lease has run out is leased again to the next who asks.
pub trait WorkQueue: Send + Sync {
    /// Leases what is due, the longest due first. Work that another takes at the same moment is passed over, not waited for.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Unavailable`].
    fn lease(&self, request: LeaseRequest) -> Leasing<'_, Vec<Leased>>;

    /// Makes a lease last until `until`.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`]: stop doing it.
    fn heartbeat(&self, claim: Claim, until: DateTime<Utc>) -> Leasing<'_, ()>;

    /// Says that it is done.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`]: somebody else does it, too, or has done it.
    fn complete(&self, claim: Claim, now: DateTime<Utc>) -> Leasing<'_, ()>;

    /// Says that it could not be done, and why; `now` is kept for what is never tried again.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Lost`].
    fn fail(&self, claim: Claim, error: String, retry: Retry, now: DateTime<Utc>) -> Leasing<'_, ()>;

    /// Takes back the leases that have run out, `limit` at most; says how many. Nothing depends on it, as
    /// [`lease`](Self::lease) finds them too; but here they are counted, and topics nobody asks for are seen.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Unavailable`].
    fn expire_leases(&self, now: DateTime<Utc>, limit: u32) -> Leasing<'_, u64>;

    /// Forgets work that was done or given up before `before`, `limit` at most; says how much.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Unavailable`].
    fn forget_work(&self, before: DateTime<Utc>, limit: u32) -> Leasing<'_, u64>;

    /// Counts the work of a topic.
    ///
    /// # Errors
    ///
    /// [`LeaseError::Unavailable`].
    fn work_counts(&self, topic: &'static str) -> Leasing<'_, WorkCounts>;

    /// Tells when something was committed, here or by another process that shares the database where the back end can know.
    fn signals(&self) -> Signals;
}

/// What is said of a lease that was taken back because it had run out.
pub(crate) const RAN_OUT: &str = "the lease ran out";

/// How many signals a listener may be behind before it is only told that there was something.
const BEHIND: usize = 1_024;

/// Something was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "either it is known where, or it is not")]
pub enum Signal {
    /// In this realm.
    In(Realm),
    /// Perhaps, somewhere: look everywhere.
    Anywhere,
}

/// A listener to commits. It may miss some: whoever waits must also look by the clock.
#[derive(Debug)]
pub struct Signals(broadcast::Receiver<Signal>);

impl Signals {
    /// Waits for the next. None when the store is closed.
    pub async fn next(&mut self) -> Option<Signal> {
        match self.0.recv().await {
            Ok(signal) => Some(signal),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Signal::Anywhere),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// Where back ends say that something was committed.
#[derive(Clone, Debug)]
pub(crate) struct Notifier(broadcast::Sender<Signal>);

impl Default for Notifier {
    fn default() -> Self {
        Self(broadcast::channel(BEHIND).0)
    }
}

impl Notifier {
    /// Wakes all who listen.
    pub(crate) fn notify(&self, signal: Signal) {
        // Nobody may be listening.
        let _listeners = self.0.send(signal);
    }

    /// Begins to listen.
    pub(crate) fn listen(&self) -> Signals {
        Signals(self.0.subscribe())
    }
}
