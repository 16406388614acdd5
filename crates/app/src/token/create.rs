//! Making an access token.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{AccessToken, Caller, Scope};
use sister_cities_domain::id::{ProgrammeId, TokenId};
use sister_cities_domain::value::Name;
use sister_cities_storage::Versioned;

use super::TokenText;
use crate::command::{created, record_event};
use crate::{App, AppError, IdempotentReply};

/// What a new token is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// The one programme it is for; `None` for all.
    pub programme: Option<ProgrammeId>,
    /// What it is called.
    pub name: Name,
    /// What it permits, at least one scope.
    pub scopes: BTreeSet<Scope>,
    /// From when on it is no longer accepted; `None` if it does not expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatedToken {
    /// What is stored.
    pub token: Versioned<AccessToken>,
    /// The token itself, to be shown to its owner now or never.
    pub text: TokenText,
}

impl App {
    /// Makes an access token. Its reply cannot be kept: the token is stored nowhere.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `admin` for that programme, or for all; [`AppError::NotFound`] if there is no such
    /// programme; [`AppError::Invalid`] without a scope, or if it expires in the past; [`AppError::NoRandomness`].
    pub async fn create_token(&self, caller: &Caller, request: NewToken) -> Result<CreatedToken, AppError> {
        self.enter_tokens(caller, request.programme).await?;
        let now = self.clock().now();
        if request.scopes.is_empty() {
            return Err(AppError::invalid("/scopes", "there is none", "at least one scope"));
        }
        if request.expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(AppError::invalid("/expires_at", "lies in the past", "a time to come"));
        }
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|_| AppError::NoRandomness)?;
        let text = TokenText::from_secret(&secret);
        let token = AccessToken {
            id: TokenId::next(self.ids()),
            programme: request.programme,
            name: request.name,
            hash: text.hash(),
            scopes: request.scopes,
            created_at: now,
            expires_at: request.expires_at,
            revoked_at: None,
        };
        let mut changes = self.changes(request.programme, caller);
        changes.create(&token);
        record_event(&mut changes, token.id, token.created());
        let token = self.commit(changes, created(token), IdempotentReply::NONE).await?.executed()?;
        Ok(CreatedToken { token, text })
    }
}
