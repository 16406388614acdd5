//! Partnerships.

use chrono::NaiveDate;
use sister_cities_api::Page;
use sister_cities_api::partnership::{
    ChangePartnership, CreatePartnership, DecidePartnership, ENDPOINTS, GetPartnership, ListPartnerships,
    PartnershipPath, PartnershipView, SetRecord,
};
use sister_cities_app::partnership::PartnershipWithPlaces;

use crate::call::{Answer, Call, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::intake;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_partnerships),
        serve(create_partnership),
        serve(get_partnership),
        serve(change_partnership),
        serve(decide_partnership),
        serve(set_record),
    ]
}

async fn list_partnerships(call: Call<ListPartnerships>) -> ApiResult<Answer<Page<PartnershipView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let page = call.app.list_partnerships(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), |found| view_on(found, times.as_of))
}

async fn create_partnership(call: Call<CreatePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let request = intake::partnership::new(call.body)?;
    let outcome = call.app.create_partnership(&call.caller, programme, request, reply).await?;
    let path = |made: &PartnershipWithPlaces| PartnershipPath {
        programme,
        partnership: made.partnership.value.id(),
    };
    Ok(Answer::created::<GetPartnership, _>(outcome, view, path))
}

async fn get_partnership(call: Call<GetPartnership>) -> ApiResult<Answer<PartnershipView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.partnership);
    let found = call.app.get_partnership(&call.caller, programme, id, times).await?;
    Ok(Answer::shown(&found, |found| view_on(found, times.as_of)))
}

async fn change_partnership(call: Call<ChangePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let addition = intake::partnership::addition(call.body)?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let now = call.app.change_partnership(&call.caller, programme, id, revision, addition).await?;
    Ok(Answer::shown(&now, view))
}

async fn decide_partnership(call: Call<DecidePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let decision = intake::partnership::decision(call.body, "")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let outcome = call.app.decide_partnership(&call.caller, programme, id, revision, decision, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn set_record(call: Call<SetRecord>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let record = intake::partnership::record(call.body.periods, "/periods")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let now = call.app.set_record(&call.caller, programme, id, revision, record).await?;
    Ok(Answer::shown(&now, view))
}

fn view(found: &PartnershipWithPlaces) -> PartnershipView {
    view_on(found, None)
}

/// As the partnership was on a day, if one is asked about.
fn view_on(found: &PartnershipWithPlaces, day: Option<NaiveDate>) -> PartnershipView {
    let revision = found.partnership.revision.number();
    PartnershipView::on(&found.partnership.value, revision, &found.places, day)
}
