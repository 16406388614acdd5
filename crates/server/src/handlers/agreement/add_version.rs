//! `POST /v1/programmes/{programme}/agreements/{agreement}/versions`.

use sister_cities_api::agreement::{AddVersion, AgreementView};

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/versions`.
pub(crate) async fn handle(call: Call<AddVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let version = intake::agreement::version(call.body.clone())?;
    step(call, path, revision, version).await
}
