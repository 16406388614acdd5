//! `POST /v1/programmes/{programme}/agreements/{agreement}/notices`.

use sister_cities_api::agreement::{AgreementView, GiveNotice};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/notices`.
pub(crate) async fn handle(call: Call<GiveNotice>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision) = (call.path.clone(), call.based_on()?);
    let notice = AgreementStep::GiveNotice(intake::agreement::notice(call.body.clone()));
    step(call, path, revision, notice).await
}
