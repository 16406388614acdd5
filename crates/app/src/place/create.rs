//! Entering a place.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_storage::Versioned;

use super::PlaceFacts;
use crate::command::{created, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

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
        reply: IdempotentReply<'_, Versioned<Place>>,
    ) -> Result<CommandOutcome<Versioned<Place>>, AppError> {
        self.authorize(caller, Scope::PlaceWrite, programme).await?;
        let place = facts.into_place(PlaceId::next(self.ids()), programme, "")?;
        let mut changes = self.changes(programme, caller);
        changes.create(&place);
        record_event(&mut changes, place.id, place.created());
        self.commit(changes, created(place), reply).await
    }
}
