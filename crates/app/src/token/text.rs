//! What a token looks like: `scp_`, 43 characters that stand for 32 random bytes, and a checksum of 6.
//!
//! The prefix lets scanners of public code find a token that leaked; the checksum tells a typing error from a wrong token without
//! asking the database. 256 random bits need no slow hash: what is stored is the plain SHA-256 of the text.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use sister_cities_domain::access::TokenHash;

const PREFIX: &str = "scp_";
const SECRET_LENGTH: usize = 43;
const CHECKSUM_LENGTH: usize = 6;
const CHECKSUM_BYTES: usize = 4;

/// The text of a token. Shown once, stored nowhere, never in a log: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenText(String);

/// A text that is no token, by its form or its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no access token: it should begin with scp_ and have 53 characters with a right checksum")]
pub struct NotAToken;

impl TokenText {
    /// The token that stands for these bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        let secret = URL_SAFE_NO_PAD.encode(secret);
        let checksum = checksum(&secret);
        Self(format!("{PREFIX}{secret}{checksum}"))
    }

    /// The text, to be shown to its owner once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::from_bytes(Sha256::digest(self.0.as_bytes()).into())
    }
}

fn checksum(secret: &str) -> String {
    let digest = Sha256::new().chain_update(PREFIX).chain_update(secret).finalize();
    URL_SAFE_NO_PAD.encode(&digest[..CHECKSUM_BYTES])
}

impl FromStr for TokenText {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let rest = text.strip_prefix(PREFIX).ok_or(NotAToken)?;
        if rest.len() != SECRET_LENGTH + CHECKSUM_LENGTH || !rest.is_ascii() {
            return Err(NotAToken);
        }
        let (secret, check) = rest.split_at(SECRET_LENGTH);
        if checksum(secret) == check { Ok(Self(text.to_owned())) } else { Err(NotAToken) }
    }
}

impl fmt::Debug for TokenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("scp_***")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_has_the_form_that_scanners_look_for_and_hides_in_logs() {
        let token = TokenText::from_secret(&[7; 32]);
        assert_eq!(token.reveal().len(), 53);
        assert!(token.reveal().starts_with("scp_"));
        assert_eq!(format!("{token:?}"), "scp_***");
    }

    proptest! {
        #[test]
        fn every_token_reads_back_and_no_single_wrong_character_passes(secret: [u8; 32], at in 4_usize..53, wrong in "[A-Za-z0-9_-]") {
            let token = TokenText::from_secret(&secret);
            prop_assert_eq!(token.reveal().parse::<TokenText>(), Ok(token.clone()));
            let mut text = token.reveal().to_owned();
            text.replace_range(at..=at, &wrong);
            prop_assert_eq!(text.parse::<TokenText>().is_ok(), text == token.reveal());
        }

        #[test]
        fn no_text_makes_reading_a_token_panic(text in "\\PC{0,60}") {
            let _ = text.parse::<TokenText>();
            let _ = format!("scp_{text}").parse::<TokenText>();
        }
    }
}
