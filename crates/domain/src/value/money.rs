//! Amounts of money in whole minor units.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text_form::text_form;
use super::{Currency, InvalidValue, Shape};

const EXPECTED: &str =
    "an amount and a currency such as 25000.00 USD, with the currency's own number of decimals";

/// An amount in the minor unit of its currency (cents; whole yen; fils). Never a floating-point number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units; negative for money that comes back.
    pub minor: i64,
    /// The currency, which says how many minor units make one of it.
    pub currency: Currency,
}

/// Two amounts could not be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// They are in different currencies. Nothing here converts: a rate has a day and a source.
    #[error("cannot add {added} to {to}: amounts in different currencies stay apart")]
    Currencies {
        /// The currency of the first amount.
        to: Currency,
        /// The currency of the amount that was to be added.
        added: Currency,
    },
    /// The sum is more than can be kept (about 9.2 × 10¹⁸ minor units).
    #[error("the sum is too large to be kept")]
    TooLarge,
}

impl Money {
    /// Adds an amount in the same currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] if the currencies differ or the sum is too large.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies { to: self.currency, added: other.currency });
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, currency: self.currency })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.currency.decimals());
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let point = if decimals == 0 { "" } else { "." };
        f.pad(&format!("{sign}{whole}{point}{part} {}", self.currency))
    }
}

text_form!(
    Money,
    Shape::pattern(
        "an amount with the currency's own decimals, such as 25000.00 USD",
        "^-?[0-9]+([.][0-9]+)? [A-Z]{3}$",
        "25000.00 USD",
    ),
    own serde
);

impl FromStr for Money {
    type Err = InvalidValue;

    /// Reads `25000.00 USD`, `25000 USD`, `-5 JPY`. No thousands separators: which of `1.000` and `1,000` is a thousand depends on the reader.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        let (amount, code) = text.trim().split_once(' ').ok_or_else(malformed)?;
        let currency: Currency = code.trim().parse()?;
        let (negative, digits) = amount.strip_prefix('-').map_or((false, amount), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').map_or((digits, ""), |(whole, part)| (whole, part));
        let decimals = usize::from(currency.decimals());
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let point_is_right = part.len() == decimals || !digits.contains('.');
        if whole.is_empty() || !plain(whole) || !plain(part) || !point_is_right {
            return Err(malformed());
        }
        let sign = if negative { "-" } else { "" };
        let minor = format!("{sign}{whole}{part:0<decimals$}").parse().map_err(|_| {
            InvalidValue::out_of_range("the amount", "an amount that fits 64 bits in minor units")
        })?;
        Ok(Self { minor, currency })
    }
}
