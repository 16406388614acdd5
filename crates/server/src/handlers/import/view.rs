//! How an import is shown.

use sister_cities_api::import::ImportView;
use sister_cities_app::CommandOutcome;
use sister_cities_domain::import_run::ImportRun;
use sister_cities_storage::Versioned;

use crate::call::Answer;

/// The view of an import that nothing is at work on.
pub(super) fn view(found: &Versioned<ImportRun>) -> ImportView {
    ImportView::of(&found.value, found.revision.number(), None)
}

/// The answer that shows an import after a command.
pub(super) fn answer(done: CommandOutcome<Versioned<ImportRun>>) -> Answer<ImportView> {
    Answer::done(done, |now| Answer::versioned(view(&now), now.revision))
}
