//! Entering, replacing and reading people. Whoever may not read them as the desk does is shown what members may see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope, may};
use sister_cities_domain::id::{PersonId, ProgrammeId};
use sister_cities_domain::person::{
    Audience, DuplicatePair, MergeRefusal, Person, PersonStanding, TwoRecords, duplicates,
};
use sister_cities_domain::promise::ActionPoint;
use sister_cities_domain::value::Name;
use sister_cities_storage::catalogue::{action_point, person};
use sister_cities_storage::{Listing, Page, ProgrammeStore, Revision, Versioned};

use crate::{App, AppError, CommandOutcome, FieldError, IdempotentReply};

impl App {
    /// Enters a person in the programme that they are named for, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `person:write`; [`AppError::Invalid`] if something stands there twice, if an organisation is
    /// not the programme's, or if something would be shown to somebody without a consent (R30).
    pub async fn create_person(
        &self,
        caller: &Caller,
        person: Person,
        reply: IdempotentReply<'_, Versioned<Person>>,
    ) -> Result<CommandOutcome<Versioned<Person>>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, person.programme)?;
        self.checked(&person, None).await?;
        let event = person.created();
        let created = command.create(person, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of a person that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_person`]; [`AppError::Forbidden`] also without `person:read`, as who does not see everything would
    /// overwrite it; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_person(
        &self,
        caller: &Caller,
        after: Person,
        revision: Revision,
    ) -> Result<Versioned<Person>, AppError> {
        let programme = after.programme;
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        self.command(caller, Scope::PersonRead, programme)?;
        let before = command.load_at::<Person>(after.id, revision).await?;
        if let Some(into) = before.value.merged_into {
            return Err(MergeRefusal::Merged { person: after.id, into }.into());
        }
        let after = after.edited_from(&before.value);
        self.checked(&after, Some(&before.value)).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Reads a person as an audience sees them; if none is named, as the caller may: the desk or members.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`], also if this audience is shown nothing of them; [`AppError::Forbidden`] without `programme:read`, and
    /// without `person:read` for the eyes of others than members and for what had been recorded before.
    pub async fn get_person(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        id: PersonId,
        (audience, recorded_at): (Option<Audience>, Option<DateTime<Utc>>),
    ) -> Result<(Audience, Versioned<Person>), AppError> {
        let found = self.get::<Person>(caller, programme, id, recorded_at).await?;
        if let Some(into) = found.value.merged_into {
            // Where to is told to whom that one is shown.
            let standing = standing(&self.database().programme(programme), into).await?;
            let audience = seen_with(caller, programme, audience, recorded_at)?;
            let seen = standing.value.seen_by(audience, self.today(programme).await?);
            let moved = AppError::Moved { from: id, to: standing.value.id };
            return Err(seen.map_or(AppError::NotFound(id.into()), |_| moved));
        }
        let audience = seen_with(caller, programme, audience, recorded_at)?;
        let seen = found.value.seen_by(audience, self.today(programme).await?);
        let value = seen.ok_or_else(|| AppError::NotFound(id.into()))?;
        Ok((audience, Versioned { value, revision: found.revision }))
    }

    /// Lists people as the caller may see them: the desk all, with everything; others those whom members may see.
    ///
    /// Those merged into others are left out unless the list asks for them by a filter.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] as for [`App::get_person`].
    pub async fn list_persons(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Person>,
        (merged, recorded_at): (MergedRecords, Option<DateTime<Utc>>),
    ) -> Result<(Audience, Page<Person>), AppError> {
        if merged == MergedRecords::LeftOut {
            listing.filters.push(person::STANDING.is(PersonStanding::Current));
        }
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let context = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?;
        let audience = seen_with(caller, programme, None, recorded_at)?;
        let today = self.today_in(&context).await?;
        let page = context.list_where(listing, |person| person.seen_by(audience, today).is_some()).await?;
        let seen = page.items.into_iter().filter_map(|Versioned { value, revision }| {
            value.seen_by(audience, today).map(|value| Versioned { value, revision })
        });
        Ok((audience, Page { items: seen.collect(), next: page.next }))
    }

    /// Merges a record of a person into the one that was read at `revision`.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `person:write` and `person:read`; [`AppError::Refused`] if they are one record, or one of them is
    /// merged already; [`AppError::NotFound`]; [`AppError::Invalid`] if the other is not there; [`AppError::Stale`].
    pub async fn merge_person(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        standing: (PersonId, Revision),
        other: PersonId,
    ) -> Result<Versioned<Person>, AppError> {
        self.bring_together(caller, programme, standing, other, Person::merged_into).await
    }

    /// Takes a record out of the one that was read at `revision`, into which it was merged.
    ///
    /// # Errors
    ///
    /// As for [`App::merge_person`]; [`AppError::Refused`] if it was not merged into that one.
    pub async fn unmerge_person(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        standing: (PersonId, Revision),
        other: PersonId,
    ) -> Result<Versioned<Person>, AppError> {
        self.bring_together(caller, programme, standing, other, Person::taken_out_of).await
    }

    /// Notes that a record which was read at `revision` and another are of two people, so that they are not proposed as duplicates again.
    /// Said twice, it writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `person:write` and `person:read`; [`AppError::Refused`] if they are one record, or one of them is
    /// merged; [`AppError::NotFound`]; [`AppError::Invalid`] if the other is not there; [`AppError::Stale`].
    pub async fn keep_persons_apart(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        (one, revision): (PersonId, Revision),
        other: PersonId,
    ) -> Result<Versioned<Person>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        self.command(caller, Scope::PersonRead, programme)?;
        let before = command.load_at::<Person>(one, revision).await?;
        let Some(found) = command.store.get::<Person>(other).await? else {
            return Err(command.missing("/person", other.into()).await);
        };
        let Some((after, event)) = before.value.clone().kept_apart_from(&found.value)? else {
            return Ok(before);
        };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    async fn bring_together(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        (standing, revision): (PersonId, Revision),
        other: PersonId,
        decide: impl Fn(Person, Person) -> Result<TwoRecords, MergeRefusal>,
    ) -> Result<Versioned<Person>, AppError> {
        let mut command = self.command(caller, Scope::PersonWrite, programme)?;
        self.command(caller, Scope::PersonRead, programme)?;
        let into = command.load_at::<Person>(standing, revision).await?;
        let Some(found) = command.store.get::<Person>(other).await? else {
            return Err(command.missing("/person", other.into()).await);
        };
        let both = decide(found.value, into.value)?;
        command.update(both.merged, found.revision, both.merged_event);
        let standing = command.update(both.standing, revision, both.standing_event);
        command.commit_once(standing).await
    }

    /// Finds pairs of records that may be of one person, the surest first; of each the names too.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `person:read`; [`AppError::NotFound`].
    pub async fn find_duplicate_persons(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
    ) -> Result<Vec<(DuplicatePair, [Name; 2])>, AppError> {
        let context = self.authorize(caller, Scope::PersonRead, programme).await?;
        // Those that were merged too: what was said of them is said of those that stand for them.
        let persons: Vec<Person> =
            context.store.all::<Person>([]).await?.into_iter().map(|found| found.value).collect();
        let by_id: HashMap<PersonId, &Name> =
            persons.iter().map(|person| (person.id, &person.name)).collect();
        let with_names = |pair: DuplicatePair| {
            let both = [pair.first, pair.second].map(|id| by_id[&id].clone());
            (pair, both)
        };
        Ok(duplicates(&persons).into_iter().map(with_names).collect())
    }

    /// Checks what a person is to become.
    pub(crate) async fn checked(&self, after: &Person, before: Option<&Person>) -> Result<(), AppError> {
        after.check().map_err(|(path, error)| AppError::invalid_value(path, &error))?;
        let unconsented = after.unconsented(before, self.today(after.programme).await?);
        let errors: Vec<_> = unconsented
            .into_iter()
            .map(|found| FieldError {
                path: found.path,
                problem: format!(
                    "would show the {} to {}, to which no consent is in force",
                    found.fact, found.audience
                ),
                expected: format!(
                    "a consent of `{}` to `{}` among the consents, or the desk alone",
                    found.fact, found.audience
                ),
            })
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
    }
}

