//! `GET /v1/programmes/{programme}/imports/{import}`.

use sister_cities_api::Moment;
use sister_cities_api::import::{GetImport, ImportView};
use sister_cities_domain::access::Scope;
use sister_cities_domain::import_run::ImportRun;

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /v1/programmes/{programme}/imports/{import}`.
pub(crate) async fn handle(call: Call<GetImport>) -> ApiResult<Answer<ImportView>> {
    let (needed, recorded_at) = (Scope::ProgrammeRead, call.query.recorded_at.map(Moment::instant));
    let context =
        call.app.authorize_as_recorded(&call.caller, needed, call.path.programme, recorded_at, None).await?;
    let found = context.load::<ImportRun>(call.path.import).await?;
    let progress = call.progress.of(call.path.import).filter(|_| recorded_at.is_none());
    let view = ImportView::of(&found.value, found.revision.number(), progress);
    // Progress is no part of the record: while there is some, the revision does not name what is shown.
    Ok(if progress.is_some() { Answer::plain(view) } else { Answer::versioned(view, found.revision) })
}
