//! What happened: the journal of a programme, and the history of one record.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::PageLimit;
use sister_cities_client::api::domain::id::RecordRef;
use sister_cities_client::api::journal::{EventView, HistoryQuery, RevisionView};

use super::session::Office;
use crate::args::JournalArgs;
use crate::failure::Failure;
use crate::show::past;

/// What was changed, when and by whom.
pub(super) async fn journal(office: &Office, args: JournalArgs) -> Result<(), Failure> {
    let events = office.programme.journal().about(args.record, args.after).take(args.limit);
    let all: Vec<EventView> = events.try_collect().await?;
    let detail = if args.changes { past::Detail::Fields } else { past::Detail::Events };
    office.output.answer(&all, |canvas, out| past::journal(&all, detail, canvas, out))
}

/// What became of one record.
pub(super) async fn history(office: &Office, record: RecordRef) -> Result<(), Failure> {
    let query = HistoryQuery { limit: Some(PageLimit::MOST), cursor: None };
    let all: Vec<RevisionView> = office.programme.journal().history(record, query).all().await?;
    office.output.answer(&all, |canvas, out| past::history(&all, canvas, out))
}
