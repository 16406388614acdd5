//! Practices, the adoptions of them, and what is asked about both: who learned what from whom, and who works on the same.
//!
//! They are read as all records are, by [`App::get`] and [`App::list`].

mod adoption;
mod learning;

pub use adoption::{NewAdoption, PracticeToAdopt};
pub use learning::{Learning, TopicsWithPlaces};

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PracticeId, ProgrammeId};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{Origin, Practice};
use sister_cities_storage::{Record, Revision, Versioned, record_ref};

use crate::command::Command;
use crate::responsible;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters a practice in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such place, organisation, person or committee;
    /// [`AppError::Forbidden`] without `practice:write`.
    pub async fn create_practice(
        &self,
        caller: &Caller,
        practice: Practice,
        reply: IdempotentReply<'_, Versioned<Practice>>,
    ) -> Result<CommandOutcome<Versioned<Practice>>, AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, practice.programme)?;
        check_practice(&command, &practice).await?;
        let event = practice.recorded();
        let created = command.create(practice, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a practice that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_practice`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_practice(
        &self,
        caller: &Caller,
        after: Practice,
        revision: Revision,
    ) -> Result<Versioned<Practice>, AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, after.programme)?;
        let before = command.load_at::<Practice>(after.id, revision).await?;
        check_practice(&command, &after).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Removes a practice that was read at `revision` and that nobody has adopted.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `practice:write`; [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Conflict`] if it was
    /// adopted or is shared.
    pub async fn delete_practice(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        practice: PracticeId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PracticeWrite, programme)?;
        let before = command.load_at::<Practice>(practice, revision).await?;
        command.delete::<Practice>(practice, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

/// Refuses a practice that refers to what the programme does not have: the columns that refer are called otherwise than the fields.
async fn check_practice(command: &Command<'_>, practice: &Practice) -> Result<(), AppError> {
    check_origin(command, "/origin", Some(&practice.origin)).await?;
    responsible::is_there(command, "/contact", practice.contact.as_ref()).await
}

/// Refuses an origin that the programme does not have.
async fn check_origin(command: &Command<'_>, path: &str, origin: Option<&Origin>) -> Result<(), AppError> {
    let Some(origin) = origin else { return Ok(()) };
    check::<Place>(command, &format!("{path}/place"), origin.place()).await?;
    check::<Organisation>(command, &format!("{path}/organisation"), origin.organisation()).await
}

/// Refuses what refers at `path` to a record that the programme does not have.
async fn check<T: Record>(command: &Command<'_>, path: &str, id: Option<T::Id>) -> Result<(), AppError> {
    match id {
        Some(id) if command.store.get::<T>(id).await?.is_none() => {
            Err(command.missing(path, record_ref::<T>(id)).await)
        }
        Some(_) | None => Ok(()),
    }
}
