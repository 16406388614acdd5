//! Checking a token that came with a request.

use sister_cities_domain::access::Caller;
use subtle::ConstantTimeEq as _;

use super::TokenText;
use crate::{App, AppError};

impl App {
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
}
