//! `GET /v1/programmes/{programme}/imports`.

use sister_cities_api::import::{ImportView, ListImports};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::import_run::ImportRun;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/imports`.
pub(crate) async fn handle(call: Call<ListImports>) -> ApiResult<Answer<Page<ImportView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let listing = call.listing::<ImportRun>()?;
    let page = call.app.list(&call.caller, call.path.programme, listing, recorded_at).await?;
    let view = |found: &Versioned<ImportRun>| {
        let progress = call.progress.of(found.value.id).filter(|_| recorded_at.is_none());
        ImportView::of(&found.value, found.revision.number(), progress)
    };
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
