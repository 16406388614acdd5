//! Committees, and what is vacant in them.

use sister_cities_api::committee::{
    CommitteeBody, CommitteePath, CommitteeView, CreateCommittee, DeleteCommittee, ENDPOINTS, GetCommittee,
    GetVacancies, ListCommittees, ReplaceCommittee, VacanciesView,
};
use sister_cities_api::{Moment, NoContent, Page};
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::id::{CommitteeId, ProgrammeId};
use sister_cities_domain::value::Period;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::refused;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_committees),
        serve(create_committee),
        serve(get_committee),
        serve(replace_committee),
        serve(delete_committee),
        serve(get_vacancies),
    ]
}

async fn list_committees(call: Call<ListCommittees>) -> ApiResult<Answer<Page<CommitteeView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_committees(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_committee(call: Call<CreateCommittee>) -> ApiResult<Answer<CommitteeView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let committee = committee(call.body, CommitteeId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_committee(&call.caller, committee, reply).await?;
    let path = |made: &Versioned<Committee>| CommitteePath { programme, committee: made.value.id };
    Ok(Answer::created::<GetCommittee, _>(outcome, view, path))
}

async fn get_committee(call: Call<GetCommittee>) -> ApiResult<Answer<CommitteeView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.committee);
    let found = call.app.get::<Committee>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_committee(call: Call<ReplaceCommittee>) -> ApiResult<Answer<CommitteeView>> {
    let revision = call.based_on()?;
    let committee = committee(call.body, call.path.committee, call.path.programme)?;
    let now = call.app.replace_committee(&call.caller, committee, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn delete_committee(call: Call<DeleteCommittee>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.delete_committee(&call.caller, call.path.programme, call.path.committee, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn get_vacancies(call: Call<GetVacancies>) -> ApiResult<Answer<VacanciesView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.committee);
    let found = call.app.get_vacancies(&call.caller, programme, id, times).await?;
    Ok(Answer::plain(VacanciesView::of(&found)))
}

fn view(committee: &Versioned<Committee>) -> CommitteeView {
    CommitteeView::of(&committee.value, committee.revision.number())
}

/// The committee that a body describes.
fn committee(body: CommitteeBody, id: CommitteeId, programme: ProgrammeId) -> ApiResult<Committee> {
    let CommitteeBody {
        name,
        partnership,
        theme,
        place,
        appointed_by,
        seats,
        term_months,
        functions,
        from,
        to,
        source,
        notes,
    } = body;
    let pointer = if partnership.is_some() { "/theme" } else { "/partnership" };
    let task = CommitteeTask::only(partnership, theme).ok_or_else(|| {
        let problem = if partnership.is_some() { "is given beside a partnership" } else { "is missing" };
        ApiError::field(pointer, problem, "either the id of a partnership or a theme such as medicine")
    })?;
    let functions = match functions.as_slice() {
        [] => RequiredFunctions::default(),
        [..] => RequiredFunctions::new(functions).map_err(|error| refused("/functions", &error))?,
    };
    Ok(Committee {
        id,
        programme,
        name,
        task,
        place,
        appointed_by,
        seats,
        term_months,
        functions,
        existed: Period::new(from, to).map_err(|error| refused("/to", &error))?,
        source,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}
