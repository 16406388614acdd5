//! The journal of a programme and the history of a record.

use serde::{Deserialize, Serialize};
use sister_cities_api::Page;
use sister_cities_api::journal::{
    Became, ENDPOINTS, EventView, FieldChangeView, JournalView, ReadHistory, ReadJournal, RecordChangeView,
    RevisionView,
};
use sister_cities_app::HistoryQuery;
use sister_cities_storage::audit::{FieldChange, RecordChange};
use sister_cities_storage::{JournalQuery, RecordedEvent, Revision, RevisionChange, RevisionDiff, Sequence};

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(read_journal), serve(read_history)]
}

async fn read_journal(call: Call<ReadJournal>) -> ApiResult<Answer<JournalView>> {
    let after = Sequence(call.query.after.unwrap_or_default());
    let query = JournalQuery { after, subject: call.query.record, limit: page_size(call.query.limit) };
    let page = call.app.read_journal(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(event_view).collect::<Result<_, _>>().map_err(ApiError::internal)?;
    Ok(Answer::plain(JournalView { items, next_after: page.next_after.0 }))
}

async fn read_history(call: Call<ReadHistory>) -> ApiResult<Answer<Page<RevisionView>>> {
    let position: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let query = HistoryQuery {
        record: call.path.record,
        after: position.and_then(|position| Revision::new(position.revision)),
        limit: page_size(call.query.limit),
    };
    let page = call.app.read_history(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(revision_view).collect::<Result<Vec<_>, _>>();
    let next = page.next.map(|revision| Position { revision: revision.number() });
    call.page(&items.map_err(ApiError::internal)?, next.as_ref(), Clone::clone)
}

/// The revision after which the history was left.
#[derive(Serialize, Deserialize)]
struct Position {
    revision: u32,
}

fn event_view(event: &RecordedEvent) -> Result<EventView, serde_json::Error> {
    Ok(EventView {
        id: event.id,
        sequence: event.sequence.0,
        at: event.at,
        actor: serde_json::to_value(&event.actor)?,
        name: event.body.name().to_owned(),
        subject_kind: event.subject.kind.as_str().to_owned(),
        subject: event.subject.to_string(),
        body: serde_json::to_value(&event.body)?,
        changes: event.changes.iter().map(change_view).collect(),
    })
}

fn change_view(change: &RecordChange) -> RecordChangeView {
    RecordChangeView {
        record: change.record.to_string(),
        revision: change.revision,
        fields: change.fields.iter().map(field_view).collect(),
    }
}

fn field_view(field: &FieldChange) -> FieldChangeView {
    FieldChangeView { pointer: field.pointer.clone(), old: field.old.clone(), new: field.new.clone() }
}

fn revision_view(one: &RevisionDiff) -> Result<RevisionView, serde_json::Error> {
    let (became, fields) = match &one.became {
        RevisionChange::Created => (Became::Created, Vec::new()),
        RevisionChange::Changed(fields) => (Became::Changed, fields.iter().map(field_view).collect()),
        RevisionChange::Deleted => (Became::Deleted, Vec::new()),
    };
    Ok(RevisionView {
        revision: one.revision.number(),
        at: one.at,
        actor: serde_json::to_value(&one.actor)?,
        became: became.into(),
        fields,
    })
}
