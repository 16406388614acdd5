//! Organisations.

use sister_cities_api::organisation::{
    CreateOrganisation, ENDPOINTS, GetOrganisation, ListOrganisations, OrganisationBody, OrganisationPath,
    OrganisationView, RegisterIdBody, ReplaceOrganisation,
};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::id::{OrganisationId, ProgrammeId};
use sister_cities_domain::organisation::{Organisation, RegisterId};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::field::refused;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_organisations),
        serve(create_organisation),
        serve(get_organisation),
        serve(replace_organisation),
    ]
}

async fn list_organisations(call: Call<ListOrganisations>) -> ApiResult<Answer<Page<OrganisationView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_organisation(call: Call<CreateOrganisation>) -> ApiResult<Answer<OrganisationView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let organisation = organisation(call.body, OrganisationId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_organisation(&call.caller, organisation, reply).await?;
    let path = |made: &Versioned<Organisation>| OrganisationPath { programme, organisation: made.value.id };
    Ok(Answer::created::<GetOrganisation, _>(outcome, view, path))
}

async fn get_organisation(call: Call<GetOrganisation>) -> ApiResult<Answer<OrganisationView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.organisation);
    let found = call.app.get::<Organisation>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_organisation(call: Call<ReplaceOrganisation>) -> ApiResult<Answer<OrganisationView>> {
    let revision = call.based_on()?;
    let organisation = organisation(call.body, call.path.organisation, call.path.programme)?;
    let now = call.app.replace_organisation(&call.caller, organisation, revision).await?;
    Ok(Answer::shown(&now, view))
}

fn view(organisation: &Versioned<Organisation>) -> OrganisationView {
    OrganisationView::of(&organisation.value, organisation.revision.number())
}

fn organisation(
    body: OrganisationBody,
    id: OrganisationId,
    programme: ProgrammeId,
) -> ApiResult<Organisation> {
    let OrganisationBody { name, latin_name, kind, place, parent, register_ids, website, notes, source } =
        body;
    Ok(Organisation {
        id,
        programme,
        name,
        latin_name,
        kind,
        place,
        parent,
        register_ids: register_ids.into_iter().enumerate().map(register_id).collect::<ApiResult<_>>()?,
        website,
        notes: notes.into_iter().map(Into::into).collect(),
        source,
    })
}

fn register_id((at, body): (usize, RegisterIdBody)) -> ApiResult<RegisterId> {
    let RegisterIdBody { scheme, value } = body;
    RegisterId::new(scheme, value).map_err(|error| refused(&format!("/register_ids/{at}/value"), &error))
}
