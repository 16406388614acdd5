//! `POST /v1/programmes/{programme}/agreements/{agreement}/signatures`.

use sister_cities_api::agreement::{AgreementView, SignVersion};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/signatures`.
pub(crate) async fn handle(call: Call<SignVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let signature = intake::agreement::signature(call.body.signature.clone(), "/signature")?;
    let signature = AgreementStep::SignVersion { version: call.body.version, signature };
    step(call, path, revision, signature).await
}
