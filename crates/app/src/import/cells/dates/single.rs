//! One date in words or numbers: `10th of October 1957`, `10.IX.1985`, `4/15/91`.

use chrono::NaiveDate;
use sister_cities_domain::import_run::DayOrder;
use sister_cities_domain::value::PartialDate;

use super::{Exactness, Reading, iso};
use crate::import::cells::fold::fold;
use crate::import::cells::months::{SEASONS, WEEKDAYS, month, roman_month};

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
    "okolo",
    "ok",
    "omstreeks",
    "verso",
    "rond",
    "zirka",
    "cca",
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
    "signee",
    "desde",
    "el",
    "dal",
    "il",
    "od",
    "twinned",
    "agreement",
    "dated",
    "jahr",
    "r",
    "roku",
    "rok",
    "г",
    "года",
    "р",
    "року",
    "ao",
    "anno",
    "ano",
    "annee",
    "an",
    "jumelage",
    "dia",
    "den",
    "dne",
    "pd",
    "ο",
    "present",
    "today",
    "date",
    "heute",
    "now",
    "dzis",
    "hoy",
    "ongoing",
];
/// One date in words or numbers, with words around it.
pub(super) fn single_date(text: &str, order: Option<DayOrder>) -> Reading {
    let text = text.trim().trim_end_matches([',', ';']);
    let (text, mut exactness) = match text.strip_prefix('~') {
        Some(rest) => (rest.trim(), Exactness::Approximate),
        None => (text, Exactness::Exact),
    };
    if let Some(found) = iso(text) {
        return with_exactness(found, exactness);
    }
    if let Some(found) = numeric(text, order) {
        return with_exactness(found, exactness);
    }
    let mut found = Words::default();
    for token in text.split([' ', '.', ',', '/', '-', ':', '\u{a0}']).filter(|token| !token.is_empty()) {
        if let Some(month) = roman_month(token) {
            found.month(month);
            continue;
        }
        for word in fold(token).split(' ').filter(|word| !word.is_empty()) {
            exactness = found.word(word, exactness);
        }
    }
    found.reading(exactness)
}

/// The words of a date, each as what it is.
#[derive(Default)]
struct Words {
    day: Option<u32>,
    month: Option<u32>,
    years: Vec<i32>,
    day_has_two_digits: bool,
    /// Of two digits.
    short_years: Vec<u32>,
    strange: bool,
}

impl Words {
    fn month(&mut self, month: u32) {
        self.strange |= self.month.is_some();
        self.month = Some(month);
    }

    fn word(&mut self, word: &str, exactness: Exactness) -> Exactness {
        let plain = word.strip_prefix('c').filter(|rest| year(rest).is_some());
        if let Some(found) = year(plain.unwrap_or(word)) {
            self.years.push(found);
            return if plain.is_some() { Exactness::Approximate } else { exactness };
        }
        if let Some(found) = month(word) {
            self.month(found);
        } else if let (Some(found), None) = (day_number(word), self.day) {
            self.day = Some(found);
            self.day_has_two_digits = word.len() == 2;
        } else if let Some(found) = number(word).filter(|_| word.len() == 2) {
            self.short_years.push(found);
        } else if APPROXIMATE_WORDS.contains(&word) {
            return Exactness::Approximate;
        } else if SEASONS.split_whitespace().any(|season| season == word) {
            return Exactness::WithMore;
        } else if !FILLER_WORDS.contains(&word) && !WEEKDAYS.split_whitespace().any(|weekday| weekday == word)
        {
            self.strange = true;
        }
        exactness
    }

    fn reading(mut self, exactness: Exactness) -> Reading {
        if self.years.is_empty() {
            return self.short();
        }
        self.years.dedup();
        self.strange |= !self.short_years.is_empty();
        let found = match (self.years.as_slice(), self.month, self.day) {
            ([year], Some(month), Some(day)) => date(*year, Some(month), Some(day)),
            ([year], Some(month), None) => date(*year, Some(month), None),
            ([year], None, None) => date(*year, None, None),
            ([year], None, Some(_)) => {
                self.strange = true;
                date(*year, None, None)
            }
            (several, _, _) => {
                let all = several.iter().filter_map(|year| PartialDate::from_year(*year).ok());
                return Reading::Doubtful(all.collect());
            }
        };
        match found {
            Reading::Date { date, .. } if self.strange => Reading::Doubtful(vec![date]),
            Reading::Date { .. }
            | Reading::Blank
            | Reading::Span { .. }
            | Reading::Doubtful(_)
            | Reading::Vague
            | Reading::Unreadable => with_exactness(found, exactness),
        }
    }

