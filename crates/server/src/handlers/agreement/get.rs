//! `GET /v1/programmes/{programme}/agreements/{agreement}`.

use sister_cities_api::agreement::{AgreementView, GetAgreement};

use super::view::Viewpoint;
use crate::call::{Answer, Call};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/agreements/{agreement}`.
pub(crate) async fn handle(call: Call<GetAgreement>) -> Step<Answer<AgreementView>> {
    let from = Viewpoint::of(&call, call.path.programme).await?;
    let found = call.app.agreement(&call.caller, call.path.programme, call.path.agreement).await?;
    Ok(Answer::versioned(from.view(&found), found.revision))
}
