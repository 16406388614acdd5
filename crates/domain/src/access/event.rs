//! What happened to an access token.

use std::collections::BTreeSet;

use super::{AccessToken, Scope};
use crate::event::events;
use crate::value::Name;

events! {
    /// A change of an access token. The names are stable: subscribers match on them.
    pub enum TokenEvent {
        /// Somebody made it, and got its text to see once.
        Created = "token.created" {
            /// What it is called.
            called: Name,
            /// What its holder may do with it.
            scopes: BTreeSet<Scope>,
        },
        /// It was revoked: whoever holds it is turned away from now on.
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
