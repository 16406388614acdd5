//! Counts.

use sister_cities_api::count::{
    CountExchanges, CountPartnerships, CountView, CountedEngagementView, ENDPOINTS, ExchangeCountsView,
    ListCountedEngagements,
};
use sister_cities_api::partnership::MemberView;
use sister_cities_api::{Moment, Page};
use sister_cities_app::CountedQuery;
use sister_cities_domain::count::CountQuery;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::heavy::Weight;
use crate::refusal::in_query;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(count_partnerships).weighing(Weight::Report),
        serve(count_exchanges).weighing(Weight::Report),
        serve(list_counted_engagements).weighing(Weight::Report),
    ]
}

async fn count_partnerships(call: Call<CountPartnerships>) -> ApiResult<Answer<CountView>> {
    let as_of = call.app.day_or_today(call.path.programme, call.query.as_of).await?;
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

async fn count_exchanges(call: Call<CountExchanges>) -> ApiResult<Answer<ExchangeCountsView>> {
    let (programme, year) = (call.path.programme, call.query.year.map(|year| year.0));
    let found = call.app.count_exchanges(&call.caller, programme, call.query.partnership, year).await?;
    Ok(Answer::plain(ExchangeCountsView::of(found.year, &found.counts, found.undated, found.earlier)))
}

async fn list_counted_engagements(
    call: Call<ListCountedEngagements>,
) -> ApiResult<Answer<Page<CountedEngagementView>>> {
    let query = CountedQuery {
        year: call.query.year.map(|year| year.0),
        partnership: call.query.partnership,
        direction: call.query.direction,
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let page = call.app.list_counted_engagements(&call.caller, call.path.programme, query).await?;
    call.page(&page.items, page.next.as_ref(), |found| CountedEngagementView::of(&found.value))
}
