//! Keys of open catalogues.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::InvalidValue;

/// A key of a catalogue that each programme may extend: lower-case letters and digits in words joined by single `-` or `_`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The most characters that a key may have.
    pub const MOST: usize = 60;

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

impl TryFrom<String> for Slug {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        Self::new(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}
