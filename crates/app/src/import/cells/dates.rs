//! Dates as offices write them: `1973`, `(1973)`, `est. 1968`, `10 Oct 1957`, `Oct. 1989`, `03.04.2005`, `2002–2004`, `n/a`.
//!
//! Reads what is certain and asks about the rest. Two numbers before a year that may each be the month (03/04/2005) are
//! ambiguous unless the mapping or another line of the same column shows the order. Dots mean day first, as in all countries that
//! write dates with dots.

use chrono::NaiveDate;
use sister_cities_domain::import_run::DayOrder;
use sister_cities_domain::value::PartialDate;

use super::fold::fold;

/// What a cell in a column of dates says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nothing, or that it is not known. A blank year stays blank.
    Blank,
    /// A date.
    Date { date: PartialDate, exactness: Exactness },
    /// A stretch of time.
    Span { from: PartialDate, to: PartialDate },
    /// One of several, or something beside the date that was not understood: a person must say.
    Doubtful(Vec<PartialDate>),
    /// Not a date, or one that cannot be read for certain.
    Unreadable,
}

/// Whether a cell gives a date as exact or as approximate: `1968`, `ca. 1968`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exactness {
    Exact,
    Approximate,
}

/// What would be right, for messages.
pub(crate) const EXPECTED: &str = "a date such as 1973, Oct 1989, 1989-10 or 10 Oct 1957, or nothing";

// The words of all lists are written as `fold` leaves them.

/// What offices write where a date is not known.
const BLANK_WORDS: &[&str] = &[
    "na",
    "n a",
    "none",
    "unknown",
    "tbd",
    "tba",
    "null",
    "nil",
    "not known",
    "not found",
    "k a",
    "keine angabe",
    "unbekannt",
    "inconnu",
    "inconnue",
    "desconocido",
    "desconocida",
    "s d",
    "n d",
    "nd",
    "s f",
    "no date",
    "undated",
    "ohne datum",
    "o d",
];
/// What makes a date approximate.
const APPROXIMATE_WORDS: &[&str] = &[
    "c",
    "ca",
    "circa",
    "about",
    "around",
    "approx",
    "approximately",
    "etwa",
    "um",
    "ungefahr",
    "vers",
    "env",
    "environ",
    "hacia",
    "alrededor",
];
/// What may stand beside a date without changing it.
const FILLER_WORDS: &[&str] = &[
    "est",
    "established",
    "since",
    "signed",
    "from",
    "founded",
    "in",
    "on",
    "the",
    "of",
    "year",
    "seit",
    "am",
    "im",
    "gegrundet",
    "unterzeichnet",
    "le",
    "en",
    "de",
    "del",
    "du",
    "depuis",
    "signe",
    "desde",
    "el",
    "dal",
    "il",
    "od",
    "twinned",
    "agreement",
    "dated",
    "jahr",
];
/// The names of the months in the languages of the offices.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "stycznia"],
    &["february", "feb", "febr", "februar", "fevrier", "fevr", "febrero", "febbraio", "lutego"],
    &["march", "mar", "marz", "maerz", "mars", "marzo", "marca"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia"],
    &["may", "mai", "mayo", "maggio", "mag", "maja"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "czerwca"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "lipca"],
    &["august", "aug", "aout", "agosto", "ago", "sierpnia"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "set", "wrzesnia"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "pazdziernika"],
    &["november", "nov", "novembre", "noviembre", "listopada"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "grudnia"],
];

/// Reads one cell.
pub(crate) fn read(text: &str, order: Option<DayOrder>) -> Reading {
    let cleaned = cleaned(text);
    let folded = fold(&cleaned);
    if folded.is_empty() || BLANK_WORDS.contains(&folded.as_str()) {
        return Reading::Blank;
    }
    if let Some(reading) = iso(cleaned.trim()) {
        return reading;
    }
    if let Some(reading) = span(&cleaned, order) {
        return reading;
    }
    single_date(&cleaned, order)
}

