//! `POST /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use sister_cities_api::agreement::{AgreementPath, AgreementView, AttachVersionText, VersionPath};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.
pub(crate) async fn handle(call: Call<AttachVersionText>) -> ApiResult<Answer<AgreementView>> {
    let (VersionPath { programme, agreement, version }, revision) = (call.path.clone(), call.based_on()?);
    let attach = AgreementStep::AttachVersionText { version, document: call.body.bytes.clone() };
    step(call, AgreementPath { programme, agreement }, revision, attach).await
}
