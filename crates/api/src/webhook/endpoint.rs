//! Webhook endpoints: where events are told, which, in which form, and with what they are signed.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{PartnershipId, PersonId, WebhookEndpointId};
use sister_cities_domain::value::{FreeText, SecretText};
use sister_cities_domain::webhook::{
    EventPattern, PayloadVersion, WebhookDisabledWhy, WebhookEndpoint, WebhookFormat, WebhookState,
    WebhookStep,
};

use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists webhook endpoints, in the order of creation.
    GET "/v1/programmes/{programme}/webhooks" for ProgrammeRead
    list_webhook_endpoints: ListWebhookEndpoints(ProgrammePath, query: ListWebhookEndpointsQuery) -> Page<WebhookEndpointView>;

    /// Sets up a webhook endpoint: a program that is told by signed messages, or a room of a chat.
    ///
    /// The secret that messages are signed with is read from its credentials. An installation without a master key keeps no secrets and
    /// answers 503.
    POST "/v1/programmes/{programme}/webhooks" for WebhookWrite
    create_webhook_endpoint: CreateWebhookEndpoint(ProgrammePath, body: WebhookEndpointBody)
        -> 201 WebhookEndpointView | Conflict, ETag;

    /// Reads one webhook endpoint. Of its address only the host is shown.
    GET "/v1/programmes/{programme}/webhooks/{webhook}" for ProgrammeRead
    get_webhook_endpoint: GetWebhookEndpoint(WebhookPath, query: RecordedQuery) -> WebhookEndpointView, ETag;

    /// Replaces what a webhook endpoint asked for; its address and form stay.
    PUT "/v1/programmes/{programme}/webhooks/{webhook}" for WebhookWrite
    replace_webhook_endpoint: ReplaceWebhookEndpoint(WebhookPath, body: WebhookSettingsBody)
        -> WebhookEndpointView | Conflict, IfMatch;

    /// Removes a webhook endpoint. It is told nothing more.
    DELETE "/v1/programmes/{programme}/webhooks/{webhook}" for WebhookWrite
    delete_webhook_endpoint: DeleteWebhookEndpoint(WebhookPath) -> 204 NoContent | Conflict, IfMatch;

    /// Reads what is secret of a webhook endpoint: its address, its token, the secrets that messages are signed with.
    ///
    /// The journal tells of each reading.
    GET "/v1/programmes/{programme}/webhooks/{webhook}/credentials" for WebhookWrite
    read_webhook_credentials: ReadWebhookCredentials(WebhookPath) -> WebhookCredentialsView, ETag;

    /// Has a webhook endpoint told at another address, by another token.
    PUT "/v1/programmes/{programme}/webhooks/{webhook}/credentials" for WebhookWrite
    set_webhook_address: SetWebhookAddress(WebhookPath, body: WebhookAddressBody)
        -> WebhookEndpointView | Conflict, IfMatch;

    /// Makes another secret that messages are signed with, from now on; for 24 hours they are signed with the present one too.
    POST "/v1/programmes/{programme}/webhooks/{webhook}/rotations" for WebhookWrite
    rotate_webhook_secret: RotateWebhookSecret(WebhookPath) -> 201 WebhookEndpointView | Conflict, IfMatch;

    /// Enables a webhook endpoint, disables it, or sends it a ping, which is an event for that endpoint alone.
    POST "/v1/programmes/{programme}/webhooks/{webhook}/steps" for WebhookWrite
    step_webhook_endpoint: StepWebhookEndpoint(WebhookPath, body: WebhookStepBody)
        -> 201 WebhookEndpointView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names a webhook endpoint in a path.
    pub struct WebhookPath in programme {
        /// The webhook endpoint.
        pub webhook: WebhookEndpointId,
    }

    /// Which webhook endpoints to list.
    #[derive(Default)]
    pub struct ListWebhookEndpointsQuery in pages {
        /// Only those of this state.
        pub state: Option<WebhookState>,
        /// Only those of this form.
        pub format: Option<WebhookFormat>,
        /// Only those that are told of this partnership alone.
        pub partnership: Option<PartnershipId>,
        /// Only those whose failures this person is told of.
        pub owner: Option<PersonId>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::words! {
    /// In which form an endpoint is told.
    WebhookFormatWord = WebhookFormat;
    /// Whether an endpoint is told anything.
    WebhookStateWord = WebhookState;
    /// Why an endpoint was disabled.
    WebhookDisabledWhyWord = WebhookDisabledWhy;
    /// A version of payloads.
    PayloadVersionWord = PayloadVersion;
}

/// A webhook endpoint, as created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookEndpointBody {
    /// The address that is told, such as `https://hooks.example.org/sister-cities`: https, on the public internet.
    #[schemars(length(min = 1, max = 2_048), regex(pattern = "^https?://[^/?#@ ]+"))]
    pub url: String,
    /// The access token of a room of Matrix; nothing for any other form.
    #[schemars(length(min = 1, max = 2_048))]
    pub token: Option<String>,
    /// In which form; `standard` if not given.
    pub format: Option<WebhookFormat>,
    /// Which events, such as `partnership.suspended` or `partnership.*`; all of them if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPattern>,
    /// Only what belongs to this partnership.
    pub partnership: Option<PartnershipId>,
    /// The version of the payload; the newest if not given.
    pub payload_version: Option<PayloadVersion>,
    /// What it is for.
    pub description: Option<FreeText>,
    /// Who is told when nothing arrives there.
    pub owner: Option<PersonId>,
}