/// The order of day and month that the cells of a column show, if they agree.
pub(crate) fn order_shown<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DayOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells {
        let numbers = numbers_before_year(cell);
        if let Some((first, second)) = numbers {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        (true, true) | (false, false) => None,
    }
}

/// The two numbers of `03/04/2005` or `03-04-2005`.
fn numbers_before_year(cell: &str) -> Option<(u32, u32)> {
    let parts: Vec<&str> = cell.trim().split(['/', '-']).map(str::trim).collect();
    match parts.as_slice() {
        [first, second, year] if year.len() == 4 => Some((number(first)?, number(second)?)),
        _ => None,
    }
}

/// Without brackets, footnote marks and quotes around it.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_note = false;
    for c in text.chars() {
        match c {
            '[' => in_note = true,
            ']' => in_note = false,
            _ if in_note => {}
            '(' | ')' | '*' | '†' | '"' | '\'' | '’' => {}
            '–' | '—' | '−' | '‐' | '‑' => out.push('-'),
            other => out.push(other),
        }
    }
    out.trim().to_owned()
}

/// `1991`, `1991-08`, `1991/08/20`, `1991-08-20 14:30:00`.
fn iso(text: &str) -> Option<Reading> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let time = text[day.len()..].trim_start_matches(['T', ' ']);
    if !time.is_empty() && !time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+')) {
        return None;
    }
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    if parts.first()?.len() != 4 || parts.len() > 3 || (!time.is_empty() && parts.len() != 3) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let year = i32::try_from(numbers[0]).ok()?;
    match numbers[1..] {
        [] => Some(date(year, None, None)),
        // `1991-95` is a span, not a month.
        [month] if month <= 12 => Some(date(year, Some(month), None)),
        [_] => None,
        [month, day, ..] => Some(date(year, Some(month), Some(day))),
    }
}

/// `2002-2004`, `1991-95`, `1998/1999`, `12 Mar 2005 - 20 Mar 2005`, `from 2002 to 2004`, `2-6 September 2009`.
fn span(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    if let Some((first, second)) = text.split_once('/')
        && let (Some(a), Some(b)) = (year(first.trim()), year(second.trim()))
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
        && second.len() == 2
        && let Some(b) = number(second)
    {
        let b = a - a % 100 + i32::try_from(b).ok()?;
        return between(date(a, None, None), date(b, None, None));
    }
    let last = single_date(second, order);
    let first = match (number(first), &last) {
        // `2-6 September 2009`: the day alone takes month and year from the other end.
        (Some(day), Reading::Date { date: end, .. }) if day <= 31 => {
            let end = end.day()?;
            date(chrono::Datelike::year(&end), Some(chrono::Datelike::month(&end)), Some(day))
        }
        (Some(_) | None, _) => single_date(first, order),
    };
    between(first, last)
}

