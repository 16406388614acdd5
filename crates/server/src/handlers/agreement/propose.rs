//! `POST /v1/programmes/{programme}/agreements/{agreement}/proposals`.

use sister_cities_api::agreement::{AgreementView, ProposeVersion};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/proposals`.
pub(crate) async fn handle(call: Call<ProposeVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let proposal = AgreementStep::ProposeVersion { version: call.body.version, on: call.body.on };
    step(call, path, revision, proposal).await
}
