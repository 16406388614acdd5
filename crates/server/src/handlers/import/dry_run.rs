//! `POST /v1/programmes/{programme}/imports/{import}/dry-run`.

use std::sync::Arc;

use sister_cities_api::import::{DryRunImport, ImportView};
use sister_cities_app::import::Trial;
use tracing::Instrument as _;

use super::view::{answer, view};
use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};
use crate::intake;

/// Answers `POST /v1/programmes/{programme}/imports/{import}/dry-run`.
pub(crate) async fn handle(call: Call<DryRunImport>) -> ApiResult<Answer<ImportView>> {
    let mapping =
        call.body.mapping.clone().map(|body| intake::import::mapping(body, "/mapping")).transpose()?;
    let trial = Trial { mapping, answers: intake::import::answers(call.body.answers.clone())? };
    let (programme, import) = (call.path.programme, call.path.import);
    let work = async move {
        let progress = Arc::new(call.progress.begin(import));
        let reply = call.idempotent_reply(view);
        call.app.dry_run_import(&call.caller, programme, import, trial, progress, reply).await
    };
    Ok(answer(tokio::spawn(work.in_current_span()).await.map_err(ApiError::internal)??))
}
