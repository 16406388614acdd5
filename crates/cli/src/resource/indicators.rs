//! Indicators: what is aimed at and reached, and their export as IATI has them.

mod iati;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sister_cities_client::Versioned;
use sister_cities_client::api::domain::id::{ActionPlanId, IndicatorId};
use sister_cities_client::api::domain::indicator::{Better, IndicatorMeasure, ResultType};
use sister_cities_client::api::domain::value::{Decimal, FreeText, Source, Title};
use sister_cities_client::api::indicator::{
    BaselineBody, IndicatorBody, IndicatorPeriodBody, IndicatorPeriodView, IndicatorView,
    ListIndicatorsQuery, MeasuredBody,
};
use sister_cities_client::api::{PageLimit, RecordedQuery};

use crate::args::{QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::run::session::Session;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

use chrono::NaiveDate;

#[derive(Debug, Subcommand)]
pub(crate) enum IndicatorsCommand {
    /// List the indicators with their latest period
    List(QueryArgs<ListIndicatorsQuery>),
    /// Show an indicator with its periods
    Show {
        /// Its id, ind_…, or a part of its title
        indicator: String,
        #[command(flatten)]
        times: QueryArgs<RecordedQuery>,
    },
    /// Add an indicator
    Add(IndicatorAdd),
    /// Say what is aimed at or was reached in a period; a period that is new is added
    Report(IndicatorReport),
    /// Write the indicators as IATI results: XML elements to put into an activity, or the same as JSON
    Export(IndicatorExport),
}

#[derive(Args, Debug)]
pub(crate) struct IndicatorAdd {
    /// What is measured, in a line
    #[arg(value_parser = parameter::<Title>)]
    title: Title,
    /// The result that it measures, in a line; the title unless given
    #[arg(long, value_parser = parameter::<Title>)]
    result: Option<Title>,
    /// output, outcome, impact or other; outcome unless given
    #[arg(long, value_parser = parameter::<ResultType>)]
    result_type: Option<ResultType>,
    /// unit, percentage, nominal, ordinal or qualitative; unit unless given
    #[arg(long, value_parser = parameter::<IndicatorMeasure>)]
    measure: Option<IndicatorMeasure>,
    /// Which way is better: higher or lower; higher unless given
    #[arg(long, value_parser = parameter::<Better>)]
    better: Option<Better>,
    /// The partnership that it is of: its id, or the name of the partner city; of all unless given
    #[arg(long)]
    partnership: Option<String>,
    /// The action plan that it is of: pln_…
    #[arg(long, value_name = "ID", value_parser = parameter::<ActionPlanId>)]
    plan: Option<ActionPlanId>,
    /// How it is measured, and by whom
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    description: Option<FreeText>,
    /// The year for which it was measured before anything was done
    #[arg(long, value_name = "YEAR", requires = "baseline")]
    baseline_year: Option<u32>,
    /// What it was then
    #[arg(long, value_name = "NUMBER", requires = "baseline_year", value_parser = parameter::<Decimal>)]
    baseline: Option<Decimal>,
    /// Where the numbers are from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct IndicatorReport {
    /// Its id, ind_…, or a part of its title
    indicator: String,
    /// The first day of the period
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    start: NaiveDate,
    /// The last day of the period
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    end: NaiveDate,
    /// What is aimed at
    #[arg(long, value_name = "NUMBER", value_parser = parameter::<Decimal>)]
    target: Option<Decimal>,
    /// What was reached
    #[arg(long, value_name = "NUMBER", value_parser = parameter::<Decimal>)]
    actual: Option<Decimal>,
    /// What is to be said of what was reached
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    comment: Option<FreeText>,
}

#[derive(Args, Debug)]
pub(crate) struct IndicatorExport {
    #[command(flatten)]
    query: QueryArgs<ListIndicatorsQuery>,
    /// The file to write, results.xml or results.json; it must not be there yet
    #[arg(long)]
    file: Option<PathBuf>,
}

/// Lists, shows, adds, reports and exports indicators.
pub(crate) async fn indicators(session: &Session, command: IndicatorsCommand) -> Result<(), Failure> {
    let indicators = session.programme.indicators();
    match command {
        IndicatorsCommand::List(list) => {
            let found = indicators.list(session.query(list).await?).all().await?;
            session.output.print(&found, |out| table(&found, out))
        }
        IndicatorsCommand::Show { indicator, times } => {
            let id = indicator_id(session, &indicator).await?;
            show(session, &indicators.get(id).with_query(times.query()?).await?.value)
        }
        IndicatorsCommand::Add(add) => {
            let made = indicators.create(body(session, add).await?).await?;
            show(session, &made.value)
        }
        IndicatorsCommand::Report(report) => {
            let read = indicators.get(indicator_id(session, &report.indicator).await?).await?;
            let body = reported(&read, report);
            show(session, &indicators.replace(&read, body).await?.value)
        }
        IndicatorsCommand::Export(IndicatorExport { query, file }) => {
            let found = indicators.list(session.query(query).await?).all().await?;
            let results = iati::results(&found);
            let json = file.as_ref().is_some_and(|file| file.extension().is_some_and(|end| end == "json"));
            let text = if json || (file.is_none() && session.output.is_json()) {
                iati::json(&results)?
            } else {
                iati::xml(&results)?
            };
            match file {
                None => crate::output::write(&text),
                Some(file) => crate::output::write_new(&file, text.as_bytes()),
            }
        }
    }
}

/// The indicator that is meant: by its id, or by a part of its title.
async fn indicator_id(session: &Session, wanted: &str) -> Result<IndicatorId, Failure> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = ListIndicatorsQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all = session.programme.indicators().list(query).all().await?;
    let named = all.into_iter().map(|one| Named {
        title: format!("{}  {}", one.id, one.title),
        names: vec![one.title.to_string()],
        item: one.id,
    });
    find_named("indicator", wanted, named.collect())
}

