//! Vitality.

use std::num::NonZeroU32;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use sister_cities_api::partnership::MemberView;
use sister_cities_api::vitality::{
    Detail, ENDPOINTS, GetVitality, GetVitalityTimeline, ListVitality, StepWord, TimelineStepView,
    TimelineView, VitalityView,
};
use sister_cities_api::{Moment, Page};
use sister_cities_app::vitality::{BondVitality, TimelineQuery, VitalityQuery};
use sister_cities_domain::vitality::TimelineStep;
use sister_cities_storage::Cursor;

use crate::call::{Answer, Call, page_size, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::heavy::Weight;
use crate::refusal::in_query;

const MOST_STEPS: i64 = 1_000;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_vitality).weighing(Weight::Report),
        serve(get_vitality),
        serve(get_vitality_timeline).weighing(Weight::Report),
    ]
}

async fn list_vitality(call: Call<ListVitality>) -> ApiResult<Answer<Page<VitalityView>>> {
    // The pages of one list must speak of one day, also if midnight falls between them.
    let position: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let (as_of, after) =
        position.map_or((call.query.as_of, None), |position| (Some(position.as_of), Some(position.after)));
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let query = VitalityQuery { as_of, recorded_at, after, limit: page_size(call.query.limit) };
    let page = call.app.list_vitality(&call.caller, call.path.programme, query).await?;
    let next = page.next.map(|after| Position { as_of: page.as_of, after });
    call.page(&page.items, next.as_ref(), |found: &BondVitality| {
        let id = found.partnership.partnership.value.id();
        VitalityView::of(&found.vitality, id, MemberView::all(&found.partnership.places), Detail::Summary)
    })
}

/// Where the list was left, and of which day it speaks.
#[derive(Serialize, Deserialize)]
struct Position {
    as_of: NaiveDate,
    after: Cursor,
}

async fn get_vitality(call: Call<GetVitality>) -> ApiResult<Answer<VitalityView>> {
    let (programme, id) = (call.path.programme, call.path.partnership);
    let times = times(call.query.as_of, call.query.recorded_at);
    let found = call.app.get_vitality(&call.caller, programme, id, times).await?;
    let members = MemberView::all(&found.partnership.places);
    Ok(Answer::plain(VitalityView::of(&found.vitality, id, members, Detail::Full)))
}

async fn get_vitality_timeline(call: Call<GetVitalityTimeline>) -> ApiResult<Answer<TimelineView>> {
    let months = match &call.query.step {
        Some(StepWord::Month) => 1,
        Some(StepWord::Quarter) => 3,
        _ => 12,
    };
    let (from, to) = (call.query.from, call.query.to);
    let months_between = (i64::from(to.year()) - i64::from(from.year())) * 12;
    if months_between / i64::from(months) > MOST_STEPS {
        let expected = format!("at most {MOST_STEPS} steps: a shorter time or a longer step");
        return Err(ApiError::parameter("to", "asks for too many steps", &expected));
    }
    if to < from {
        return Err(ApiError::parameter("to", "lies before `from`", "a day that is not before `from`"));
    }
    let step = TimelineStep::Months(NonZeroU32::new(months).unwrap_or(NonZeroU32::MIN));
    let (programme, id) = (call.path.programme, call.path.partnership);
    let query = TimelineQuery { from, to, step };
    let found = call.app.get_vitality_timeline(&call.caller, programme, id, query).await.map_err(in_query)?;
    Ok(Answer::plain(TimelineView {
        partnership: id,
        members: MemberView::all(&found.partnership.places),
        steps: found.points.iter().map(TimelineStepView::of).collect(),
    }))
}
