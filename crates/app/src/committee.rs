//! Committees: entering, replacing, deleting and listing them, and what is vacant in one.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::committee::{Committee, Vacancies, vacancies};
use sister_cities_domain::id::{CommitteeId, ProgrammeId};
use sister_cities_domain::role::Role;
use sister_cities_storage::catalogue::{committee, role};
use sister_cities_storage::{Listing, Page, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, IdempotentReply, Times};

impl App {
    /// Enters a committee in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such partnership or place; [`AppError::Forbidden`] without `person:write`.
    pub async fn create_committee(
        &self,
        caller: &Caller,
        committee: Committee,
        reply: IdempotentReply<'_, Versioned<Committee>>,
    ) -> Result<CommandOutcome<Versioned<Committee>>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, committee.programme)?;
        let event = committee.created();
        let created = command.create(committee, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a committee that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_committee`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_committee(
        &self,
        caller: &Caller,
        after: Committee,
        revision: Revision,
    ) -> Result<Versioned<Committee>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, after.programme)?;
        let before = command.load_at::<Committee>(after.id, revision).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Deletes a committee that was entered by mistake. One that is over is given an end instead.
    ///
    /// # Errors
    ///
    /// [`AppError::Conflict`] if a role is or was held in it; [`AppError::Forbidden`] without `person:write`; [`AppError::NotFound`];
    /// [`AppError::Stale`].
    pub async fn delete_committee(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        committee: CommitteeId,
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        let before = command.load_at::<Committee>(committee, revision).await?;
        command.delete::<Committee>(committee, revision, before.value.deleted());
        command.commit_once(()).await
    }

    /// Lists committees; as of a day, those that existed, or may have, on it.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_committees(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Committee>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Committee>, AppError> {
        listing.filters.extend(as_of.map(|day| committee::FIRST_DAY.at_most(day)));
        listing.filters.extend(as_of.map(|day| committee::LAST_DAY.at_least(day)));
        self.list(caller, programme, listing, recorded_at).await
    }

    /// What is vacant in a committee on a day, [today](App::today) if none is given: seats, functions, and terms to be served to their end (R24).
    /// Reads the roles of that committee.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_vacancies(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        committee: CommitteeId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Vacancies, AppError> {
        let needed = Scope::ProgrammeRead;
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, None).await?;
        let committee: Versioned<Committee> = context.load(committee).await?;
        let roles = context.store.all([role::COMMITTEE.is(committee.value.id)]).await?;
        let roles: Vec<Role> = roles.into_iter().map(|role| role.value).collect();
        let on = match as_of {
            Some(on) => on,
            None => self.today_in(&context).await?,
        };
        Ok(vacancies(&committee.value, &roles, on))
    }
}
