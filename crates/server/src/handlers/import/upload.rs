//! `POST /v1/programmes/{programme}/imports`.

use sister_cities_api::import::{ImportView, UploadImport};
use sister_cities_app::import::NewImport;

use super::view::view;
use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/imports`.
pub(crate) async fn handle(call: Call<UploadImport>) -> ApiResult<Answer<ImportView>> {
    let reply = call.idempotent_reply(view);
    let programme = call.path.programme;
    let mapping = call.query.mapping.map(|text| intake::import::mapping(text.0, "/mapping")).transpose()?;
    let request = NewImport {
        content: call.query.kind.meaning().ok_or_else(|| {
            ApiError::parameter("kind", "is not known here", "partnerships, engagements or coverage")
        })?,
        file: call.body.bytes,
        file_name: call.query.file_name,
        mapping: mapping.unwrap_or_default(),
    };
    let done = call.app.upload_import(&call.caller, programme, request, reply).await?;
    Ok(Answer::done(done, |made| {
        let location = format!("/v1/programmes/{programme}/imports/{}", made.value.id);
        Answer::created(view(&made), made.revision, location)
    }))
}
