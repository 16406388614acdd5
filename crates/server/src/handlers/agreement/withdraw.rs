//! `POST /v1/programmes/{programme}/agreements/{agreement}/withdrawals`.

use sister_cities_api::agreement::{AgreementView, WithdrawVersion};
use sister_cities_app::agreement::AgreementStep;

use super::view::step;
use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `POST /v1/programmes/{programme}/agreements/{agreement}/withdrawals`.
pub(crate) async fn handle(call: Call<WithdrawVersion>) -> ApiResult<Answer<AgreementView>> {
    let (path, revision, body) = (call.path.clone(), call.based_on()?, call.body.clone());
    let withdrawal =
        AgreementStep::WithdrawVersion { version: body.version, on: body.on, reason: body.reason };
    step(call, path, revision, withdrawal).await
}
