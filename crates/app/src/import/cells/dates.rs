//! Dates as offices write them: `1973`, `(1973)`, `est. 1968`, `10 Oct 1957`, `Oct. 1989`, `03.04.2005`, `2002–2004`, `昭和48年`, `n/a`.
//!
//! Reads what has one meaning and asks about the rest, with every date that the cell can mean. Two numbers before a year that may
//! each be the month (03/04/2005) are ambiguous unless the mapping or another line of the same column shows the order. Dots mean day
//! first, as in all countries that write dates with dots. A decade, a century, `before 1970` are no dates: they stay as a note.

mod digits;
mod single;
mod span;

use chrono::NaiveDate;
use sister_cities_domain::import_run::DayOrder;
use sister_cities_domain::value::PartialDate;

use self::digits::digits;
use self::single::{date, number, single_date, year};
use self::span::{between_years, several, span};
use super::fold::fold;
use super::footnote::without_footnotes;
use super::months::in_signs;

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
    /// A time, but no date: a decade, a century, `before 1970`. It stays as a note.
    Vague,
    /// Not a date, or one that cannot be read for certain.
    Unreadable,
}

/// Whether a cell gives a date as exact, as approximate (`ca. 1968`), or with something beside it (`spring 1991`, `1973 (renewed 1998)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exactness {
    Exact,
    Approximate,
    WithMore,
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
    "brak",
    "brak danych",
    "nieznana",
    "sconosciuto",
    "desconhecido",
    "onbekend",
    "bilinmiyor",
    "bd",
    "b d",
    "nicht bekannt",
    "nie znana",
    "neznamo",
    "ismeretlen",
    "okand",
    "okant",
    "ukjent",
    "ukendt",
    "неизвестно",
    "不明",
];
/// What stands where a date is still open, or nobody knows it to the year.
const OPEN_WORDS: &[&str] = &[
    "in progress",
    "pending",
    "tbd",
    "tba",
    "tbc",
    "to be confirmed",
    "to be determined",
    "planned",
    "geplant",
    "in planung",
    "en cours",
    "en tramite",
    "w toku",
    "planowane",
    "after the war",
    "after wwii",
    "after ww2",
    "before the war",
    "nach dem krieg",
    "vor dem krieg",
    "nach dem zweiten weltkrieg",
    "apres guerre",
    "apres la guerre",
    "po wojnie",
    "przed wojna",
];
/// What tells that a further date is that of a renewal.
const RENEWED_WORDS: &[&str] = &[
    "renewed",
    "renewal",
    "reaffirmed",
    "reaffirme",
    "reaffirmee",
    "confirme",
    "confirmee",
    "confirmed",
    "renouvele",
    "renouvelee",
    "re",
    "resigned",
    "erneuert",
    "bekraftigt",
    "bestatigt",
    "odnowione",
    "odnowiona",
    "zmienione",
    "zastapione",
    "renovado",
    "renovada",
    "rinnovato",
    "rinnovata",
    "updated",
    "revised",
    "amended",
];
/// What makes no date of a year.
const BOUND_WORDS: &[&str] = &[
    "before",
    "after",
    "vor",
    "nach",
    "avant",
    "apres",
    "antes",
    "despues",
    "prima",
    "dopo",
    "przed",
    "po",
    "until",
    "bis",
    "by",
    "no later than",
    "prior",
    "pre",
    "post",
    "spatestens",
    "fruhestens",
];

/// Reads one cell.
pub(crate) fn read(text: &str, order: Option<DayOrder>) -> Reading {
    let asked = text.contains(['?', '？']);
    let cleaned = cleaned(text);
    let folded = fold(&cleaned);
    if folded.is_empty() {
        return if asked { Reading::Vague } else { Reading::Blank };
    }
    if BLANK_WORDS.contains(&folded.as_str()) {
        return Reading::Blank;
    }
    if is_vague(text, &folded) {
        return Reading::Vague;
    }
    let reading = certain(&cleaned, &folded, order);
    match reading {
        // Whoever wrote a question mark was in doubt.
        Reading::Date { date, .. } if asked => Reading::Doubtful(vec![date]),
        Reading::Date { .. }
        | Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => reading,
    }
}

fn certain(cleaned: &str, folded: &str, order: Option<DayOrder>) -> Reading {
    if let Some((year, month, day)) = in_signs(cleaned) {
        return date(year, month, day);
    }
    if let Some(reading) = iso(cleaned.trim()).or_else(|| digits(cleaned.trim())) {
        return reading;
    }
    if let Some(first) = renewed(cleaned, order) {
        return first;
    }
    if let Some(reading) = open_ended(cleaned, order) {
        return reading;
    }
    if let Some(reading) = span(cleaned, order) {
        return reading;
    }
    if let Some(reading) = several(cleaned, order) {
        return reading;
    }
    if let Some(reading) = between_years(folded) {
        return reading;
    }
    single_date(cleaned, order)
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

/// Without brackets, footnote marks, question marks and quotes around it.
fn cleaned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in without_footnotes(text).chars() {
        match c {
            '(' | ')' => out.push(' '),
            '*' | '†' | '"' | '\'' | '’' | '‘' | '?' | '？' => {}
            '–' | '—' | '−' | '‐' | '‑' | '→' | '›' => out.push('-'),
            c if c.is_whitespace() => out.push(' '),
            other => out.push(other),
        }
    }
    let spaced = out.split_whitespace().collect::<Vec<_>>().join(" ");
    // A spreadsheet's number as text: `1998.0`.
    match spaced.strip_suffix(".0") {
        Some(year) if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => year.to_owned(),
        Some(_) | None => spaced,
    }
}

