//! Amounts of money as offices write them: `25,000 USD`, `12.500,00 EUR`, `EUR 1.5`, `12,5 Mio EUR`.
//!
//! One or two digits behind the last sign are decimals; three are thousands only where the rest of the amount says so, or the other
//! cells of the column do. Else both are meant, and a person says which.

use sister_cities_domain::engagement::Cost;
use sister_cities_domain::value::{Money, Name};

use super::fold::fold;

/// The sign before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalSign {
    Comma,
    Point,
}

/// What a cell with an amount says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Amount {
    /// Who paid and how much.
    Is(Cost),
    /// It may be the one or the other.
    Either([Cost; 2]),
    /// No amount.
    Unreadable,
}

/// The decimal sign that the cells of a column show, if they agree.
pub(crate) fn sign_shown<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DecimalSign> {
    let (mut comma, mut point) = (false, false);
    for cell in cells {
        match sign_of(&digits_of(cell)) {
            Some(DecimalSign::Comma) => comma = true,
            Some(DecimalSign::Point) => point = true,
            None => {}
        }
    }
    match (comma, point) {
        (true, false) => Some(DecimalSign::Comma),
        (false, true) => Some(DecimalSign::Point),
        (true, true) | (false, false) => None,
    }
}

/// `City of Chicago: 25000.00 USD`, `25,000 USD`, `USD 25000`.
pub(crate) fn amount(text: &str, shown: Option<DecimalSign>) -> Amount {
    let (party, amount) = match text.rsplit_once(':') {
        Some((party, amount)) => (party.trim(), amount.trim()),
        None => ("not stated", text.trim()),
    };
    let Some((number, currency, times)) = parts(amount) else { return Amount::Unreadable };
    let cost = |number: &str| -> Option<Cost> {
        let number = times_as(number, times)?;
        // `1.5` is 1.50, and so is `1.500`, where the currency has two decimals.
        let spellings = [
            Some(number.clone()),
            number.contains('.').then(|| format!("{number}0")),
            number.strip_suffix('0').filter(|number| number.contains('.')).map(str::to_owned),
        ];
        let read = |number: String| format!("{number} {currency}").parse::<Money>().ok();
        let amount = spellings.into_iter().flatten().find_map(read)?;
        Some(Cost { party: Name::new(party).ok()?, amount })
    };
    let read = |decimal: DecimalSign| {
        let (sign, other) = match decimal {
            DecimalSign::Comma => (',', '.'),
            DecimalSign::Point => ('.', ','),
        };
        cost(&number.replace(other, "").replace(sign, "."))
    };
    let found = match reading(&number, shown) {
        Some(Reading::Plain) => cost(&number.replace([',', '.'], "")),
        Some(Reading::Decimals(sign)) => read(sign),
        Some(Reading::Either(sign)) => {
            return match (cost(&number.replace([',', '.'], "")), read(sign)) {
                (Some(thousands), Some(decimals)) => Amount::Either([thousands, decimals]),
                // A currency without so many decimals settles it.
                (Some(only), None) | (None, Some(only)) => Amount::Is(only),
                (None, None) => Amount::Unreadable,
            };
        }
        None => None,
    };
    found.map_or(Amount::Unreadable, Amount::Is)
}

/// How the signs of a number are meant.
enum Reading {
    /// All of them part thousands.
    Plain,
    Decimals(DecimalSign),
    /// The one sign parts thousands, or is the one before decimals.
    Either(DecimalSign),
}

fn reading(number: &str, shown: Option<DecimalSign>) -> Option<Reading> {
    let groups: Vec<&str> = number.split([',', '.']).collect();
    let is_grouped = |groups: &[&str]| {
        groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups[1..].iter().all(|g| g.len() == 3)
    };
    let last = groups.last()?.len();
    let signs: Vec<char> = number.chars().filter(|c| !c.is_ascii_digit()).collect();
    let of = |sign: char| if sign == ',' { DecimalSign::Comma } else { DecimalSign::Point };
    match signs.as_slice() {
        [] => Some(Reading::Plain),
        &[sign] if last == 1 || last == 2 => Some(Reading::Decimals(of(sign))),
        &[sign] if last == 3 && is_grouped(&groups) => Some(match shown {
            Some(decimal) if decimal != of(sign) => Reading::Plain,
            // `12,500` where commas are decimals elsewhere is still as likely a thousand.
            Some(_) | None => Reading::Either(of(sign)),
        }),
        [rest @ .., sign]
            if rest.iter().all(|other| other != sign) && rest.windows(2).all(|two| two[0] == two[1]) =>
        {
            is_grouped(&groups[..groups.len() - 1]).then(|| Reading::Decimals(of(*sign)))
        }
        all if all.windows(2).all(|two| two[0] == two[1]) && is_grouped(&groups) => Some(Reading::Plain),
        _ => None,
    }
}

/// The decimal sign that a number shows beyond doubt.
fn sign_of(number: &str) -> Option<DecimalSign> {
    match reading(number, None)? {
        Reading::Decimals(sign) => Some(sign),
        // `1.000.000`: what parts thousands is not the sign before decimals.
        Reading::Plain if number.contains('.') => Some(DecimalSign::Comma),
        Reading::Plain if number.contains(',') => Some(DecimalSign::Point),
        Reading::Plain | Reading::Either(_) => None,
    }
}

