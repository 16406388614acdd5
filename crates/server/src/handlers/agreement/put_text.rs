//! `PUT /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use sister_cities_api::agreement::{PutVersionText, StoredTextView, VersionPath};

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `PUT /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.
pub(crate) async fn handle(call: Call<PutVersionText>) -> ApiResult<Answer<StoredTextView>> {
    let VersionPath { programme, agreement, version } = call.path;
    let (media_type, bytes) = (call.body.format.media_type().to_owned(), call.body.bytes.len() as u64);
    let stored =
        call.app.put_version_text(&call.caller, programme, agreement, version, call.body.bytes).await?;
    Ok(Answer::plain(StoredTextView { sha256: stored.to_string(), media_type, bytes }))
}
