//! `GET /v1/programmes`.

use sister_cities_api::programme::{ListProgrammes, ProgrammeView};
use sister_cities_api::{Moment, Page};

use crate::call::{Answer, Call, page_size};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes`.
pub(crate) async fn handle(call: Call<ListProgrammes>) -> ApiResult<Answer<Page<ProgrammeView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let size = page_size(call.query.limit);
    let page = call.app.list_programmes(&call.caller, after, size, recorded_at).await?;
    let items =
        page.items.iter().map(|found| ProgrammeView::of(&found.value, found.revision.number())).collect();
    Ok(Answer::plain(Page { items, next_cursor: call.next(page.next.as_ref())? }))
}
