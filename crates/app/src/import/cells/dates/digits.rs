//! Dates of digits alone: `19730506`, and the numbers that spreadsheets have for days.

use chrono::{NaiveDate, TimeDelta};
use sister_cities_domain::value::PartialDate;

use super::Reading;
use super::single::{date, number, year};

/// The day from which spreadsheets count.
const SERIAL_NOUGHT: NaiveDate = match NaiveDate::from_ymd_opt(1899, 12, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// The numbers of five digits that are days of 1927 to 2099.
const SERIALS: std::ops::Range<i64> = 10_000..73_051;

/// `19730506` is a day. `26789` may be the number that a spreadsheet has for one, `197305` a month.
pub(super) fn digits(text: &str) -> Option<Reading> {
    let plain = text.strip_suffix(".0").unwrap_or(text);
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| plain.get(range).and_then(number);
    let doubtful = |reading| match reading {
        Reading::Date { date, .. } => Some(Reading::Doubtful(vec![date])),
        Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => None,
    };
    let likely = |year: &i32| (1800..2100).contains(year);
    match plain.len() {
        5 => {
            let serial: i64 = plain.parse().ok()?;
            let day = SERIAL_NOUGHT.checked_add_signed(TimeDelta::days(serial))?;
            let day = PartialDate::from_day(day).ok().filter(|_| SERIALS.contains(&serial))?;
            Some(Reading::Doubtful(vec![day]))
        }
        6 => doubtful(date(year(&plain[..4]).filter(likely)?, part(4..6), None)),
        8 => match (year(&plain[..4]).filter(likely), year(&plain[4..]).filter(likely)) {
            (Some(year), _) => Some(date(year, part(4..6), part(6..8))),
            (None, Some(year)) => doubtful(date(year, part(2..4), part(0..2))),
            (None, None) => None,
        },
        _ => None,
    }
}
