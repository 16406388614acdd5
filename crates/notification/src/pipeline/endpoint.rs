//! The lanes of webhooks: what an endpoint is told, in its form; and what is done about one where nothing arrives.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sister_cities_api::webhook::WebhookEvent;
use sister_cities_domain::access::Actor;
use sister_cities_domain::event::Event;
use sister_cities_domain::id::WebhookEndpointId;
use sister_cities_domain::notification::{Cause, ChannelKind, Delivery, DeliveryAttempt, DeliveryContent};
use sister_cities_domain::webhook::{WebhookDisabled, WebhookDisabledWhy, WebhookEndpoint, WebhookFormat};
use sister_cities_storage::{
    ChangeSet, Database, JournalQuery, ProgrammeStore, ReadError, Realm, Sequence, Versioned,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::lane::{Attempted, Lane, LaneOpener};
use super::trouble::tell_owner;
use crate::chat::{ChatMessage, ChatRoom, ChatText};
use crate::schedule::{EndpointFailing, FailureStep, RetrySchedule};
use crate::webhook::WebhookRequest;
use crate::{Channel, SendError, SendFuture, Sending};

/// How many calls one endpoint gets at the same time.
const AT_ONCE: usize = 2;
/// So many events are read together: what waits for one endpoint mostly stands close together in the journal.
const READ_TOGETHER: u32 = 32;
/// More than this is not kept of what was read.
const MOST_KEPT: usize = 1_024;
/// What is said of what waited for an endpoint that was disabled.
const DISABLED: &str = "the endpoint is disabled";

/// Opens the lanes of webhooks.
#[derive(Clone, Debug)]
pub struct WebhookLanes {
    database: Database,
    webhooks: Arc<dyn Channel<Message = WebhookRequest>>,
    chats: Arc<dyn Channel<Message = ChatMessage>>,
    base_url: String,
    at_once: usize,
}

impl WebhookLanes {
    /// Calls the endpoints of this database by those channels; links begin with `base_url`, the configured address of the server.
    pub fn new(
        database: Database,
        webhooks: impl Channel<Message = WebhookRequest> + 'static,
        chats: impl Channel<Message = ChatMessage> + 'static,
        base_url: impl Into<String>,
    ) -> Self {
        let (webhooks, chats) = (Arc::new(webhooks), Arc::new(chats));
        Self { database, webhooks, chats, base_url: base_url.into(), at_once: AT_ONCE }
    }

    /// With so many calls to one endpoint at the same time; two if nothing is said.
    #[must_use]
    pub const fn with_calls_at_once(mut self, at_once: usize) -> Self {
        self.at_once = at_once;
        self
    }
}

impl LaneOpener for WebhookLanes {
    fn channel(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    fn open(
        &self,
        realm: Realm,
        recipient: Uuid,
        _now: DateTime<Utc>,
    ) -> BoxFuture<'_, Result<Box<dyn Lane>, ReadError>> {
        async move {
            let store = self.database.realm(realm);
            let id = WebhookEndpointId::from_uuid(recipient);
            let endpoint = store.get::<WebhookEndpoint>(id).await?;
            let lane = WebhookLane {
                lanes: self.clone(),
                store,
                endpoint: endpoint.map(|endpoint| endpoint.value),
                read: Mutex::default(),
                is_gone: AtomicBool::new(false),
            };
            Ok(Box::new(lane) as Box<dyn Lane>)
        }
        .boxed()
    }
}

struct WebhookLane {
    lanes: WebhookLanes,
    store: ProgrammeStore,
    /// None if it was removed.
    endpoint: Option<WebhookEndpoint>,
    /// Events that were read and not sent yet, by their position in the journal.
    read: Mutex<BTreeMap<u64, Event>>,
    /// Whether it said that it is gone for good.
    is_gone: AtomicBool,
}

impl Lane for WebhookLane {
    fn at_once(&self) -> usize {
        self.lanes.at_once
    }

    fn send<'a>(&'a self, delivery: &'a Delivery, now: DateTime<Utc>) -> BoxFuture<'a, Attempted> {
        async move {
            let Some(endpoint) = &self.endpoint else {
                return Attempted::cancelled("the endpoint was removed");
            };
            if endpoint.disabled.is_some() || self.is_gone.load(Ordering::Relaxed) {
                return Attempted::cancelled(DISABLED);
            }
            let event = match self.event(delivery).await {
                Ok(Some(event)) => event,
                Ok(None) => return Attempted::cancelled("the event is not in the journal"),
                Err(error) => {
                    let error = SendError::temporary(error.to_string());
                    return Attempted::failed(RetrySchedule::Webhook, delivery, &error, now);
                }
            };
            match self.called(endpoint, &event, delivery, now).await {
                Ok(receipt) => Attempted::delivered(receipt.status),
                Err(error) => {
                    if matches!(error, SendError::Gone { .. }) {
                        self.is_gone.store(true, Ordering::Relaxed);
                    }
                    Attempted::failed(RetrySchedule::Webhook, delivery, &error, now)
                }
            }
        }
        .boxed()
    }

    fn recorded<'a>(&'a self, attempts: &'a [DeliveryAttempt]) -> BoxFuture<'a, Result<(), ReadError>> {
        async move {
            let Some(failed) = attempts.iter().rfind(|attempt| attempt.result.is_failure()) else {
                return Ok(());
            };
            match &self.endpoint {
                Some(endpoint) => self.after_failure(endpoint.id, failed.at).await,
                None => Ok(()),
            }
        }
        .boxed()
    }
}

impl WebhookLane {
    async fn event(&self, delivery: &Delivery) -> Result<Option<Event>, ReadError> {
        let DeliveryContent::Event { cause: Cause::Event { sequence, .. } } = &delivery.content else {
            return Ok(None);
        };
        // Held while it is read, so that those who want the next ones wait for them and do not read the same.
        let mut read = self.read.lock().await;
        if let Some(event) = read.remove(sequence) {
            return Ok(Some(event));
        }
        if read.len() >= MOST_KEPT {
            read.clear();
        }
        let before = Sequence(sequence.saturating_sub(1));
        let found = self.store.journal(JournalQuery::after(before, READ_TOGETHER)).await?;
        read.extend(found.into_iter().map(|recorded| (recorded.sequence.0, recorded.event)));
        Ok(read.remove(sequence))
    }

    fn called<'a>(
        &'a self,
        endpoint: &WebhookEndpoint,
        event: &Event,
        delivery: &Delivery,
        now: DateTime<Utc>,
    ) -> SendFuture<'a> {
        let gone = |detail: &str| SendError::Permanent { detail: detail.to_owned(), status: None };
        let Some(payload) = WebhookEvent::of(event, &self.lanes.base_url) else {
            return futures_util::future::ready(Err(gone("the event is of no programme"))).boxed();
        };
        let (id, attempt) = (delivery.id, delivery.attempts.saturating_add(1));
        if endpoint.format == WebhookFormat::Standard {
            return match WebhookRequest::of(endpoint, &payload, now) {
                Ok(message) => self.lanes.webhooks.send(Sending { delivery: id, attempt, at: now, message }),
                Err(error) => futures_util::future::ready(Err(error)).boxed(),
            };
        }
        match ChatRoom::of(endpoint) {
            Ok(Some(room)) => {
                let message = ChatMessage { room, text: chat_text(&payload) };
                self.lanes.chats.send(Sending { delivery: id, attempt, at: now, message })
            }
            Ok(None) => futures_util::future::ready(Err(gone("the room lacks its access token"))).boxed(),
            Err(error) => futures_util::future::ready(Err(error)).boxed(),
        }
    }

    /// Tells the owner of an endpoint that fails, and disables it in the end (P18).
    async fn after_failure(&self, id: WebhookEndpointId, at: DateTime<Utc>) -> Result<(), ReadError> {
        let notifications = self.lanes.database.notifications();
        let realm = self.store.realm();
        let health = notifications.lane_health(realm, id.uuid()).await?;
        let Some(since) = health.failing_since else { return Ok(()) };
        let last = health.last_failure_at.unwrap_or(at);
        let known = EndpointFailing { since, last, told: health.owner_told_at };
        let error = if self.is_gone.load(Ordering::Relaxed) {
            SendError::Gone { detail: String::new(), status: None }
        } else {
            SendError::temporary("")
        };
        let (failing, step) = EndpointFailing::after(Some(known), &error, at);
        let Some(endpoint) = self.store.get::<WebhookEndpoint>(id).await? else { return Ok(()) };
        match step {
            FailureStep::Wait => Ok(()),
            FailureStep::Tell { .. } => {
                tell_owner(&self.lanes.database, &self.store, &endpoint.value, since, false, at).await?;
                Ok(notifications.mark_owner_told(realm, id.uuid(), failing.last).await?)
            }
            FailureStep::Disable => self.disable(endpoint, since, at).await,
        }
    }

    async fn disable(
        &self,
        endpoint: Versioned<WebhookEndpoint>,
        since: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<(), ReadError> {
        let Versioned { value: endpoint, revision, .. } = endpoint;
        let id = endpoint.id;
        let is_gone = self.is_gone.load(Ordering::Relaxed);
        let why = if is_gone { WebhookDisabledWhy::Gone } else { WebhookDisabledWhy::Failing };
        let how = WebhookDisabled { at, why, failing_since: Some(since) };
        // Somebody else has disabled it.
        let Ok((disabled, event)) = endpoint.disable(how) else { return Ok(()) };
        let mut changes = ChangeSet::new(self.store.realm(), &Actor::System, at);
        changes.update(&disabled, revision).event(event, id);
        if let Err(error) = self.lanes.database.commit(changes).await {
            // It changed meanwhile: the next failure disables it.
            tracing::info!(%error, endpoint = %id, "a failing webhook endpoint is not disabled yet");
            return Ok(());
        }
        tracing::warn!(endpoint = %id, "a webhook endpoint was disabled, as nothing arrived there");
        self.is_gone.store(true, Ordering::Relaxed);
        tell_owner(&self.lanes.database, &self.store, &disabled, since, true, at).await?;
        let notifications = self.lanes.database.notifications();
        notifications.cancel_deliveries(self.store.realm(), id.uuid(), DISABLED, at).await?;
        Ok(())
    }
}

/// What a room is told: what happened, when, and where to read on. No more than a webhook says (R23).
fn chat_text(payload: &WebhookEvent) -> ChatText {
    let words = payload.name.replace(['.', '_'], " ");
    let mut letters = words.chars();
    let title =
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    let link = payload.data.links.as_ref().and_then(|links| links.subject.clone());
    ChatText {
        title,
        lines: vec![payload.timestamp.format("%F %R UTC").to_string()],
        link: link.map(|link| (payload.data.subject.to_string(), link)),
    }
}
