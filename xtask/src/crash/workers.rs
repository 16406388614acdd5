//! Workers that are killed: what happened reaches every receiver, what did not happen reaches none, and what comes twice has the id of the first.
//!
//! A server takes writes and two workers tell three receivers of them by webhooks; the workers are killed in turn, at random instants, while it goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::Run;
use super::report::{Row, Verdict};
use super::writers::Office;
use crate::drill::cluster::Cluster;
use crate::drill::http::Connection;
use crate::drill::program::{Opening, Program};

/// How many events there are at least, and how many receivers.
const EVENTS: usize = 2_000;
const RECEIVERS: usize = 3;
/// So many wait already when the first worker begins, so that the first ones die in the middle of it.
const WAITING: usize = EVENTS / 2;
/// How long a worker lives, in milliseconds.
const LIFE: RangeInclusive<u64> = 50..=1_200;
/// How long it may take until all has arrived: a lease of a worker that was killed ends after a minute.
const PATIENCE: Duration = Duration::from_mins(5);
/// A key for tests.
const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210";
/// How a worker reaches receivers on this machine.
const TO_RECEIVERS: [&str; 3] = ["--webhook-network", "127.0.0.1/32", "--webhook-http"];

/// What arrived: for each receiver and event the ids that the calls had, and how many calls there were.
#[derive(Debug, Default)]
struct Arrived {
    ids: BTreeMap<(usize, String), BTreeSet<String>>,
    calls: usize,
}

type Kept = Arc<Mutex<Arrived>>;

/// Writes a key as the program wants it: nothing for others.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(path, text)?;
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

/// The data in a file.
pub(super) fn killed_on_a_file(run: &mut Run, row: Row, times: u32) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let key = stage.folder().join("master.key");
    write_private(&key, KEY)?;
    let opening = Opening::file(&stage.folder().join("data.db")).with_master_key(&key);
    let program = run.program(&stage);
    killed(run, row, &program, &opening, times)
}

/// The data in PostgreSQL.
pub(super) fn killed_on_a_cluster(run: &mut Run, row: Row, times: u32) -> anyhow::Result<Row> {
    let stage = run.stage()?;
    let cluster = Cluster::new(stage.folder(), &stage.folder().join("socket"))?;
    let key = stage.folder().join("master.key");
    write_private(&key, KEY)?;
    let opening = cluster.database("office")?.with_master_key(&key);
    let program = run.program(&stage);
    killed(run, row, &program, &opening, times)
}

fn killed(run: &mut Run, row: Row, program: &Program, opening: &Opening, times: u32) -> anyhow::Result<Row> {
    let mut office = Office::set_up(program, opening)?;
    let mut server = program.serve_with(opening, &[&["--no-worker"][..], &TO_RECEIVERS].concat())?;
    let address = server.ready()?;
    office.found(program, opening, address)?;
    let arrived = Kept::default();
    let mut connection = Connection::open(address)?;
    for number in 0..RECEIVERS {
        let at = receiver(number, Arc::clone(&arrived))?;
        let body = json!({ "url": format!("http://{at}/hook"), "events": ["engagement.recorded"] });
        office.make(&mut connection, "webhooks", &body)?;
    }
    let worker = || program.start(opening, &[&["worker"][..], &TO_RECEIVERS].concat());
    let (mut written, mut killed, mut next) = (0, 0, Duration::ZERO);
    while written < WAITING {
        office.write(&mut connection, written)?;
        written += 1;
    }
    let mut workers = [worker()?, worker()?];
    let started = Instant::now();
    while written < EVENTS || killed < times {
        office.write(&mut connection, written)?;
        written += 1;
        if started.elapsed() >= next && killed < times {
            let struck = killed as usize % workers.len();
            kill(&mut workers[struck])?;
            workers[struck] = worker()?;
            killed += 1;
            next = started.elapsed() + run.chance.millis(&LIFE);
            run.progress(killed, times);
        }
        if written >= EVENTS {
            // The rest of the kills come while what waits is sent.
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let expected = recorded(&office, &mut connection)?;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && lock(&arrived).ids.len() < expected.len() * RECEIVERS {
        std::thread::sleep(Duration::from_millis(200));
    }
    // Whatever would come too often comes now.
    std::thread::sleep(Duration::from_secs(5));
    for worker in &mut workers {
        kill(worker)?;
    }
    server.kill()?;
    Ok(verdict(row, &lock(&arrived), &expected).kills(times))
}

fn verdict(row: Row, arrived: &Arrived, expected: &BTreeSet<String>) -> Row {
    let told = |event: &String, number: usize| arrived.ids.contains_key(&(number, event.clone()));
    let missing: usize =
        (0..RECEIVERS).map(|number| expected.iter().filter(|event| !told(event, number)).count()).sum();
    let phantom = arrived.ids.keys().filter(|(_, event)| !expected.contains(event)).count();
    let renamed = arrived.ids.values().filter(|ids| ids.len() > 1).count();
    let twice = arrived.calls - arrived.ids.len();
    let note = format!(
        "{} events to {RECEIVERS} receivers: {missing} missing, {phantom} phantom, {twice} came again, {renamed} of them by another id",
        expected.len()
    );
    if missing + phantom + renamed == 0 { row.note(note) } else { row.verdict(Verdict::Failed(note)) }
}

/// `kill -9`.
fn kill(worker: &mut Child) -> anyhow::Result<()> {
    worker.kill().context("kill -9")?;
    let ended = worker.wait()?;
    ensure!(ended.code().is_none(), "the worker ended by itself: {ended}");
    Ok(())
}

/// The events that were committed, as the journal has them.
fn recorded(office: &Office, connection: &mut Connection) -> anyhow::Result<BTreeSet<String>> {
    let (mut events, mut after) = (BTreeSet::new(), 0);
    loop {
        let page = office.read(connection, &format!("journal?limit=100&after={after}"))?;
        let items = page["items"].as_array().context("items")?;
        if items.is_empty() {
            return Ok(events);
        }
        for event in items {
            if event["name"] == "engagement.recorded" {
                events.insert(event["id"].as_str().context("an id")?.to_owned());
            }
        }
        after = page["next_after"].as_u64().context("where the next page begins")?;
    }
}

/// A receiver that remembers what it got, and where it listens.
fn receiver(number: usize, arrived: Kept) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let arrived = Arc::clone(&arrived);
            std::thread::spawn(move || take(stream, number, &arrived));
        }
    });
    Ok(address)
}

/// Takes calls until the caller is gone. A call that was cut off before its end is none.
fn take(stream: TcpStream, number: usize, arrived: &Kept) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    loop {
        let (mut line, mut length, mut id) = (String::new(), 0, String::new());
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.trim().split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or(0);
            } else if name.eq_ignore_ascii_case("webhook-id") {
                value.trim().clone_into(&mut id);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let event = body["data"]["id"].as_str().unwrap_or("none").to_owned();
        {
            let mut arrived = lock(arrived);
            arrived.calls += 1;
            arrived.ids.entry((number, event)).or_default().insert(id);
        }
        answers.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?;
    }
}

fn lock(arrived: &Kept) -> std::sync::MutexGuard<'_, Arrived> {
    arrived.lock().unwrap_or_else(PoisonError::into_inner)
}
