//! `GET /v1/programmes/{programme}/history/{record}`.

use serde::{Deserialize, Serialize};
use sister_cities_api::Page;
use sister_cities_api::journal::{BecameWord, ReadHistory, RevisionView};
use sister_cities_app::HistoryQuery;
use sister_cities_storage::{Became, Revised, Revision};

use super::read::field;
use crate::call::{Answer, Call, page_size};
use crate::error::{ApiError, ApiResult};

/// Answers `GET /v1/programmes/{programme}/history/{record}`.
pub(crate) async fn handle(call: Call<ReadHistory>) -> ApiResult<Answer<Page<RevisionView>>> {
    let position: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let query = HistoryQuery {
        record: call.path.record,
        after: position.and_then(|position| Revision::new(position.revision)),
        limit: page_size(call.query.limit),
    };
    let page = call.app.read_history(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(view).collect::<Result<_, _>>().map_err(ApiError::internal)?;
    let next = page.next.map(|revision| Position { revision: revision.number() });
    Ok(Answer::plain(Page { items, next_cursor: call.next(next.as_ref())? }))
}

/// The revision after which the history was left.
#[derive(Serialize, Deserialize)]
struct Position {
    revision: u32,
}

fn view(one: &Revised) -> Result<RevisionView, serde_json::Error> {
    let (became, fields) = match &one.became {
        Became::Created => (BecameWord::Created, Vec::new()),
        Became::Changed(fields) => (BecameWord::Changed, fields.iter().map(field).collect()),
        Became::Deleted => (BecameWord::Deleted, Vec::new()),
    };
    Ok(RevisionView {
        revision: one.revision.number(),
        at: one.at,
        actor: serde_json::to_value(&one.actor)?,
        became,
        fields,
    })
}
