//! `GET /v1/programmes/{programme}/imports`.

use sister_cities_api::import::{ImportKind, ImportView, ListImports};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::access::Scope;
use sister_cities_domain::import_run::ImportRun;
use sister_cities_storage::records::ImportFilter;
use sister_cities_storage::{Cursor, Direction, Listing, Versioned};

use crate::call::{Answer, Call, direction, page_size};
use crate::error::ApiResult;
use crate::refusal;

/// Answers `GET /v1/programmes/{programme}/imports`.
pub(crate) async fn handle(call: Call<ListImports>) -> ApiResult<Answer<Page<ImportView>>> {
    let (needed, recorded_at) = (Scope::ProgrammeRead, call.query.recorded_at.map(Moment::instant));
    let after: Option<Cursor> = call.decode_cursor(call.query.cursor.as_ref())?;
    let context = call
        .app
        .authorize_as_recorded(&call.caller, needed, call.path.programme, recorded_at, after.as_ref())
        .await?;
    let filters = [
        call.query.state.as_ref().map(|state| ImportFilter::State(state.as_str().to_owned())),
        call.query.content.as_ref().and_then(ImportKind::meaning).map(ImportFilter::Content),
        call.query.file.map(ImportFilter::File),
    ];
    let listing = Listing::<ImportRun> {
        filters: filters.into_iter().flatten().collect(),
        direction: direction(call.query.order.as_ref()).unwrap_or(Direction::Descending),
        ..Listing::first(page_size(call.query.limit))
    };
    let listing = listing.after(after);
    let page = context.store.list(&listing).await.map_err(refusal::read)?;
    let view = |found: &Versioned<ImportRun>| {
        let progress = call.progress.of(found.value.id).filter(|_| recorded_at.is_none());
        ImportView::of(&found.value, found.revision.number(), progress)
    };
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
