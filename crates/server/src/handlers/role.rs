//! Roles, and how they end.

use sister_cities_api::role::{
    CreateRole, DeleteRole, ENDPOINTS, EndRole, EndRoleBody, GetRole, ListRoles, ReplaceRole, RoleBody,
    RolePath, RoleView,
};
use sister_cities_api::{NoContent, Page};
use sister_cities_domain::id::{ProgrammeId, RoleId};
use sister_cities_domain::role::{Ending, HeldIn, OpenPromises, Role, Tenure};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::refused;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_roles),
        serve(create_role),
        serve(get_role),
        serve(replace_role),
        serve(delete_role),
        serve(end_role),
    ]
}

async fn list_roles(call: Call<ListRoles>) -> ApiResult<Answer<Page<RoleView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_roles(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), |found| {
        RoleView::on(&found.value, found.revision.number(), times.as_of)
    })
}

async fn create_role(call: Call<CreateRole>) -> ApiResult<Answer<RoleView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let role = role(call.body, RoleId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_role(&call.caller, role, reply).await?;
    let path = |made: &Versioned<Role>| RolePath { programme, role: made.value.id };
    Ok(Answer::created::<GetRole, _>(outcome, view, path))
}

async fn get_role(call: Call<GetRole>) -> ApiResult<Answer<RoleView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.role);
    let found = call.app.get::<Role>(&call.caller, programme, id, times.recorded_at).await?;
    Ok(Answer::shown(&found, |found| RoleView::on(&found.value, found.revision.number(), times.as_of)))
}

async fn replace_role(call: Call<ReplaceRole>) -> ApiResult<Answer<RoleView>> {
    let revision = call.based_on()?;
    let role = role(call.body, call.path.role, call.path.programme)?;
    let now = call.app.replace_role(&call.caller, role, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn delete_role(call: Call<DeleteRole>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.delete_role(&call.caller, call.path.programme, call.path.role, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn end_role(call: Call<EndRole>) -> ApiResult<Answer<RoleView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let (ending, of) = (ending(call.body)?, (call.path.programme, call.path.role));
    let outcome = call.app.end_role(&call.caller, of, revision, ending, reply).await?;
    Ok(Answer::changed(outcome, view))
}

fn view(role: &Versioned<Role>) -> RoleView {
    RoleView::on(&role.value, role.revision.number(), None)
}

fn ending(body: EndRoleBody) -> ApiResult<Ending> {
    let EndRoleBody { on, successor, orphaned } = body;
    let open_promises = match (successor, orphaned) {
        (Some(successor), None) => OpenPromises::HandedTo(successor),
        (None, Some(reason)) => OpenPromises::Orphaned(reason),
        (None, None) => OpenPromises::None,
        (Some(_), Some(_)) => {
            let expected = "either a successor or why there is none";
            return Err(ApiError::field("/orphaned", "is given beside a successor", expected));
        }
    };
    Ok(Ending { on, open_promises })
}

/// The role that a body describes. How it ended is said elsewhere.
fn role(body: RoleBody, id: RoleId, programme: ProgrammeId) -> ApiResult<Role> {
    let RoleBody {
        person,
        committee,
        organisation,
        place,
        function,
        office,
        from,
        to,
        term_end,
        appointed_by,
        fills_term_of,
        source,
        notes,
    } = body;
    let held_in = HeldIn::only(committee, organisation, place).ok_or_else(|| {
        let (pointer, problem) = match (committee, organisation, place) {
            (None, None, None) => ("/committee", "is missing"),
            (Some(_), Some(_), _) => ("/organisation", "is given beside a committee"),
            _ => ("/place", "is given beside where the role is held"),
        };
        ApiError::field(
            pointer,
            problem,
            "the id of a committee, of an organisation or of a place, one of the three",
        )
    })?;
    if fills_term_of == Some(id) {
        let expected = "another role, whose term it fills";
        return Err(ApiError::field("/fills_term_of", "is the role itself", expected));
    }
    let at_fault = if Tenure::new(from, to, None).is_err() { "/to" } else { "/term_end" };
    Ok(Role {
        id,
        programme,
        person,
        held_in,
        function,
        office,
        tenure: Tenure::new(from, to, term_end).map_err(|error| refused(at_fault, &error))?,
        appointed_by,
        fills_term_of,
        successor: None,
        orphaned: None,
        source,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}