    /// A year of two digits could be of either century: `5-Jun-85`, `Jun-73`, `'73`.
    fn short(self) -> Reading {
        let (day, short) = match (self.day, self.short_years.as_slice()) {
            (day, [short]) => (day, *short),
            // `Jun-24` may be a day, but then no year is told.
            (Some(short), []) if self.day_has_two_digits => (None, short),
            (_, [] | [_, ..]) => return Reading::Unreadable,
        };
        if self.strange || self.month.is_none() && day.is_some() {
            return Reading::Unreadable;
        }
        of_either_century(short, self.month, day)
    }
}

/// Every date of the last two centuries that ends in these two digits of a year.
fn of_either_century(short: u32, month: Option<u32>, day: Option<u32>) -> Reading {
    let Ok(short) = i32::try_from(short) else { return Reading::Unreadable };
    // A list of today names no year far ahead.
    let years = if short <= 40 { vec![2000 + short, 1900 + short] } else { vec![1900 + short] };
    let dates: Vec<PartialDate> = years
        .into_iter()
        .filter_map(|year| match date(year, month, day) {
            Reading::Date { date, .. } => Some(date),
            Reading::Blank
            | Reading::Span { .. }
            | Reading::Doubtful(_)
            | Reading::Vague
            | Reading::Unreadable => None,
        })
        .collect();
    if dates.is_empty() { Reading::Unreadable } else { Reading::Doubtful(dates) }
}

/// `20/08/1991`, `20.8.1991`, `08/1991`, `4/15/91`, `73/74`.
fn numeric(text: &str, order: Option<DayOrder>) -> Option<Reading> {
    let text = text.trim().trim_end_matches(" r.").trim_end_matches('.').trim();
    let separator = ['/', '.', '-'].into_iter().find(|c| text.contains(*c))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let last = parts.last()?;
    if let ([first, second], 2) = (parts.as_slice(), last.len())
        && first.len() == 2
        && separator != '.'
    {
        // `73/74`.
        let (first, second) = (number(first)?, number(second)?);
        let years = [1900 + first, 1900 + second].map(|year| i32::try_from(year).unwrap_or_default());
        let dates: Vec<PartialDate> =
            years.iter().filter_map(|year| PartialDate::from_year(*year).ok()).collect();
        return Some(if second == first + 1 { Reading::Doubtful(dates) } else { Reading::Unreadable });
    }
    if last.len() == 2
        && let [first, second, short] = numbers[..]
    {
        let dotted = (separator == '.').then_some(DayOrder::DayFirst);
        let day_first = || of_either_century(short, Some(second), Some(first));
        let month_first = || of_either_century(short, Some(first), Some(second));
        let both = |one: Reading, other: Reading| match (one, other) {
            (Reading::Doubtful(mut one), Reading::Doubtful(other)) => {
                one.extend(other);
                one.dedup();
                Reading::Doubtful(one)
            }
            (found @ Reading::Doubtful(_), _) | (_, found) => found,
        };
        return Some(match dotted.or(order) {
            Some(DayOrder::DayFirst) => both(day_first(), Reading::Unreadable),
            Some(DayOrder::MonthFirst) => both(month_first(), Reading::Unreadable),
            None => both(day_first(), month_first()),
        });
    }
    if parts.first()?.len() == 4 && parts.len() == 2 && separator == '/' && last.len() <= 2 {
        // `1998/1` is a month; `1985/86` was read as two years before.
        let year = i32::try_from(numbers[0]).ok()?;
        return (1..=12).contains(&numbers[1]).then(|| date(year, Some(numbers[1]), None));
    }
    if last.len() != 4 {
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
        Reading::Date { date, exactness: Exactness::Exact } => Reading::Date { date, exactness },
        Reading::Date { .. }
        | Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => reading,
    }
}

pub(super) fn date(year: i32, month: Option<u32>, day: Option<u32>) -> Reading {
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

pub(super) fn number(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

pub(super) fn year(text: &str) -> Option<i32> {
    if text.len() != 4 {
        return None;
    }
    number(text).and_then(|year| i32::try_from(year).ok()).filter(|year| (1000..=2999).contains(year))
}

/// A day of the month: `10`, `10th`, `1er`.
fn day_number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    let known =
        matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "a" | "ten" | "ro" | "go");
    number(digits).filter(|day| known && (1..=31).contains(day))
}
