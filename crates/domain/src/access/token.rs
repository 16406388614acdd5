//! The record of an access token: everything but the token.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Actor, Caller, Grant, Scope};
use crate::id::{ProgrammeId, TokenId};
use crate::value::{InvalidValue, Name};

/// The SHA-256 of a token, written as 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Takes a SHA-256 digest as it is, as storage does.
    #[must_use]
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The SHA-256 digest of the token's text.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for TokenHash {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        let malformed = || InvalidValue::malformed("the hash", "64 hexadecimal digits in lower case");
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let pairs = text.as_bytes().chunks_exact(2);
        let bytes: Option<Vec<u8>> = pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect();
        let right_length = text.len() == 64;
        let bytes = bytes.filter(|_| right_length).ok_or_else(malformed)?;
        bytes.try_into().map(Self).map_err(|_| malformed())
    }
}

impl TryFrom<String> for TokenHash {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        text.parse()
    }
}

impl From<TokenHash> for String {
    fn from(hash: TokenHash) -> Self {
        hash.to_string()
    }
}

/// An access token as it is kept. The token itself was shown once and is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct AccessToken {
    /// The id under which it can be revoked; it is no secret.
    pub id: TokenId,
    /// The one programme it is for; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// What it is called, so that people know it in the journal.
    pub name: Name,
    /// The SHA-256 of the token.
    pub hash: TokenHash,
    /// What its holder may do with it.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is no longer accepted; `None` if it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Since when it is no longer accepted; `None` while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<DateTime<Utc>>,
}

impl AccessToken {
    /// Whether it is accepted at that time. A revoked token stays revoked, whatever the clock says.
    #[must_use]
    pub fn is_accepted(&self, at: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires_at| at < expires_at)
    }

    /// Whoever presents it, as a caller.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller {
            actor: Actor::Token { id: self.id, name: self.name.clone() },
            grant: Grant { programme: self.programme, scopes: self.scopes.clone() },
        }
    }
}
