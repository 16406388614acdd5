//! `GET /v1/programmes/{programme}/vitality`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_api::partnership::MemberView;
use sister_cities_api::vitality::{Detail, ListVitality, VitalityView};
use sister_cities_api::{Moment, Page};
use sister_cities_app::vitality::{BondVitality, VitalityQuery};
use sister_cities_storage::Cursor;

use crate::call::{Answer, Call, page_size};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/vitality`.
pub(crate) async fn handle(call: Call<ListVitality>) -> ApiResult<Answer<Page<VitalityView>>> {
    // The pages of one list must speak of one day, also if midnight falls between them.
    let position: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let (as_of, after) =
        position.map_or((call.query.as_of, None), |position| (Some(position.as_of), Some(position.after)));
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let query = VitalityQuery { as_of, recorded_at, after, limit: page_size(call.query.limit) };
    let page = call.app.list_vitality(&call.caller, call.path.programme, query).await?;
    let view = |found: &BondVitality| {
        let id = found.bond.partnership.value.id();
        VitalityView::of(&found.vitality, id, MemberView::all(&found.bond.places), Detail::Summary)
    };
    let items = page.items.iter().map(view).collect();
    let next = page.next.map(|after| Position { as_of: page.as_of, after });
    Ok(Answer::plain(Page { items, next_cursor: call.next(next.as_ref())? }))
}

/// Where the list was left, and of which day it speaks.
#[derive(Serialize, Deserialize)]
struct Position {
    as_of: NaiveDate,
    after: Cursor,
}
