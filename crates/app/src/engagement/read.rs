//! Reading engagements.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::{Direction as Way, Engagement, Focus};
use sister_cities_domain::id::{EngagementId, PartnershipId, ProgrammeId};
use sister_cities_storage::records::{EngagementFilter, EngagementSort};
use sister_cities_storage::{Cursor, Direction, Listing, Page, Versioned};

use crate::{App, AppError, Times};

/// Which engagements to list. As of a day: those that had, or may have, begun by then; undated ones are left out, as they are wherever
/// a day is asked about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EngagementQuery {
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
    /// In which order.
    pub order: EngagementOrder,
    /// From which end; descending, so the latest first, if `None`.
    pub order_direction: Option<Direction>,
    /// As of which times.
    pub times: Times,
    /// After this place of the list.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The order of a list of engagements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngagementOrder {
    /// By the beginning; undated ones before all others, or, descending, after them.
    #[default]
    Began,
    /// As they were entered.
    Entered,
}

impl EngagementQuery {
    fn listing(self) -> Listing<Engagement> {
        let filters = [
            self.partnership.map(EngagementFilter::Partnership),
            self.focus.map(EngagementFilter::Focus),
            self.direction.map(EngagementFilter::Direction),
            self.from.map(EngagementFilter::From),
            self.to.map(EngagementFilter::To),
            self.times.as_of.map(EngagementFilter::To),
        ];
        let filters = filters.into_iter().flatten().collect();
        let sort = match self.order {
            EngagementOrder::Began => Some(EngagementSort::Began),
            EngagementOrder::Entered => None,
        };
        let direction = self.order_direction.unwrap_or(Direction::Descending);
        Listing { filters, sort, direction, ..Listing::first(self.limit) }.after(self.after)
    }
}

impl App {
    /// Reads an engagement as of some times.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`], also if it surely had not begun by that day.
    pub async fn get_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Versioned<Engagement>, AppError> {
        let context =
            self.authorize_as_recorded(caller, Scope::ProgrammeRead, programme, recorded_at, None).await?;
        let found = context.load::<Engagement>(engagement).await?;
        match as_of {
            Some(day) if !found.value.dates.begun_by(day).is_possible() => {
                Err(AppError::NotFound(engagement.into()))
            }
            Some(_) | None => Ok(found),
        }
    }

    /// Lists engagements.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_engagements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        query: EngagementQuery,
    ) -> Result<Page<Engagement>, AppError> {
        let (needed, recorded_at) = (Scope::ProgrammeRead, query.times.recorded_at);
        let after = query.after.as_ref();
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        Ok(context.store.list(&query.listing()).await?)
    }
}
