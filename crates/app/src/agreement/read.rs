//! Reading agreements.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Agreement, VersionText};
use sister_cities_domain::id::{AgreementId, PartnershipId, ProgrammeId};
use sister_cities_storage::records::AgreementFilter;
use sister_cities_storage::{Cursor, Listing, Page, Versioned};

use crate::{App, AppError};

/// Which agreements to list, in the order in which they were entered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementQuestion {
    /// Only those of that bond.
    pub partnership: Option<PartnershipId>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

impl App {
    /// Reads an agreement.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn agreement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
    ) -> Result<Versioned<Agreement>, AppError> {
        self.enter(caller, Scope::ProgrammeRead, programme).await?.load(agreement).await
    }

    /// Lists agreements.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn agreements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        question: AgreementQuestion,
    ) -> Result<Page<Agreement>, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        let filters = question.partnership.map(AgreementFilter::Partnership).into_iter().collect();
        let listing = Listing::<Agreement> { filters, ..Listing::first(question.limit) };
        Ok(entered.store.list(&listing.after(question.after)).await?)
    }

    /// Reads the document of a version, if it was stored here.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn agreement_document(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        agreement: AgreementId,
        version: u32,
    ) -> Result<Option<Vec<u8>>, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        let found = entered.load::<Agreement>(agreement).await?;
        match found.value.version(version).map(sister_cities_domain::agreement::Version::text) {
            Some(VersionText::Hashed { hash }) => Ok(entered.store.document(*hash).await?),
            Some(_) | None => Ok(None),
        }
    }
}
