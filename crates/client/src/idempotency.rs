//! The key that makes a creation happen once, however often it is sent.

use http::HeaderValue;

/// Names one logical creation. The client draws a fresh one for each call and sends the same with every retry; give
/// your own to make a creation repeatable across restarts of your program (the server remembers for 24 hours).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// The text is no idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to 255 printable ASCII characters without blanks at its ends")]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// A key of one's own: 1 to 255 printable ASCII characters.
    ///
    /// # Errors
    ///
    /// [`InvalidIdempotencyKey`] for anything else.
    pub fn new(text: &str) -> Result<Self, InvalidIdempotencyKey> {
        let printable = text.bytes().all(|b| (0x20..0x7f).contains(&b)) && text.trim() == text;
        if !printable || !(1..=255).contains(&text.len()) {
            return Err(InvalidIdempotencyKey);
        }
        Ok(Self(text.to_owned()))
    }

    /// A key nobody else has: a random UUID.
    pub(crate) fn fresh() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()))
    }

    pub(crate) fn header(&self) -> Result<HeaderValue, http::Error> {
        Ok(HeaderValue::from_str(&self.0)?)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_ones_own_is_checked_before_it_is_sent() {
        assert_eq!(
            IdempotencyKey::new("import-2026-11").map(|k| k.as_str().to_owned()).ok().as_deref(),
            Some("import-2026-11")
        );
        for bad in ["", " x", "ü", "a\nb", &"x".repeat(256)] {
            assert_eq!(IdempotencyKey::new(bad), Err(InvalidIdempotencyKey), "{bad:?}");
        }
    }

    #[test]
    fn fresh_keys_differ() {
        assert_ne!(IdempotencyKey::fresh(), IdempotencyKey::fresh());
    }
}
