//! `GET /v1/programmes/{programme}/partnerships/{partnership}`.

use sister_cities_api::partnership::{GetPartnership, PartnershipView};

use super::view::answer;
use crate::call::{Answer, Call};
use crate::failure::Step;

/// Answers `GET /v1/programmes/{programme}/partnerships/{partnership}`.
pub(crate) async fn handle(call: Call<GetPartnership>) -> Step<Answer<PartnershipView>> {
    let found = call.app.partnership(&call.caller, call.path.programme, call.path.partnership).await?;
    Ok(answer(&found))
}
