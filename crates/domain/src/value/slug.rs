//! Keys of open catalogues.

use std::fmt;
use std::str::FromStr;

use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// A key of a catalogue that each programme may extend: lower-case letters and digits in words joined by single `-` or `_`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The most characters that a key may have.
    pub const MOST: usize = 60;

    /// How keys are written, as a regular expression.
    pub(crate) const PATTERN: &str = "^[a-z0-9]+([-_][a-z0-9]+)*$";

    /// Checks a key.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is empty, longer than [`Self::MOST`] or not written as above.
    pub fn new(text: &str) -> Result<Self, InvalidValue> {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if text.is_empty() {
            return Err(InvalidValue::Empty);
        }
        if text.len() > Self::MOST {
            return Err(InvalidValue::TooLong { length: text.chars().count(), most: Self::MOST });
        }
        if text.split(['-', '_']).all(|word| !word.is_empty() && word.bytes().all(letter)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidValue::malformed(text, "lower-case letters and digits, words joined by - or _"))
        }
    }

    /// The key of an entry that a catalogue of ours lists; a test checks each.
    pub(crate) fn listed(key: &'static str) -> Self {
        debug_assert!(Self::new(key).is_ok(), "{key}");
        Self(key.to_owned())
    }

    /// The key as text: `social_service`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

text_form!(
    Slug,
    Shape::pattern("lower-case letters and digits, words joined by - or _", Slug::PATTERN, "culture")
        .of_length(1, Slug::MOST)
);
