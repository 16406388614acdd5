//! Revoking an access token.

use sister_cities_domain::access::{AccessToken, Caller};
use sister_cities_domain::id::{ProgrammeId, TokenId};
use sister_cities_storage::{Versioned, record_ref};

use crate::command::{changed, record_event};
use crate::{App, AppError, IdempotentReply};

impl App {
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
        let store = self.enter_tokens(caller, programme).await?;
        let missing = || AppError::NotFound(record_ref::<AccessToken>(token));
        let before: Versioned<AccessToken> = store.get(token).await?.ok_or_else(missing)?;
        if before.value.revoked_at.is_some() {
            return Ok(before);
        }
        let after = AccessToken { revoked_at: Some(self.clock().now()), ..before.value };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, before.revision);
        record_event(&mut changes, token, after.revoked());
        self.commit(changes, changed(after, before.revision), IdempotentReply::NONE).await?.executed()
    }
}
