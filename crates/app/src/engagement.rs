//! Entering engagements, replacing and reading them; asking what came of them; and what those who take part need: diet, health, access. That is sensitive:
//! whoever reads it is told of in the journal.

use chrono::NaiveDate;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::engagement::{
    Engagement, FollowUpQuestion, InvitationAnswer, InvitationReply, OutcomeAnswer, WhatCame,
    outcome_questions,
};
use sister_cities_domain::id::{EngagementId, PersonId, ProgrammeId};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::outcome::Outcome;
use sister_cities_domain::person::Person;
use sister_cities_domain::privacy::PrivacyEvent;
use sister_cities_domain::value::{EmailAddress, FreeText};
use sister_cities_storage::catalogue::{engagement, outcome};
use sister_cities_storage::{Listing, Page, Revision, Versioned};

use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply, Times};

/// How often an answer that came by mail is tried again if somebody else changes the engagement in the meantime.
const TRIES: usize = 5;

/// An answer to an invitation that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "who, and whether it is new, is all there is to it")]
pub struct InvitationAnswered {
    /// Who answered.
    pub person: PersonId,
    /// Whether they had not said so already, nor something newer.
    pub is_new: bool,
}

impl App {
    /// Enters an engagement in the programme that it names, under a new id. What those who take part need is left out: it is said by
    /// [`App::set_care`].
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if the programme has no such partnership, organisation or person; [`AppError::Forbidden`] without `engagement:write`.
    pub async fn create_engagement(
        &self,
        caller: &Caller,
        engagement: Engagement,
        reply: IdempotentReply<'_, Versioned<Engagement>>,
    ) -> Result<CommandOutcome<Versioned<Engagement>>, AppError> {
        let mut command = self.command(caller, Scope::EngagementWrite, engagement.programme)?;
        let engagement = Engagement { care: None, ..engagement };
        links_exist(&command, &engagement).await?;
        let event = engagement.recorded();
        let created = command.create(engagement, event);
        command.commit(created, reply).await
    }