/// What a webhook endpoint asked for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettingsBody {
    /// Which events, such as `partnership.suspended` or `partnership.*`; all of them if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventPattern>,
    /// Only what belongs to this partnership.
    pub partnership: Option<PartnershipId>,
    /// The version of the payload; the newest if not given.
    pub payload_version: Option<PayloadVersion>,
    /// What it is for.
    pub description: Option<FreeText>,
    /// Who is told when nothing arrives there.
    pub owner: Option<PersonId>,
}

/// Another address of a webhook endpoint.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookAddressBody {
    /// The address that is told.
    #[schemars(length(min = 1, max = 2_048), regex(pattern = "^https?://[^/?#@ ]+"))]
    pub url: String,
    /// The access token of a room of Matrix; nothing for any other form.
    #[schemars(length(min = 1, max = 2_048))]
    pub token: Option<String>,
}

/// A step to be taken with a webhook endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookStepBody {
    /// What to do.
    pub step: WebhookStep,
}

/// A webhook endpoint.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookEndpointView {
    /// Its id.
    pub id: WebhookEndpointId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The host that is told.
    pub host: String,
    /// In which form.
    pub format: WebhookFormatWord,
    /// Which events; all of them if empty.
    #[serde(default)]
    pub events: Vec<EventPattern>,
    /// Only what belongs to this partnership.
    pub partnership: Option<PartnershipId>,
    /// The version of the payload.
    pub payload_version: PayloadVersionWord,
    /// What it is for.
    pub description: Option<FreeText>,
    /// Who is told when nothing arrives there.
    pub owner: Option<PersonId>,
    /// Whether it is told anything.
    pub state: WebhookStateWord,
    /// That it was disabled, and why.
    pub disabled: Option<WebhookDisabledView>,
}

/// That a webhook endpoint was disabled.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookDisabledView {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub why: WebhookDisabledWhyWord,
    /// The first failure of those for which it was disabled.
    pub failing_since: Option<DateTime<Utc>>,
}

/// What is secret of a webhook endpoint.
#[skip_serializing_none]
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookCredentialsView {
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// The address that is told.
    pub url: String,
    /// The access token of a room of Matrix.
    pub token: Option<String>,
    /// The secret that messages are signed with, `whsec_…`; chats are told without a signature.
    pub secret: Option<String>,
    /// The one before it, as long as messages are signed with it too.
    pub previous_secret: Option<String>,
    /// Until when they are.
    pub previous_secret_until: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for WebhookCredentialsView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookCredentialsView(***)")
    }
}

impl WebhookEndpointView {
    /// Shows an endpoint at a revision, without what is secret of it.
    #[must_use]
    pub fn of(endpoint: &WebhookEndpoint, revision: u32) -> Self {
        let WebhookEndpoint {
            id,
            programme: _,
            host,
            url: _,
            token: _,
            format,
            events,
            partnership,
            payload_version,
            description,
            owner,
            secrets: _,
            disabled,
        } = endpoint;
        Self {
            id: *id,
            revision,
            host: host.clone(),
            format: (*format).into(),
            events: events.iter().cloned().collect(),
            partnership: *partnership,
            payload_version: (*payload_version).into(),
            description: description.clone(),
            owner: *owner,
            state: endpoint.state().into(),
            disabled: disabled.map(|disabled| WebhookDisabledView {
                at: disabled.at,
                why: disabled.why.into(),
                failing_since: disabled.failing_since,
            }),
        }
    }
}

impl WebhookCredentialsView {
    /// Shows what is secret of an endpoint at a revision, at that moment.
    #[must_use]
    pub fn of(endpoint: &WebhookEndpoint, revision: u32, now: DateTime<Utc>) -> Self {
        let text = |secret: &SecretText| secret.expose().to_owned();
        let secrets = endpoint.secrets.as_ref();
        let previous =
            secrets.and_then(|secrets| secrets.previous.as_ref()).filter(|previous| now < previous.until);
        Self {
            revision,
            url: text(&endpoint.url),
            token: endpoint.token.as_ref().map(text),
            secret: secrets.map(|secrets| text(&secrets.current)),
            previous_secret: previous.map(|previous| text(&previous.secret)),
            previous_secret_until: previous.map(|previous| previous.until),
        }
    }
}
