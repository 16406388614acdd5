//! `GET` and `PUT /v1/programmes/{programme}/engagements/{engagement}/care`.

use sister_cities_api::engagement::{CareView, ReadCare, SetCare};
use sister_cities_domain::engagement::Engagement;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/engagements/{engagement}/care`.
pub(crate) async fn read(call: Call<ReadCare>) -> ApiResult<Answer<CareView>> {
    let found = call.app.read_care(&call.caller, call.path.programme, call.path.engagement).await?;
    Ok(answer(found))
}

/// Answers `PUT /v1/programmes/{programme}/engagements/{engagement}/care`.
pub(crate) async fn set(call: Call<SetCare>) -> ApiResult<Answer<CareView>> {
    let revision = call.based_on()?;
    let (programme, id) = (call.path.programme, call.path.engagement);
    Ok(answer(call.app.set_care(&call.caller, programme, id, revision, call.body.care).await?))
}

fn answer(found: Versioned<Engagement>) -> Answer<CareView> {
    let view = CareView { revision: found.revision.number(), care: found.value.care };
    Answer::versioned(view, found.revision)
}
