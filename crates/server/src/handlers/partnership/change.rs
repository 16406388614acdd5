//! `PATCH /v1/programmes/{programme}/partnerships/{partnership}`.

use sister_cities_api::partnership::{ChangePartnership, PartnershipView};
use sister_cities_app::Keep;

use super::view::answer;
use crate::call::{Answer, Call};
use crate::failure::Step;
use crate::intake;

/// Answers `PATCH /v1/programmes/{programme}/partnerships/{partnership}`.
pub(crate) async fn handle(call: Call<ChangePartnership>) -> Step<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let addition = intake::partnership::addition(call.body)?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let done =
        call.app.add_to_partnership(&call.caller, programme, id, revision, addition, Keep::NOTHING).await?;
    Ok(Answer::done(done, |now| answer(&now)))
}
