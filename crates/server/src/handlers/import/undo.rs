//! `POST /v1/programmes/{programme}/imports/{import}/undo`.

use sister_cities_api::import::{ImportView, UndoImport};
use tracing::Instrument as _;

use super::view::{answer, view};
use crate::call::{Answer, Call};
use crate::failure::{Failure, Step};

/// Answers `POST /v1/programmes/{programme}/imports/{import}/undo`.
pub(crate) async fn handle(call: Call<UndoImport>) -> Step<Answer<ImportView>> {
    let (programme, import) = (call.path.programme, call.path.import);
    let work = async move {
        let keep = call.keep(view);
        call.app.undo_import(&call.caller, programme, import, keep).await
    };
    Ok(answer(tokio::spawn(work.in_current_span()).await.map_err(Failure::internal)??))
}
