//! Replacing what is known of a place.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_storage::{Revision, Versioned};

use super::PlaceFacts;
use crate::command::{based_on, changed, record_event};
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Replaces what is known of a place that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_place`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_place(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        place: PlaceId,
        revision: Revision,
        facts: PlaceFacts,
        reply: IdempotentReply<'_, Versioned<Place>>,
    ) -> Result<CommandOutcome<Versioned<Place>>, AppError> {
        let context = self.authorize(caller, Scope::PlaceWrite, programme).await?;
        let before = context.load::<Place>(place).await?;
        based_on(place, &before, revision)?;
        let after = facts.into_place(place, programme, "")?;
        let Some(event) = after.changed_from(&before.value) else {
            return Ok(CommandOutcome::Executed(before));
        };
        let mut changes = self.changes(programme, caller);
        changes.update(&after, revision);
        record_event(&mut changes, place, event);
        self.commit(changes, changed(after, revision), reply).await
    }
}
