//! `POST /v1/programmes/{programme}/imports/{import}/undo`.

use sister_cities_api::import::{ImportView, UndoImport};
use tracing::Instrument as _;

use super::view::{answer, view};
use crate::call::{Answer, Call};
use crate::error::{ApiError, ApiResult};

/// Answers `POST /v1/programmes/{programme}/imports/{import}/undo`.
pub(crate) async fn handle(call: Call<UndoImport>) -> ApiResult<Answer<ImportView>> {
    let (programme, import) = (call.path.programme, call.path.import);
    let work = async move {
        let reply = call.idempotent_reply(view);
        call.app.undo_import(&call.caller, programme, import, reply).await
    };
    Ok(answer(tokio::spawn(work.in_current_span()).await.map_err(ApiError::internal)??))
}
