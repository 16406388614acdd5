//! Looks through the journal for what somebody is to be told.
//!
//! How far it was looked through is moved in the same commit in which is stored what came of it. So every event is told to all who were to be told,
//! nothing is told that was not committed, and two workers that look at the same time tell it once.

use sister_cities_domain::id::{ProgrammeId, WebhookEndpointId};
use sister_cities_domain::notification::{Cause, ChannelKind, Delivery, DeliveryContent};
use sister_cities_domain::webhook::WebhookEndpoint;
use sister_cities_storage::notification::NotificationBatch;
use sister_cities_storage::{JournalQuery, ProgrammeStore, ReadError, RecordedEvent, Sequence};

use super::belonging::Belonging;
use super::{Pipeline, PipelineError};

/// How many events are looked at together.
const EVENTS: u32 = 256;

impl Pipeline {
    /// Looks through the journals of all programmes from where they were looked through last; says how many deliveries came of it.
    ///
    /// # Errors
    ///
    /// [`PipelineError`]; what was looked through stays so, and the rest is looked through the next time.
    pub async fn tell(&self) -> Result<usize, PipelineError> {
        let mut number = 0;
        let mut after = None;
        loop {
            let programmes = self.database.programmes(after, 100).await?;
            let Some(last) = programmes.last() else { return Ok(number) };
            after = Some(last.value.id);
            for programme in programmes {
                number += self.tell_in(programme.value.id).await?;
            }
        }
    }

    /// The same of one programme.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::tell`].
    pub async fn tell_in(&self, programme: ProgrammeId) -> Result<usize, PipelineError> {
        let store = self.database.programme(programme);
        let mut number = 0;
        loop {
            let from = self.store().notification_position(programme.into()).await?;
            let events = store.journal(JournalQuery::after(from, EVENTS)).await?;
            let Some(last) = events.last() else { return Ok(number) };
            let position = Some((from, last.sequence));
            let deliveries = self.to_endpoints(&store, &events).await?;
            let mut batch = NotificationBatch { position, notifications: Vec::new(), deliveries };
            self.to_invited(&store, &events, &mut batch).await?;
            self.to_followers(&store, &events, &mut batch).await?;
            let made = batch.deliveries.len();
            // If another was faster, it goes on from where that one came to.
            if self.store().put_notifications(programme.into(), batch).await? {
                number += made;
            }
        }
    }

    /// What webhooks are told of these events.
    async fn to_endpoints(
        &self,
        store: &ProgrammeStore,
        events: &[RecordedEvent],
    ) -> Result<Vec<Delivery>, ReadError> {
        let all = store.all::<WebhookEndpoint>([]).await?;
        let mut endpoints = Vec::new();
        for endpoint in all.into_iter().map(|one| one.value).filter(|one| one.disabled.is_none()) {
            endpoints.push((set_up_at(store, endpoint.id).await?, endpoint));
        }
        let ask_whose = endpoints.iter().any(|(_, endpoint)| endpoint.partnership.is_some());
        let now = self.now.get();
        let mut deliveries = Vec::new();
        for recorded in events {
            let RecordedEvent { sequence, event, .. } = recorded;
            let belonging = if ask_whose {
                Belonging::of(&self.database, store, event).await?
            } else {
                Belonging::default()
            };
            let partnership = belonging.partnership;
            for (set_up_at, endpoint) in &endpoints {
                if sequence <= set_up_at || !endpoint.wants(event, partnership) {
                    continue;
                }
                let name = event.body.name().to_owned();
                let cause = Cause::Event { sequence: sequence.0, name, subject: event.subject };
                let content = DeliveryContent::Event { cause };
                let channel = ChannelKind::Webhook;
                deliveries.push(Delivery::new(channel, endpoint.id.into(), content, partnership, (now, now)));
            }
        }
        Ok(deliveries)
    }
}

/// Where in the journal an endpoint was set up: it is told what happens afterwards, however late the journal is looked through.
async fn set_up_at(store: &ProgrammeStore, endpoint: WebhookEndpointId) -> Result<Sequence, ReadError> {
    let about = JournalQuery::after(Sequence::START, 1).about(endpoint.into());
    Ok(store.journal(about).await?.first().map_or(Sequence::START, |event| event.sequence))
}
