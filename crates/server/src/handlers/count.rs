//! Counts.

use sister_cities_api::Moment;
use sister_cities_api::count::{CountPartnerships, CountView, ENDPOINTS};
use sister_cities_api::partnership::MemberView;
use sister_cities_domain::count::CountQuery;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::refusal::in_query;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(count_partnerships)]
}

async fn count_partnerships(call: Call<CountPartnerships>) -> ApiResult<Answer<CountView>> {
    let as_of = match call.query.as_of {
        Some(as_of) => as_of,
        None => call.app.today(call.path.programme).await?,
    };
    let mut query = CountQuery::headline(as_of);
    if !call.query.kind.is_empty() {
        query = query.of_kinds(call.query.kind.iter().cloned());
    }
    if !call.query.status.is_empty() {
        query = query.in_statuses(call.query.status.iter().copied());
    }
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let found = call
        .app
        .count_partnerships(&call.caller, call.path.programme, &query, recorded_at)
        .await
        .map_err(in_query)?;
    let members = |id| found.places.get(&id).map(|places| MemberView::all(places)).unwrap_or_default();
    Ok(Answer::plain(CountView::of(&found.count, members)))
}
