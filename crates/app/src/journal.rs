//! Reading the journal of a programme.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::{JournalQuery, RecordedEvent, Sequence};

use crate::history::visible_to;
use crate::{App, AppError};

/// Part of a journal.
#[derive(Clone, Debug)]
pub struct JournalPage {
    /// The events, in the order in which they were committed.
    pub items: Vec<RecordedEvent>,
    /// After what to read on, now or later.
    pub next_after: Sequence,
}

impl App {
    /// Reads part of the journal of a programme. In what was changed, sensitive values are withheld from everybody, personal ones from
    /// those who may not read the records themselves.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `journal:read`.
    pub async fn read_journal(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: JournalQuery,
    ) -> Result<JournalPage, AppError> {
        let context = self.authorize(caller, Scope::JournalRead, programme).await?;
        let mut items = context.store.journal(query).await?;
        for change in items.iter_mut().flat_map(|event| &mut event.changes) {
            let most = visible_to(caller, programme, change.record.kind);
            for field in &mut change.fields {
                *field = field.shown(change.record.kind, most);
            }
        }
        let next_after = items.last().map_or(query.after, |last| last.sequence);
        Ok(JournalPage { items, next_after })
    }
}
