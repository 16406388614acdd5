//! The history of one record: each revision with its time, who made it and what it changed, field by field.

use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::privacy::DataClass;
use sister_cities_storage::{Revision, RevisionChange, RevisionDiff};

use crate::{App, AppError};

/// Which part of the history of a record to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The record.
    pub record: RecordRef,
    /// Revisions after this one.
    pub after: Option<Revision>,
    /// At most so many.
    pub limit: u32,
}

/// Part of the history of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    /// The revisions, the oldest first.
    pub items: Vec<RevisionDiff>,
    /// After which one to read on; `None` if that is all.
    pub next: Option<Revision>,
}

impl App {
    /// Reads the history of a record, a deleted one's too. Sensitive values are withheld from everybody, personal ones from those
    /// who may not read the record itself.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there never was such a record; [`AppError::Forbidden`] without `journal:read`.
    pub async fn read_history(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: HistoryQuery,
    ) -> Result<HistoryPage, AppError> {
        let HistoryQuery { record, after, limit } = query;
        let context = self.authorize(caller, Scope::JournalRead, programme).await?;
        // Tokens are told of in the journal and nowhere shown.
        if record.kind == RecordKind::Token {
            return Err(AppError::NotFound(record));
        }
        let limit = limit as usize;
        let mut items = context.store.revised(record, after, limit + 1).await?;
        if items.is_empty() && after.is_none() {
            return Err(AppError::NotFound(record));
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let most = visible_to(caller, programme, record.kind);
        for one in &mut items {
            if let RevisionChange::Changed(fields) = &mut one.became {
                for field in fields {
                    *field = field.shown(record.kind, most);
                }
            }
        }
        let last = items.last().map(|last| last.revision);
        Ok(HistoryPage { next: last.filter(|_| more), items })
    }
}

/// How private what a reader of the journal is shown of a record may be. What is sensitive is only ever shown where each reading is
/// told of; what is personal of a person's own record, to the desk alone.
pub(crate) fn visible_to(caller: &Caller, programme: ProgrammeId, kind: RecordKind) -> DataClass {
    let needed = if kind == RecordKind::Person { Scope::PersonRead } else { Scope::ProgrammeRead };
    match may(&caller.grant, needed, Some(programme)) {
        Ok(()) => DataClass::Personal,
        Err(_) => DataClass::Internal,
    }
}
