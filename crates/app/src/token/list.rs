//! Listing access tokens.

use sister_cities_domain::access::{AccessToken, Caller, Scope, may};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_storage::{ProgrammeStore, Realm, Versioned};

use crate::{App, AppError};

impl App {
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
        let store = self.enter_tokens(caller, programme).await?;
        Ok(store.all(Vec::new()).await?)
    }

    /// Lets a caller in where the tokens of a programme, or of the installation, are kept.
    pub(super) async fn enter_tokens(
        &self,
        caller: &Caller,
        programme: Option<ProgrammeId>,
    ) -> Result<ProgrammeStore, AppError> {
        if let Some(programme) = programme {
            return Ok(self.authorize(caller, Scope::Admin, programme).await?.store);
        }
        may(&caller.grant, Scope::Admin, None).map_err(|_| AppError::Forbidden { needed: Scope::Admin })?;
        Ok(self.database().realm(Realm::Installation))
    }
}
