//! Reading engagements.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{EngagementId, ProgrammeId};
use sister_cities_storage::catalogue::engagement;
use sister_cities_storage::{Listing, Page, Versioned};

use crate::{App, AppError, Times};

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

    /// Lists engagements; as of a day, those that had, or may have, begun by then. Undated ones are left out, as they are wherever a
    /// day is asked about.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_engagements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Engagement>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Engagement>, AppError> {
        listing.filters.extend(as_of.map(|day| engagement::FIRST_DAY.at_most(day)));
        self.list(caller, programme, listing, recorded_at).await
    }
}
