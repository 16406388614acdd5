//! Work in memory.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::work::{
    Claim, Fence, LeaseError, LeaseRequest, Leased, NewWork, RAN_OUT, Retry, WorkCounts, WorkState,
};
use crate::{Realm, Sequence};

/// Work as it lies in memory.
#[derive(Clone, Debug)]
struct Item {
    topic: &'static str,
    event: Sequence,
    state: WorkState,
    attempts: u32,
    /// Ready: not before; leased: until; done and dead: since.
    due_at: DateTime<Utc>,
    fence: Fence,
    last_error: Option<String>,
}

/// All work there is, by realm and id.
#[derive(Clone, Debug, Default)]
pub(super) struct Works(BTreeMap<(Uuid, Uuid), Item>);

impl Works {
    /// Stores new work about an event; work that is there already stays as it is.
    pub(super) fn add(&mut self, realm: Realm, work: &NewWork, event: Sequence) {
        self.0.entry((realm.uuid(), work.id)).or_insert_with(|| Item {
            topic: work.topic,
            event,
            state: WorkState::Ready,
            attempts: 0,
            due_at: work.due_at,
            fence: Fence(0),
            last_error: None,
        });
    }

    pub(super) fn lease(&mut self, request: &LeaseRequest) -> Vec<Leased> {
        let is_due = |item: &Item| {
            item.topic == request.topic
                && matches!(item.state, WorkState::Ready | WorkState::Leased)
                && item.due_at <= request.now
        };
        let due = self.0.iter_mut().filter(|(_, item)| is_due(item));
        let mut due: Vec<_> = due.map(|((realm, id), item)| (item.due_at, *id, *realm, item)).collect();
        due.sort_by_key(|(due_at, id, ..)| (*due_at, *id));
        let lease = |(_, id, realm, item): (_, Uuid, Uuid, &mut Item)| {
            item.state = WorkState::Leased;
            item.attempts += 1;
            item.fence.0 += 1;
            item.due_at = request.now + request.lease;
            Leased {
                claim: Claim { realm: Realm::from_uuid(realm), id, fence: item.fence },
                event: item.event,
                attempt: item.attempts,
                until: item.due_at,
                last_error: item.last_error.clone(),
            }
        };
        due.into_iter().take(request.limit as usize).map(lease).collect()
    }

    pub(super) fn heartbeat(&mut self, claim: Claim, until: DateTime<Utc>) -> Result<(), LeaseError> {
        self.leased(claim)?.due_at = until;
        Ok(())
    }

    pub(super) fn complete(&mut self, claim: Claim, now: DateTime<Utc>) -> Result<(), LeaseError> {
        let item = self.leased(claim)?;
        (item.state, item.due_at, item.last_error) = (WorkState::Done, now, None);
        Ok(())
    }

    pub(super) fn fail(
        &mut self,
        claim: Claim,
        error: String,
        retry: Retry,
        now: DateTime<Utc>,
    ) -> Result<(), LeaseError> {
        let item = self.leased(claim)?;
        item.last_error = Some(error);
        (item.state, item.due_at) = match retry {
            Retry::At(due_at) => (WorkState::Ready, due_at),
            Retry::Never => (WorkState::Dead, now),
        };
        Ok(())
    }

    pub(super) fn rescue(&mut self, now: DateTime<Utc>, limit: u32) -> u64 {
        let late = |item: &&mut Item| item.state == WorkState::Leased && item.due_at <= now;
        let mut rescued = 0;
        for item in self.0.values_mut().filter(late).take(limit as usize) {
            item.state = WorkState::Ready;
            item.last_error = Some(RAN_OUT.to_owned());
            rescued += 1;
        }
        rescued
    }

    pub(super) fn forget(&mut self, before: DateTime<Utc>, limit: u32) -> u64 {
        let over =
            |item: &Item| matches!(item.state, WorkState::Done | WorkState::Dead) && item.due_at < before;
        let mut old: Vec<_> =
            self.0.iter().filter(|(_, item)| over(item)).map(|(key, item)| (item.due_at, *key)).collect();
        old.sort();
        old.truncate(limit as usize);
        for (_, key) in &old {
            self.0.remove(key);
        }
        old.len() as u64
    }

    pub(super) fn counts(&self, topic: &str) -> WorkCounts {
        let mut counts = WorkCounts::default();
        for item in self.0.values().filter(|item| item.topic == topic) {
            counts.add(item.state.as_str(), 1);
        }
        counts
    }

    /// What went wrong last, of all work of a realm.
    pub(super) fn errors(&self, realm: Realm) -> impl Iterator<Item = (Uuid, &String)> {
        let own = (realm.uuid(), Uuid::nil())..=(realm.uuid(), Uuid::max());
        self.0.range(own).filter_map(|((_, id), item)| Some((*id, item.last_error.as_ref()?)))
    }

    /// What went wrong last with that work.
    pub(super) fn error_of(&mut self, realm: Realm, id: Uuid) -> Option<&mut String> {
        self.0.get_mut(&(realm.uuid(), id))?.last_error.as_mut()
    }

    /// The work of a claim that nobody else has taken over.
    fn leased(&mut self, claim: Claim) -> Result<&mut Item, LeaseError> {
        let item = self.0.get_mut(&(claim.realm.uuid(), claim.id));
        item.filter(|item| item.state == WorkState::Leased && item.fence == claim.fence)
            .ok_or(LeaseError::Lost)
    }
}
