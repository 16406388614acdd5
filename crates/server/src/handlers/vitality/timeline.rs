//! `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality/timeline`.

use std::num::NonZeroU32;

use chrono::Datelike as _;
use sister_cities_api::partnership::MemberView;
use sister_cities_api::vitality::{GetVitalityTimeline, StepWord, TimelineStepView, TimelineView};
use sister_cities_app::vitality::TimelineQuery;
use sister_cities_domain::vitality::TimelineStep;

use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};
use crate::refusal::in_query;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality/timeline`.
pub(crate) async fn handle(call: Call<GetVitalityTimeline>) -> ApiResult<Answer<TimelineView>> {
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
        members: MemberView::all(&found.bond.places),
        steps: found.points.iter().map(TimelineStepView::of).collect(),
    }))
}

const MOST_STEPS: i64 = 1_000;
