//! Reading places.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use crate::{App, AppError, Times};

impl App {
    /// Reads a place as it had been recorded at a moment. What it was called on a day, [`Place::names_on`] tells.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_place(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        place: PlaceId,
        times: Times,
    ) -> Result<Versioned<Place>, AppError> {
        let needed = Scope::ProgrammeRead;
        self.authorize_as_recorded(caller, needed, programme, times.recorded_at, None)
            .await?
            .load(place)
            .await
    }
}