/// A decade, a century, a time before or after a year.
fn is_vague(text: &str, folded: &str) -> bool {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_decade = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let suffix = &word[digits.len()..];
        let is_year =
            digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) && digits.ends_with('0');
        is_year && matches!(suffix, "s" | "er" | "ies" | "ern" | "tal" | "talet" | "luvulla")
            || matches!(suffix, "x" if digits.len() == 3)
    };
    // `197?`, `19??`.
    let is_open_digit = text.split_whitespace().any(|word| {
        let word = word.trim_matches(['(', ')']);
        let digits = word.trim_end_matches('?');
        word.len() == 4 && matches!(digits.len(), 2 | 3) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    // `< 1970`, `>1970`.
    let is_bound = text.trim_start().starts_with(['<', '>', '≤', '≥']);
    let century = [
        "century",
        "jahrhundert",
        "siecle",
        "siglo",
        "secolo",
        "wiek",
        "wieku",
        "jh",
        "stoleti",
        "eeuw",
        "yuzyil",
    ];
    let decade = [
        "decade",
        "decades",
        "decada",
        "decennie",
        "decennio",
        "jahrzehnt",
        "dekada",
        "annees",
        "anni",
        "anos",
        "jahre",
        "lata",
        "latach",
        "lat",
    ];
    let has_year = words.iter().filter(|word| year(word).is_some()).count();
    is_open_digit
        || is_bound
        || OPEN_WORDS.contains(&folded)
        || words.iter().any(|word| is_decade(word) || century.contains(word))
        || (has_year == 1 && words.len() <= 3 && words.first().is_some_and(|word| BOUND_WORDS.contains(word)))
        || (words.iter().any(|word| decade.contains(word))
            && words.iter().all(|word| year(word).is_none() || word.ends_with('0')))
}

/// `1991`, `1991-08`, `1991/08/20`, `1991-08-20 14:30:00`.
fn iso(text: &str) -> Option<Reading> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let time = text[day.len()..].trim_start_matches(['T', ' ']);
    if !time.is_empty() && !time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+')) {
        return None;
    }
    if !time.is_empty() && !time.contains(':') {
        return None;
    }
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    if parts.first()?.len() != 4 || parts.len() > 3 || (!time.is_empty() && parts.len() != 3) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    // A spreadsheet's day nought, and the times of day that it shows as one.
    if day == "1899-12-30" || day == "1899-12-31" || day == "1900-01-00" {
        return Some(Reading::Unreadable);
    }
    let year = i32::try_from(numbers[0]).ok()?;
    // The first days of the two calendars of spreadsheets stand where a cell is 0 or 1.
    if let (1900 | 1904, [1, 1]) = (year, &numbers[1..]) {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| PartialDate::from_day(day).ok());
        return first.map(|first| Reading::Doubtful(vec![first]));
    }
    match numbers[1..] {
        [] => Some(date(year, None, None)),
        // `1991-95` is a span, not a month.
        [month] if month <= 12 && !(day.contains('/') && parts[1].len() == 2) => {
            Some(date(year, Some(month), None))
        }
        [_] => None,
        [month, day, ..] => Some(date(year, Some(month), Some(day))),
    }
}

/// `1973 (renewed 1998)`, `signed 1973, renewed 1998`, `1982, réaffirmé en 2012`: the first date counts.
fn renewed(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| {
        let first = fold(word);
        RENEWED_WORDS.contains(&first.split(' ').next().unwrap_or_default())
    })?;
    let (first, rest) = words.split_at(at);
    if !rest.iter().any(|word| fold(word).split(' ').any(|part| year(part).is_some())) {
        return None;
    }
    let first = first.join(" ");
    match single_date(first.trim_end_matches([',', ';', '-', ' ']), order) {
        Reading::Date { date, .. } => Some(Reading::Date { date, exactness: Exactness::WithMore }),
        Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => None,
    }
}

/// `1973 -`, `1973-present`, `1973 to date`: it began and goes on.
fn open_ended(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    const ENDS: [&str; 10] = [
        "-",
        "- present",
        "-present",
        " to date",
        "-heute",
        "- heute",
        "-today",
        "- today",
        " to present",
        " bis heute",
    ];
    let text = text.trim();
    let before = |end: &&str| {
        let (first, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
        last.eq_ignore_ascii_case(end).then_some(first)
    };
    let first = ENDS.iter().filter_map(before).min_by_key(|first| first.len())?;
    match single_date(first.trim(), order) {
        found @ Reading::Date { .. } => Some(found),
        Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => None,
    }
}

#[cfg(test)]
mod tests;
