//! Knows how far the imports at work are. In memory only: work that a restart ended is not at work.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sister_cities_api::import::ProgressView;
use sister_cities_app::import::Progress;
use sister_cities_domain::id::ImportId;

/// How far the imports at work are.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProgressBoard(Arc<Mutex<HashMap<ImportId, ProgressView>>>);

/// One import at work; taken off the board when dropped.
#[derive(Debug)]
pub(crate) struct AtWork {
    board: ProgressBoard,
    import: ImportId,
}

impl ProgressBoard {
    /// Puts an import on the board.
    pub(crate) fn begin(&self, import: ImportId) -> AtWork {
        let at_work = AtWork { board: self.clone(), import };
        at_work.set(0, 0);
        at_work
    }

    /// How far that import is, if it is at work.
    pub(crate) fn of(&self, import: ImportId) -> Option<ProgressView> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&import).copied()
    }
}

impl AtWork {
    fn set(&self, done: u64, total: u64) {
        let mut board = self.board.0.lock().unwrap_or_else(PoisonError::into_inner);
        board.insert(self.import, ProgressView { done, total });
    }
}

impl Progress for AtWork {
    fn at(&self, done: u64, total: u64) {
        self.set(done, total);
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.board.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.import);
    }
}
