//! The vitality of one bond over time.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::vitality::{TimelinePoint, TimelineStep, timeline};
use sister_cities_storage::Versioned;

use super::Log;
use crate::partnership::{PartnershipWithPlaces, places_of};
use crate::{App, AppError};

/// Over which time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineQuery {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How far apart the points are.
    pub step: TimelineStep,
}

/// A bond over time, by what is known of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct BondTimeline {
    /// The bond.
    pub partnership: PartnershipWithPlaces,
    /// The points, the oldest first.
    pub points: Vec<TimelinePoint>,
}

impl App {
    /// Assesses a bond on each day of a timeline, by the numbers of the kind that it has on the last one.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the last day lies before the first, or there would be too many points;
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_vitality_timeline(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        query: TimelineQuery,
    ) -> Result<BondTimeline, AppError> {
        let TimelineQuery { from, to, step } = query;
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        if to < from {
            return Err(AppError::invalid("/to", "lies before `from`", "a day that is not before `from`"));
        }
        let partnership: Versioned<Partnership> = context.load(partnership).await?;
        let log = Log::read(&context, &[partnership.value.id()]).await?;
        let points = timeline(&log.inputs(&partnership.value, to), from, to, step)
            .map_err(|error| AppError::invalid("/step", error.to_string(), "fewer points"))?;
        let places = places_of(&context.store, partnership.value.members()).await?;
        Ok(BondTimeline { partnership: PartnershipWithPlaces { partnership, places }, points })
    }
}
