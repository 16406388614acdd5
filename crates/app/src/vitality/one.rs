//! The vitality of one bond, with all its reasons.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::vitality::{Vitality, assess};
use sister_cities_storage::Versioned;

use super::Log;
use crate::partnership::{PartnershipWithPlaces, places_of};
use crate::{App, AppError, Times};

/// How alive a bond is on a day, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct BondVitality {
    /// The bond.
    pub partnership: PartnershipWithPlaces,
    /// How alive it is.
    pub vitality: Vitality,
}

impl App {
    /// Assesses a bond on a day, today in the programme's zone if no day is given, by what had been recorded at a moment.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_vitality(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        partnership: PartnershipId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<BondVitality, AppError> {
        let needed = Scope::ProgrammeRead;
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?;
        let partnership: Versioned<Partnership> = context.load(partnership).await?;
        let log = Log::read(&context, &[partnership.value.id()]).await?;
        let as_of = match as_of {
            Some(as_of) => as_of,
            None => self.today_in(&context).await?,
        };
        let vitality = assess(&log.inputs(&partnership.value, as_of), as_of);
        let places = places_of(&context.store, partnership.value.members()).await?;
        Ok(BondVitality { partnership: PartnershipWithPlaces { partnership, places }, vitality })
    }
}
