//! Finding records by words.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::search::{HitView, SearchQuery, SearchText};
use sister_cities_client::api::{PageLimit, TextForm as _};

use super::session::Session;
use crate::args::SearchArgs;
use crate::failure::{Exit, Failure};
use crate::show::hits;

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
