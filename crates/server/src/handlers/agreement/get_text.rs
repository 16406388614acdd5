//! `GET /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sister_cities_api::TextFormat;
use sister_cities_api::agreement::{GetVersionText, VersionPath, VersionTextView};
use sister_cities_storage::content_hash;

use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};

/// What a document is that was stored by another way than the API.
const ANYTHING: &str = "application/octet-stream";

/// Answers `GET /v1/programmes/{programme}/agreements/{agreement}/versions/{version}/text`.
pub(crate) async fn handle(call: Call<GetVersionText>) -> ApiResult<Answer<VersionTextView>> {
    let VersionPath { programme, agreement, version } = call.path;
    let found = call.app.get_version_text(&call.caller, programme, agreement, version).await?;
    let bytes = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::plain(VersionTextView {
        sha256: content_hash(&bytes).to_string(),
        media_type: TextFormat::of(&bytes).map_or(ANYTHING, TextFormat::media_type).to_owned(),
        content: BASE64_STANDARD.encode(bytes),
    }))
}
