//! Logs the exchanges of a spreadsheet, saved as CSV, each of them once however often this is run within a day.
//!
//! Needs `programme:read` and `engagement:write`. The columns are `partner`, `title`, `focus`, `direction` and `start`:
//! `push_exchanges exchanges.csv`

mod connect;

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use serde_json::json;
use sister_cities_client::IdempotencyKey;
use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::api::percent_encode;
use sister_cities_client::resource::Programme;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let file = env::args().nth(1).ok_or("give the spreadsheet, saved as CSV")?;
    push(&programme, &fs::read(&file)?).await
}

/// Logs every row. One that the server refuses ends it, with what would be right; after mending, run it again.
pub(crate) async fn push(programme: &Programme, spreadsheet: &[u8]) -> Result<(), Box<dyn Error>> {
    let partnerships = programme.partnerships().list(ListPartnershipsQuery::default()).all().await?;
    let names = partnerships.iter().flat_map(|p| p.members.iter().map(|member| (member.name.as_str(), p.id)));
    let by_name: BTreeMap<&str, _> = names.collect();
    for row in csv::Reader::from_reader(spreadsheet).deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).ok_or_else(|| format!("there is no column {name}"));
        let partner = cell("partner")?.as_str();
        let partnership = by_name.get(partner).ok_or_else(|| format!("there is no partner {partner}"))?;
        let (title, start) = (cell("title")?, cell("start")?);
        let engagement = serde_json::from_value(json!({
            "partnership": partnership, "title": title, "start": start,
            "foci": [cell("focus")?], "direction": cell("direction")?,
        }))?;
        // What names the row, so that a second run after a crash logs nothing twice.
        let key = percent_encode(&format!("{partnership} {start} {title}"));
        let key = IdempotencyKey::new(&key[..key.len().min(255)])?;
        programme.engagements().create(engagement).with_idempotency_key(key).await?;
    }
    Ok(())
}
