//! Roles: entering, replacing, ending and deleting them.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ProgrammeId, RoleId};
use sister_cities_domain::role::{Ending, Role};
use sister_cities_storage::catalogue::role;
use sister_cities_storage::{Listing, Page, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply, Times};

impl App {
    /// Enters a role in the programme that it names, under a new id; of one that is over, with its last day.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such committee, place or role as it names; [`AppError::Forbidden`] without
    /// `person:write`.
    pub async fn create_role(
        &self,
        caller: &Caller,
        role: Role,
        reply: IdempotentReply<'_, Versioned<Role>>,
    ) -> Result<CommandOutcome<Versioned<Role>>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, role.programme)?;
        let event = role.created();
        let created = command.create(role, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a role that was read at `revision`; how it ended stays, unless it now has no last day. A change that
    /// changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_role`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_role(
        &self,
        caller: &Caller,
        after: Role,
        revision: Revision,
    ) -> Result<Versioned<Role>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, after.programme)?;
        let before = command.load_at::<Role>(after.id, revision).await?;
        let after = Role::edited(&before.value, after);
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Ends a role that was read at `revision` (R25).
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if it has ended, or cannot end so; [`AppError::Invalid`] if the programme has no such successor;
    /// [`AppError::Forbidden`] without `person:write`; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn end_role(
        &self,
        caller: &Caller,
        (programme, role): (ProgrammeId, RoleId),
        revision: Revision,
        ending: Ending,
        reply: IdempotentReply<'_, Versioned<Role>>,
    ) -> Result<CommandOutcome<Versioned<Role>>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        let before = command.load_at::<Role>(role, revision).await?;
        let (after, event) = before.value.end(ending)?;
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Deletes a role that was entered by mistake.
    ///
    /// # Errors
    ///
    /// [`AppError::Conflict`] if another role fills its term or hands over to it; [`AppError::Forbidden`] without `person:write`;
    /// [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn delete_role(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        role: RoleId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        let before = command.load_at::<Role>(role, revision).await?;
        command.delete::<Role>(role, revision, before.value.deleted());
        command.commit_once(()).await
    }

    /// Lists roles; as of a day, those that were held, or may have been, on it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_roles(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Role>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Role>, AppError> {
        listing.filters.extend(as_of.map(|day| role::FIRST_DAY.at_most(day)));
        listing.filters.extend(as_of.map(|day| role::LAST_DAY.at_least(day)));
        self.list(caller, programme, listing, recorded_at).await
    }
}
