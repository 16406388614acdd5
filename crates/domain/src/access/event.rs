//! What happened to an access token.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AccessToken, Scope};
use crate::value::Name;

/// A change of an access token. The names are stable: subscribers match on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum TokenEvent {
    /// It was made.
    #[serde(rename = "token.created")]
    Created {
        /// What it is called.
        called: Name,
        /// What it permits.
        scopes: BTreeSet<Scope>,
    },
    /// It was revoked.
    #[serde(rename = "token.revoked")]
    Revoked {
        /// What it is called.
        called: Name,
    },
}

impl TokenEvent {
    /// Its stable name: `token.created`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "token.created",
            Self::Revoked { .. } => "token.revoked",
        }
    }
}

impl AccessToken {
    /// The event that it was made.
    #[must_use]
    pub fn created(&self) -> TokenEvent {
        TokenEvent::Created { called: self.name.clone(), scopes: self.scopes.clone() }
    }

    /// The event that it was revoked.
    #[must_use]
    pub fn revoked(&self) -> TokenEvent {
        TokenEvent::Revoked { called: self.name.clone() }
    }
}
