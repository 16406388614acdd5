//! Which programmes were gone through for reminders, and as of when: one in which neither the day nor a record has changed since has no new ones.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::Sequence;

/// The day at the host, and the end of the journal, as of which each programme was gone through last. Known to this process alone: another goes through all of
/// them once.
#[derive(Clone, Debug, Default)]
pub(super) struct Reminded(Arc<Mutex<BTreeMap<ProgrammeId, (NaiveDate, Sequence)>>>);

impl Reminded {
    /// Whether the programme was gone through as of then.
    pub(super) fn is(&self, programme: ProgrammeId, as_of: (NaiveDate, Sequence)) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&programme) == Some(&as_of)
    }

    /// Keeps that it was.
    pub(super) fn keep(&self, programme: ProgrammeId, as_of: (NaiveDate, Sequence)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(programme, as_of);
    }
}
