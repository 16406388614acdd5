//! Assessments that still hold: a list is assessed anew only where something touched a partnership since, or on another day.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use lru::LruCache;
use sister_cities_domain::id::PartnershipId;
use sister_cities_domain::vitality::Vitality;
use sister_cities_storage::Revision;

/// So many are kept, those that were asked for last: about 2 KiB each.
const MOST: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();

/// As of which state of its records a partnership was assessed. Any change to what an assessment is reckoned from makes another
/// one, whichever server makes the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RecordsState {
    /// Of the programme, whose policies judge it.
    pub(super) programme: Revision,
    /// Of the partnership.
    pub(super) partnership: Revision,
    /// Of the unit of due work, which its log and its agreements touch.
    pub(super) unit: u64,
}

/// Assessments without their inputs, each with the state that it was reckoned from.
#[derive(Debug)]
pub(crate) struct VitalityCache {
    kept: Mutex<LruCache<(PartnershipId, NaiveDate), (RecordsState, Vitality)>>,
}

impl VitalityCache {
    pub(crate) fn new() -> Self {
        Self { kept: Mutex::new(LruCache::new(MOST)) }
    }

    /// The assessment of a day, if it was made from that state.
    pub(super) fn get(
        &self,
        partnership: PartnershipId,
        day: NaiveDate,
        state: RecordsState,
    ) -> Option<Vitality> {
        // Nobody panics while holding the lock, and what is kept is whole at any time.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(partnership, day)).filter(|(of, _)| *of == state).map(|(_, vitality)| vitality.clone())
    }

    pub(super) fn put(&self, partnership: PartnershipId, state: RecordsState, vitality: Vitality) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.put((partnership, vitality.as_of), (state, vitality));
    }
}
