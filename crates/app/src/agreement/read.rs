//! Reading agreements.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Agreement, VersionText};
use sister_cities_domain::id::{AgreementId, ProgrammeId};
use sister_cities_storage::{Listing, Page, Versioned};

use crate::{App, AppError, Times};

impl App {
    /// Reads an agreement as it had been recorded at a moment. How it stood on a day, [`Agreement::state_on`] tells.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_agreement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        times: Times,
    ) -> Result<Versioned<Agreement>, AppError> {
        let needed = Scope::ProgrammeRead;
        self.authorize_as_recorded(caller, needed, programme, times.recorded_at, None)
            .await?
            .load(agreement)
            .await
    }

    /// Lists agreements; as of a day, those that were, or may have been, in force on it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_agreements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Agreement>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Agreement>, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        match as_of {
            None => Ok(context.store.list(&listing).await?),
            Some(day) => {
                context.list_where(listing, |agreement| agreement.in_force_on(day).is_possible()).await
            }
        }
    }

    /// Reads the document of a version, if it was stored here.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_version_text(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        version: u32,
    ) -> Result<Option<Vec<u8>>, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let found = context.load::<Agreement>(agreement).await?;
        match found.value.version(version).map(sister_cities_domain::agreement::Version::text) {
            Some(VersionText::Hashed { hash }) => Ok(context.store.document(*hash).await?),
            Some(_) | None => Ok(None),
        }
    }
}
