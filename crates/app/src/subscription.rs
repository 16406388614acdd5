//! Subscriptions: who is told of what, and how often. They are read as all records are, by [`App::get`] and [`App::list`].
//!
//! Who may subscribe whom is decided as all rights are: whoever has `notification:write`, for anybody of the programme. It is a scope of its own, as it
//! lets what happens flow to somebody's address, which who keeps the address book need not be allowed, and who decides who is told need not see the
//! whole of it. What the person may see is not decided here but when a message is sent.

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::committee::Committee;
use sister_cities_domain::id::{ProgrammeId, SubscriptionId};
use sister_cities_domain::notification::Subscription;
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::{MergeRefusal, Person};
use sister_cities_storage::{Revision, Versioned};

use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

impl App {
    /// Makes a subscription in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if it names neither events nor reminders, or a person, partnership or committee that the programme does not have;
    /// [`AppError::Refused`] if another record stands for the person; [`AppError::Forbidden`] without `notification:write`.
    pub async fn create_subscription(
        &self,
        caller: &Caller,
        subscription: Subscription,
        reply: IdempotentReply<'_, Versioned<Subscription>>,
    ) -> Result<CommandOutcome<Versioned<Subscription>>, AppError> {
        let mut command = self.command(caller, Scope::NotificationWrite, subscription.programme)?;
        checked(&command, &subscription).await?;
        let event = subscription.created();
        let created = command.create(subscription, event);
        command.commit(created, reply).await
    }

    /// Replaces a subscription that was read at `revision`. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_subscription`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn replace_subscription(
        &self,
        caller: &Caller,
        after: Subscription,
        revision: Revision,
    ) -> Result<Versioned<Subscription>, AppError> {
        let mut command = self.command(caller, Scope::NotificationWrite, after.programme)?;
        let before = command.load_at::<Subscription>(after.id, revision).await?;
        checked(&command, &after).await?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Removes a subscription: the defaults hold again.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `notification:write`.
    pub async fn delete_subscription(
        &self,
        caller: &Caller,
        (programme, subscription): (ProgrammeId, SubscriptionId),
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::NotificationWrite, programme)?;
        let before = command.load_at::<Subscription>(subscription, revision).await?;
        command.delete::<Subscription>(subscription, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

async fn checked(command: &Command<'_>, subscription: &Subscription) -> Result<(), AppError> {
    subscription.check().map_err(|value| AppError::invalid_value("/events", &value))?;
    let Some(person) = command.store.get::<Person>(subscription.person).await? else {
        return Err(command.missing("/person", subscription.person.into()).await);
    };
    if let Some(into) = person.value.merged_into {
        return Err(MergeRefusal::Merged { person: subscription.person, into }.into());
    }
    if let Some(partnership) = subscription.partnership
        && command.store.get::<Partnership>(partnership).await?.is_none()
    {
        return Err(command.missing("/partnership", partnership.into()).await);
    }
    if let Some(committee) = subscription.committee
        && command.store.get::<Committee>(committee).await?.is_none()
    {
        return Err(command.missing("/committee", committee.into()).await);
    }
    Ok(())
}
