//! Addresses of pages on the web.

use std::fmt;
use std::str::FromStr;

use super::email::domain_name;
use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// The address of a page for people to open: `https://www.example.org/partners`. Nothing here fetches it.
///
/// `http` or `https`, a host by name, at most 2,048 bytes, without a user's name and without what cannot be shown safely.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(String);

const EXPECTED: &str = "the address of a page, such as https://www.example.org";
/// The most bytes of a stored address.
const MOST: usize = 2_048;

impl WebAddress {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is none, or too long.
    pub fn new(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidValue::Empty);
        }
        if text.len() > MOST {
            return Err(InvalidValue::TooLong { length: text.chars().count(), most: MOST });
        }
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let rest = rest.ok_or_else(malformed)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, port.parse::<u16>().ok().filter(|port| *port > 0).map(Some)),
            None => (authority, Some(None)),
        };
        let unsafe_letter = |letter: char| {
            letter.is_whitespace() || super::text::is_forbidden(letter) || "\"<>\\^`{|}".contains(letter)
        };
        if port.is_none() || domain_name(host).is_none() || path.chars().any(unsafe_letter) {
            return Err(malformed());
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for WebAddress {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

text_form!(WebAddress, Shape::text(EXPECTED, "https://www.example.org"));
