//! What happened: the journal of a programme, and the history of one record.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::PageLimit;
use sister_cities_client::api::domain::id::RecordRef;
use sister_cities_client::api::journal::{EventView, HistoryQuery, JournalQuery, RevisionView};

use super::session::Session;
use crate::args::JournalArgs;
use crate::failure::Failure;
use crate::show::journal;

/// What was changed, when and by whom.
pub(super) async fn journal(session: &Session, args: JournalArgs) -> Result<(), Failure> {
    let JournalQuery { after, record, limit: _ } = args.query.query()?;
    let events = session.programme.journal().about(record, after.unwrap_or(0)).take(args.limit);
    let all: Vec<EventView> = events.try_collect().await?;
    let detail = if args.changes { journal::Detail::Fields } else { journal::Detail::Events };
    session.output.print(&all, |out| journal::journal(&all, detail, out))
}

/// What became of one record.
pub(super) async fn history(session: &Session, record: RecordRef) -> Result<(), Failure> {
    let query = HistoryQuery { limit: Some(PageLimit::MOST), cursor: None };
    let all: Vec<RevisionView> = session.programme.journal().read_history(record, query).all().await?;
    session.output.print(&all, |out| journal::history(&all, out))
}
