//! An endpoint: where events are told, which ones, and in which form.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::WebhookEndpointEvent;
use super::pattern::EventPattern;
use super::secret::SigningSecrets;
use crate::event::{Event, changed_fields};
use crate::id::{PartnershipId, PersonId, ProgrammeId, WebhookEndpointId};
use crate::named_enum;
use crate::state_machine::{RefusedStep, StateMachine, Transition};
use crate::value::{FreeText, InvalidValue, SecretText};

named_enum! {
    /// In which form an endpoint wants to be told.
    #[non_exhaustive]
    #[derive(Default)]
    pub enum WebhookFormat ("a form of webhooks") {
        /// A signed message for a program, by the Standard Webhooks specification.
        #[default]
        Standard = "standard",
        /// A line in a room of Slack, Mattermost or whatever else takes Slack's incoming webhooks.
        Slack = "slack",
        /// A line in a room of Matrix.
        Matrix = "matrix",
        /// A card in a channel of Microsoft Teams.
        Teams = "teams",
    }
}

named_enum! {
    /// Whether an endpoint is told anything.
    #[non_exhaustive]
    pub enum WebhookState ("a state of a webhook endpoint") {
        /// It is told what it asked for.
        Enabled = "enabled",
        /// It is told nothing.
        Disabled = "disabled",
    }
}

named_enum! {
    /// What can be done with an endpoint.
    #[non_exhaustive]
    pub enum WebhookStep ("a step of a webhook endpoint") {
        /// It is told again.
        Enable = "enable",
        /// It is told no more.
        Disable = "disable",
        /// It is told something that only tries whether messages arrive.
        Ping = "ping",
    }
}

impl StateMachine for WebhookState {
    type Step = WebhookStep;
    const SUBJECT: &'static str = "webhook endpoint";
    const INITIAL: &'static [Self] = &[Self::Enabled];
    const TRANSITIONS: &'static [Transition<Self>] = &[
        (&[Self::Enabled], WebhookStep::Disable, Self::Disabled),
        (&[Self::Disabled], WebhookStep::Enable, Self::Enabled),
        (&[Self::Enabled], WebhookStep::Ping, Self::Enabled),
    ];
}

named_enum! {
    /// Why an endpoint was disabled.
    #[non_exhaustive]
    pub enum WebhookDisabledWhy ("a reason for which an endpoint was disabled") {
        /// Somebody asked for it.
        Asked = "asked",
        /// It answered that it is gone for good (410).
        Gone = "gone",
        /// Nothing arrived there for five days.
        Failing = "failing",
    }
}

/// That an endpoint was disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookDisabled {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: WebhookDisabledWhy,
    /// The first failure of those for which it was disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<DateTime<Utc>>,
}

/// Where events of a programme are told.
///
/// The address can hold a secret, as those of chats do, so it is kept like one. What people see of it is the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", rename = "1")]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: WebhookEndpointId,
    /// Whose events it is told.
    pub programme: ProgrammeId,
    /// The host of the address, with its port if it has one: `hooks.example.org`.
    pub host: String,
    /// Where to.
    pub url: SecretText,
    /// What the receiver wants beside the address: the access token of a room of Matrix, which no other form has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SecretText>,
    /// In which form.
    pub format: WebhookFormat,
    /// Which events; all of them if empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub events: BTreeSet<EventPattern>,
    /// Only what belongs to this partnership; that of all if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partnership: Option<PartnershipId>,
    /// The version of the payload.
    pub payload_version: super::PayloadVersion,
    /// What it is for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<FreeText>,
    /// Who is told when nothing arrives there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    /// With what messages are signed; chats are told without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrets: Option<SigningSecrets>,
    /// That it was disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<WebhookDisabled>,
}

/// What an endpoint cannot be: a field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {value}")]
#[non_exhaustive]
pub struct WebhookFault {
    /// The field, as a JSON pointer.
    pub pointer: &'static str,
    /// What is wrong with it, without repeating a secret.
    pub value: InvalidValue,
}

const ADDRESS: &str =
    "an address such as https://hooks.example.org/sister-cities, without a user's name in it";

/// The host of an address, with its port.
///
/// # Errors
///
/// [`WebhookFault`] if it is no address.
pub fn host_of(url: &SecretText) -> Result<String, WebhookFault> {
    let fault = || WebhookFault { pointer: "/url", value: InvalidValue::malformed("", ADDRESS) };
    let text = url.expose();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or_else(fault)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || "@\\\"<>^`{|}%".contains(letter);
    let plain = !host.is_empty()
        && host.len() <= 260
        && !host.contains(odd)
        && text.chars().all(|letter| !letter.is_control());
    if plain { Ok(host.to_lowercase()) } else { Err(fault()) }
}

