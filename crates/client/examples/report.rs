//! Writes a report of the programme as Markdown: how many partnerships and exchanges, and how alive each partnership is.
//!
//! Needs `programme:read`. `report > report.md`

mod connect;

use std::error::Error;
use std::fmt::Write as _;

use sister_cities_client::api::count::{CountExchangesQuery, CountQuery};
use sister_cities_client::api::vitality::ListVitalityQuery;
use sister_cities_client::resource::Programme;

#[expect(clippy::print_stdout, reason = "the report is what is wanted")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    print!("{}", report(&programme).await?);
    Ok(())
}

/// The report. The numbers are the server's own, counted by the rules that `docs/rules.md` states.
pub(crate) async fn report(programme: &Programme) -> Result<String, Box<dyn Error>> {
    let name = programme.get().await?.value.name;
    let partnerships = programme.count_partnerships(CountQuery::default()).await?;
    let exchanges = programme.count_exchanges(CountExchangesQuery::default()).await?;
    let mut report = format!("# {name}\n\n{}: {} partnerships", partnerships.as_of, partnerships.number);
    writeln!(
        report,
        ", {} exchanges in and {} out.\n\n| with | how alive |\n|---|---|",
        exchanges.inbound.exchanges, exchanges.outbound.exchanges
    )?;
    for partnership in programme.list_vitality(ListVitalityQuery::default()).all().await? {
        let names: Vec<_> = partnership.members.iter().map(|member| member.name.as_str()).collect();
        writeln!(report, "| {} | {} |", names.join(" and "), partnership.standing.sentence)?;
    }
    Ok(report)
}
