//! Trying a channel: a real message, and what became of it.

use std::time::Duration;

use sister_cities_client::api::delivery::{
    DeliveryAttemptView, DeliveryEvidenceView, ListDeliveriesQuery, TestDeliveryBody,
};
use sister_cities_client::api::domain::id::{DeliveryId, WebhookEndpointId};
use sister_cities_client::api::domain::webhook::WebhookStep;
use sister_cities_client::api::webhook::WebhookStepBody;
use tokio::time::Instant;

use super::notifications::TestedChannel;
use super::person;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::session::Session;

/// How often it is looked what became of it.
const LOOK: Duration = Duration::from_millis(300);

/// Sends a message by that channel, waits for what becomes of it, and says it.
///
/// # Errors
///
/// If it did not arrive.
pub(super) async fn test(
    session: &Session,
    channel: TestedChannel,
    to: &str,
    wait: u64,
) -> Result<(), Failure> {
    let until = Instant::now() + Duration::from_secs(wait);
    let found = match channel {
        TestedChannel::Email => {
            let recipient = person::find(session, to).await?;
            let made = session.programme.deliveries().test(TestDeliveryBody { recipient }).await?;
            outcome(session, made.id, until).await?
        }
        TestedChannel::Webhook | TestedChannel::Chat => {
            let webhook: WebhookEndpointId = to.parse().map_err(|_| {
                let problem = format!("{to:?} is not the id of a webhook, whe_…");
                Failure::new(Exit::Usage, problem).hint("`sister-cities webhooks list` shows them")
            })?;
            pinged(session, webhook, until).await?
        }
    };
    let Some(DeliveryEvidenceView { delivery, attempts, .. }) = found else {
        let message = format!("nobody has sent it within {wait} s");
        return Err(Failure::new(Exit::Unavailable, message)
            .hint("is a worker at work? `sister-cities worker`, or inside `serve`; mail needs --smtp"));
    };
    let last = attempts.last();
    if delivery.state.as_str() == "delivered" {
        return session.output.print(&delivery, |out| {
            out.heading("It arrived.");
            if let Some(last) = last {
                out.fact("Answer", &answer(last));
            }
            out.fact("Id", &delivery.id.to_string());
        });
    }
    let said = last.map(answer).or(delivery.last_error).unwrap_or_default();
    let failure = match delivery.state.as_str() {
        "ready" => {
            Failure::new(Exit::Unavailable, format!("it did not arrive yet, and will be tried again: {said}"))
        }
        state => Failure::new(Exit::Refused, format!("it did not arrive ({state}): {said}")),
    };
    Err(failure.hint(format!("`sister-cities deliveries show {}` tells each attempt", delivery.id)))
}

/// Pings an endpoint, and waits for what becomes of it.
async fn pinged(
    session: &Session,
    webhook: WebhookEndpointId,
    until: Instant,
) -> Result<Option<DeliveryEvidenceView>, Failure> {
    let webhooks = session.programme.webhooks();
    let query = || ListDeliveriesQuery { recipient: Some(webhook.into()), ..ListDeliveriesQuery::default() };
    let deliveries = session.programme.deliveries();
    let known = deliveries.list(query()).page().await?.items.first().map(|latest| latest.id);
    let endpoint = webhooks.get(webhook).await?;
    webhooks.step(&endpoint, WebhookStepBody { step: WebhookStep::Ping }).await?;
    while Instant::now() < until {
        let latest = deliveries.list(query()).page().await?.items.into_iter().next();
        if let Some(latest) = latest.filter(|latest| Some(latest.id) != known) {
            return outcome(session, latest.id, until).await;
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(None)
}

/// Waits until a delivery was tried; `None` if it never was.
async fn outcome(
    session: &Session,
    id: DeliveryId,
    until: Instant,
) -> Result<Option<DeliveryEvidenceView>, Failure> {
    loop {
        let found = session.programme.deliveries().get(id).await?;
        if !found.attempts.is_empty() || found.delivery.state.as_str() != "ready" {
            return Ok(Some(found));
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// What the receiver said, and after how long.
fn answer(attempt: &DeliveryAttemptView) -> String {
    let status = attempt.status.map(|status| format!("{status}, ")).unwrap_or_default();
    let error = attempt.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    format!("{status}after {} ms{error}", attempt.took_ms)
}