async fn body(session: &Session, add: IndicatorAdd) -> Result<IndicatorBody, Failure> {
    let IndicatorAdd {
        title,
        result,
        result_type,
        measure,
        better,
        partnership,
        plan,
        description,
        baseline_year,
        baseline,
        source,
    } = add;
    let partnership = session.partnership_if_named(partnership.as_deref()).await?;
    Ok(IndicatorBody {
        partnership,
        plan,
        result: result.unwrap_or_else(|| title.clone()),
        result_type,
        title,
        description,
        measure,
        better,
        baseline: baseline_year.map(|year| BaselineBody { year, value: baseline, comment: None }),
        periods: Vec::new(),
        source,
    })
}

/// What was read, with what is reported of a period.
fn reported(read: &Versioned<IndicatorView>, report: IndicatorReport) -> IndicatorBody {
    let IndicatorReport { indicator: _, start, end, target, actual, comment } = report;
    let it = read.value.clone();
    let kept = it.periods.into_iter().map(|period| {
        let IndicatorPeriodView { start, end, target, actual, is_reached: _ } = period;
        IndicatorPeriodBody { start, end, target, actual }
    });
    let mut periods: Vec<IndicatorPeriodBody> = kept.collect();
    let at = periods.iter().position(|period| (period.start, period.end) == (start, end));
    let at = at.unwrap_or_else(|| {
        periods.push(IndicatorPeriodBody { start, end, target: None, actual: None });
        periods.len() - 1
    });
    let period = &mut periods[at];
    if target.is_some() {
        period.target = Some(MeasuredBody { value: target, comment: None });
    }
    if actual.is_some() || comment.is_some() {
        period.actual = Some(MeasuredBody { value: actual, comment });
    }
    periods.sort_by_key(|period| (period.start, period.end));
    IndicatorBody {
        partnership: it.partnership,
        plan: it.plan,
        result: it.result,
        result_type: it.result_type.known(),
        title: it.title,
        description: it.description,
        measure: it.measure.known(),
        better: it.better.known(),
        baseline: it.baseline,
        periods,
        source: it.source,
    }
}

fn show(session: &Session, indicator: &IndicatorView) -> Result<(), Failure> {
    session.output.print(indicator, |out| details(indicator, out))
}

fn measured(measured: Option<&MeasuredBody>) -> Cell {
    let Some(MeasuredBody { value, comment }) = measured else { return Cell::none() };
    let comment = || comment.as_ref().map(ToString::to_string).unwrap_or_default();
    value.map_or_else(comment, |value| value.to_string()).into()
}

fn reached(period: &IndicatorPeriodView) -> Cell {
    match period.is_reached {
        Some(true) => Cell::styled(Style::Good, "yes"),
        Some(false) => Cell::styled(Style::Watch, "no"),
        None => Cell::none(),
    }
}

fn table(all: &[IndicatorView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Indicator", 20),
        Column::fixed("Until"),
        Column::number("Target"),
        Column::number("Actual"),
        Column::fixed("Reached"),
    ]);
    for indicator in all {
        let latest = indicator.periods.iter().max_by_key(|period| period.end);
        table.row([
            indicator.title.as_str().into(),
            latest.map_or_else(Cell::none, |period| period.end.to_string().into()),
            measured(latest.and_then(|period| period.target.as_ref())),
            measured(latest.and_then(|period| period.actual.as_ref())),
            latest.map_or_else(Cell::none, reached),
        ]);
    }
    table.render_or("None.", out);
}

fn details(indicator: &IndicatorView, out: &mut Renderer) {
    let IndicatorView {
        id,
        revision: _,
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
    } = indicator;
    out.heading(title.as_str());
    out.fact("id", &id.to_string());
    out.fact("result", &format!("{result} ({result_type})"));
    out.fact("measure", &format!("{}, {} is better", words(measure.as_str()), better.as_str()));
    if let Some(partnership) = partnership {
        out.fact("of", &partnership.to_string());
    }
    if let Some(plan) = plan {
        out.fact("plan", &plan.to_string());
    }
    if let Some(description) = description {
        out.fact("how", description.as_str());
    }
    if let Some(BaselineBody { year, value, comment }) = baseline {
        let facts = [value.map(|value| value.to_string()), comment.as_ref().map(ToString::to_string)];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.fact("baseline", &format!("{year}: {}", facts.join(" ")));
    }
    if let Some(source) = source {
        out.fact("source", source.as_str());
    }
    let mut table = Table::new([
        Column::fixed("Period"),
        Column::number("Target"),
        Column::number("Actual"),
        Column::fixed("Reached"),
    ])
    .indented(2);
    for period in periods {
        table.row([
            format!("{} to {}", period.start, period.end).into(),
            measured(period.target.as_ref()),
            measured(period.actual.as_ref()),
            reached(period),
        ]);
    }
    table.render_or("  No period yet.", out);
}

/// What cannot be written as IATI.
fn unwritable(error: &dyn std::error::Error) -> Failure {
    Failure::new(Exit::Failed, format!("the results cannot be written: {error}"))
}
