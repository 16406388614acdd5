//! Entering and replacing organisations. They are read as all records are, by [`App::get`] and [`App::list`].

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::OrganisationId;
use sister_cities_domain::organisation::Organisation;
use sister_cities_storage::{Revision, Versioned};

use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Enters an organisation in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `person:write`; [`AppError::Invalid`] if it names a register twice, or a place or an
    /// organisation that the programme does not have; [`AppError::Refused`] if what it is to be part of lies too deep already.
    pub async fn create_organisation(
        &self,
        caller: &Caller,
        organisation: Organisation,
        reply: IdempotentReply<'_, Versioned<Organisation>>,
    ) -> Result<CommandOutcome<Versioned<Organisation>>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, organisation.programme)?;
        checked(&command, &organisation).await?;
        let event = organisation.created();
        let created = command.create(organisation, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of an organisation that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_organisation`]; [`AppError::Refused`] also if it would be part of itself; [`AppError::NotFound`];
    /// [`AppError::Stale`].
    pub async fn replace_organisation(
        &self,
        caller: &Caller,
        after: Organisation,
        revision: Revision,
    ) -> Result<Versioned<Organisation>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, after.programme)?;
        let before = command.load_at::<Organisation>(after.id, revision).await?;
        checked(&command, &after).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }
}

async fn checked(command: &Command<'_>, organisation: &Organisation) -> Result<(), AppError> {
    organisation
        .check()
        .map_err(|(at, error)| AppError::invalid_value(format!("/register_ids/{at}/scheme"), &error))?;
    let mut above: Vec<OrganisationId> = Vec::new();
    let mut next = organisation.parent;
    // One more than may be, so that the refusal is the domain's.
    for _ in 0..=Organisation::MOST_ABOVE + 1 {
        let Some(id) = next else { break };
        let Some(found) = command.store.get::<Organisation>(id).await? else {
            return Err(command.missing("/parent", id.into()).await);
        };
        next = found.value.parent;
        above.extend(next);
    }
    Ok(organisation.check_parent(&above)?)
}
