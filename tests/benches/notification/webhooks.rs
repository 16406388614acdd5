//! Webhooks: the sender alone, and the whole way from the durable outbox, beside reqwest that sends the same bytes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use sister_cities_api::webhook::WebhookEvent;
use sister_cities_domain::id::DeliveryId;
use sister_cities_measure::cores::{Who, pin};
use sister_cities_measure::{Needed, Outcome, Ratio, Rounds, Row, tell};
use sister_cities_notification::chat::ChatMessage;
use sister_cities_notification::outbound::{OutboundClient, OutboundPolicy};
use sister_cities_notification::pipeline::{Now, Pipeline, WebhookLanes};
use sister_cities_notification::testing::RecordingChannel;
use sister_cities_notification::webhook::{WebhookChannel, WebhookRequest};
use sister_cities_notification::{Channel as _, Sending};
use sister_cities_storage::{JournalQuery, Sequence};

use crate::sinks::{self, Sink};
use crate::town::Town;

/// How many are on their way at the same time, on both sides.
const AT_ONCE: usize = 16;
/// Events of one round of the whole way.
const EVENTS: usize = 5_000;
/// What the server is called in links.
const BASE_URL: &str = "https://twinning.example.org";

/// A client that reaches receivers on this machine.
pub(crate) fn client() -> Outcome<OutboundClient> {
    let policy = OutboundPolicy::default().with_http().with_network("127.0.0.0/8".parse()?);
    Ok(OutboundClient::new(policy)?)
}

pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    let runtime = crate::runtime()?;
    let sink = Sink::start(sinks::HTTP)?;
    let url = format!("http://127.0.0.1:{}/hook", sink.port);
    let bare = Bare::new(&url, runtime.block_on(sample(&url))?)?;
    let alone = rounds.compare(
        "webhooks, the sender alone",
        |length| runtime.block_on(sent(&bare, length)),
        |length| runtime.block_on(bare.sent(length)),
    )?;
    let whole = runtime.block_on(whole(&url, &bare, rounds))?;
    Ok(vec![
        Row::new(
            "webhooks: sign, guard, send, judge the answer",
            "bare reqwest, the same bytes to the same receiver",
            Needed::Part(0.6),
            alone,
            "reqwest, which is most of both sides; HMAC-SHA256 and base64 of each body",
        ),
        Row::new(
            "webhooks from the durable outbox: claim, look up, sign, send, record; all on one core",
            "–",
            Needed::PerSecond(5_000.0),
            whole.per_second,
            "reqwest; then SQLite, which keeps each attempt with its result, on the same core",
        ),
        Row::new("the same", "bare reqwest", Needed::Nothing, whole.beside_bare, "the same"),
        Row::new(
            "events to deliveries: what the journal holds, looked through and put into the outbox",
            "–",
            Needed::PerSecond(5_000.0),
            whole.told,
            "SQLite: a row and its place in the queue for each delivery",
        ),
    ])
}

/// What is sent over and over.
async fn sample(url: &str) -> Outcome<WebhookRequest> {
    let town = Town::new().await?;
    let endpoint = town.endpoint(url).await?;
    town.record(1).await?;
    let store = town.app.database().programme(town.programme);
    let journal = store.journal(JournalQuery::after(Sequence::default(), 10)).await?;
    let event = journal.last().ok_or("an event")?;
    let payload = WebhookEvent::of(&event.event, BASE_URL).ok_or("a payload")?;
    Ok(WebhookRequest::of(&endpoint, &payload, town.at)?)
}

/// Reqwest with a body and headers as ours has them, and nothing else.
struct Bare {
    http: reqwest::Client,
    url: String,
    request: WebhookRequest,
    channel: WebhookChannel,
}

impl Bare {
    fn new(url: &str, request: WebhookRequest) -> Outcome<Self> {
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { http, url: url.to_owned(), request, channel: WebhookChannel::new(client()?) })
    }

    async fn sent(&self, length: Duration) -> Outcome<f64> {
        let body: Bytes = self.request.body.clone();
        crate::in_turn(AT_ONCE, length, async || {
            let request = self.http.post(&self.url).body(body.clone());
            let request = request
                .header("content-type", "application/json")
                .header("webhook-id", "dlv_01h455vb4pex5vsknk084sn02q")
                .header("webhook-timestamp", "1795000000")
                .header("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=");
            let answer = request.send().await?;
            if answer.status().is_success() { Ok(()) } else { Err("it was not taken over".into()) }
        })
        .await
    }
}

async fn sent(bare: &Bare, length: Duration) -> Outcome<f64> {
    let delivery = DeliveryId::from_uuid(uuid::Uuid::max());
    crate::in_turn(AT_ONCE, length, async || {
        let at = crate::now();
        let sending = Sending { delivery, attempt: 1, at, message: bare.request.clone() };
        bare.channel.send(sending).await?;
        Ok(())
    })
    .await
}

struct Whole {
    per_second: Ratio,
    beside_bare: Ratio,
    told: Ratio,
}

/// From the journal to the receiver, with everything kept.
async fn whole(url: &str, bare: &Bare, rounds: Rounds) -> Outcome<Whole> {
    let town = Town::new().await?;
    town.endpoint(url).await?;
    let database = town.app.database().clone();
    let chats = RecordingChannel::<ChatMessage>::default();
    let lanes =
        WebhookLanes::new(database.clone(), WebhookChannel::new(client()?), Arc::new(chats), BASE_URL)
            .with_calls_at_once(AT_ONCE);
    let pipeline = Pipeline::new(database, Now::new(crate::now), "bench").with_channel(lanes);
    pipeline.tell().await?;
    let (mut sent, mut beside, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds.number {
        town.record(EVENTS).await?;
        let began = Instant::now();
        let number = pipeline.tell().await?;
        told.push(per_second(number, began));
        let began = Instant::now();
        let attempts = pipeline.send().await?;
        let ours = per_second(attempts, began);
        if (number, attempts) != (EVENTS, EVENTS) {
            return Err(format!("of {EVENTS} events {number} were told, {attempts} times").into());
        }
        let other = bare.sent(rounds.length).await?;
        tell(&format!("webhooks from the outbox: {ours:.0}/s beside {other:.0}/s"));
        sent.push(ours);
        beside.push(ours / other);
    }
    Ok(Whole { per_second: Ratio::of(sent), beside_bare: Ratio::of(beside), told: Ratio::of(told) })
}

fn per_second(number: usize, began: Instant) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX)) / began.elapsed().as_secs_f64()
}
