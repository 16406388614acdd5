//! Cells that hold two dates or more: a span from one to the other, or several of which any may be meant.

use chrono::Datelike as _;
use sister_cities_domain::import_run::DayOrder;
use sister_cities_domain::value::PartialDate;

use super::Reading;
use super::single::{date, number, single_date, year};

/// `2002-2004`, `1991-95`, `1998/1999`, `12 Mar 2005 - 20 Mar 2005`, `from 2002 to 2004`, `2-6 September 2009`.
pub(super) fn span(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    if let Some((first, second)) = text.split_once('/')
        && let Some(a) = year(first.trim())
        && let Some(b) = year(second.trim()).or_else(|| following(a, second.trim()))
    {
        // Two years with a stroke are as often "signed in one, countersigned in the other" as a span.
        return Some(Reading::Doubtful(vec![
            PartialDate::from_year(a).ok()?,
            PartialDate::from_year(b).ok()?,
        ]));
    }
    let (first, second) = split_span(text)?;
    let (first, second) = (first.trim(), second.trim());
    if let Some(a) = year(first)
        && let Some(b) = following(a, second)
    {
        return between(date(a, None, None), date(b, None, None));
    }
    let last = single_date(second, order);
    let first = match (number(first), &last) {
        // `2-6 September 2009`: the day alone takes month and year from the other end.
        (Some(day), Reading::Date { date: end, .. }) if day <= 31 => {
            let end = end.day()?;
            date(end.year(), Some(end.month()), Some(day))
        }
        (Some(_) | None, _) => single_date(first, order),
    };
    between(first, last)
}

/// The year of `95` behind `1991`; one that comes after it.
fn following(year: i32, short: &str) -> Option<i32> {
    if short.len() != 2 {
        return None;
    }
    let later = year - year % 100 + i32::try_from(number(short)?).ok()?;
    (later > year).then_some(later)
}

/// The two ends of a span, if the text has a word or a dash between them.
fn split_span(text: &str) -> Option<(&str, &str)> {
    for middle in [" - ", " to ", " until ", " bis ", " au ", " al ", " a ", " do ", " till ", " tot "] {
        if let Some(found) = text.split_once(middle) {
            return Some(found);
        }
    }
    let dashes = text.matches('-').count();
    if dashes == 1 { text.split_once('-') } else { None }
}

fn between(first: Reading, last: Reading) -> Option<Reading> {
    match (first, last) {
        (Reading::Date { date: from, .. }, Reading::Date { date: to, .. })
            if from.earliest() <= to.latest() =>
        {
            Some(Reading::Span { from, to })
        }
        _ => None,
    }
}

/// `1973; 1998`, `1973 or 1974`, `27.10.1994, 31.07.1997`: each may be meant.
pub(super) fn several(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    let mut parts: Vec<&str> = vec![text];
    for sign in [
        ";", " / ", " & ", " or ", " ou ", " oder ", " and ", " und ", " et ", " y ", " lub ", " o ", " i ",
        ", ",
    ] {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    let mut dates: Vec<PartialDate> = Vec::new();
    for part in
        parts.iter().map(|part| part.trim().trim_end_matches('-').trim()).filter(|part| !part.is_empty())
    {
        match span(part, order).unwrap_or_else(|| single_date(part, order)) {
            Reading::Date { date, .. } => dates.push(date),
            Reading::Span { from, to } => dates.extend([from, to]),
            // `October 10, 1957` is one date; its parts are none.
            Reading::Blank | Reading::Doubtful(_) | Reading::Vague | Reading::Unreadable => return None,
        }
    }
    dates.dedup();
    (parts.len() > 1 && dates.len() > 1).then_some(Reading::Doubtful(dates))
}

/// `between 1973 and 1975`: any of them.
pub(super) fn between_years(folded: &str) -> Option<Reading> {
    let words: Vec<&str> = folded.split(' ').collect();
    let between = ["between", "zwischen", "entre", "tra", "fra", "miedzy", "tussen", "mezi"];
    let years: Vec<i32> = words.iter().filter_map(|word| year(word)).collect();
    let &[from, to] = years.as_slice() else { return None };
    if !between.contains(words.first()?) || !(from..=from + 5).contains(&to) {
        return None;
    }
    let all: Vec<PartialDate> = (from..=to).filter_map(|year| PartialDate::from_year(year).ok()).collect();
    Some(Reading::Doubtful(all))
}
