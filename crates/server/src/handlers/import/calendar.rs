//! A calendar as a file to import: a log of engagements with a line for each event, series written out.
//!
//! From there on it is an import as any other: a dry run, answers, all of it or nothing, and back. What the calendar says and could not be taken stands
//! in the first lines, which a report lists as titles; so nothing is lost silently.

use chrono::NaiveDate;
use chrono_tz::Tz;
use sister_cities_api::ProblemKind;
use sister_cities_domain::engagement::Focus;
use sister_cities_domain::place::Place;
use sister_cities_domain::value::{FreeText, Title};
use sister_cities_notification::calendar::{
    CalendarEntry, EntryStatus, ReadCalendar, ReadEvent, ReadSettings, read_calendar,
};

use crate::error::{ApiError, ApiResult};

/// The columns, by the names of the fields that they hold.
const HEADER: [&str; 11] = [
    "title",
    "date",
    "end_date",
    "focus",
    "direction",
    "happening",
    "place",
    "country_code",
    "geonameid",
    "sources",
    "notes",
];
/// The longest title, as titles go.
const TITLE: usize = 300;
/// The longest note.
const NOTE: usize = 2_000;

/// What whoever imports a calendar says of it, and what follows from the programme.
pub(super) struct CalendarMeaning {
    /// What all of it was about; by its categories if none.
    pub(super) focus: Option<Focus>,
    /// From which day on events are taken; all of them if none.
    pub(super) since: Option<NaiveDate>,
    /// With whom it was.
    pub(super) partner: Place,
    /// The zone of the programme.
    pub(super) zone: Tz,
    /// The day it is there.
    pub(super) today: NaiveDate,
    /// Where the file is from.
    pub(super) source: String,
}

/// The log that a calendar comes to.
///
/// # Errors
///
/// 422 if it is no calendar, or too much of one.
pub(super) fn as_log(bytes: &[u8], meaning: &CalendarMeaning) -> ApiResult<Vec<u8>> {
    let mut settings = ReadSettings::new(meaning.zone);
    settings.since = meaning.since;
    let read = read_calendar(bytes, &settings);
    let refused = |detail: String| ApiError::new(ProblemKind::Invalid).detail(detail);
    let read = read.map_err(|error| refused(error.to_string()))?;
    if !read.events.iter().any(|event| is_taken(event, meaning)) {
        let told: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
        let told = if told.is_empty() { String::new() } else { format!(": {}", cut(&told.join("; "), NOTE)) };
        return Err(refused(format!("the calendar has no event that can be taken{told}")));
    }
    Ok(log(&read, meaning).into_bytes())
}

/// Whether an event lies in the time that is taken.
fn is_taken(event: &ReadEvent, meaning: &CalendarMeaning) -> bool {
    meaning.since.is_none_or(|since| event.entry.span.days().1 >= since)
}

fn log(read: &ReadCalendar, meaning: &CalendarMeaning) -> String {
    let mut out = String::new();
    for note in &read.notes {
        line(&mut out, [note.to_string().as_str()]);
    }
    line(&mut out, HEADER);
    for event in read.events.iter().filter(|event| is_taken(event, meaning)) {
        let entry = &event.entry;
        let (first, last) = entry.span.days();
        let place = meaning.partner.display_name().to_string();
        let country = meaning.partner.country.map(|country| country.to_string()).unwrap_or_default();
        let geonames = meaning.partner.external.geonames.map(|id| id.to_string()).unwrap_or_default();
        line(
            &mut out,
            [
                title(entry).as_str(),
                &first.to_string(),
                &if last == first { String::new() } else { last.to_string() },
                &focus(entry, meaning),
                "",
                happening(entry, first, meaning.today),
                &place,
                &country,
                &geonames,
                &source(entry, meaning),
                &notes(entry),
            ],
        );
    }
    out
}

/// A line of comma-separated text (RFC 4180); line breaks become spaces, and what spreadsheets would reckon is not reckoned.
fn line<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&cell.replace(['\r', '\n'], " ").replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

fn title(entry: &CalendarEntry) -> String {
    let summary = entry.summary.trim();
    if Title::new(summary).is_ok() {
        return summary.to_owned();
    }
    match cut(summary, TITLE) {
        short if short.is_empty() => "Without a title".to_owned(),
        short => short,
    }
}

/// The beginning of a text, with a mark that it goes on.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn focus(entry: &CalendarEntry, meaning: &CalendarMeaning) -> String {
    match &meaning.focus {
        Some(focus) => focus.to_string(),
        None => entry.categories.join("; "),
    }
}

/// What was called off was; what is still to come was only announced.
fn happening(entry: &CalendarEntry, first: NaiveDate, today: NaiveDate) -> &'static str {
    match entry.status {
        EntryStatus::Cancelled => "called off",
        EntryStatus::Tentative => "announced only",
        EntryStatus::Confirmed if first > today => "announced only",
        EntryStatus::Confirmed => "held",
    }
}

fn source(entry: &CalendarEntry, meaning: &CalendarMeaning) -> String {
    let uid = entry.uid.trim();
    if uid.is_empty() { meaning.source.clone() } else { cut(&format!("{}, {uid}", meaning.source), TITLE) }
}

fn notes(entry: &CalendarEntry) -> String {
    let mut notes = Vec::new();
    if entry.summary.trim().chars().count() > TITLE {
        notes.push(entry.summary.clone());
    }
    if let Some(location) = entry.location.as_deref().filter(|text| !text.trim().is_empty()) {
        notes.push(format!("Place: {location}"));
    }
    if let Some(text) = entry.description.as_deref().filter(|text| !text.trim().is_empty()) {
        notes.push(text.to_owned());
    }
    let notes = cut(notes.join(" ").trim(), NOTE);
    if FreeText::new(&notes).is_ok() { notes } else { String::new() }
}

#[cfg(test)]
mod tests;
