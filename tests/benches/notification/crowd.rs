//! Fifty receivers that hang, drip or answer 10 MB, and fifty that do not: how long those wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sister_cities_measure::{Needed, Outcome, Ratio, Row, tell};
use sister_cities_notification::chat::ChatMessage;
use sister_cities_notification::pipeline::{Now, Pipeline, WebhookLanes};
use sister_cities_notification::testing::RecordingChannel;
use sister_cities_notification::webhook::WebhookChannel;
use sister_cities_storage::{JournalQuery, Sequence};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::town::Town;

const BAD: usize = 50;
const GOOD: usize = 50;
const EVENTS: usize = 20;
/// The longest that a good receiver may wait for 99 of 100 events.
const P99: f64 = 5_000.0;

#[derive(Clone, Copy, Debug)]
enum Behaviour {
    Good,
    Hangs,
    Drips,
    /// Answers with 10 MB.
    Floods,
}

/// When what arrived where.
#[derive(Clone, Debug, Default)]
struct Arrivals(Arc<Mutex<Vec<(String, Instant)>>>);

pub(crate) fn measure() -> Outcome<Vec<Row>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut waited = runtime.block_on(crowd())?;
    runtime.shutdown_background();
    waited.sort_by(f64::total_cmp);
    let at = |part: usize| waited[waited.len() * part / 1_000];
    tell(&format!("crowd: median {:.0} ms, p99 {:.0} ms", at(500), at(990)));
    let found = Ratio { median: at(990), lowest: at(500), highest: at(990) };
    Ok(vec![Row::new(
        "webhooks to 50 good receivers beside 50 that hang, drip or answer 10 MB: p99 from commit to arrival (lowest: the median)",
        "–",
        Needed::Milliseconds(P99),
        found,
        "how often the journal is looked at, here every 50 ms; a lane of its own for each receiver",
    )])
}

/// How long each event took to each good receiver, in milliseconds.
async fn crowd() -> Outcome<Vec<f64>> {
    let town = Town::new().await?;
    let arrivals = Arrivals::default();
    for number in 0..BAD + GOOD {
        let bad = [Behaviour::Hangs, Behaviour::Drips, Behaviour::Floods];
        // Good and bad ones in turn.
        let behaviour = if number % 2 == 0 { bad[number / 2 % bad.len()] } else { Behaviour::Good };
        let port = receiver(behaviour, arrivals.clone()).await?;
        town.endpoint(&format!("http://127.0.0.1:{port}/hook")).await?;
    }
    let database = town.app.database().clone();
    let chats = Arc::new(RecordingChannel::<ChatMessage>::default());
    let webhooks = WebhookChannel::new(crate::webhooks::client()?);
    let lanes = WebhookLanes::new(database.clone(), webhooks, chats, "https://twinning.example.org");
    let pipeline = Pipeline::new(database.clone(), Now::new(crate::now), "bench").with_channel(lanes);
    pipeline.tell().await?;
    let stop = CancellationToken::new();
    let (sender, stopped) = (pipeline.clone(), stop.clone());
    tokio::spawn(async move { sender.run_sending(&stopped).await });
    let store = database.programme(town.programme);
    let mut committed = HashMap::new();
    for _ in 0..EVENTS {
        let end = store.journal_end().await?;
        town.record(1).await?;
        let at = Instant::now();
        let event = store.journal(JournalQuery::after(Sequence(end.0), 1)).await?;
        committed.insert(event.first().ok_or("an event")?.event.subject.to_string(), at);
        tokio::time::sleep(Duration::from_millis(50)).await;
        pipeline.tell().await?;
        tokio::time::sleep(Duration::from_millis(450)).await;
    }
    let all = arrivals.clone();
    let began = Instant::now();
    while all.lock().len() < EVENTS * GOOD && began.elapsed() < Duration::from_mins(1) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.cancel();
    let arrived = all.lock().clone();
    if arrived.len() < EVENTS * GOOD {
        return Err(format!("only {} of {} arrived within a minute", arrived.len(), EVENTS * GOOD).into());
    }
    let waited = arrived
        .iter()
        .filter_map(|(subject, at)| Some(1_000.0 * (*at - *committed.get(subject)?).as_secs_f64()));
    Ok(waited.collect())
}

impl Arrivals {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(String, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// On which port it receives.
async fn receiver(behaviour: Behaviour, arrivals: Arrivals) -> Outcome<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let arrivals = arrivals.clone();
            // A sender that goes away is what is expected of it.
            tokio::spawn(async move { drop(receive(stream, behaviour, &arrivals).await) });
        }
    });
    Ok(port)
}

async fn receive(mut stream: TcpStream, behaviour: Behaviour, arrivals: &Arrivals) -> std::io::Result<()> {
    let mut unread = Vec::new();
    while !crate::sinks::is_whole(&unread) {
        if stream.read_buf(&mut unread).await? == 0 {
            return Ok(());
        }
    }
    let arrived = Instant::now();
    match behaviour {
        Behaviour::Good => {
            let text = String::from_utf8_lossy(&unread);
            let body = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
            let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
            let subject = body["data"]["subject"].as_str().unwrap_or_default().to_owned();
            arrivals.lock().push((subject, arrived));
            stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await
        }
        Behaviour::Hangs => std::future::pending().await,
        Behaviour::Drips => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await?;
            loop {
                stream.write_all(b"x").await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Behaviour::Floods => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n").await?;
            let lot = vec![b'x'; 65_536];
            for _ in 0..160 {
                stream.write_all(&lot).await?;
            }
            Ok(())
        }
    }
}
