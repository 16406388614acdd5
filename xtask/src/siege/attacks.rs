//! The attacks: each keeps at it until it is told to end, and notes what it was told.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use super::bombs;
use super::connections;
use super::report::Told;
use super::town::{Town, log_of};
use crate::drill::http::{Answer, Connection, Request};

/// How many flood it with more than it can do.
const FLOOD: usize = 64;

/// What is done to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attack {
    /// Nothing: what is usual.
    Nothing,
    /// Connections from many addresses that ask and never read.
    NeverRead,
    /// Connections from many addresses that send a head byte by byte.
    Drip,
    /// Files that are small and become large, or take long.
    Bombs,
    /// The largest files that are allowed, tried by everybody at once.
    DryRuns,
    /// The largest bodies that are allowed.
    Bodies,
    /// Questions that many records have to be read for.
    Questions,
    /// Tokens that are none.
    WrongTokens,
    /// Twice as many requests as can be answered, and more.
    Flood,
}

/// An attack that goes on.
pub(super) struct Attacked {
    is_over: Arc<AtomicBool>,
    attackers: Vec<JoinHandle<Told>>,
}

impl Attacked {
    pub(super) fn end(self) -> Told {
        self.is_over.store(true, Ordering::Relaxed);
        let mut all = Told::new();
        for attacker in self.attackers {
            for (what, often) in attacker.join().unwrap_or_default() {
                *all.entry(what).or_default() += often;
            }
        }
        all
    }
}

impl Attack {
    pub(super) const fn all() -> [Self; 9] {
        [
            Self::Nothing,
            Self::NeverRead,
            Self::Drip,
            Self::Bombs,
            Self::DryRuns,
            Self::Bodies,
            Self::Questions,
            Self::WrongTokens,
            Self::Flood,
        ]
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::NeverRead => "1,024 connections from 16 addresses that ask and never read",
            Self::Drip => "1,024 connections from 16 addresses that send a byte at a time",
            Self::Bombs => "files that are small and become large",
            Self::DryRuns => "24 dry runs at once, of the largest file",
            Self::Bodies => "the largest bodies",
            Self::Questions => "24 tokens that ask for timelines, vitality, counts and words",
            Self::WrongTokens => "wrong tokens",
            Self::Flood => "more requests than can be answered",
        }
    }

    /// Begins. The files are made before: that takes longer than a turn.
    pub(super) fn begin(self, town: &Town, bombs: &[bombs::Bomb], server: SocketAddr) -> Attacked {
        let is_over = Arc::new(AtomicBool::new(false));
        let attackers = match self {
            Self::Nothing => Vec::new(),
            Self::NeverRead => connections::never_read(server, &is_over),
            Self::Drip => connections::drip(server, &is_over),
            Self::Bombs => {
                let one =
                    |(token, bomb): (&String, &bombs::Bomb)| import(town, server, token, bomb, &is_over);
                town.bad.iter().cycle().zip(bombs).map(one).collect()
            }
            Self::DryRuns => {
                let file = |token| (token, bombs::Bomb::engagements(log_of(49_000)));
                town.bad
                    .iter()
                    .map(file)
                    .map(|(token, file)| import(town, server, token, &file, &is_over))
                    .collect()
            }
            Self::Bodies => asking(&town.bad[..8], server, &is_over, |number| bodies(town, number)),
            Self::Questions => asking(&town.bad, server, &is_over, |number| questions(town, number)),
            Self::WrongTokens => {
                let wrong: Vec<String> = (0..8).map(|number| format!("sct_wrong{number}")).collect();
                asking(&wrong, server, &is_over, |_| vec![("GET", town.path("partnerships"), String::new())])
            }
            Self::Flood => {
                let tokens: Vec<String> = town.bad.iter().cycle().take(FLOOD).cloned().collect();
                asking(&tokens, server, &is_over, |number| town.everyday(number)[..4].to_vec())
            }
        };
        Attacked { is_over, attackers }
    }
}

type Asked = (&'static str, String, String);

/// One attacker for each token, who asks as fast as it is answered.
fn asking(
    tokens: &[String],
    server: SocketAddr,
    is_over: &Arc<AtomicBool>,
    requests: impl Fn(usize) -> Vec<Asked>,
) -> Vec<JoinHandle<Told>> {
    let one = |(number, token): (usize, &String)| {
        let (requests, token, over) = (requests(number), token.clone(), Arc::clone(is_over));
        attacker(move || {
            let (mut told, mut connection) = (Told::new(), None);
            for (method, path, body) in requests.iter().cycle() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let request = Request { method, path, token: &token, idempotency_key: None, body };
                note(
                    &mut told,
                    open(&mut connection, server).and_then(|open| open.ask(request)),
                    &mut connection,
                );
            }
            told
        })
    };
    tokens.iter().enumerate().map(one).collect()
}

