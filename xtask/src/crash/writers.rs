//! Writers at work while everything is struck: each logs engagements, one after the other, and repeats what went unanswered.

use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use super::ledger::Ledger;
use crate::drill::http::{Answer, Connection, Request};
use crate::drill::program::{Opening, Program};

/// How many write at a time. Each has a token of its own, as the server limits what one token may ask.
pub(super) const WRITERS: usize = 16;
/// After an answer, before the next write.
const BREATH: Duration = Duration::from_millis(4);
/// Before a server is asked again that was not there, or could not.
const PAUSE: Duration = Duration::from_millis(10);

/// What a drill writes into: a programme, its one partnership, and who may write.
#[derive(Debug)]
pub(super) struct Office {
    programme: String,
    partnership: String,
    tokens: Vec<String>,
}

/// Writers at work. They end when this is dropped.
#[derive(Debug)]
pub(super) struct Writers {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<anyhow::Result<()>>>,
}

#[derive(Debug)]
struct Shared {
    office: Office,
    servers: Vec<Mutex<Option<SocketAddr>>>,
    ledger: Mutex<Ledger>,
    is_over: AtomicBool,
}

impl Office {
    /// Makes a programme and the tokens on the database itself.
    pub(super) fn set_up(program: &Program, opening: &Opening) -> anyhow::Result<Self> {
        program.run(opening, &["migrate"])?;
        let city = ["--city", "Chicago", "--country", "US", "--geonames", "4887398"];
        let made = program.json(opening, &[&["programmes", "create", "Drill"][..], &city].concat())?;
        let programme = text(&made, "id")?;
        let token = |number: usize| {
            let name = format!("writer {number}");
            let made = program.json(opening, &["token", "create", "--name", &name, "--scope", "admin"])?;
            text(&made, "token")
        };
        let tokens = (0..WRITERS).map(token).collect::<anyhow::Result<_>>()?;
        Ok(Self { programme, partnership: String::new(), tokens })
    }

    /// Makes the partnership that the engagements are of, through a server.
    pub(super) fn found(
        &mut self,
        program: &Program,
        opening: &Opening,
        server: SocketAddr,
    ) -> anyhow::Result<()> {
        let places = program.json(opening, &["places", "list"])?;
        let host = text(places.get(0).context("the host is a place")?, "id")?;
        let mut connection = Connection::open(server)?;
        let city = json!({ "names": [{ "text": "Casablanca", "role": "official" }], "country": "MA" });
        let city = self.make(&mut connection, "places", &city)?;
        let partnership = json!({ "members": [host, city], "episode": { "kind": "sister-city" } });
        self.partnership = self.make(&mut connection, "partnerships", &partnership)?;
        Ok(())
    }

    /// Makes a record and answers its id.
    pub(super) fn make(
        &self,
        connection: &mut Connection,
        what: &str,
        body: &Value,
    ) -> anyhow::Result<String> {
        // Another body is another request.
        let key =
            format!("{what}-{:x}", BuildHasherDefault::<DefaultHasher>::default().hash_one(body.to_string()));
        let answer = self.ask(connection, 0, what, &key, &body.to_string())?;
        ensure!(answer.status == 201, "{what}: {} {}", answer.status, answer.body);
        text(&serde_json::from_str(&answer.body)?, "id")
    }

    /// Logs the engagement of that number.
    pub(super) fn write(&self, connection: &mut Connection, number: usize) -> anyhow::Result<()> {
        for _ in 0..100 {
            // In turn, as the server limits what one token may ask.
            let answer = self.log(connection, number % WRITERS, &format!("w0-{number}"))?;
            match answer.status {
                201 => return Ok(()),
                429 | 503 => std::thread::sleep(10 * PAUSE),
                status => bail!("engagement {number} was answered with {status}: {}", answer.body),
            }
        }
        bail!("engagement {number} was refused too often")
    }

    /// Reads something of the programme.
    pub(super) fn read(&self, connection: &mut Connection, what: &str) -> anyhow::Result<Value> {
        let path = format!("/v1/programmes/{}/{what}", self.programme);
        let token = self.tokens.last().map_or("", String::as_str);
        let answer =
            connection.ask(Request { method: "GET", path: &path, token, idempotency_key: None, body: "" })?;
        ensure!(answer.status == 200, "{what}: {} {}", answer.status, answer.body);
        Ok(serde_json::from_str(&answer.body)?)
    }

    /// Asks for the engagement of that key; its title is the key.
    fn log(&self, connection: &mut Connection, writer: usize, key: &str) -> std::io::Result<Answer> {
        let body = json!({
            "partnership": self.partnership, "title": key, "foci": ["culture"], "direction": "inbound", "start": "2026-05-01",
        });
        self.ask(connection, writer, "engagements", key, &body.to_string())
    }