/// The number of an amount with its signs; spaces and apostrophes between digits part thousands.
fn digits_of(text: &str) -> String {
    let amount = text.rsplit_once(':').map_or(text, |(_, amount)| amount);
    amount
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        .collect::<String>()
        .trim_matches(['.', ','])
        .to_owned()
}

/// Words for many, and how many.
const TIMES: &[(u64, &[&str])] = &[
    (1_000, &["k", "tsd", "tausend", "thousand", "mille", "mil", "tys", "tis"]),
    (
        1_000_000,
        &[
            "m",
            "mio",
            "million",
            "millions",
            "millionen",
            "mln",
            "mil lionen",
            "millones",
            "milioni",
            "miliony",
            "milionow",
        ],
    ),
    (1_000_000_000, &["mrd", "bn", "billion", "milliarden", "milliard", "mld"]),
];

/// Signs of currencies that are one currency's alone.
const SIGNS: &[(char, &str)] =
    &[('€', "EUR"), ('£', "GBP"), ('₴', "UAH"), ('₪', "ILS"), ('₩', "KRW"), ('₹', "INR"), ('₺', "TRY")];

/// The number, the currency, and by what it is to be multiplied.
fn parts(text: &str) -> Option<(String, String, u64)> {
    let mut number = String::new();
    let (mut currency, mut times) = (None, 1);
    let mut word = String::new();
    let mut words = Vec::new();
    for c in text.chars().chain([' ']) {
        if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
            currency = Some((*code).to_owned());
        } else if c.is_ascii_digit() || matches!(c, ',' | '.') && word.is_empty() {
            number.push(c);
        } else if c.is_alphabetic() {
            word.push(c);
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        } else if !(c.is_whitespace()
            || matches!(c, '\'' | '’' | '-' | '–')
                && number.ends_with(|d: char| d.is_ascii_digit() || d == ',' || d == '.'))
        {
            return None;
        }
        // `EUR25`
        if c.is_ascii_digit() && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    for word in words {
        let folded = fold(&word);
        if let Some((many, _)) = TIMES.iter().find(|(_, words)| words.contains(&folded.as_str())) {
            times = *many;
        } else if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && currency.is_none()
        {
            currency = Some(word);
        } else if matches!(folded.as_str(), "euro" | "euros") && currency.is_none() {
            currency = Some("EUR".to_owned());
        } else {
            return None;
        }
    }
    let number = number.trim_matches(['.', ',']).to_owned();
    let currency = currency?;
    (!number.is_empty()).then_some((number, currency, times))
}

/// A number with decimals, multiplied.
fn times_as(number: &str, times: u64) -> Option<String> {
    if times == 1 {
        return Some(number.to_owned());
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let zeros = times.ilog10() as usize;
    if decimals.len() > zeros {
        return None;
    }
    Some(format!("{whole}{decimals:0<zeros$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, sign: Option<DecimalSign>) -> String {
        match amount(text, sign) {
            Amount::Is(cost) => cost.amount.to_string(),
            Amount::Either([one, other]) => format!("{} or {}", one.amount, other.amount),
            Amount::Unreadable => "?".to_owned(),
        }
    }

    #[test]
    fn decimals_and_thousands_are_told_apart_or_asked_about() {
        for (text, meant) in [
            ("12,50 EUR", "12.50 EUR"),
            ("12.50 EUR", "12.50 EUR"),
            ("12500,00 EUR", "12500.00 EUR"),
            ("EUR 1,5", "1.50 EUR"),
            ("2.5 EUR", "2.50 EUR"),
            ("1.234,56 EUR", "1234.56 EUR"),
            ("1,234.56 EUR", "1234.56 EUR"),
            ("1.000,00 EUR", "1000.00 EUR"),
            ("1.000.000 EUR", "1000000.00 EUR"),
            ("1,000,000 USD", "1000000.00 USD"),
            ("12 500 EUR", "12500.00 EUR"),
            ("12\u{a0}500 EUR", "12500.00 EUR"),
            ("25000 EUR", "25000.00 EUR"),
            ("€ 25000", "25000.00 EUR"),
            ("12'500.00 CHF", "12500.00 CHF"),
            ("12,5 Mio EUR", "12500000.00 EUR"),
            ("City of Chicago: USD 25000", "25000.00 USD"),
            ("25,000 JPY", "25000 JPY"),
            ("1.234.56 EUR", "?"),
            ("a lot", "?"),
            ("25000", "?"),
        ] {
            assert_eq!(shown(text, None), meant, "{text}");
        }
        for text in ["12.500 EUR", "12,500 EUR", "EUR 1.000", "City of Kiel: 1.000 EUR"] {
            assert!(shown(text, None).contains(" or "), "{text}: {}", shown(text, None));
        }
    }

    #[test]
    fn the_other_cells_of_a_column_may_tell_what_three_digits_are() {
        let german = ["12,50 EUR", "1.234,56 EUR", "EUR 1.000"];
        assert_eq!(sign_shown(german.into_iter()), Some(DecimalSign::Comma));
        assert_eq!(shown("12.500 EUR", Some(DecimalSign::Comma)), "12500.00 EUR");
        assert!(shown("12,500 EUR", Some(DecimalSign::Comma)).contains(" or "));
        assert_eq!(sign_shown(["12,50 EUR", "12.50 EUR"].into_iter()), None);
    }
}
