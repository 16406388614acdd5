//! Reading agreements.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Agreement, VersionText};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId, ProgrammeId};
use sister_cities_storage::records::{AgreementFilter, AgreementSort};
use sister_cities_storage::{Cursor, Direction, Listing, Page, Versioned};

use crate::{App, AppError, Times};

/// Which agreements to list. As of a day: those that were, or may have been, in force on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreementQuery {
    /// Only those of that bond.
    pub partnership: Option<PartnershipId>,
    /// Only those that hang under that one.
    pub parent: Option<AgreementId>,
    /// Only those with that place among the parties.
    pub party: Option<PlaceId>,
    /// In which order.
    pub order: AgreementOrder,
    /// From which end; ascending if `None`.
    pub direction: Option<Direction>,
    /// As of which times.
    pub times: Times,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The order of a list of agreements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgreementOrder {
    /// As they were entered.
    #[default]
    Entered,
    /// By the day on which all had signed; those not signed by all, or nobody knows when, come first.
    Signed,
    /// By title.
    Title,
}

impl AgreementQuery {
    fn listing(self) -> Listing<Agreement> {
        let filters = [
            self.partnership.map(AgreementFilter::Partnership),
            self.parent.map(AgreementFilter::Parent),
            self.party.map(AgreementFilter::Party),
        ];
        let filters = filters.into_iter().flatten().collect();
        let sort = match self.order {
            AgreementOrder::Entered => None,
            AgreementOrder::Signed => Some(AgreementSort::Signed),
            AgreementOrder::Title => Some(AgreementSort::Title),
        };
        let direction = self.direction.unwrap_or(Direction::Ascending);
        Listing { filters, sort, direction, ..Listing::first(self.limit) }.after(self.after)
    }
}

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

    /// Lists agreements.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_agreements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: AgreementQuery,
    ) -> Result<Page<Agreement>, AppError> {
        let (needed, Times { as_of, recorded_at }) = (Scope::ProgrammeRead, query.times);
        let after = query.after.as_ref();
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        let listing = query.listing();
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
