//! Decimal numbers, exact: hours, jobs, a half post.

use std::fmt;
use std::str::FromStr;

use super::text_form::text_form;
use super::{InvalidValue, Shape};

const EXPECTED: &str = "a number with at most 15 digits before the point and 6 behind it, such as 12.5";

/// A decimal number with at most six digits behind the point, and no other number near it. Never a floating-point number.
///
/// `12.50` and `12.5` are the same number, written `12.5`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    millionths: i128,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { millionths: 0 };

    /// The millionths in one.
    pub(crate) const SCALE: i128 = 1_000_000;

    const DIGITS_BEFORE: usize = 15;
    const DIGITS_BEHIND: usize = 6;

    /// A whole number.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self { millionths: i128::from(number) * Self::SCALE }
    }

    /// The number in millionths, of which it is a whole number.
    #[must_use]
    pub const fn millionths(self) -> i128 {
        self.millionths
    }

    /// The sum; none if it cannot be kept, which takes more numbers than there are atoms to write them with.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.millionths.checked_add(other.millionths).map(|millionths| Self { millionths })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.millionths < 0 { "-" } else { "" };
        let digits = format!("{:0>7}", self.millionths.unsigned_abs());
        let (whole, part) = digits.split_at(digits.len() - Self::DIGITS_BEHIND);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        f.pad(&format!("{sign}{whole}{point}{part}"))
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Decimal {
    type Err = InvalidValue;

    /// Reads `12`, `12.5`, `-3`. No thousands separators: which of `1.000` and `1,000` is a thousand depends on the reader.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let ends_in_point = digits.ends_with('.');
        if whole.is_empty() || ends_in_point || !plain(whole) || !plain(part) {
            return Err(malformed());
        }
        if whole.trim_start_matches('0').len() > Self::DIGITS_BEFORE || part.len() > Self::DIGITS_BEHIND {
            return Err(InvalidValue::out_of_range("the number", EXPECTED));
        }
        let digits: i128 = format!("{whole}{part:0<6}").parse().map_err(|_| malformed())?;
        Ok(Self { millionths: sign * digits })
    }
}

text_form!(
    Decimal,
    Shape::pattern("an exact decimal number such as 12.5", "^-?[0-9]+([.][0-9]{1,6})?$", "12.5")
);
