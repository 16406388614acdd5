//! `GET /v1/programmes/{programme}/imports`.

use sister_cities_api::Page;
use sister_cities_api::import::{ImportView, ListImports};
use sister_cities_domain::access::Scope;
use sister_cities_domain::import_run::ImportRun;
use sister_cities_storage::{Direction, Listing, Versioned};

use crate::call::{Answer, Call, page_size};
use crate::failure::Step;
use crate::refusal;

/// Answers `GET /v1/programmes/{programme}/imports`.
pub(crate) async fn handle(call: Call<ListImports>) -> Step<Answer<Page<ImportView>>> {
    let entered = call.app.enter(&call.caller, Scope::ProgrammeRead, call.path.programme).await?;
    let listing = Listing::<ImportRun> {
        direction: Direction::Descending,
        ..Listing::first(page_size(call.query.limit))
    };
    let listing = listing.after(call.place(call.query.cursor.as_ref())?);
    let page = entered.store.list(&listing).await.map_err(refusal::read)?;
    let view = |found: &Versioned<ImportRun>| {
        ImportView::of(&found.value, found.revision.number(), call.progress.of(found.value.id))
    };
    let items = page.items.iter().map(view).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
