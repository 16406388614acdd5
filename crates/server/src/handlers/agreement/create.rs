//! `POST /v1/programmes/{programme}/partnerships/{partnership}/agreements`.

use sister_cities_api::agreement::{AgreementView, CreateAgreement};
use sister_cities_domain::access::Scope;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::partnership::Partnership;
use sister_cities_storage::Versioned;

use super::view::Viewpoint;
use crate::call::{Answer, Call};
use crate::error::ApiResult;
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/partnerships/{partnership}/agreements`.
pub(crate) async fn handle(call: Call<CreateAgreement>) -> ApiResult<Answer<AgreementView>> {
    let programme = call.path.programme;
    // It stands in the path, so one that is not there is 404 and no wrong field.
    let context = call.app.authorize(&call.caller, Scope::AgreementWrite, programme).await?;
    context.load::<Partnership>(call.path.partnership).await?;
    let from = Viewpoint::of(&call, programme).await?;
    let reply = call.idempotent_reply(move |made: &Versioned<Agreement>| from.view(made));
    let request = intake::agreement::new(call.path.partnership, call.body)?;
    let done = call.app.create_agreement(&call.caller, programme, request, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/agreements/{}", made.value.id());
        Answer::created(from.view(&made), made.revision, location)
    }))
}
