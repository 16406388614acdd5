//! `POST /v1/programmes/{programme}/partnerships`.

use sister_cities_api::partnership::{CreatePartnership, PartnershipView};

use super::view::view;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/partnerships`.
pub(crate) async fn handle(call: Call<CreatePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let reply = call.idempotent_reply(view);
    let request = intake::partnership::new(call.body)?;
    let programme = call.path.programme;
    let done = call.app.create_partnership(&call.caller, programme, request, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/partnerships/{}", made.partnership.value.id());
        Answer::created(view(&made), made.partnership.revision, location)
    }))
}
