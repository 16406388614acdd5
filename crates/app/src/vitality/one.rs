//! The vitality of one bond, with all its reasons.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::vitality::{Vitality, assess};
use sister_cities_storage::Versioned;

use super::Log;
use crate::partnership::PartnershipWithPlaces;
use crate::{App, AppError, Times};

/// How alive a bond is on a day, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct BondVitality {
    /// The bond.
    pub bond: PartnershipWithPlaces,
    /// How alive it is.
    pub vitality: Vitality,
}

impl App {
    /// Assesses a bond on a day, by what is known of it now; today if no day is given (in UTC).
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn vitality(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        as_of: Option<NaiveDate>,
    ) -> Result<BondVitality, AppError> {
        self.vitality_at(caller, programme, partnership, Times { as_of, recorded_at: None }).await
    }

    /// Assesses a bond on a day by what had been recorded at a moment.
    ///
    /// # Errors
    ///
    /// As [`vitality`](Self::vitality).
    pub async fn vitality_at(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<BondVitality, AppError> {
        let needed = Scope::ProgrammeRead;
        let entered = self.enter_as_recorded(caller, needed, programme, recorded_at, None).await?;
        let partnership: Versioned<Partnership> = entered.load(partnership).await?;
        let log = Log::read(&entered, Some(partnership.value.id())).await?;
        let as_of = as_of.unwrap_or_else(|| self.clock().today());
        let vitality = assess(&log.inputs(&partnership.value, as_of), as_of);
        let places = entered.places_of(partnership.value.members()).await?;
        Ok(BondVitality { bond: PartnershipWithPlaces { partnership, places }, vitality })
    }
}
