//! `POST /v1/programmes/{programme}/imports/{import}/apply`.

use std::sync::Arc;

use sister_cities_api::import::{ApplyImport, ImportView};
use tracing::Instrument as _;

use super::view::{answer, view};
use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/imports/{import}/apply`.
pub(crate) async fn handle(call: Call<ApplyImport>) -> ApiResult<Answer<ImportView>> {
    let answers = intake::import::answers(call.body.answers.clone())?;
    let (programme, import) = (call.path.programme, call.path.import);
    let work = async move {
        let progress = Arc::new(call.progress.begin(import));
        let reply = call.idempotent_reply(view);
        call.app.apply_import(&call.caller, programme, import, answers, progress, reply).await
    };
    Ok(answer(tokio::spawn(work.in_current_span()).await.map_err(ApiError::internal)??))
}
