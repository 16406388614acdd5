//! Counts.

use chrono::NaiveDate;
use sister_cities_api::count::{
    CountExchanges, CountPartnerships, CountQuery, CountView, CountedEngagementView, CountedPartnershipView,
    ENDPOINTS, ExchangeCountsView, ListCountedEngagements, ListCountedPartnerships,
    ListCountedPartnershipsQuery,
};
use sister_cities_api::partnership::MemberView;
use sister_cities_api::{Moment, Page};
use sister_cities_app::{App, CountedPart, CountedQuery, LISTED_WITH_A_COUNT};
use sister_cities_domain::count::CountQuery as Question;
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::partnership::StatusKind;
use sister_cities_domain::value::KindKey;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::heavy::Weight;
use crate::refusal::in_query;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(count_partnerships).weighing(Weight::Report),
        serve(list_counted_partnerships).weighing(Weight::Report),
        serve(count_exchanges).weighing(Weight::Report),
        serve(list_counted_engagements).weighing(Weight::Report),
    ]
}

async fn count_partnerships(call: Call<CountPartnerships>) -> ApiResult<Answer<CountView>> {
    let CountQuery { as_of, recorded_at, kind, status } = &call.query;
    let query = question(&call.app, call.path.programme, *as_of, kind, status).await?;
    let recorded_at = recorded_at.map(Moment::instant);
    let found = call.app.count_partnerships(&call.caller, call.path.programme, &query, recorded_at).await;
    let found = found.map_err(in_query)?;
    let members = |id| found.places.get(&id).map(|places| MemberView::all(places)).unwrap_or_default();
    Ok(Answer::plain(CountView::of(&found.count, LISTED_WITH_A_COUNT, members)))
}

async fn list_counted_partnerships(
    call: Call<ListCountedPartnerships>,
) -> ApiResult<Answer<Page<CountedPartnershipView>>> {
    let ListCountedPartnershipsQuery { as_of, recorded_at, kind, status, .. } = &call.query;
    let query = question(&call.app, call.path.programme, *as_of, kind, status).await?;
    let recorded_at = recorded_at.map(Moment::instant);
    let part = CountedPart {
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let programme = call.path.programme;
    let found = call.app.list_counted_partnerships(&call.caller, programme, &query, recorded_at, part).await;
    let found = found.map_err(in_query)?;
    let members = |id| found.places.get(&id).map(|places| MemberView::all(places)).unwrap_or_default();
    call.page(&found.items, found.next.as_ref(), |(counted_as, counted)| {
        CountedPartnershipView::of(*counted_as, counted, members(counted.partnership))
    })
}

/// What is asked: the headline, unless kinds or statuses are named.
async fn question(
    app: &App,
    programme: ProgrammeId,
    as_of: Option<NaiveDate>,
    kinds: &[KindKey],
    statuses: &[StatusKind],
) -> ApiResult<Question> {
    let mut query = Question::headline(app.day_or_today(programme, as_of).await?);
    if !kinds.is_empty() {
        query = query.of_kinds(kinds.iter().cloned());
    }
    if !statuses.is_empty() {
        query = query.in_statuses(statuses.iter().copied());
    }
    Ok(query)
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
