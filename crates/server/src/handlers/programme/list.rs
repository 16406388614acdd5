//! `GET /v1/programmes`.

use sister_cities_api::Page;
use sister_cities_api::programme::{ListProgrammes, ProgrammeView};

use crate::call::{Answer, Call, page_size};
use crate::failure::Step;

/// Answers `GET /v1/programmes`.
pub(crate) async fn handle(call: Call<ListProgrammes>) -> Step<Answer<Page<ProgrammeView>>> {
    let after = call.place(call.query.cursor.as_ref())?;
    let page = call.app.programmes(&call.caller, after, page_size(call.query.limit)).await?;
    let items =
        page.items.iter().map(|found| ProgrammeView::of(&found.value, found.revision.number())).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
