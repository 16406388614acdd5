//! Webhook endpoints.

use std::collections::BTreeSet;

use sister_cities_api::webhook::{
    CreateWebhookEndpoint, DeleteWebhookEndpoint, ENDPOINTS, GetWebhookEndpoint, ListWebhookEndpoints,
    ReadWebhookCredentials, ReplaceWebhookEndpoint, RotateWebhookSecret, SetWebhookAddress, SigningSecret,
    StepWebhookEndpoint, WebhookAddressBody, WebhookCredentialsView, WebhookEndpointBody,
    WebhookEndpointView, WebhookPath, WebhookSettingsBody,
};
use sister_cities_api::{Moment, NoContent, Page};
use sister_cities_app::AppError;
use sister_cities_app::webhook::WebhookSettings;
use sister_cities_domain::id::{ProgrammeId, WebhookEndpointId};
use sister_cities_domain::value::SecretText;
use sister_cities_domain::webhook::{SigningSecrets, WebhookEndpoint, WebhookFormat, host_of};
use sister_cities_notification::outbound::OutboundPolicy;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::refused;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_webhook_endpoints),
        serve(create_webhook_endpoint),
        serve(get_webhook_endpoint),
        serve(replace_webhook_endpoint),
        serve(delete_webhook_endpoint),
        serve(read_webhook_credentials),
        serve(set_webhook_address),
        serve(rotate_webhook_secret),
        serve(step_webhook_endpoint),
    ]
}

async fn list_webhook_endpoints(
    call: Call<ListWebhookEndpoints>,
) -> ApiResult<Answer<Page<WebhookEndpointView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_webhook_endpoint(
    call: Call<CreateWebhookEndpoint>,
) -> ApiResult<Answer<WebhookEndpointView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let endpoint = endpoint(call.body, WebhookEndpointId::next(call.app.ids()), programme, &call.receivers)?;
    let outcome = call.app.create_webhook_endpoint(&call.caller, endpoint, reply).await?;
    let path = |made: &Versioned<WebhookEndpoint>| WebhookPath { programme, webhook: made.value.id };
    Ok(Answer::created::<GetWebhookEndpoint, _>(outcome, view, path))
}

async fn get_webhook_endpoint(call: Call<GetWebhookEndpoint>) -> ApiResult<Answer<WebhookEndpointView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.webhook);
    let found = call.app.get::<WebhookEndpoint>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_webhook_endpoint(
    call: Call<ReplaceWebhookEndpoint>,
) -> ApiResult<Answer<WebhookEndpointView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.webhook));
    let settings = settings(call.body);
    let now = call.app.replace_webhook_endpoint(&call.caller, path, revision, settings).await?;
    Ok(Answer::shown(&now, view))
}

async fn delete_webhook_endpoint(call: Call<DeleteWebhookEndpoint>) -> ApiResult<Answer<NoContent>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.webhook));
    call.app.delete_webhook_endpoint(&call.caller, path, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn read_webhook_credentials(
    call: Call<ReadWebhookCredentials>,
) -> ApiResult<Answer<WebhookCredentialsView>> {
    let path = (call.path.programme, call.path.webhook);
    let found = call.app.read_webhook_credentials(&call.caller, path).await?;
    let now = call.app.clock().now();
    Ok(Answer::shown(&found, |found| WebhookCredentialsView::of(&found.value, found.revision.number(), now)))
}

async fn set_webhook_address(call: Call<SetWebhookAddress>) -> ApiResult<Answer<WebhookEndpointView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.webhook));
    let WebhookAddressBody { url, token } = call.body;
    let address = (reachable(url, &call.receivers)?, secret_token(token)?);
    let now = call.app.set_webhook_address(&call.caller, path, revision, address).await?;
    Ok(Answer::shown(&now, view))
}

async fn rotate_webhook_secret(call: Call<RotateWebhookSecret>) -> ApiResult<Answer<WebhookEndpointView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let (path, next) = ((call.path.programme, call.path.webhook), new_secret()?);
    let outcome = call.app.rotate_webhook_secret(&call.caller, path, revision, next, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn step_webhook_endpoint(call: Call<StepWebhookEndpoint>) -> ApiResult<Answer<WebhookEndpointView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let (path, step) = ((call.path.programme, call.path.webhook), call.body.step);
    let outcome = call.app.step_webhook_endpoint(&call.caller, path, revision, step, reply).await?;
    Ok(Answer::changed(outcome, view))
}

fn view(endpoint: &Versioned<WebhookEndpoint>) -> WebhookEndpointView {
    WebhookEndpointView::of(&endpoint.value, endpoint.revision.number())
}

/// The endpoint that a body describes, with a secret of its own if messages to it are signed.
fn endpoint(
    body: WebhookEndpointBody,
    id: WebhookEndpointId,
    programme: ProgrammeId,
    receivers: &OutboundPolicy,
) -> ApiResult<WebhookEndpoint> {
    let WebhookEndpointBody { url, token, format, events, partnership, payload_version, description, owner } =
        body;
    let format = format.unwrap_or_default();
    let url = reachable(url, receivers)?;
    let signs = format == WebhookFormat::Standard;
    Ok(WebhookEndpoint {
        id,
        programme,
        host: host_of(&url).map_err(AppError::from)?,
        url,
        token: secret_token(token)?,
        format,
        events: events.into_iter().collect(),
        partnership,
        payload_version: payload_version.unwrap_or_default(),
        description,
        owner,
        secrets: if signs { Some(SigningSecrets::first(new_secret()?)) } else { None },
        disabled: None,
    })
}

fn settings(body: WebhookSettingsBody) -> WebhookSettings {
    let WebhookSettingsBody { events, partnership, payload_version, description, owner } = body;
    let events: BTreeSet<_> = events.into_iter().collect();
    let payload_version = payload_version.unwrap_or_default();
    WebhookSettings { events, partnership, payload_version, description, owner }
}

/// An address that something could be sent to: refused here already if it would be refused when it is sent.
fn reachable(url: String, receivers: &OutboundPolicy) -> ApiResult<SecretText> {
    let secret = SecretText::new(url).map_err(|value| refused("/url", &value))?;
    receivers.check(secret.expose()).map_err(|why| {
        ApiError::field(
            "/url",
            why.to_string(),
            "an address on the public internet, such as https://hooks.example.org/",
        )
    })?;
    Ok(secret)
}

fn secret_token(token: Option<String>) -> ApiResult<Option<SecretText>> {
    token.map(SecretText::new).transpose().map_err(|value| refused("/token", &value))
}

fn new_secret() -> ApiResult<SecretText> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| AppError::NoRandomness)?;
    SecretText::new(SigningSecret::new(random).expose()).map_err(|value| refused("/secret", &value))
}
