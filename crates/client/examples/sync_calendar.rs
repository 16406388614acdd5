//! Writes the exchanges whose days are known as a calendar, for a program that takes files. The same event keeps its `UID`, so that a
//! calendar that has it already is updated.
//!
//! Needs `programme:read`. `sync_calendar exchanges.ics`

mod connect;

use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs};

use sister_cities_client::api::engagement::ListEngagementsQuery;
use sister_cities_client::resource::Programme;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let file = env::args().nth(1).ok_or("give the file to write")?;
    fs::write(file, calendar(&programme).await?)?;
    Ok(())
}

/// An iCalendar of whole days (RFC 5545), in which the last day is not counted.
pub(crate) async fn calendar(programme: &Programme) -> Result<String, Box<dyn Error>> {
    let mut calendar =
        String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sister Cities//sync_calendar//EN\r\n");
    for engagement in programme.engagements().list(ListEngagementsQuery::default()).all().await? {
        let Some(first) = engagement.start.and_then(|start| start.day()) else { continue };
        let last = engagement.end.and_then(|end| end.day()).unwrap_or(first);
        let after = last.succ_opt().ok_or("the calendar has come to its end")?;
        let title = engagement.title.as_str().replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        write!(
            calendar,
            "BEGIN:VEVENT\r\nUID:{}\r\nSEQUENCE:{}\r\nDTSTAMP:{}T000000Z\r\nDTSTART;VALUE=DATE:{}\r\n\
             DTEND;VALUE=DATE:{}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n",
            engagement.id,
            engagement.revision,
            first.format("%Y%m%d"),
            first.format("%Y%m%d"),
            after.format("%Y%m%d"),
        )?;
    }
    calendar.push_str("END:VCALENDAR\r\n");
    Ok(calendar)
}
