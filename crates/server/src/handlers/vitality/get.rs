//! `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality`.

use sister_cities_api::partnership::MemberView;
use sister_cities_api::vitality::{Detail, GetVitality, VitalityView};

use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}/vitality`.
pub(crate) async fn handle(call: Call<GetVitality>) -> ApiResult<Answer<VitalityView>> {
    let (programme, id) = (call.path.programme, call.path.partnership);
    let times = times(call.query.as_of, call.query.recorded_at);
    let found = call.app.get_vitality(&call.caller, programme, id, times).await?;
    let members = MemberView::all(&found.bond.places);
    Ok(Answer::plain(VitalityView::of(&found.vitality, id, members, Detail::Full)))
}
