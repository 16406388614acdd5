//! Records of any kind: found by words, as the journal tells of them, and through their revisions.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::domain::id::RecordRef;
use sister_cities_client::api::journal::{EventView, HistoryQuery, JournalQuery, RevisionView};
use sister_cities_client::api::search::{HitView, SearchQuery, SearchText};
use sister_cities_client::api::{PageLimit, TextForm as _};

use super::session::Session;
use crate::args::{JournalArgs, SearchArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::{hits, journal};

/// Finds records by words and shows them.
pub(super) async fn search(session: &Session, args: SearchArgs) -> Result<(), Failure> {
    let words = args.words.join(" ");
    let words = SearchText::parse(&words).map_err(|wrong| {
        Failure::new(Exit::Usage, format!("\"{words}\" {wrong}; expected {}", SearchText::SHAPE.expected))
    })?;
    let most = usize::from(args.limit);
    let query = SearchQuery { kind: args.kinds, limit: Some(PageLimit::MOST), ..SearchQuery::new(words) };
    let found = session.programme.search(query).stream().take(most + 1);
    let mut found: Vec<HitView> = found.try_collect().await?;
    let is_more = found.len() > most;
    found.truncate(most);
    session.output.print(&found, |out| hits::render(&found, is_more, out))
}

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
