//! What happened to an access token.

use std::collections::BTreeSet;

use super::{AccessToken, Scope};
use crate::event::events;
use crate::value::Name;

events! {
    /// A change of an access token. The names are stable: subscribers match on them.
    pub enum TokenEvent {
        /// It was made.
        Created = "token.created" {
            /// What it is called.
            called: Name,
            /// What it permits.
            scopes: BTreeSet<Scope>,
        },
        /// It was revoked.
        Revoked = "token.revoked" {
            /// What it is called.
            called: Name,
        },
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
