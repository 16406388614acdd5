//! `POST /v1/programmes/{programme}/agreements/{agreement}/approvals`.

use sister_cities_api::agreement::{AgreementView, ApproveVersion};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/approvals`.
pub(crate) async fn handle(call: Call<ApproveVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let approval = intake::agreement::approval(call.body.approval.clone())?;
    let approval = AgreementStep::ApproveVersion { version: call.body.version, approval };
    step(call, path, revision, approval).await
}
