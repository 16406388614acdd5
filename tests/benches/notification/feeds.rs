//! Calendar feeds, as the calendars of an office fetch them: over HTTP, from a server with its database.

use std::num::NonZeroU32;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode, header};
use sister_cities_api::calendar_feed::feed_path;
use sister_cities_app::IdempotentReply;
use sister_cities_app::token::NewToken;
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedSubject};
use sister_cities_domain::id::CalendarFeedId;
use sister_cities_domain::value::Name;
use sister_cities_measure::cores::{Who, as_server, pin};
use sister_cities_measure::{Needed, Outcome, Ratio, Rounds, Row, asked_per_second, tell};
use sister_cities_server::{Limits, Server, ServerConfig};

use crate::town::Town;

/// Events in the feed.
const EVENTS: usize = 10_000;

pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    let runtime = crate::runtime()?;
    let served = as_server(Served::start)?;
    let http = Client::builder().no_proxy().build()?;
    let feed = served.feed.as_str();
    let (size, _) = runtime.block_on(fetched(&http, feed))?;
    let again = runtime.block_on(async {
        let mut took = Vec::new();
        for _ in 0..rounds.number {
            took.push(milliseconds(&http, feed).await?);
        }
        Outcome::Ok(Ratio::of(took))
    })?;
    let changed = runtime.block_on(async {
        let mut took = Vec::new();
        for _ in 0..rounds.number {
            served.change()?;
            took.push(milliseconds(&http, feed).await?);
        }
        tell(&format!("feeds: {took:.1?} ms after a change"));
        Outcome::Ok(Ratio::of(took))
    })?;
    let (_, tag) = runtime.block_on(fetched(&http, feed))?;
    let unchanged = rounds.compare(
        "feeds, 304 beside a point read",
        |length| runtime.block_on(not_modified(&http, feed, &tag, length)),
        |length| runtime.block_on(point_read(&http, &served, length)),
    )?;
    let size = size / 1_024;
    Ok(vec![
        Row::new(
            &format!("calendar feed of {EVENTS} events, {size} KiB, fetched over HTTP"),
            "–",
            Needed::Milliseconds(25.0),
            again,
            "the socket: what was written for one calendar is kept in memory for the next",
        ),
        Row::new(
            "the same, the first time after something changed",
            "–",
            Needed::Milliseconds(1_000.0),
            changed,
            "reading and decoding 10,000 records; writing them as a calendar is about a fifth",
        ),
        Row::new(
            "calendar feed that has not changed (304)",
            "GET of one engagement",
            Needed::Part(0.8),
            unchanged,
            "HTTP, on both sides; three point reads here, as many there with the token's",
        ),
    ])
}

/// A server on the core of the server, with its programme and its feed.
struct Served {
    feed: String,
    engagement: String,
    token: String,
    /// Has the server's thread store one more engagement.
    change: mpsc::SyncSender<mpsc::SyncSender<()>>,
}

impl Served {
    fn start() -> Outcome<Self> {
        let (said, heard) = mpsc::sync_channel(1);
        let (change, changes) = mpsc::sync_channel::<mpsc::SyncSender<()>>(1);
        std::thread::spawn(move || {
            // What goes wrong is heard as silence.
            let _ = serve(&said, &changes);
        });
        let (feed, engagement, token) = heard.recv()?;
        Ok(Self { feed, engagement, token, change })
    }

    fn change(&self) -> Outcome<()> {
        let (done, heard) = mpsc::sync_channel(1);
        self.change.send(done)?;
        Ok(heard.recv()?)
    }
}

type Addresses = (String, String, String);

fn serve(said: &mpsc::SyncSender<Addresses>, changes: &mpsc::Receiver<mpsc::SyncSender<()>>) -> Outcome<()> {
    crate::runtime()?.block_on(async {
        let town = Town::new().await?;
        let engagement = town.record(EVENTS).await?.ok_or("an engagement")?;
        let (app, system, programme) = (&town.app, Caller::system(), town.programme);
        let feed = CalendarFeed {
            id: CalendarFeedId::next(&*town.ids),
            programme,
            subject: FeedSubject::Programme,
            name: Name::new("Everything")?,
            link: None,
        };
        let feed = app.create_calendar_feed(&system, feed, IdempotentReply::NONE).await?.executed()?;
        let linked = app.link_calendar_feed(&system, (programme, feed.value.id), feed.revision).await?;
        let token = NewToken {
            programme: None,
            name: Name::new("bench")?,
            scopes: [Scope::ProgrammeRead].into(),
            expires_at: None,
        };
        let token = app.create_token(&system, token).await?.text.reveal().to_owned();
        let mut limits = Limits::default();
        (limits.burst, limits.requests_per_second) = (NonZeroU32::MAX, NonZeroU32::MAX);
        limits.requests_per_connection = u32::MAX;
        let bound = Server::bind(ServerConfig::loopback().with_limits(limits), app.clone()).await?;
        let base = bound.base_url();
        said.send((
            format!("{base}{}", feed_path(programme, feed.value.id, linked.secret.reveal())),
            format!("{base}/v1/programmes/{programme}/engagements/{engagement}"),
            token,
        ))?;
        let served = tokio::spawn(bound.serve(std::future::pending()));
        loop {
            let Ok(done) = changes.try_recv() else {
                tokio::time::sleep(Duration::from_millis(2)).await;
                if served.is_finished() {
                    return Ok(());
                }
                continue;
            };
            town.record(1).await?;
            done.send(())?;
        }
    })
}

/// How long the feed is, and its tag.
async fn fetched(http: &Client, feed: &str) -> Outcome<(usize, String)> {
    let answer = http.get(feed).send().await?.error_for_status()?;
    let tag = answer.headers().get(header::ETAG).ok_or("a tag")?.to_str()?.to_owned();
    Ok((answer.bytes().await?.len(), tag))
}

async fn milliseconds(http: &Client, feed: &str) -> Outcome<f64> {
    let began = Instant::now();
    fetched(http, feed).await?;
    Ok(1_000.0 * began.elapsed().as_secs_f64())
}

async fn not_modified(http: &Client, feed: &str, tag: &str, length: Duration) -> Outcome<f64> {
    asked_per_second(length, async |_| {
        let answer = http.get(feed).header(header::IF_NONE_MATCH, tag).send().await?;
        if answer.status() == StatusCode::NOT_MODIFIED {
            Ok(())
        } else {
            Err("it is said to have changed".into())
        }
    })
    .await
}

async fn point_read(http: &Client, served: &Served, length: Duration) -> Outcome<f64> {
    asked_per_second(length, async |_| {
        let answer = http.get(&served.engagement).bearer_auth(&served.token).send().await?;
        answer.error_for_status()?.bytes().await?;
        Ok(())
    })
    .await
}