impl WebhookEndpoint {
    /// Holds it against what an endpoint of its form needs: a secret to sign with, a token, or neither.
    ///
    /// # Errors
    ///
    /// [`WebhookFault`] names the field.
    pub fn check(&self) -> Result<(), WebhookFault> {
        if self.host != host_of(&self.url)? {
            return Err(WebhookFault { pointer: "/url", value: InvalidValue::malformed("", ADDRESS) });
        }
        let wants_token = self.format == WebhookFormat::Matrix;
        let token = match (&self.token, wants_token) {
            (None, true) => Some(InvalidValue::Empty),
            (Some(_), false) => {
                Some(InvalidValue::malformed("", "nothing: only a room of Matrix has a token"))
            }
            (Some(_), true) | (None, false) => None,
        };
        token.map_or(Ok(()), |value| Err(WebhookFault { pointer: "/token", value }))
    }

    /// Whether it is told anything.
    #[must_use]
    pub const fn state(&self) -> WebhookState {
        if self.disabled.is_some() { WebhookState::Disabled } else { WebhookState::Enabled }
    }

    /// Whether it asked for an event that belongs to this partnership, or to none, and is told at all. A ping is for the endpoint
    /// that was pinged and no other, whatever it asked for.
    #[must_use]
    pub fn wants(&self, event: &Event, partnership: Option<PartnershipId>) -> bool {
        if self.disabled.is_some() || event.programme != Some(self.programme) {
            return false;
        }
        let name = event.body.name();
        if name == WebhookEndpointEvent::PINGED {
            return event.subject == self.id.into();
        }
        let of_partnership = self.partnership.is_none_or(|wanted| partnership == Some(wanted));
        of_partnership && (self.events.is_empty() || self.events.iter().any(|pattern| pattern.covers(name)))
    }

    /// Tells it again.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if it is enabled.
    pub fn enable(mut self) -> Result<(Self, WebhookEndpointEvent), RefusedStep> {
        self.state().after(WebhookStep::Enable, self.id.into())?;
        self.disabled = None;
        Ok((self, WebhookEndpointEvent::Enabled {}))
    }

    /// Tells it no more.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if it is disabled.
    pub fn disable(mut self, how: WebhookDisabled) -> Result<(Self, WebhookEndpointEvent), RefusedStep> {
        self.state().after(WebhookStep::Disable, self.id.into())?;
        self.disabled = Some(how);
        Ok((self, WebhookEndpointEvent::Disabled { why: how.why, failing_since: how.failing_since }))
    }

    /// Tries whether messages arrive.
    ///
    /// # Errors
    ///
    /// [`RefusedStep`] if it is disabled.
    pub fn ping(&self) -> Result<WebhookEndpointEvent, RefusedStep> {
        self.state().after(WebhookStep::Ping, self.id.into())?;
        Ok(WebhookEndpointEvent::Pinged {})
    }

    /// Signs with another secret from now on, and for a day with the present one too. None if it signs nothing.
    #[must_use]
    pub fn rotate(mut self, next: SecretText, now: DateTime<Utc>) -> Option<(Self, WebhookEndpointEvent)> {
        let rotated = self.secrets.take()?.rotate(next, now);
        self.secrets = Some(rotated);
        Some((self, WebhookEndpointEvent::SecretRotated {}))
    }

    /// The event that it was set up.
    #[must_use]
    pub fn created(&self) -> WebhookEndpointEvent {
        WebhookEndpointEvent::Created { host: self.host.clone(), format: self.format }
    }

    /// The event that it was removed.
    #[must_use]
    pub fn deleted(&self) -> WebhookEndpointEvent {
        WebhookEndpointEvent::Deleted { host: self.host.clone() }
    }

    /// The event that it became this out of `before`; `None` if nothing changed. State and secrets have events of their own.
    #[must_use]
    pub fn changed_from(&self, before: &Self) -> Option<WebhookEndpointEvent> {
        let fields = changed_fields!(before -> self: Self {
            id: _, programme: _, host, url, token, format: _, events, partnership, payload_version, description, owner,
            secrets: _, disabled: _,
        });
        (!fields.is_empty()).then_some(WebhookEndpointEvent::Changed { fields })
    }
}

#[cfg(test)]
mod tests;
