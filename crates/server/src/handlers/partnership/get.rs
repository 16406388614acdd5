//! `GET /v1/programmes/{programme}/partnerships/{partnership}`.

use sister_cities_api::partnership::{GetPartnership, PartnershipView};

use super::view::view_on;
use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}`.
pub(crate) async fn handle(call: Call<GetPartnership>) -> ApiResult<Answer<PartnershipView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.partnership);
    let found = call.app.get_partnership(&call.caller, programme, id, times).await?;
    Ok(Answer::versioned(view_on(&found, times.as_of), found.partnership.revision))
}
