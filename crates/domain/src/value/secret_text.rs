//! Text that is shown to nobody by accident.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InvalidValue;

/// A password, a key, an address with one in it: text that nobody sees by accident. Records hold it encrypted, so what is read without the
/// key is another text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

/// The most bytes of a new secret.
const MOST: usize = 2_048;

impl SecretText {
    /// Takes a text as a secret.
    ///
    /// # Errors
    ///
    /// [`InvalidValue`] if it is empty, or longer than 2,048 bytes. What was given is not repeated.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidValue> {
        let text = text.into();
        match text.len() {
            0 => Err(InvalidValue::Empty),
            length if length > MOST => Err(InvalidValue::TooLong { length, most: MOST }),
            _ => Ok(Self(text)),
        }
    }

    /// The text, for whoever uses it. It is not to be logged or shown.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown_by_accident() {
        let secret = SecretText::new("hunter2").expect("a text");
        assert_eq!(format!("{secret:?}"), "SecretText(***)");
        assert_eq!(secret.expose(), "hunter2");
        assert!(SecretText::new("").is_err());
        assert!(SecretText::new("x".repeat(2_049)).is_err());
    }
}
