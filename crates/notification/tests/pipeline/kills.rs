//! Workers that die in the middle of anything lose nothing and invent nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_domain::id::{DeliveryId, ProgrammeId, RecordRef, WebhookEndpointId};
use sister_cities_domain::notification::{Cause, ChannelKind, Delivery, DeliveryContent, DeliveryState};
use sister_cities_notification::pipeline::{Attempted, Lane, LaneOpener, Now, Pipeline};
use sister_cities_storage::conformance::sample::World;
use sister_cities_storage::notification::{DeliveryQuery, NotificationBatch};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Database, ReadError, Realm};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::office::instant;

/// How many events, to how many receivers, and how often a worker is killed.
const EVENTS: u64 = 2_000;
const RECEIVERS: usize = 3;
const KILLS: usize = 50;

/// A receiver that remembers every call.
#[derive(Clone, Debug, Default)]
struct Receivers {
    got: Arc<Mutex<Vec<(Uuid, DeliveryId, Cause)>>>,
}

impl LaneOpener for Receivers {
    fn channel(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    fn open(
        &self,
        _realm: Realm,
        recipient: Uuid,
        _now: DateTime<Utc>,
    ) -> futures_util::future::BoxFuture<'_, Result<Box<dyn Lane>, ReadError>> {
        let lane: Box<dyn Lane> = Box::new(Receiver { recipient, receivers: self.clone() });
        Box::pin(futures_util::future::ready(Ok(lane)))
    }
}

struct Receiver {
    recipient: Uuid,
    receivers: Receivers,
}

impl Lane for Receiver {
    fn at_once(&self) -> usize {
        2
    }

    fn send<'a>(
        &'a self,
        delivery: &'a Delivery,
        _now: DateTime<Utc>,
    ) -> futures_util::future::BoxFuture<'a, Attempted> {
        Box::pin(async move {
            // It takes the message over, and then the answer is on its way.
            let DeliveryContent::Event { cause } = &delivery.content else {
                unreachable!("only events are sent")
            };
            self.receivers.got.lock().await.push((self.recipient, delivery.id, cause.clone()));
            tokio::task::yield_now().await;
            Attempted::delivered(Some(204))
        })
    }
}

/// A clock that goes on by itself, and is moved when a worker dies so that its leases run out.
#[derive(Clone, Debug)]
struct Clock(Arc<AtomicI64>);

impl Clock {
    fn now(&self) -> Now {
        let clock = self.clone();
        Now::new(move || {
            let millis = clock.0.fetch_add(1, Ordering::Relaxed);
            instant("2026-11-30T00:00:00Z") + TimeDelta::milliseconds(millis)
        })
    }

    fn past_the_leases(&self) {
        self.0.fetch_add(61_000, Ordering::Relaxed);
    }
}

async fn kill(database: Database) {
    let world = World::new(&database).await;
    let realm = world.realm();
    let clock = Clock(Arc::new(AtomicI64::new(0)));
    let endpoints: Vec<RecordRef> =
        (0..RECEIVERS).map(|_| WebhookEndpointId::from_uuid(world.id()).into()).collect();
    let receivers = Receivers::default();
    let worker = |number: usize| {
        let pipeline = Pipeline::new(database.clone(), clock.now(), format!("worker {number}"));
        let pipeline = pipeline.with_channel(receivers.clone());
        tokio::spawn(async move { pipeline.run_sending(&CancellationToken::new()).await })
    };
    let mut workers = [worker(0), worker(1)];
    let store = database.notifications();
    let expected = put_events(&database, realm, &endpoints).await;
    for kill in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(1 + (kill as u64 * 7) % 13)).await;
        workers[kill % 2].abort();
        clock.past_the_leases();
        workers[kill % 2] = worker(kill + 2);
    }
    let ready = DeliveryQuery { state: Some(DeliveryState::Ready), limit: 1, ..DeliveryQuery::default() };
    for _ in 0..600 {
        let left = store.deliveries(realm, ready.clone()).await.expect("a page");
        if left.items.is_empty() {
            break;
        }
        clock.past_the_leases();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    workers.iter().for_each(tokio::task::JoinHandle::abort);

    let got = receivers.got.lock().await;
    let mut arrived: BTreeMap<(Uuid, String), BTreeSet<DeliveryId>> = BTreeMap::new();
    for (recipient, delivery, cause) in got.iter() {
        let what = serde_json::to_string(cause).expect("serialises");
        arrived.entry((*recipient, what)).or_default().insert(*delivery);
    }
    let missing: Vec<_> = expected.keys().filter(|what| !arrived.contains_key(*what)).collect();
    assert_eq!(missing.len(), 0, "missing");
    let phantoms = arrived.keys().filter(|what| !expected.contains_key(*what)).count();
    assert_eq!(phantoms, 0, "phantoms");
    assert!(arrived.values().all(|ids| ids.len() == 1), "a second arrival has the id of the first");
    assert!(got.len() < 2 * arrived.len(), "few come twice: {} calls for {}", got.len(), arrived.len());
}

/// As many events as are told, in commits as the pipeline makes them; a batch that says the same again adds nothing.
async fn put_events(
    database: &Database,
    realm: Realm,
    endpoints: &[RecordRef],
) -> BTreeMap<(Uuid, String), DeliveryId> {
    let at = instant("2026-11-30T00:00:00Z");
    let subject = RecordRef::from(ProgrammeId::from_uuid(Uuid::max()));
    let mut expected = BTreeMap::new();
    for lot in (1..=EVENTS).collect::<Vec<_>>().chunks(100) {
        let deliveries: Vec<Delivery> = lot
            .iter()
            .flat_map(|sequence| {
                let name = "partnership.suspended".to_owned();
                let cause = Cause::Event { sequence: *sequence, name, subject };
                endpoints.iter().map(move |endpoint| {
                    let content = DeliveryContent::Event { cause: cause.clone() };
                    Delivery::new(ChannelKind::Webhook, *endpoint, content, None, (at, at))
                })
            })
            .collect();
        for delivery in &deliveries {
            let DeliveryContent::Event { cause } = &delivery.content else { continue };
            let what = serde_json::to_string(cause).expect("serialises");
            expected.insert((delivery.recipient.id, what), delivery.id);
        }
        for _ in 0..2 {
            let batch = NotificationBatch { deliveries: deliveries.clone(), ..NotificationBatch::default() };
            database.notifications().put_notifications(realm, batch).await.expect("stored");
        }
    }
    expected
}

/// P15, P17.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_missing_nor_invented_when_workers_are_killed_on_sqlite() {
    kill(Database::new(SqliteStore::temporary().expect("a database"))).await;
}

/// P15, P17.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_missing_nor_invented_when_workers_are_killed_on_postgresql() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    kill(Database::new(found.open().await)).await;
}