/// Whether a list holds records that were merged into others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a list holds them or it does not")]
pub enum MergedRecords {
    /// It holds only records that stand for themselves.
    LeftOut,
    /// It holds what its own filters say.
    AsFiltered,
}

/// The record that stands for a person under an id that may be an old one.
///
/// # Errors
///
/// [`AppError::NotFound`] if there is none.
pub(crate) async fn standing(store: &ProgrammeStore, id: PersonId) -> Result<Versioned<Person>, AppError> {
    let mut at = id;
    // No chain is longer than there are records that one stands for.
    for _ in 0..=Person::MOST_ABSORBED {
        let found = store.get::<Person>(at).await?.ok_or(AppError::NotFound(at.into()))?;
        match found.value.merged_into {
            Some(into) => at = into,
            None => return Ok(found),
        }
    }
    Err(AppError::NotFound(id.into()))
}

/// All ids under which the records name a person: that of the record that stands for them, and those that were merged into it, so that
/// what was promised under an old id is found under each. The id alone if there is no such record.
pub(crate) async fn ids_of_person(store: &ProgrammeStore, id: PersonId) -> Result<Vec<PersonId>, AppError> {
    match standing(store, id).await {
        Ok(found) => Ok(found.value.records().collect()),
        Err(AppError::NotFound(_)) => Ok(vec![id]),
        Err(error) => Err(error),
    }
}

/// The points that are open and owed by a person under any of their ids, as if all of them named that one.
///
/// # Errors
///
/// [`AppError::Unavailable`].
pub(crate) async fn owed_by_person(
    store: &ProgrammeStore,
    person: PersonId,
    ids: &[PersonId],
) -> Result<Vec<Versioned<ActionPoint>>, AppError> {
    let mut points: Vec<Versioned<ActionPoint>> = Vec::new();
    for id in ids {
        for point in store.all([action_point::OWED_BY.has(*id)]).await? {
            // Both sides may be owned by one person under two ids.
            if points.iter().all(|known| known.value.id != point.value.id) {
                points.push(Versioned { value: point.value.naming(person, ids), revision: point.revision });
            }
        }
    }
    Ok(points)
}

/// With whose eyes a caller sees people.
fn seen_with(
    caller: &Caller,
    programme: ProgrammeId,
    asked: Option<Audience>,
    recorded_at: Option<DateTime<Utc>>,
) -> Result<Audience, AppError> {
    let desk = may(&caller.grant, Scope::PersonRead, Some(programme)).is_ok();
    match asked {
        Some(audience) if desk => Ok(audience),
        None if desk => Ok(Audience::Desk),
        // What is hidden since then must not be read from the past.
        None | Some(Audience::Members) if recorded_at.is_none() => Ok(Audience::Members),
        None | Some(_) => Err(AppError::Forbidden { needed: Scope::PersonRead }),
    }
}
