//! Change sets that wait to be committed. One task per programme takes what has come together and commits it at once: the programme's
//! lock, the way to the server and the wait for its disk are paid once for many.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use deadpool_postgres::Pool;
use sister_cities_domain::id::RecordRef;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::commit;
use super::waiting::{Waiting, size};
use crate::audit::Prepared;
use crate::{CommitError, IdempotencyKey, InPlaceUpdate, Outcome, Realm, Unavailable};

/// At most so many change sets are committed together,
const SETS: usize = 64;
/// with so many records and events among them; a larger one is committed alone.
const SIZE: usize = 1_000;

/// The queues of all programmes. Cheap to clone.
#[derive(Clone)]
pub(super) struct Queues {
    pool: Pool,
    /// Hears of every commit.
    notifications: UnboundedSender<Realm>,
    /// There is a queue while there is a task that commits what is in it.
    waiting: Arc<Mutex<HashMap<Realm, VecDeque<Waiting>>>>,
}

impl Queues {
    pub(super) fn new(pool: Pool, notifications: UnboundedSender<Realm>) -> Self {
        Self { pool, notifications, waiting: Arc::default() }
    }

    /// Commits a change set when it is its turn. It comes to its end whoever stops waiting for it.
    pub(super) async fn commit(
        &self,
        prepared: Prepared,
        updates: Vec<InPlaceUpdate>,
    ) -> Result<Outcome, CommitError> {
        let realm = prepared.changes().realm();
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting::new(prepared, updates, answer);
        if self.is_first(realm, waiting) {
            tokio::spawn(self.clone().serve(realm));
        }
        answered.await.unwrap_or(Err(Unavailable::OutcomeUnknown.into()))
    }

    /// Joins the queue, and says whether nobody serves it yet.
    fn is_first(&self, realm: Realm, waiting: Waiting) -> bool {
        let mut queues = self.queues();
        let is_first = !queues.contains_key(&realm);
        queues.entry(realm).or_default().push_back(waiting);
        is_first
    }

    /// Commits what waits until nothing does.
    async fn serve(self, realm: Realm) {
        let mut serving = Serving { queues: &self, realm, ended: false };
        while let Some(group) = serving.next() {
            let undecided = commit::commit(&self.pool, group, &self.notifications).await;
            self.put_back(realm, undecided);
        }
    }

    fn put_back(&self, realm: Realm, undecided: Vec<Waiting>) {
        let mut queues = self.queues();
        let queue = queues.entry(realm).or_default();
        undecided.into_iter().rev().for_each(|waiting| queue.push_front(waiting));
    }

    fn queues(&self) -> MutexGuard<'_, HashMap<Realm, VecDeque<Waiting>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task that serves a queue. If it dies, those who wait are told that nobody knows, and the next one begins anew.
struct Serving<'a> {
    queues: &'a Queues,
    realm: Realm,
    ended: bool,
}

impl Serving<'_> {
    /// What is to be committed next; none, and no queue any more, if nothing waits.
    fn next(&mut self) -> Option<Vec<Waiting>> {
        let mut queues = self.queues.queues();
        let group = queues.get_mut(&self.realm).map(gather).unwrap_or_default();
        if group.is_empty() {
            queues.remove(&self.realm);
            self.ended = true;
            return None;
        }
        Some(group)
    }
}

impl Drop for Serving<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.queues.queues().remove(&self.realm);
        }
    }
}

/// Takes from the front what can be committed together: what neither changes the same record nor is the same request.
fn gather(queue: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let mut group = Vec::new();
    let mut records: HashSet<RecordRef> = HashSet::new();
    let mut requests: HashSet<IdempotencyKey> = HashSet::new();
    let mut total = 0;
    while let Some(waiting) = queue.front() {
        let changes = waiting.prepared.changes();
        total += size(changes);
        let fits = group.len() < SETS
            && total <= SIZE
            && !waiting.is_apart()
            && changes.written().all(|raw| !records.contains(&raw.record))
            && changes.reply().is_none_or(|reply| !requests.contains(&reply.key));
        if !fits && !group.is_empty() {
            break;
        }
        records.extend(changes.written().map(|raw| raw.record));
        requests.extend(changes.reply().map(|reply| reply.key.clone()));
        group.extend(queue.pop_front());
        if !fits {
            break;
        }
    }
    group
}