    /// Replaces what is known of an engagement that was read at `revision`, but for what those who take part need, what was answered
    /// on what came of it, and who is invited: those are told of what concerns them. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_engagement`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_engagement(
        &self,
        caller: &Caller,
        after: Engagement,
        revision: Revision,
    ) -> Result<Versioned<Engagement>, AppError> {
        let mut command = self.command(caller, Scope::EngagementWrite, after.programme)?;
        let before = command.load_at::<Engagement>(after.id, revision).await?;
        let Engagement { care, outcome_answers, .. } = before.value.clone();
        let after = Engagement { care, outcome_answers, ..after };
        let (after, told) = after.with_invitations_of(&before.value);
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        links_exist(&command, &after).await?;
        let changed = command.update_by(after, revision, std::iter::once(event).chain(told));
        command.commit_once(changed).await
    }

    /// Invites people to an engagement that was read at `revision`, and that is still to come: those who stand for an organisation in it, all of them if
    /// none are given. They are told by mail, and from then on of each change. Who is invited already is not asked again.
    ///
    /// Nobody is invited by being named: an office does not want that a mayor gets mails because somebody writes down who comes.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if it is over, called off, or on no known day, or somebody is not named in it; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Forbidden`] without `notification:write`.
    pub async fn invite_to_engagement(
        &self,
        caller: &Caller,
        (programme, engagement): (ProgrammeId, EngagementId),
        revision: Revision,
        whom: Option<&[PersonId]>,
        reply: IdempotentReply<'_, Versioned<Engagement>>,
    ) -> Result<CommandOutcome<Versioned<Engagement>>, AppError> {
        let mut command = self.command(caller, Scope::NotificationWrite, programme)?;
        let before = command.load_at::<Engagement>(engagement, revision).await?;
        let today = self.day_or_today(programme, None).await?;
        let (after, events) = before.value.clone().invite(whom, today)?;
        if events.is_empty() {
            return Ok(CommandOutcome::Executed(before));
        }
        let changed = command.update_by(after, revision, events);
        command.commit(changed, reply).await
    }

    /// Takes what somebody who is invited answered by a mail from that address; `None` if there is no such engagement, or nobody is invited to it who
    /// has the address.
    ///
    /// It is tried again if the record changes meanwhile, as a mail names no revision.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if they were never sent what they answer; [`AppError::Forbidden`] without `notification:write`.
    pub async fn answer_invitation(
        &self,
        caller: &Caller,
        (programme, engagement): (ProgrammeId, EngagementId),
        from: &EmailAddress,
        (said, sequence): (InvitationReply, u32),
    ) -> Result<Option<InvitationAnswered>, AppError> {
        let mut tries = 1;
        loop {
            let mut command = self.command(caller, Scope::NotificationWrite, programme)?;
            let Some(before) = command.store.get::<Engagement>(engagement).await? else { return Ok(None) };
            let Some(person) = invited_at(&command, &before.value, from).await? else { return Ok(None) };
            let answer = InvitationAnswer { said, sequence, at: self.clock().now() };
            let Some((after, event)) = before.value.answer_invitation(person, answer)? else {
                return Ok(Some(InvitationAnswered { person, is_new: false }));
            };
            command.update(after, before.revision, event);
            match command.commit_once(InvitationAnswered { person, is_new: true }).await {
                Err(AppError::Stale { .. }) if tries < TRIES => tries += 1,
                done => return done.map(Some),
            }
        }
    }

    /// Reads an engagement as of some times.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`; [`AppError::NotFound`], also if it surely had not begun by that day.
    pub async fn get_engagement(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Versioned<Engagement>, AppError> {
        let context =
            self.authorize_as_recorded(caller, Scope::ProgrammeRead, programme, recorded_at, None).await?;
        let found = context.load::<Engagement>(engagement).await?;
        match as_of {
            Some(day) if !found.value.dates.begun_by(day).is_possible() => {
                Err(AppError::NotFound(engagement.into()))
            }
            Some(_) | None => Ok(found),
        }
    }

    /// Lists engagements; as of a day, those that had, or may have, begun by then. Undated ones are left out, as they are wherever a
    /// day is asked about.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_engagements(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        mut listing: Listing<Engagement>,
        Times { as_of, recorded_at }: Times,
    ) -> Result<Page<Engagement>, AppError> {
        listing.filters.extend(as_of.map(|day| engagement::FIRST_DAY.at_most(day)));
        self.list(caller, programme, listing, recorded_at).await
    }

    /// Asks on a day which questions on what came of an engagement are open, and which will be.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn get_outcome_questions(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        as_of: NaiveDate,
    ) -> Result<Vec<FollowUpQuestion>, AppError> {
        let context = self.authorize(caller, Scope::ProgrammeRead, programme).await?;
        let found = context.load::<Engagement>(engagement).await?;
        let citing = context.store.all([outcome::ENGAGEMENTS.has(engagement)]).await?;
        Ok(outcome_questions(&found.value, citing.iter().map(|one| &one.value), as_of))
    }

    /// Says for one side what came of an engagement that was read at `revision`. The same answer again writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] if the question is not open; [`AppError::Invalid`] if the programme has no such outcome;
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `outcome:write`.
    pub async fn answer_outcome_question(
        &self,
        caller: &Caller,
        (programme, engagement): (ProgrammeId, EngagementId),
        revision: Revision,
        answer: OutcomeAnswer,
        reply: IdempotentReply<'_, Versioned<Engagement>>,
    ) -> Result<CommandOutcome<Versioned<Engagement>>, AppError> {
        let mut command = self.command(caller, Scope::OutcomeWrite, programme)?;
        let before = command.load_at::<Engagement>(engagement, revision).await?;
        if let WhatCame::Outcome { outcome } = answer.came
            && command.store.get::<Outcome>(outcome).await?.is_none()
        {
            return Err(command.missing("/outcome", outcome.into()).await);
        }
        let Some((after, event)) = before.value.clone().answer(answer)? else {
            return Ok(CommandOutcome::Executed(before));
        };
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Says what those who take part need, or that nothing is needed any more. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `care:write`; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Unavailable`] if the installation has no master key to encrypt it.
    pub async fn set_care(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
        revision: Revision,
        care: Option<FreeText>,
    ) -> Result<Versioned<Engagement>, AppError> {
        let mut command = self.command(caller, Scope::CareWrite, programme)?;
        let before = command.load_at::<Engagement>(engagement, revision).await?;
        if care.is_some() || before.value.care.is_some() {
            self.vault()?;
        }
        let after = Engagement { care, ..before.value.clone() };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Reads an engagement with what those who take part need. If there is such a thing, the journal tells who did, before anything is shown.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `care:read`, as hosts need it and readers do not; [`AppError::NotFound`];
    /// [`AppError::Unavailable`] if the installation has no master key to decrypt it, or the reading cannot be told.
    pub async fn read_care(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        engagement: EngagementId,
    ) -> Result<Versioned<Engagement>, AppError> {
        let mut command = self.command(caller, Scope::CareRead, programme)?;
        let found = command.load::<Engagement>(engagement).await?;
        if found.value.care.is_some() {
            // Without it, what is stored would be shown as it is, encrypted.
            self.vault()?;
            let read = PrivacyEvent::SensitiveRead { fields: vec!["/care".to_owned()] };
            command.record_event(engagement, read);
            command.commit_once(()).await?;
        }
        Ok(found)
    }
}

/// Who of those who are invited has that address.
async fn invited_at(
    command: &Command<'_>,
    engagement: &Engagement,
    address: &EmailAddress,
) -> Result<Option<PersonId>, AppError> {
    for invited in engagement.invitations.invited() {
        let person = match crate::person::standing(&command.store, invited.person).await {
            Ok(person) => person.value,
            Err(AppError::NotFound(_)) => continue,
            Err(error) => return Err(error),
        };
        let mut theirs = person.emails.iter().filter_map(|email| email.fact.address.kept());
        if theirs.any(|one| one.folded() == address.folded()) {
            return Ok(Some(invited.person));
        }
    }
    Ok(None)
}

/// Refuses an engagement that links to an organisation or a person of whom the programme keeps no record.
async fn links_exist(command: &Command<'_>, engagement: &Engagement) -> Result<(), AppError> {
    let behind = || engagement.organisations.iter().enumerate();
    let organisations = behind()
        .filter_map(|(at, one)| one.organisation.map(|id| (format!("/organisations/{at}/organisation"), id)));
    command.refuse_missing::<Organisation>(organisations.collect()).await?;
    let persons = behind().flat_map(|(at, one)| {
        let path = move |nth| format!("/organisations/{at}/represented_by/{nth}");
        one.represented_by.iter().enumerate().map(move |(nth, id)| (path(nth), *id))
    });
    command.refuse_missing::<Person>(persons.collect()).await
}
