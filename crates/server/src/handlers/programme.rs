//! Programmes.

use sister_cities_api::programme::{
    ChangeProgramme, CreateProgramme, ENDPOINTS, GetProgramme, ListProgrammes, ProgrammePath, ProgrammeView,
};
use sister_cities_api::{Moment, Page};
use sister_cities_app::programme::ProgrammeWithHost;
use sister_cities_domain::programme::Programme;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::intake;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(list_programmes), serve(create_programme), serve(get_programme), serve(change_programme)]
}

async fn list_programmes(call: Call<ListProgrammes>) -> ApiResult<Answer<Page<ProgrammeView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let size = page_size(call.query.limit);
    let page = call.app.list_programmes(&call.caller, after, size, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_programme(call: Call<CreateProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let view = |made: &ProgrammeWithHost| view(&made.programme);
    let reply = call.idempotent_reply(view);
    let (programme, host) = intake::programme::new(call.body, call.app.ids())?;
    let outcome = call.app.create_programme(&call.caller, programme, host, reply).await?;
    let path = |made: &ProgrammeWithHost| ProgrammePath { programme: made.programme.value.id };
    Ok(Answer::created::<GetProgramme, _>(outcome, view, path))
}

async fn get_programme(call: Call<GetProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let found = call.app.get_programme(&call.caller, call.path.programme, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn change_programme(call: Call<ChangeProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let revision = call.based_on()?;
    let change = intake::programme::change(call.body)?;
    let now = call.app.change_programme(&call.caller, call.path.programme, revision, change).await?;
    Ok(Answer::shown(&now, view))
}

fn view(programme: &Versioned<Programme>) -> ProgrammeView {
    ProgrammeView::of(&programme.value, programme.revision.number())
}
