//! Telephone numbers.

use std::fmt;
use std::str::FromStr;

use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// A telephone number as the whole world dials it (ITU-T E.164): `+` and 7 to 15 digits, of which the first is not 0.
///
/// Read with the spaces, hyphens, dots, strokes and brackets that people put in, with `00` for the `+`, and with the `(0)` that is not
/// dialled from abroad. A number without its country is refused: which country is meant, only a person can say.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

const EXPECTED: &str = "a number with its country, such as +44 121 496 0000";

impl PhoneNumber {
    /// Reads a number.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is none, or lacks its country.
    pub fn new(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        if text.trim().is_empty() {
            return Err(InvalidValue::Empty);
        }
        if text.len() > 100 {
            return Err(malformed());
        }
        let plain: String = text.replace("(0)", "").chars().filter(|letter| !is_separator(*letter)).collect();
        let digits = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")).ok_or_else(malformed)?;
        let right = (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if right { Ok(Self(format!("+{digits}"))) } else { Err(malformed()) }
    }

    /// The number: `+441214960000`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '.' | '/' | '(' | ')' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{200e}' | '\u{202a}' | '\u{202c}'
        )
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PhoneNumber {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

text_form!(PhoneNumber, Shape::text(EXPECTED, "+441214960000"));
