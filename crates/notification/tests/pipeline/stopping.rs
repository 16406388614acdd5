//! A worker that is told to stop lets what is being sent arrive, keeps what became of it, and begins nothing new.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sister_cities_domain::id::{RecordRef, WebhookEndpointId};
use sister_cities_domain::notification::{Cause, ChannelKind, Delivery, DeliveryContent, DeliveryState};
use sister_cities_notification::pipeline::{Attempted, Lane, LaneOpener, Now, Pipeline};
use sister_cities_storage::conformance::sample::World;
use sister_cities_storage::notification::{DeliveryQuery, NotificationBatch};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, ReadError, Realm};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::office::instant;

/// How many are sent at the same time, of how many.
const AT_ONCE: usize = 2;
const ALL: u64 = 10;

/// A receiver that takes its time: it says that a call has come, and answers once it may.
#[derive(Clone, Debug)]
struct Slow {
    came: Arc<Semaphore>,
    may_answer: Arc<Semaphore>,
}

impl LaneOpener for Slow {
    fn channel(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    fn open(
        &self,
        _realm: Realm,
        _recipient: Uuid,
        _now: DateTime<Utc>,
    ) -> futures_util::future::BoxFuture<'_, Result<Box<dyn Lane>, ReadError>> {
        let lane: Box<dyn Lane> = Box::new(self.clone());
        Box::pin(futures_util::future::ready(Ok(lane)))
    }
}

impl Lane for Slow {
    fn at_once(&self) -> usize {
        AT_ONCE
    }

    fn send<'a>(
        &'a self,
        _delivery: &'a Delivery,
        _now: DateTime<Utc>,
    ) -> futures_util::future::BoxFuture<'a, Attempted> {
        Box::pin(async move {
            self.came.add_permits(1);
            self.may_answer.acquire().await.expect("it is not closed").forget();
            Attempted::delivered(Some(204))
        })
    }
}

async fn number(database: &Database, realm: Realm, state: DeliveryState) -> usize {
    let query = DeliveryQuery { state: Some(state), limit: 100, ..DeliveryQuery::default() };
    database.notifications().deliveries(realm, query).await.expect("a page").items.len()
}

async fn stop(database: Database) {
    let world = World::new(&database).await;
    let realm = world.realm();
    let endpoint: RecordRef = WebhookEndpointId::from_uuid(world.id()).into();
    let at = instant("2026-11-30T00:00:00Z");
    let delivery = |sequence| {
        let (name, subject) = ("partnership.suspended".to_owned(), endpoint);
        let content = DeliveryContent::Event { cause: Cause::Event { sequence, name, subject } };
        Delivery::new(ChannelKind::Webhook, endpoint, content, None, (at, at))
    };
    let batch =
        NotificationBatch { deliveries: (1..=ALL).map(delivery).collect(), ..NotificationBatch::default() };
    database.notifications().put_notifications(realm, batch).await.expect("stored");
    let slow = Slow { came: Arc::new(Semaphore::new(0)), may_answer: Arc::new(Semaphore::new(0)) };
    let pipeline = Pipeline::new(database.clone(), Now::new(move || at), "worker").with_channel(slow.clone());
    let told = CancellationToken::new();
    let working = {
        let told = told.clone();
        tokio::spawn(async move { pipeline.run_sending(&told).await })
    };
    let both = u32::try_from(AT_ONCE).expect("it fits");
    slow.came.acquire_many(both).await.expect("they came").forget();
    told.cancel();
    tokio::task::yield_now().await;
    assert!(!working.is_finished(), "it waits for what is being sent");
    // More than were begun may be answered: nobody comes for it.
    slow.may_answer.add_permits(100);
    working.await.expect("it ends");
    assert_eq!(number(&database, realm, DeliveryState::Delivered).await, AT_ONCE);
    let rest = usize::try_from(ALL).expect("it fits") - AT_ONCE;
    assert_eq!(number(&database, realm, DeliveryState::Ready).await, rest);
    assert_eq!(slow.came.available_permits(), 0, "nothing new was begun");

    // The lane was given back: another goes on at once.
    let next = Pipeline::new(database.clone(), Now::new(move || at), "next").with_channel(slow.clone());
    assert_eq!(next.send().await, Ok(rest));
}

#[tokio::test]
async fn what_is_being_sent_arrives_and_nothing_new_is_begun_on_sqlite() {
    stop(Database::new(SqliteStore::temporary().expect("a database"))).await;
}

#[tokio::test]
async fn what_is_being_sent_arrives_and_nothing_new_is_begun_on_postgresql() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    stop(Database::new(found.open().await)).await;
}
