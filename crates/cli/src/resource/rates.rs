//! Valuation rates: what an hour, a day or a gift is worth, and valuing by them.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::AsText;
use sister_cities_client::api::domain::valuation::ValuationKind;
use sister_cities_client::api::domain::value::{Country, Money, Source};
use sister_cities_client::api::valuation_rate::{
    ListValuationRatesQuery, ValuationRateBody, ValuationRateView, ValuationResult, ValuationView,
    ValueQuantityQuery,
};

use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::{grouped, words};

#[derive(Debug, Subcommand)]
pub(crate) enum RatesCommand {
    /// List the rates, those that begin latest first
    List(QueryArgs<ListValuationRatesQuery>),
    /// Add a rate; it needs a source
    Add(RateAdd),
    /// Value hours, days or gifts by the rate of their day and place
    Value(QueryArgs<ValueQuantityQuery>),
}

#[derive(Args, Debug)]
pub(crate) struct RateAdd {
    #[arg(help = "What it values: volunteer_hour, visitor_day, student_year, in_kind …", value_parser = parameter::<ValuationKind>)]
    kind: ValuationKind,
    /// What one unit is worth, such as "23.07 USD"
    #[arg(value_parser = parameter::<Money>)]
    amount: Money,
    /// The country where it holds, such as US; everywhere if neither a country nor a place is given
    #[arg(long, value_name = "CODE", value_parser = parameter::<Country>)]
    country: Option<Country>,
    /// The one place where it holds: its id, or a name of it
    #[arg(long)]
    place: Option<String>,
    /// The first day on which it holds
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    from: NaiveDate,
    /// The last day; until further notice unless given
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    to: Option<NaiveDate>,
    /// Who says so
    #[arg(long, value_parser = parameter::<Source>)]
    source: Source,
}

/// Lists and adds valuation rates, and values by them.
pub(crate) async fn rates(session: &Session, command: RatesCommand) -> Result<(), Failure> {
    let rates = session.programme.valuation_rates();
    match command {
        RatesCommand::List(list) => {
            let found = rates.list(session.query(list).await?).all().await?;
            session.output.print(&found, |out| table(&found, out))
        }
        RatesCommand::Add(RateAdd { kind, amount, country, place, from, to, source }) => {
            let place = session.place_if_named(place.as_deref()).await?;
            let amount = AsText(amount);
            let body =
                ValuationRateBody { kind, country, place, amount, from, to, source, notes: Vec::new() };
            let made = rates.create(body).await?.value;
            session.output.print(&made, |out| table(std::slice::from_ref(&made), out))
        }
        RatesCommand::Value(query) => {
            let found = rates.value_quantity(session.query(query).await?).await?;
            session.output.print(&found, |out| valuation(&found, out))
        }
    }
}

fn table(all: &[ValuationRateView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("What", 8),
        Column::number("One is"),
        Column::fixed("From"),
        Column::fixed("To"),
        Column::fixed("Where"),
        Column::words("Who says so", 16),
    ]);
    for rate in all {
        let place = rate.place.map(|place| place.to_string());
        let country = rate.country.map(|country| country.to_string());
        table.row([
            words(rate.kind.as_str()).into(),
            grouped(&rate.amount.0.to_string()).into(),
            rate.from.to_string().into(),
            rate.to.map_or_else(Cell::none, |day| day.to_string().into()),
            place.or(country).map_or_else(|| "everywhere".into(), Cell::new),
            rate.source.as_str().into(),
        ]);
    }
    table.render_or("None.", out);
}

fn valuation(found: &ValuationView, out: &mut Renderer) {
    let ValuationView { result, value, rates } = found;
    let said = match (result.known(), value) {
        (Some(ValuationResult::Valued), Some(value)) => grouped(&value.0.to_string()),
        (Some(ValuationResult::NoRate), _) => "no value: no rate holds for that day and place".to_owned(),
        (Some(ValuationResult::Contradictory), _) => "no value: these rates contradict each other".to_owned(),
        (Some(ValuationResult::TooLarge), _) => "no value: it is more than can be kept".to_owned(),
        (Some(_) | None, _) => words(result.as_str()),
    };
    out.heading(&said);
    // The table may cut a source short, and the value is worth no more than it.
    for rate in rates {
        out.paragraph(
            2,
            Style::Faint,
            &format!("{} each: {}", grouped(&rate.amount.0.to_string()), rate.source),
        );
    }
    if !rates.is_empty() {
        table(rates, out);
    }
}
