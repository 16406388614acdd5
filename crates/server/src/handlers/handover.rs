//! Handovers.

use sister_cities_api::due::NextTouchView;
use sister_cities_api::engagement::EngagementView;
use sister_cities_api::handover::{
    CalledView, ContactView, ENDPOINTS, GetPartnershipHandover, GetRoleHandover, HandoverView, MoreView,
    ReasonView, UnsaidView,
};
use sister_cities_api::partnership::{MemberView, PartnershipView};
use sister_cities_api::person::PersonView;
use sister_cities_api::promise::ActionPointView;
use sister_cities_api::role::RoleView;
use sister_cities_app::handover::HandoverRecords;
use sister_cities_domain::id::RecordRef;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::heavy::Weight;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(get_partnership_handover).weighing(Weight::Report),
        serve(get_role_handover).weighing(Weight::Report),
    ]
}

async fn get_partnership_handover(call: Call<GetPartnershipHandover>) -> ApiResult<Answer<HandoverView>> {
    let (programme, id) = (call.path.programme, call.path.partnership);
    let found = call.app.get_partnership_handover(&call.caller, programme, id, call.query.as_of).await?;
    Ok(Answer::plain(view(&found)))
}

async fn get_role_handover(call: Call<GetRoleHandover>) -> ApiResult<Answer<HandoverView>> {
    let (programme, id) = (call.path.programme, call.path.role);
    let found = call.app.get_role_handover(&call.caller, programme, id, call.query.as_of).await?;
    Ok(Answer::plain(view(&found)))
}

fn view(found: &HandoverRecords) -> HandoverView {
    let handover = found.handover();
    let day = handover.as_of;
    let revision = |record: RecordRef| found.revisions.get(&record).map_or(0, |revision| revision.number());
    let person = |id| {
        let (person, seen_by) = (found.persons.get(&id)?, found.seen_by?);
        Some(PersonView::of(&person.value, person.revision.number(), seen_by))
    };
    let members = || found.partnership.iter().flat_map(|it| MemberView::all_on(&it.places, day)).collect();
    let touch = found.partnership.as_ref().zip(handover.next_touch);
    HandoverView {
        as_of: day,
        partnership: found.partnership.as_ref().map(|it| {
            let revision = it.partnership.revision.number();
            PartnershipView::on(&it.partnership.value, revision, &it.places, Some(day))
        }),
        role: found.role.as_ref().map(|role| RoleView::on(&role.value, role.revision.number(), Some(day))),
        promises: handover
            .promises
            .iter()
            .map(|point| ActionPointView::of(point, revision(point.id.into())))
            .collect(),
        contacts: handover
            .contacts
            .iter()
            .map(|contact| ContactView::of(contact, contact.who.person().and_then(person)))
            .collect(),
        engagements: handover
            .engagements
            .iter()
            .map(|engagement| EngagementView::of(engagement, revision(engagement.id.into())))
            .collect(),
        reasons: handover.reasons.iter().map(ReasonView::of).collect(),
        next_touch: touch.map(|(it, touch)| NextTouchView::of(it.partnership.value.id(), members(), touch)),
        unsaid: handover.unsaid.iter().map(UnsaidView::of).collect(),
        more: found
            .more
            .iter()
            .map(|(of, number)| MoreView { of: (*of).to_owned(), number: *number })
            .collect(),
        names: found
            .names
            .iter()
            .map(|(id, name)| CalledView { id: id.to_string(), name: name.clone() })
            .collect(),
    }
}
