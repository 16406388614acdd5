//! Valuation rates, and valuing by them.

use sister_cities_api::valuation_rate::{
    CreateValuationRate, ENDPOINTS, GetValuationRate, ListValuationRates, ReplaceValuationRate,
    ValuationRateBody, ValuationRatePath, ValuationRateView, ValuationResult, ValuationView, ValueQuantity,
    ValueQuantityQuery,
};
use sister_cities_api::{AsText, Moment, Page};
use sister_cities_app::valuation::Valued;
use sister_cities_domain::id::{ProgrammeId, ValuationRateId};
use sister_cities_domain::valuation::{ValidDays, ValuationQuestion, ValuationRate};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::field::refused;
use crate::refusal::in_query;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_valuation_rates),
        serve(create_valuation_rate),
        serve(value_quantity),
        serve(get_valuation_rate),
        serve(replace_valuation_rate),
    ]
}

async fn list_valuation_rates(call: Call<ListValuationRates>) -> ApiResult<Answer<Page<ValuationRateView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_valuation_rate(call: Call<CreateValuationRate>) -> ApiResult<Answer<ValuationRateView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let rate = rate(call.body, ValuationRateId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_valuation_rate(&call.caller, rate, reply).await?;
    let path =
        |made: &Versioned<ValuationRate>| ValuationRatePath { programme, valuation_rate: made.value.id };
    Ok(Answer::created::<GetValuationRate, _>(outcome, view, path))
}

async fn value_quantity(call: Call<ValueQuantity>) -> ApiResult<Answer<ValuationView>> {
    let ValueQuantityQuery { kind, quantity, on, country, place } = call.query;
    let question = ValuationQuestion { kind, quantity, on, country, place };
    let valued = call.app.value_quantity(&call.caller, call.path.programme, question).await;
    let (result, value, rates) = match valued.map_err(in_query)? {
        Valued::By(value, rate) => (ValuationResult::Valued, Some(AsText(value)), vec![rate]),
        Valued::NoRate => (ValuationResult::NoRate, None, Vec::new()),
        Valued::Contradictory(rates) => (ValuationResult::Contradictory, None, rates),
        Valued::TooLarge(rate) => (ValuationResult::TooLarge, None, vec![rate]),
    };
    let rates = rates.iter().map(|rate| ValuationRateView::of(rate, None)).collect();
    Ok(Answer::plain(ValuationView { result: result.into(), value, rates }))
}

async fn get_valuation_rate(call: Call<GetValuationRate>) -> ApiResult<Answer<ValuationRateView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.valuation_rate);
    let found = call.app.get::<ValuationRate>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_valuation_rate(call: Call<ReplaceValuationRate>) -> ApiResult<Answer<ValuationRateView>> {
    let revision = call.based_on()?;
    let rate = rate(call.body, call.path.valuation_rate, call.path.programme)?;
    let now = call.app.replace_valuation_rate(&call.caller, rate, revision).await?;
    Ok(Answer::shown(&now, view))
}

fn view(rate: &Versioned<ValuationRate>) -> ValuationRateView {
    ValuationRateView::of(&rate.value, Some(rate.revision.number()))
}

/// The rate that a body describes.
fn rate(body: ValuationRateBody, id: ValuationRateId, programme: ProgrammeId) -> ApiResult<ValuationRate> {
    let ValuationRateBody { kind, country, place, amount, from, to, source, notes } = body;
    Ok(ValuationRate {
        id,
        programme,
        kind,
        country,
        place,
        amount: amount.0,
        valid: ValidDays::new(from, to).map_err(|error| refused("/to", &error))?,
        source,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}
