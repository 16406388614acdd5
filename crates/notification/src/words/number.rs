//! Numbers as a language writes them: in groups of three digits.

use fluent_bundle::FluentValue;
use fluent_bundle::memoizer::MemoizerKind as _;
use intl_memoizer::{Memoizable, concurrent};
use unic_langid::LanguageIdentifier;

/// How a language groups the digits of a number. The digits themselves are the European ones everywhere: they stand beside dates
/// and addresses that have them too.
struct Grouping {
    separator: &'static str,
    /// The fewest digits that stand before the first separator. Source: CLDR, `minimumGroupingDigits`.
    fewest: usize,
}

impl Memoizable for Grouping {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        let (separator, fewest) = match language.language.as_str() {
            "de" => (".", 1),
            "es" => (".", 2),
            "fr" => ("\u{202f}", 1),
            "pl" => ("\u{a0}", 2),
            _ => (",", 1),
        };
        Ok(Self { separator, fewest })
    }
}

impl Grouping {
    fn group(&self, digits: &str) -> String {
        if digits.len() < 3 + self.fewest || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return digits.to_owned();
        }
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push_str(self.separator);
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// What a number looks like in the language of a bundle; `None` for what is no number.
pub(super) fn format(value: &FluentValue<'_>, memoizer: &concurrent::IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            let digits = number.as_string();
            memoizer.with_try_get_threadsafe::<Grouping, _, _>((), |grouping| grouping.group(&digits)).ok()
        }
        FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
    }
}