    fn ask(
        &self,
        connection: &mut Connection,
        writer: usize,
        what: &str,
        key: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        let path = format!("/v1/programmes/{}/{what}", self.programme);
        let token = self.tokens.get(writer).map_or("", String::as_str);
        connection.ask(Request { method: "POST", path: &path, token, idempotency_key: Some(key), body })
    }
}

impl Writers {
    /// Sets them to work; they ask these servers in turn.
    pub(super) fn start(office: Office, ledger: Ledger, servers: &[SocketAddr]) -> Self {
        let servers = servers.iter().map(|address| Mutex::new(Some(*address))).collect();
        let (ledger, is_over) = (Mutex::new(ledger), AtomicBool::new(false));
        let shared = Arc::new(Shared { office, servers, ledger, is_over });
        let start = |writer| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || shared.work(writer))
        };
        let threads = (0..WRITERS).map(start).collect();
        Self { shared, threads }
    }

    /// From now on that server is at this address, or nowhere.
    pub(super) fn redirect(&self, server: usize, address: Option<SocketAddr>) {
        if let Some(slot) = self.shared.servers.get(server) {
            *lock(slot) = address;
        }
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.shared.ledger)
    }

    /// Fails as soon as a writer was told something that no server should say.
    pub(super) fn are_well(&mut self) -> anyhow::Result<()> {
        match self.threads.iter().position(JoinHandle::is_finished) {
            None => Ok(()),
            Some(ended) => told(self.threads.swap_remove(ended)),
        }
    }

    /// Lets them come to an end.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // All of them, before the first failure is told.
        let ended: Vec<anyhow::Result<()>> = self.threads.drain(..).map(told).collect();
        ended.into_iter().collect()
    }

    /// Asks once more for some of what was acknowledged: the same must be answered. Says for how many it was not.
    pub(super) fn repeat_some(&self, server: SocketAddr, most: usize) -> anyhow::Result<usize> {
        let mut connection = Connection::open(server)?;
        let told: Vec<(String, String)> =
            self.ledger().acknowledged().map(|(key, id, _)| (key.to_owned(), id.to_owned())).collect();
        let step = told.len().div_ceil(most.max(1)).max(1);
        let mut wrong = 0;
        for (key, id) in told.iter().step_by(step) {
            let writer = writer_of(key).context("a key names its writer")?;
            let answer = self.shared.office.log(&mut connection, writer, key)?;
            let same = answer.status == 201 && answer.body.contains(id.as_str());
            wrong += usize::from(!same);
        }
        Ok(wrong)
    }
}

impl Drop for Writers {
    fn drop(&mut self) {
        // What they had to say was asked for, or there is a worse failure to be told.
        drop(self.stop());
    }
}

impl Shared {
    fn work(&self, writer: usize) -> anyhow::Result<()> {
        let server = writer % self.servers.len().max(1);
        let mut kept = None;
        for number in 0_u64.. {
            let key = format!("w{writer}-{number}");
            lock(&self.ledger).intend(&key)?;
            while !self.is_over.load(Ordering::Relaxed) {
                let Some(mut connection) = kept.take().or_else(|| self.connect(server)) else {
                    std::thread::sleep(PAUSE);
                    continue;
                };
                let Ok(Answer { status, body, was_there }) = self.office.log(&mut connection, writer, &key)
                else {
                    lock(&self.ledger).repeat(&key);
                    continue;
                };
                kept = Some(connection);
                match status {
                    201 => {
                        let id = text(&serde_json::from_str(&body)?, "id")?;
                        lock(&self.ledger).acknowledge(&key, id, was_there, server)?;
                        break;
                    }
                    // In flight, too many requests, database away: to be asked again.
                    409 | 429 | 503 => std::thread::sleep(PAUSE),
                    _ => bail!("{key} was answered with {status}: {body}"),
                }
            }
            if self.is_over.load(Ordering::Relaxed) {
                break;
            }
            std::thread::sleep(BREATH);
        }
        Ok(())
    }

    fn connect(&self, server: usize) -> Option<Connection> {
        let address = self.servers.get(server).and_then(|slot| *lock(slot))?;
        Connection::open(address).ok()
    }
}

/// The number in `w12-345` before the dash.
fn writer_of(key: &str) -> Option<usize> {
    key.strip_prefix('w')?.split_once('-')?.0.parse().ok()
}

fn told(thread: JoinHandle<anyhow::Result<()>>) -> anyhow::Result<()> {
    thread.join().map_err(|_| anyhow::anyhow!("a writer panicked"))?
}

fn text(value: &Value, name: &str) -> anyhow::Result<String> {
    Ok(value.get(name).and_then(Value::as_str).with_context(|| format!("{name} in {value}"))?.to_owned())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
