//! What waits to be committed.

use sister_cities_domain::id::RecordKind;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::audit::Prepared;
use crate::{ChangeSet, CommitError, InPlaceUpdate, Outcome};

/// A change set that waits, the stored values to be updated in place with it, and where to answer.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) prepared: Prepared,
    pub(super) updates: Vec<InPlaceUpdate>,
    pub(super) since: Instant,
    answer: oneshot::Sender<Result<Outcome, CommitError>>,
}

impl Waiting {
    pub(super) fn new(
        prepared: Prepared,
        updates: Vec<InPlaceUpdate>,
        answer: oneshot::Sender<Result<Outcome, CommitError>>,
    ) -> Self {
        Self { prepared, updates, since: Instant::now(), answer }
    }

    /// Whether it is committed alone: its effect on others is more than the records that it writes.
    pub(super) fn is_apart(&self) -> bool {
        let changes = self.prepared.changes();
        !self.updates.is_empty()
            || !changes.deletes().is_empty()
            || changes.reply_realm() != changes.realm()
            || changes.written().any(|raw| raw.record.kind == RecordKind::Programme)
    }

    /// Tells the result; whoever asked may be gone.
    pub(super) fn answer(self, result: Result<Outcome, CommitError>) {
        drop(self.answer.send(result));
    }
}

/// How much a change set writes.
pub(super) fn size(changes: &ChangeSet) -> usize {
    changes.deletes().len() + changes.written().count() + changes.events().len()
}
