//! E-mail addresses, also of domains and people that are not written in Latin letters.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::text_form::text_form;
use super::{InvalidValue, Shape};

/// An e-mail address: `anna@example.org`, `θσερ@παράδειγμα.ελ`, `info@münchen.example`.
///
/// The part before the `@` is a dot-atom in which letters of every script may stand (RFC 5321 and 6531), at most 64 bytes; the
/// domain is made of labels of letters, digits and inner hyphens (RFC 5890), at least two of them. Quoted parts, comments and
/// addresses in brackets, which mail allows and nobody has, are refused, as is a label that mixes Latin letters with Cyrillic or
/// Greek ones that look alike. The domain is stored in lower case; that it exists is not checked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

const EXPECTED: &str = "an e-mail address such as anna@example.org";
/// The most bytes before the `@`, and of the whole. Source: RFC 5321, 4.5.3.1.
const MOST_LOCAL: usize = 64;
const MOST: usize = 254;

impl EmailAddress {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is none, or longer than 254 bytes.
    pub fn new(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed(text, EXPECTED);
        if text.is_empty() {
            return Err(InvalidValue::Empty);
        }
        if text.len() > MOST * 3 {
            return Err(InvalidValue::TooLong { length: text.chars().count(), most: MOST });
        }
        let normal: String = text.nfc().collect();
        let (local, domain) = normal.rsplit_once('@').ok_or_else(malformed)?;
        let atoms = local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_letter));
        if !atoms || local.len() > MOST_LOCAL {
            return Err(malformed());
        }
        let domain = domain_name(domain).ok_or_else(malformed)?;
        let address = format!("{local}@{domain}");
        if address.len() > MOST {
            return Err(InvalidValue::TooLong { length: address.chars().count(), most: MOST });
        }
        Ok(Self(address))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it is compared: whoever tells `Anna@…` from `anna@…` is not known to exist.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// What may stand in an atom: the signs of RFC 5322, and what RFC 6531 adds, as far as it can be seen.
fn is_atom_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(letter)
        || (!letter.is_ascii() && (letter.is_alphanumeric() || is_combining_mark(letter)))
}

/// A domain name of two labels or more, in lower case; none if it is none.
pub(super) fn domain_name(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let labels: Vec<&str> = lower.split('.').collect();
    let last_is_a_name = labels.last().is_some_and(|last| !last.bytes().all(|byte| byte.is_ascii_digit()));
    let right = labels.len() >= 2
        && lower.len() <= 253
        && last_is_a_name
        && labels.iter().all(|label| is_label(label));
    right.then_some(lower)
}

fn is_label(label: &str) -> bool {
    let letter = |letter: char| {
        letter.is_ascii_alphanumeric()
            || letter == '-'
            || (!letter.is_ascii() && (letter.is_alphanumeric() || is_combining_mark(letter)))
    };
    let length = 1..=63;
    length.contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(letter)
        && !mixes_look_alikes(label)
}

/// Whether letters of Latin stand beside Cyrillic or Greek ones, as in `аpple` with a Cyrillic first letter.
fn mixes_look_alikes(label: &str) -> bool {
    let has = |of: fn(char) -> bool| label.chars().any(of);
    let latin = has(|letter| letter.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&letter));
    let cyrillic = has(|letter| ('\u{400}'..='\u{52f}').contains(&letter));
    let greek = has(|letter| ('\u{370}'..='\u{3ff}').contains(&letter));
    u8::from(latin) + u8::from(cyrillic) + u8::from(greek) > 1
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

text_form!(EmailAddress, Shape::text(EXPECTED, "anna@example.org"));
