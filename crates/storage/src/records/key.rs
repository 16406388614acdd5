//! Texts made for comparing and sorting.

use sister_cities_domain::value::{PartialDate, Precision};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Folds a name for comparison: compatibility forms taken apart, accents dropped, lower case, single spaces.
///
/// "São  Paulo" and "sao paulo" are the same then. Letters without an accent of their own, such as ł and ß, stay.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A date as a text that sorts as [`PartialDate::sort_key`] does; empty, and so first, when nobody knows.
pub(super) fn date_key(date: Option<PartialDate>) -> String {
    let Some((day, precision)) = date.map(|date| date.sort_key()) else { return String::new() };
    let precision = match precision {
        Precision::Year => 0,
        Precision::Month => 1,
        Precision::Day => 2,
    };
    format!("{day}.{precision}")
}
