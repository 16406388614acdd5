//! Access tokens: making them, checking them, listing and revoking them.

mod text;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{AccessToken, Caller, Scope, may};
use sister_cities_domain::id::{ProgrammeId, TokenId};
use sister_cities_domain::programme::Programme;
use sister_cities_domain::value::Name;
use sister_cities_storage::{Realm, Versioned};
use subtle::ConstantTimeEq as _;

use crate::command::Command;
use crate::{App, AppError};

pub use text::{NotAToken, TokenText};

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
        let mut command = self.token_command(caller, request.programme)?;
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
        let event = token.created();
        let token = command.create(token, event);
        let token = command.commit_once(token).await?;
        Ok(CreatedToken { token, text })
    }

    /// Tells who presents this token. Looks it up anew each time, so that a revoked token is refused at the next request.
    ///
    /// # Errors
    ///
    /// [`AppError::Unauthenticated`] if it is no token, unknown, expired or revoked; it is not said which.
    pub async fn verify_token(&self, text: &str) -> Result<Caller, AppError> {
        let text: TokenText = text.parse().map_err(|_| AppError::Unauthenticated)?;
        let hash = text.hash();
        let token = self.database().token_by_hash(*hash.as_bytes()).await?;
        let token = token.ok_or(AppError::Unauthenticated)?.value;
        // The index found it by equality; this guards against an index that answers too broadly.
        let same = bool::from(token.hash.as_bytes().ct_eq(hash.as_bytes()));
        if same && token.is_accepted(self.clock().now()) {
            Ok(token.caller())
        } else {
            Err(AppError::Unauthenticated)
        }
    }

    /// Lists the tokens of that programme, or of the installation, in the order of creation, revoked ones included.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`] if there is no such programme; [`AppError::Forbidden`] without `admin`.
    pub async fn list_tokens(
        &self,
        caller: &Caller,
        programme: Option<ProgrammeId>,
    ) -> Result<Vec<Versioned<AccessToken>>, AppError> {
        let command = self.token_command(caller, programme)?;
        if let Some(programme) = programme {
            command.load::<Programme>(programme).await?;
        }
        Ok(command.store.all(Vec::new()).await?)
    }

    /// Begins a command where the tokens of a programme, or of the installation, are kept.
    fn token_command(
        &self,
        caller: &Caller,
        programme: Option<ProgrammeId>,
    ) -> Result<Command<'_>, AppError> {
        if let Some(programme) = programme {
            return self.command(caller, Scope::Admin, programme);
        }
        may(&caller.grant, Scope::Admin, None)
            .map_err(|denied| AppError::denied_in_installation(denied, Scope::Admin))?;
        Ok(self.command_of(caller, Realm::Installation))
    }

    /// Revokes a token of that programme, or of the installation. One that is revoked already stays as it is.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `admin`.
    pub async fn revoke_token(
        &self,
        caller: &Caller,
        programme: Option<ProgrammeId>,
        token: TokenId,
    ) -> Result<Versioned<AccessToken>, AppError> {
        let mut command = self.token_command(caller, programme)?;
        let before = command.load::<AccessToken>(token).await?;
        if before.value.revoked_at.is_some() {
            return Ok(before);
        }
        let after = AccessToken { revoked_at: Some(self.clock().now()), ..before.value };
        let event = after.revoked();
        let revoked = command.update(after, before.revision, event);
        command.commit_once(revoked).await
    }
}
