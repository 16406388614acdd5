//! `GET /v1/programmes/{programme}/agreements/{agreement}`.

use sister_cities_api::agreement::{AgreementView, GetAgreement};

use super::view::Viewpoint;
use crate::call::{Answer, Call, times};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/agreements/{agreement}`.
pub(crate) async fn handle(call: Call<GetAgreement>) -> ApiResult<Answer<AgreementView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let from = Viewpoint::of(&call, call.path.programme).await?.on(times.as_of);
    let (programme, id) = (call.path.programme, call.path.agreement);
    let found = call.app.get_agreement(&call.caller, programme, id, times).await?;
    Ok(Answer::versioned(from.view(&found), found.revision))
}
