//! Reading engagements.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::{Direction as Way, Engagement, Focus};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};
use sister_cities_storage::records::{EngagementFilter, EngagementSort};
use sister_cities_storage::{Cursor, Direction, Listing, Page, Versioned};

use crate::{App, AppError};

/// Which engagements to list: the latest first, undated ones last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EngagementQuestion {
    /// Only those of that bond.
    pub partnership: Option<PartnershipId>,
    /// Only those about that.
    pub focus: Option<Focus>,
    /// Only those that went this way.
    pub direction: Option<Way>,
    /// Only those that may have taken place on that day or later.
    pub from: Option<NaiveDate>,
    /// Only those that may have taken place on that day or earlier.
    pub to: Option<NaiveDate>,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

impl EngagementQuestion {
    fn listing(self) -> Listing<Engagement> {
        let filters = [
            self.partnership.map(EngagementFilter::Partnership),
            self.focus.map(EngagementFilter::Focus),
            self.direction.map(EngagementFilter::Direction),
            self.from.map(EngagementFilter::From),
            self.to.map(EngagementFilter::To),
        ];
        let filters = filters.into_iter().flatten().collect();
        Listing { filters, ..Listing::first(self.limit) }
            .sort(EngagementSort::Began, Direction::Descending)
            .after(self.after)
    }
}

impl App {
    /// Reads an engagement.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
    ) -> Result<Versioned<Engagement>, AppError> {
        self.enter(caller, Scope::ProgrammeRead, programme).await?.load(engagement).await
    }

    /// Lists engagements.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn engagements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        question: EngagementQuestion,
    ) -> Result<Page<Engagement>, AppError> {
        let entered = self.enter(caller, Scope::ProgrammeRead, programme).await?;
        Ok(entered.store.list(&question.listing()).await?)
    }
}
