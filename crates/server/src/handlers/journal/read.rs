//! `GET /v1/programmes/{programme}/journal`.

use sister_cities_api::journal::{EventView, FieldChangeView, JournalView, ReadJournal, RecordChangeView};
use sister_cities_storage::audit::{FieldChange, RecordChange};
use sister_cities_storage::{JournalQuery, RecordedEvent, Sequence};

use crate::call::{Answer, Call, page_size};
use crate::error::{ApiError, ApiResult};

/// Answers `GET /v1/programmes/{programme}/journal`.
pub(crate) async fn handle(call: Call<ReadJournal>) -> ApiResult<Answer<JournalView>> {
    let after = Sequence(call.query.after.unwrap_or_default());
    let query = JournalQuery { after, subject: call.query.record, limit: page_size(call.query.limit) };
    let page = call.app.read_journal(&call.caller, call.path.programme, query).await?;
    let items = page.items.iter().map(view).collect::<Result<_, _>>().map_err(ApiError::internal)?;
    Ok(Answer::plain(JournalView { items, next_after: page.next_after.0 }))
}

fn change(change: &RecordChange) -> RecordChangeView {
    RecordChangeView {
        record: change.record.to_string(),
        revision: change.revision,
        fields: change.fields.iter().map(field).collect(),
    }
}

/// One field that was changed.
pub(super) fn field(field: &FieldChange) -> FieldChangeView {
    FieldChangeView { pointer: field.pointer.clone(), old: field.old.clone(), new: field.new.clone() }
}

fn view(event: &RecordedEvent) -> Result<EventView, serde_json::Error> {
    Ok(EventView {
        id: event.id,
        sequence: event.sequence.0,
        at: event.at,
        actor: serde_json::to_value(&event.actor)?,
        name: event.body.name().to_owned(),
        subject_kind: event.subject.kind.as_str().to_owned(),
        subject: event.subject.to_string(),
        body: serde_json::to_value(&event.body)?,
        changes: event.changes.iter().map(change).collect(),
    })
}