/// The two ends of a span, if the text has a word or a dash between them.
fn split_span(text: &str) -> Option<(&str, &str)> {
    for middle in [" - ", " to ", " until ", " bis ", " au ", " al ", " a ", " do "] {
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

/// One date in words or numbers, with words around it.
fn single_date(text: &str, order: Option<DayOrder>) -> Reading {
    let text = text.trim();
    let (text, mut exactness) = match text.strip_suffix('?').or_else(|| text.strip_prefix('~')) {
        Some(rest) => (rest.trim(), Exactness::Approximate),
        None => (text, Exactness::Exact),
    };
    if let Some(found) = iso(text) {
        return with_exactness(found, exactness);
    }
    if let Some(found) = numeric(text, order) {
        return with_exactness(found, exactness);
    }
    let folded = fold(text);
    let (mut day, mut month, mut years, mut strange) = (None, None, Vec::new(), false);
    for word in folded.split(' ') {
        if let Some(found) = year(word) {
            years.push(found);
        } else if let Some(found) = MONTHS.iter().position(|names| names.contains(&word)) {
            strange |= month.is_some();
            month = u32::try_from(found + 1).ok();
        } else if let Some(found) = day_number(word) {
            strange |= day.is_some();
            day = Some(found);
        } else if APPROXIMATE_WORDS.contains(&word) {
            exactness = Exactness::Approximate;
        } else if !FILLER_WORDS.contains(&word) {
            strange = true;
        }
    }
    let found = match (years.as_slice(), month, day) {
        ([], _, _) => return Reading::Unreadable,
        ([year], Some(month), Some(day)) => date(*year, Some(month), Some(day)),
        ([year], Some(month), None) => date(*year, Some(month), None),
        ([year], None, None) => date(*year, None, None),
        ([year], None, Some(_)) => {
            strange = true;
            date(*year, None, None)
        }
        (several, _, _) => {
            let mut proposals: Vec<PartialDate> = Vec::new();
            for year in several {
                if let Ok(date) = PartialDate::from_year(*year)
                    && !proposals.contains(&date)
                {
                    proposals.push(date);
                }
            }
            return Reading::Doubtful(proposals);
        }
    };
    match found {
        Reading::Date { date, .. } if strange => Reading::Doubtful(vec![date]),
        Reading::Date { .. }
        | Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Unreadable => with_exactness(found, exactness),
    }
}

/// `20/08/1991`, `20.8.1991`, `08/1991`.
fn numeric(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    let separator = ['/', '.', '-'].into_iter().find(|c| text.contains(*c))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let last = parts.last()?;
    if last.len() != 4 {
        // A year of two digits could be in either century.
        return Some(Reading::Unreadable);
    }
    let year = i32::try_from(*numbers.last()?).ok()?;
    match numbers[..] {
        [month, _] if (1..=12).contains(&month) => Some(date(year, Some(month), None)),
        [first, second, _] => {
            let dotted = (separator == '.').then_some(DayOrder::DayFirst);
            let day_first = || date(year, Some(second), Some(first));
            let month_first = || date(year, Some(first), Some(second));
            match dotted.or(order) {
                _ if first > 12 || first == second => Some(day_first()),
                _ if second > 12 && dotted.is_none() => Some(month_first()),
                Some(DayOrder::DayFirst) => Some(day_first()),
                Some(DayOrder::MonthFirst) => Some(month_first()),
                None => match (day_first(), month_first()) {
                    (Reading::Date { date: a, .. }, Reading::Date { date: b, .. }) => {
                        Some(Reading::Doubtful(vec![a, b]))
                    }
                    _ => Some(Reading::Unreadable),
                },
            }
        }
        _ => Some(Reading::Unreadable),
    }
}

fn with_exactness(reading: Reading, exactness: Exactness) -> Reading {
    match reading {
        Reading::Date { date, .. } => Reading::Date { date, exactness },
        Reading::Blank | Reading::Span { .. } | Reading::Doubtful(_) | Reading::Unreadable => reading,
    }
}

fn date(year: i32, month: Option<u32>, day: Option<u32>) -> Reading {
    let found = match (month, day) {
        (None, _) => PartialDate::from_year(year).ok(),
        (Some(month), None) => PartialDate::from_month(year, month).ok(),
        (Some(month), Some(day)) => {
            NaiveDate::from_ymd_opt(year, month, day).and_then(|day| PartialDate::from_day(day).ok())
        }
    };
    // No office lists anything that was signed before the year 1000, so such a number is a mistake.
    match found.filter(|date| date.year() >= 1000) {
        Some(date) => Reading::Date { date, exactness: Exactness::Exact },
        None => Reading::Unreadable,
    }
}

fn number(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn year(text: &str) -> Option<i32> {
    if text.len() != 4 {
        return None;
    }
    number(text).and_then(|year| i32::try_from(year).ok()).filter(|year| (1000..=2999).contains(year))
}

/// A day of the month: `10`, `10th`, `1er`.
fn day_number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let known = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "a" | "ten");
    number(digits).filter(|day| known && (1..=31).contains(day))
}

#[cfg(test)]
mod tests;
