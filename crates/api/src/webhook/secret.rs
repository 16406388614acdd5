//! The secret by which a receiver knows that a webhook is ours.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// What the text of a secret begins with, by the Standard Webhooks specification.
const PREFIX: &str = "whsec_";
/// The least and the most bytes of a secret.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret that both sides of a webhook know: `whsec_…`. Whoever has it can forge messages, so it is never shown by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

/// Why a text is no signing secret. What was given is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing secret is whsec_ and 24 to 64 bytes in base64")]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say that is not secret")]
pub struct BadSigningSecret;

impl SigningSecret {
    /// A new secret of 32 random bytes, which the caller drew.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(random.to_vec())
    }

    /// The key of the signature.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        &self.0
    }

    /// The text that is given to the receiver, once, and stored encrypted.
    #[must_use]
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }
}

impl FromStr for SigningSecret {
    type Err = BadSigningSecret;

    fn from_str(text: &str) -> Result<Self, BadSigningSecret> {
        let bytes = text.strip_prefix(PREFIX).and_then(|rest| BASE64.decode(rest).ok());
        bytes.filter(|bytes| BYTES.contains(&bytes.len())).map(Self).ok_or(BadSigningSecret)
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_24_to_64_bytes_and_never_shown_by_accident() {
        let made = SigningSecret::new([7; 32]);
        assert_eq!(made.expose().parse(), Ok(made.clone()));
        assert_eq!(format!("{made:?}"), "SigningSecret(***)");
        for (length, right) in [(23, false), (24, true), (64, true), (65, false)] {
            let text = format!("{PREFIX}{}", BASE64.encode(vec![1; length]));
            assert_eq!(text.parse::<SigningSecret>().is_ok(), right, "{length} bytes");
        }
        for text in ["", "whsec_", "whsec_abc", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_é"] {
            assert_eq!(text.parse::<SigningSecret>(), Err(BadSigningSecret), "{text}");
        }
    }
}
