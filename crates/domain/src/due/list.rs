//! Due work kept up to date: a change reckons again what it touches, a new day what turns on it, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::item::DueItem;
use super::reckon::{Reckoning, reckon};
use super::state::{DueRecord, DueState};
use super::touch::NextTouch;
use crate::id::{PartnershipId, RecordRef};

/// The due work of a programme, with the records it is reckoned from.
///
/// After any changes it answers what [`due`](super::due) answers from all records.
#[derive(Clone, Debug)]
pub struct DueList {
    state: DueState,
    reckoned: BTreeMap<RecordRef, (NaiveDate, Reckoning)>,
}

impl DueList {
    /// The due work of a state. Nothing is reckoned yet.
    #[must_use]
    pub const fn new(state: DueState) -> Self {
        Self { state, reckoned: BTreeMap::new() }
    }

    /// The records.
    #[must_use]
    pub const fn state(&self) -> &DueState {
        &self.state
    }

    /// Puts a record into the state, in the place of what it was before.
    pub fn put(&mut self, record: impl Into<DueRecord>) {
        let touched = self.state.put(record);
        self.forget(touched);
    }

    /// Takes a record out of the state.
    pub fn remove(&mut self, record: impl Into<RecordRef>) {
        let touched = self.state.remove(record);
        self.forget(touched);
    }

    /// What is due at an instant, in order.
    pub fn due(&mut self, now: DateTime<Utc>) -> Vec<DueItem> {
        let today = self.state.today(now);
        let units: Vec<RecordRef> = self.state.units().collect();
        let mut items = Vec::new();
        for unit in units {
            items.extend(self.reckoning(unit, today).items.iter().cloned());
        }
        items.sort_by_key(DueItem::sort_key);
        items
    }

    /// The next touch of a partnership; `None` if it is over, or unknown.
    pub fn next_touch(&mut self, partnership: PartnershipId, now: DateTime<Utc>) -> Option<NextTouch> {
        let today = self.state.today(now);
        self.reckoning(partnership.into(), today).touch.clone()
    }

    fn forget(&mut self, touched: BTreeSet<RecordRef>) {
        for unit in touched {
            self.reckoned.remove(&unit);
        }
    }

    fn reckoning(&mut self, unit: RecordRef, today: NaiveDate) -> &Reckoning {
        let state = &self.state;
        let (_, reckoning) = self
            .reckoned
            .entry(unit)
            .and_modify(|(on, known)| {
                if today < *on || known.holds_until.is_some_and(|until| until <= today) {
                    (*on, *known) = (today, reckon(state, unit, today));
                }
            })
            .or_insert_with(|| (today, reckon(state, unit, today)));
        reckoning
    }
}
