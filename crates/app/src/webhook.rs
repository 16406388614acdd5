//! Setting up webhook endpoints, changing and trying them. They are read as all records are, by [`App::get`] and [`App::list`]; what is
//! secret of them is not shown there.

use std::collections::BTreeSet;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{PartnershipId, PersonId, ProgrammeId, WebhookEndpointId};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::person::Person;
use sister_cities_domain::privacy::PrivacyEvent;
use sister_cities_domain::value::{FreeText, SecretText};
use sister_cities_domain::webhook::{
    EventPattern, PayloadVersion, WebhookDisabled, WebhookDisabledWhy, WebhookEndpoint, WebhookFault,
    WebhookStep, host_of,
};
use sister_cities_storage::{Revision, Versioned};

use crate::command::Command;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// What can be changed of an endpoint while it stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSettings {
    /// Which events; all of them if empty.
    pub events: BTreeSet<EventPattern>,
    /// Only what belongs to this partnership.
    pub partnership: Option<PartnershipId>,
    /// The version of the payload.
    pub payload_version: PayloadVersion,
    /// What it is for.
    pub description: Option<FreeText>,
    /// Who is told when nothing arrives there.
    pub owner: Option<PersonId>,
}

impl App {
    /// Sets up an endpoint in the programme that it names, under a new id.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for what an endpoint of its form cannot be, or a partnership or person that the programme does not have;
    /// [`AppError::Unavailable`] if the installation has no master key to encrypt its secrets; [`AppError::Forbidden`] without
    /// `webhook:write`.
    pub async fn create_webhook_endpoint(
        &self,
        caller: &Caller,
        endpoint: WebhookEndpoint,
        reply: IdempotentReply<'_, Versioned<WebhookEndpoint>>,
    ) -> Result<CommandOutcome<Versioned<WebhookEndpoint>>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, endpoint.programme)?;
        endpoint.check()?;
        self.vault()?;
        refers_to(&command, endpoint.partnership, endpoint.owner).await?;
        let event = endpoint.created();
        let created = command.create(endpoint, event);
        command.commit(created, reply).await
    }

    /// Replaces what an endpoint asked for. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a partnership or person that the programme does not have; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Forbidden`] without `webhook:write`.
    pub async fn replace_webhook_endpoint(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
        revision: Revision,
        settings: WebhookSettings,
    ) -> Result<Versioned<WebhookEndpoint>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let before = command.load_at::<WebhookEndpoint>(endpoint, revision).await?;
        let WebhookSettings { events, partnership, payload_version, description, owner } = settings;
        refers_to(&command, partnership, owner).await?;
        let after = WebhookEndpoint {
            events,
            partnership,
            payload_version,
            description,
            owner,
            ..before.value.clone()
        };
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Has an endpoint told at another address, by another token. A change that changes nothing writes nothing.
    ///
    /// # Errors
    ///
    /// As for [`App::create_webhook_endpoint`]; [`AppError::NotFound`]; [`AppError::Stale`].
    pub async fn set_webhook_address(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
        revision: Revision,
        (url, token): (SecretText, Option<SecretText>),
    ) -> Result<Versioned<WebhookEndpoint>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let before = command.load_at::<WebhookEndpoint>(endpoint, revision).await?;
        let after = WebhookEndpoint { host: host_of(&url)?, url, token, ..before.value.clone() };
        after.check()?;
        self.vault()?;
        let Some(event) = after.changed_from(&before.value) else { return Ok(before) };
        let changed = command.update(after, revision, event);
        command.commit_once(changed).await
    }

    /// Signs with another secret from now on, and for a day with the present one too.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a chat, which is told without a signature; [`AppError::Unavailable`] without a master key;
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `webhook:write`.
    pub async fn rotate_webhook_secret(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
        revision: Revision,
        next: SecretText,
        reply: IdempotentReply<'_, Versioned<WebhookEndpoint>>,
    ) -> Result<CommandOutcome<Versioned<WebhookEndpoint>>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let before = command.load_at::<WebhookEndpoint>(endpoint, revision).await?;
        self.vault()?;
        let Some((after, event)) = before.value.rotate(next, self.clock().now()) else {
            let expected = "an endpoint of the form standard";
            return Err(AppError::invalid(
                "/webhook",
                "is a chat, which is told without a signature",
                expected,
            ));
        };
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Enables an endpoint, disables it, or tells it something that only tries whether messages arrive.
    ///
    /// # Errors
    ///
    /// [`AppError::Refused`] for a step that is not possible in its state; [`AppError::NotFound`]; [`AppError::Stale`];
    /// [`AppError::Forbidden`] without `webhook:write`.
    pub async fn step_webhook_endpoint(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
        revision: Revision,
        step: WebhookStep,
        reply: IdempotentReply<'_, Versioned<WebhookEndpoint>>,
    ) -> Result<CommandOutcome<Versioned<WebhookEndpoint>>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let before = command.load_at::<WebhookEndpoint>(endpoint, revision).await?;
        let (after, event) = match step {
            WebhookStep::Enable => before.value.enable()?,
            WebhookStep::Ping => {
                let event = before.value.ping()?;
                command.record_event(endpoint, event);
                return command.commit(before, reply).await;
            }
            WebhookStep::Disable | _ => {
                let (at, why) = (self.clock().now(), WebhookDisabledWhy::Asked);
                before.value.disable(WebhookDisabled { at, why, failing_since: None })?
            }
        };
        let changed = command.update(after, revision, event);
        command.commit(changed, reply).await
    }

    /// Reads an endpoint with what is secret of it. The journal tells who did, before anything is shown.
    ///
    /// # Errors
    ///
    /// [`AppError::Unavailable`] without a master key to decrypt it, or if the reading cannot be told; [`AppError::NotFound`];
    /// [`AppError::Forbidden`] without `webhook:write`.
    pub async fn read_webhook_credentials(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
    ) -> Result<Versioned<WebhookEndpoint>, AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let found = command.load::<WebhookEndpoint>(endpoint).await?;
        self.vault()?;
        let fields = ["/url", "/token", "/secrets"].map(ToOwned::to_owned).into();
        command.record_event(endpoint, PrivacyEvent::SensitiveRead { fields });
        command.commit_once(()).await?;
        Ok(found)
    }

    /// Removes an endpoint. It is told nothing more.
    ///
    /// # Errors
    ///
    /// [`AppError::NotFound`]; [`AppError::Stale`]; [`AppError::Forbidden`] without `webhook:write`.
    pub async fn delete_webhook_endpoint(
        &self,
        caller: &Caller,
        (programme, endpoint): (ProgrammeId, WebhookEndpointId),
        revision: Revision,
    ) -> Result<(), AppError> {
        let mut command = self.command(caller, Scope::WebhookWrite, programme)?;
        let before = command.load_at::<WebhookEndpoint>(endpoint, revision).await?;
        command.delete::<WebhookEndpoint>(endpoint, revision, before.value.deleted());
        command.commit_once(()).await
    }
}

async fn refers_to(
    command: &Command<'_>,
    partnership: Option<PartnershipId>,
    owner: Option<PersonId>,
) -> Result<(), AppError> {
    if let Some(partnership) = partnership
        && command.store.get::<Partnership>(partnership).await?.is_none()
    {
        return Err(command.missing("/partnership", partnership.into()).await);
    }
    if let Some(owner) = owner
        && command.store.get::<Person>(owner).await?.is_none()
    {
        return Err(command.missing("/owner", owner.into()).await);
    }
    Ok(())
}

impl From<WebhookFault> for AppError {
    fn from(fault: WebhookFault) -> Self {
        Self::invalid_value(fault.pointer, &fault.value)
    }
}
