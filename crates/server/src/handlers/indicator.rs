//! Indicators.

use sister_cities_api::indicator::{
    BaselineBody, CreateIndicator, ENDPOINTS, GetIndicator, IndicatorBody, IndicatorPath,
    IndicatorPeriodBody, IndicatorView, ListIndicators, MeasuredBody, ReplaceIndicator,
};
use sister_cities_api::{Moment, Page};
use sister_cities_domain::id::{IndicatorId, ProgrammeId};
use sister_cities_domain::indicator::{
    Baseline, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, ResultType,
};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(list_indicators), serve(create_indicator), serve(get_indicator), serve(replace_indicator)]
}

async fn list_indicators(call: Call<ListIndicators>) -> ApiResult<Answer<Page<IndicatorView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_indicator(call: Call<CreateIndicator>) -> ApiResult<Answer<IndicatorView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let indicator = indicator(call.body, IndicatorId::next(call.app.ids()), programme);
    let outcome = call.app.create_indicator(&call.caller, indicator, reply).await?;
    let path = |made: &Versioned<Indicator>| IndicatorPath { programme, indicator: made.value.id };
    Ok(Answer::created::<GetIndicator, _>(outcome, view, path))
}

async fn get_indicator(call: Call<GetIndicator>) -> ApiResult<Answer<IndicatorView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.indicator);
    let found = call.app.get::<Indicator>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_indicator(call: Call<ReplaceIndicator>) -> ApiResult<Answer<IndicatorView>> {
    let revision = call.based_on()?;
    let indicator = indicator(call.body, call.path.indicator, call.path.programme);
    let now = call.app.replace_indicator(&call.caller, indicator, revision).await?;
    Ok(Answer::shown(&now, view))
}

fn view(indicator: &Versioned<Indicator>) -> IndicatorView {
    IndicatorView::of(&indicator.value, indicator.revision.number())
}

/// The indicator that a body describes.
fn indicator(body: IndicatorBody, id: IndicatorId, programme: ProgrammeId) -> Indicator {
    let IndicatorBody {
        partnership,
        plan,
        result,
        result_type,
        title,
        description,
        measure,
        better,
        baseline,
        periods,
        source,
    } = body;
    let measured = |MeasuredBody { value, comment }| Measured { value, comment };
    let period = |IndicatorPeriodBody { start, end, target, actual }| IndicatorPeriod {
        start,
        end,
        target: target.map(measured),
        actual: actual.map(measured),
    };
    Indicator {
        id,
        programme,
        partnership,
        plan,
        result,
        result_type: result_type.unwrap_or(ResultType::Outcome),
        title,
        description,
        measure: measure.unwrap_or(IndicatorMeasure::Unit),
        better: better.unwrap_or_default(),
        baseline: baseline.map(|BaselineBody { year, value, comment }| Baseline {
            year,
            measured: Measured { value, comment },
        }),
        periods: periods.into_iter().map(period).collect(),
        source,
    }
}
