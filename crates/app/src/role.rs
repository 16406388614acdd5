//! Roles: entering, replacing, ending and deleting them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{ActionPointId, ProgrammeId, RoleId};
use sister_cities_domain::promise::ActionPoint;
use sister_cities_domain::role::{Ending, OpenPromises, Role};
use sister_cities_domain::value::PartialDate;
use sister_cities_storage::catalogue::role;
use sister_cities_storage::{Listing, Page, Revision, Versioned};

use crate::command::Command;
use crate::person::{ids_of_person, owed_by_person};
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
    /// As for [`App::create_role`]; [`AppError::Refused`] if it is over now and its holder owes something (R25); [`AppError::NotFound`];
    /// [`AppError::Stale`].
    pub async fn replace_role(
        &self,
        caller: &Caller,
        after: Role,
        revision: Revision,
    ) -> Result<Versioned<Role>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, after.programme)?;
        let before = command.load_at::<Role>(after.id, revision).await?;
        let after = Role::edited(&before.value, after);
        if let (None, Some(on)) = (before.value.tenure.to(), after.tenure.to()) {
            let owed = owed_by(&command, &before.value, on).await?;
            before.value.check_owed(&values(&owed))?;
        }
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Ends a role that was read at `revision`, and hands what its holder owes to whoever holds the successor, in the same commit (R25).
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if it has ended, cannot end so, or something is owed and it is not said what becomes of it;
    /// [`AppError::Invalid`] if the programme has no such successor;
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
        let successor = match &ending.open_promises {
            OpenPromises::HandedTo(id) => match command.store.get::<Role>(*id).await? {
                Some(successor) => Some(successor.value),
                None => return Err(command.missing("/successor", (*id).into()).await),
            },
            OpenPromises::Orphaned(_) | OpenPromises::None => None,
        };
        let owed = owed_by(&command, &before.value, ending.on).await?;
        let (after, event) = before.value.clone().end(ending, &values(&owed), successor.as_ref())?;
        for (Versioned { value: point, revision }, successor) in owed.iter().zip(successor.iter().cycle()) {
            let handed = before.value.hand_over(point, successor);
            if let Some(event) = handed.changed_from(point) {
                command.update(handed, *revision, event);
            }
        }
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

    /// Lists roles; as of a day, those that were held, or may have been, on it. Of a person, those that name them under whichever of the
    /// records that were merged into one.
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
        if let Some(person) = listing.asks_for(&role::PERSON) {
            let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
            let ids = ids_of_person(&context.store, person).await?;
            // One id is by far the most usual, and then the list is read in the order of the roles of that person.
            if ids != [person] {
                listing.take(&role::PERSON);
                listing.filters.push(role::PERSON.any_of(ids));
            }
        }
        listing.filters.extend(as_of.map(|day| role::FIRST_DAY.at_most(day)));
        listing.filters.extend(as_of.map(|day| role::LAST_DAY.at_least(day)));
        self.list(caller, programme, listing, recorded_at).await
    }
}

/// What whoever holds a role owes in it on the day after its last, by an index of those who owe something; also what they promised
/// under an id that was merged.
async fn owed_by(
    command: &Command<'_>,
    held: &Role,
    last: PartialDate,
) -> Result<Vec<Versioned<ActionPoint>>, AppError> {
    let Some(person) = held.person else { return Ok(Vec::new()) };
    let ids = ids_of_person(&command.store, person).await?;
    let mut points = owed_by_person(&command.store, person, &ids).await?;
    if points.is_empty() {
        return Ok(points);
    }
    let roles = command.store.all([role::PERSON.any_of(ids.iter().copied())]).await?.into_iter();
    let roles: Vec<Role> = roles.map(|role| Role { person: Some(person), ..role.value }).collect();
    let after = last.latest().succ_opt().unwrap_or(NaiveDate::MAX);
    let owed: BTreeSet<ActionPointId> =
        held.owes(points.iter().map(|point| &point.value), &roles, after).map(|point| point.id).collect();
    points.retain(|point| owed.contains(&point.value.id));
    Ok(points)
}

fn values<T>(records: &[Versioned<T>]) -> Vec<&T> {
    records.iter().map(|record| &record.value).collect()
}