/// One attacker who uploads a file and tries it over and over.
fn import(
    town: &Town,
    server: SocketAddr,
    token: &str,
    bomb: &bombs::Bomb,
    is_over: &Arc<AtomicBool>,
) -> JoinHandle<Told> {
    let path = town.path(&format!("imports?kind={}", bomb.kind));
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
        bomb.media_type,
        bomb.bytes.len()
    );
    let upload = [head.as_bytes(), &bomb.bytes].concat();
    let (imports, token, over) = (town.path("imports"), token.to_owned(), Arc::clone(is_over));
    attacker(move || {
        let (mut told, mut connection) = (Told::new(), None);
        let mut uploaded: Option<String> = None;
        while !over.load(Ordering::Relaxed) {
            let answer = match &uploaded {
                None => open(&mut connection, server).and_then(|open| open.exchange(&upload)),
                Some(import) => {
                    let path = format!("{imports}/{import}/dry-run");
                    let request = Request {
                        method: "POST",
                        path: &path,
                        token: &token,
                        idempotency_key: None,
                        body: "{}",
                    };
                    open(&mut connection, server).and_then(|open| open.ask(request))
                }
            };
            if let Ok(Answer { status: 201, body, .. }) = &answer {
                let made: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
                uploaded = made["id"].as_str().map(str::to_owned);
            }
            note(&mut told, answer, &mut connection);
        }
        told
    })
}

/// Attackers leave the processor to those who ask and look, as if they were on machines of their own.
fn attacker(work: impl FnOnce() -> Told + Send + 'static) -> JoinHandle<Told> {
    std::thread::spawn(move || {
        // As far as the system lets it.
        let _ = rustix::process::nice(10);
        work()
    })
}

fn note(told: &mut Told, answer: io::Result<Answer>, connection: &mut Option<Connection>) {
    let what = match answer {
        Ok(answer) => answer.status.to_string(),
        Err(error) => {
            *connection = None;
            // Nobody is to be asked again at once who has no room.
            std::thread::sleep(std::time::Duration::from_millis(20));
            error.kind().to_string()
        }
    };
    *told.entry(what).or_default() += 1;
}

fn open(kept: &mut Option<Connection>, server: SocketAddr) -> io::Result<&mut Connection> {
    match kept {
        Some(connection) => Ok(connection),
        None => Ok(kept.insert(Connection::over(connections::open(connections::ATTACKER, server)?)?)),
    }
}

fn questions(town: &Town, number: usize) -> Vec<Asked> {
    let partnership = &town.partnerships[number % town.partnerships.len()];
    let all = [
        format!("partnerships/{partnership}/vitality/timeline?from=1900&to=2026&step=month"),
        "vitality?limit=100".to_owned(),
        "search?q=a%20b%20c".to_owned(),
        "search?q=visit&limit=100".to_owned(),
        "counts".to_owned(),
        "counts/exchanges?year=2025".to_owned(),
        format!("partnerships/{partnership}/handover"),
        "engagements?limit=100&order=descending".to_owned(),
    ];
    // Each begins with another.
    let mut all: Vec<Asked> = all.iter().map(|what| ("GET", town.path(what), String::new())).collect();
    let first = number % all.len();
    all.rotate_left(first);
    all
}

fn bodies(town: &Town, number: usize) -> Vec<Asked> {
    let decisions: Vec<_> = (0..200)
        .map(|at| {
            let (year, month) = (1980 + at / 12, 1 + at % 12);
            let kind = if at % 2 == 0 { "suspended" } else { "resumed" };
            json!({ "kind": kind, "on": format!("{year}-{month:02}-01"), "by": "The council", "source": "Minutes" })
        })
        .collect();
    let members = [&town.places[0], &town.places[1 + number % (town.places.len() - 1)]];
    let partnership =
        json!({ "members": members, "episode": { "kind": "sister-city" }, "decisions": decisions });
    let long = "A note of many words that goes on and on. ".repeat(40);
    let notes: Vec<_> = (0..500).map(|_| json!({ "text": long })).collect();
    let engagement = json!({
        "partnership": town.partnerships[number % town.partnerships.len()], "title": "A visit", "foci": ["culture"],
        "direction": "inbound", "start": "2026-11-30", "notes": notes,
    });
    let deep = "[".repeat(500_000);
    let names: Vec<_> = (0..9_000)
        .map(|at| json!({ "text": format!("Name number {at} of a place that has many"), "role": "other" }))
        .collect();
    vec![
        ("POST", town.path("partnerships"), partnership.to_string()),
        ("POST", town.path("engagements"), engagement.to_string()),
        ("POST", town.path("engagements"), deep),
        ("POST", town.path("places"), json!({ "names": names, "country": "US" }).to_string()),
    ]
}
