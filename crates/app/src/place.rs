//! Entering and replacing places. They are read as all records are, by [`App::get`] and [`App::list`].

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::place::Place;
use sister_cities_storage::{Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters a place in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `place:write`; [`AppError::Conflict`] if the programme has a place of the same GeoNames id.
    pub async fn create_place(
        &self,
        caller: &Caller,
        place: Place,
        reply: IdempotentReply<'_, Versioned<Place>>,
    ) -> Result<CommandOutcome<Versioned<Place>>, AppError> {
        let mut command = self.command(caller, Scope::PlaceWrite, place.programme)?;
        let event = place.created();
        let created = command.create(place, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a place that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_place`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_place(
        &self,
        caller: &Caller,
        after: Place,
        revision: Revision,
    ) -> Result<Versioned<Place>, AppError> {
        let mut command = self.command(caller, Scope::PlaceWrite, after.programme)?;
        let before = command.load_at::<Place>(after.id, revision).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }
}
