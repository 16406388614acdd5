//! What an office does all day, at a steady pace, and a look at `/livez`; what both suffer meanwhile.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::town::Town;
use crate::drill::http::{Connection, Request};

/// Between two requests of one of those who ask.
const PACE: Duration = Duration::from_millis(100);
/// Between two looks at `/livez`.
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// Those who ask, until they are told to end.
pub(super) struct Good {
    is_over: Arc<AtomicBool>,
    asking: Vec<JoinHandle<Asked>>,
    looking: JoinHandle<Vec<Duration>>,
    watching: JoinHandle<u64>,
}

/// What one of them was answered.
#[derive(Default)]
struct Asked {
    took: Vec<Duration>,
    failed: usize,
}

/// What they suffered.
#[derive(Clone, Debug)]
pub(super) struct Suffered {
    /// Requests that were answered well.
    pub(super) answered: usize,
    /// Requests that were not.
    pub(super) failed: usize,
    /// From when they were to be sent until they were answered, in the median and of 99 in 100.
    pub(super) median: Duration,
    pub(super) p99: Duration,
    /// The longest that `/livez` took, a connection included.
    pub(super) livez: Duration,
    /// The most memory of the server, in MiB.
    pub(super) mebibytes: u64,
}

impl Good {
    pub(super) fn begin(town: &Town, server: SocketAddr, process: Pid) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let asking = town.good.iter().enumerate().map(|(number, token)| {
            let (over, token) = (Arc::clone(&is_over), token.clone());
            let requests = town.everyday(number);
            std::thread::spawn(move || ask(server, &token, &requests, &over))
        });
        let asking = asking.collect();
        let over = Arc::clone(&is_over);
        let looking = std::thread::spawn(move || look(server, &over));
        let over = Arc::clone(&is_over);
        let watching = std::thread::spawn(move || watch(process, &over));
        Self { is_over, asking, looking, watching }
    }

    pub(super) fn end(self) -> Suffered {
        self.is_over.store(true, Ordering::Relaxed);
        let mut all = Asked::default();
        for one in self.asking {
            let Asked { took, failed } = one.join().unwrap_or_default();
            all.took.extend(took);
            all.failed += failed;
        }
        all.took.sort();
        let at = |part: usize| all.took.get(all.took.len() * part / 100).copied().unwrap_or(Duration::MAX);
        Suffered {
            answered: all.took.len(),
            failed: all.failed,
            median: at(50),
            p99: at(99),
            livez: self.looking.join().unwrap_or_default().into_iter().max().unwrap_or(Duration::MAX),
            mebibytes: self.watching.join().unwrap_or(u64::MAX),
        }
    }
}

/// Asks at a steady pace, whatever the answers take: what comes late is late from when it was to be sent.
fn ask(
    server: SocketAddr,
    token: &str,
    requests: &[(&'static str, String, String)],
    is_over: &AtomicBool,
) -> Asked {
    let mut asked = Asked::default();
    let mut connection = None;
    let mut due = Instant::now();
    for (method, path, body) in requests.iter().cycle() {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let request = Request { method, path, token, idempotency_key: None, body };
        let answer = open(&mut connection, server).and_then(|connection| connection.ask(request));
        match answer {
            Ok(answer) if matches!(answer.status, 200 | 201) => asked.took.push(due.elapsed()),
            Ok(_) => asked.failed += 1,
            Err(_) => {
                asked.failed += 1;
                connection = None;
            }
        }
        due += PACE;
    }
    asked
}

fn open(kept: &mut Option<Connection>, server: SocketAddr) -> std::io::Result<&mut Connection> {
    match kept {
        Some(connection) => Ok(connection),
        None => Ok(kept.insert(Connection::open(server)?)),
    }
}

/// How long `/livez` took each time, by a connection of its own; one that fails took for ever.
fn look(server: SocketAddr, is_over: &AtomicBool) -> Vec<Duration> {
    let mut took = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let request = Request { method: "GET", path: "/livez", token: "", idempotency_key: None, body: "" };
        let answer = Connection::open(server).and_then(|mut connection| connection.ask(request));
        took.push(if answer.is_ok_and(|answer| answer.status == 200) {
            begun.elapsed()
        } else {
            Duration::MAX
        });
        std::thread::sleep(BETWEEN_LOOKS);
    }
    took
}

/// The most resident memory of a process, in MiB.
fn watch(process: Pid, is_over: &AtomicBool) -> u64 {
    let file = format!("/proc/{}/status", process.as_raw_nonzero());
    let mut most = 0;
    while !is_over.load(Ordering::Relaxed) {
        let status = fs::read_to_string(&file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        // One that cannot be seen is gone, which the requests tell.
        most = most.max(kibibytes.unwrap_or(0).div_ceil(1_024));
        std::thread::sleep(BETWEEN_LOOKS);
    }
    most
}
