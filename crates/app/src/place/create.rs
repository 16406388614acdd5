//! Entering a place.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use super::PlaceFacts;
use crate::command::{created, tell};
use crate::{App, AppError, Done, Keep};

impl App {
    /// Enters a place.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `place:write`; [`AppError::Invalid`] without a name; [`AppError::Conflict`] if the
    /// programme has a place of the same GeoNames id.
    pub async fn create_place(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        facts: PlaceFacts,
        keep: Keep<'_, Versioned<Place>>,
    ) -> Result<Done<Versioned<Place>>, AppError> {
        self.enter(caller, Scope::PlaceWrite, programme).await?;
        let place = facts.into_place(PlaceId::next(self.ids()), programme, "")?;
        let mut changes = self.changes(programme, caller);
        changes.create(&place);
        tell(&mut changes, place.id, place.created());
        self.commit(changes, created(place), keep).await
    }
}
