//! A line to a database server that can be cut, silenced, and cut at the very moment of a commit.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// What the line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Line {
    /// Carries everything.
    Open,
    /// Lets nobody through and drops who is there.
    Cut,
    /// Takes everything and carries nothing, as a server does that has stopped.
    Silent,
    /// Carries until the next commit is asked for, then is cut for that caller before the server hears of it; and is open again.
    CutBeforeCommit,
    /// The same, but the server hears of it; only its answer is lost.
    CutAfterCommit,
}

/// A line between a store and a server.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    line: watch::Sender<Line>,
}

/// Where the server is.
#[derive(Clone, Debug)]
enum Server {
    Socket(PathBuf),
    Address(String, u16),
}

impl Proxy {
    /// Lays a line to the server in that URL.
    ///
    /// # Panics
    ///
    /// If no port is free on this machine or the URL is none.
    pub async fn to(url: &str) -> Self {
        let config: Config = url.parse().expect("the URL of a database");
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let server = match config.get_hosts().first() {
            Some(Host::Unix(folder)) => Server::Socket(folder.join(format!(".s.PGSQL.{port}"))),
            Some(Host::Tcp(name)) => Server::Address(name.clone(), port),
            None => Server::Address("localhost".to_owned(), port),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (line, state) = watch::channel(Line::Open);
        let sender = line.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(carry(caller, server.clone(), state.clone(), sender.clone()));
            }
        });
        Self { port, line }
    }

    /// The URL by which the database of `url` is reached through this line.
    ///
    /// # Panics
    ///
    /// If the URL has no parameters, as those of the test databases have.
    #[must_use]
    pub fn url(&self, url: &str) -> String {
        let (place, params) = url.split_once('?').expect("parameters");
        let others =
            params.split('&').filter(|param| !param.starts_with("host=") && !param.starts_with("port="));
        format!("{place}?host=127.0.0.1&port={}&{}", self.port, others.collect::<Vec<_>>().join("&"))
    }

    /// The port at which callers reach it.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Changes what the line does.
    pub fn set(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// What the line does.
    #[must_use]
    pub fn line(&self) -> Line {
        *self.line.borrow()
    }
}

async fn carry(caller: TcpStream, server: Server, mut line: watch::Receiver<Line>, set: watch::Sender<Line>) {
    if *line.borrow() == Line::Silent {
        // Keeps the caller waiting until the line changes.
        let _changed = line.changed().await;
    }
    if *line.borrow() == Line::Cut {
        return;
    }
    match server {
        Server::Socket(path) => {
            if let Ok(server) = UnixStream::connect(path).await {
                let (from, to) = server.into_split();
                both_ways(caller, from, to, line, set).await;
            }
        }
        Server::Address(name, port) => {
            if let Ok(server) = TcpStream::connect((name, port)).await {
                let (from, to) = server.into_split();
                both_ways(caller, from, to, line, set).await;
            }
        }
    }
}

async fn both_ways(
    caller: TcpStream,
    from_server: impl tokio::io::AsyncRead + Unpin + Send + 'static,
    to_server: impl tokio::io::AsyncWrite + Unpin + Send + 'static,
    mut line: watch::Receiver<Line>,
    set: watch::Sender<Line>,
) {
    let (from_caller, to_caller) = caller.into_split();
    let cut = Arc::new(Mutex::new(false));
    let asked = one_way(from_caller, to_server, line.clone(), Some((set, Arc::clone(&cut))), cut.clone());
    let answered = one_way(from_server, to_caller, line.clone(), None, cut);
    tokio::select! {
        () = asked => {}
        () = answered => {}
        () = async { while line.wait_for(|line| *line == Line::Cut).await.is_err() {} } => {}
    }
}

type Cutting = Option<(watch::Sender<Line>, Arc<Mutex<bool>>)>;

async fn one_way(
    mut from: impl tokio::io::AsyncRead + Unpin,
    mut to: impl tokio::io::AsyncWrite + Unpin,
    mut line: watch::Receiver<Line>,
    cutting: Cutting,
    deaf: Arc<Mutex<bool>>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(number @ 1..) = from.read(&mut bytes).await {
        let heard = &bytes[..number];
        if *line.borrow() == Line::Silent {
            let _changed = line.wait_for(|line| *line != Line::Silent).await;
        }
        let now = *line.borrow();
        if let Some((set, mute)) = &cutting
            && asks_to_commit(heard)
        {
            match now {
                Line::CutBeforeCommit => {
                    set.send_replace(Line::Open);
                    return;
                }
                Line::CutAfterCommit => {
                    *mute.lock().unwrap_or_else(PoisonError::into_inner) = true;
                    set.send_replace(Line::Open);
                }
                Line::Open | Line::Cut | Line::Silent => {}
            }
        }
        let is_deaf = *deaf.lock().unwrap_or_else(PoisonError::into_inner);
        if cutting.is_none() && is_deaf {
            // The server has answered, so it has done it.
            return;
        }
        if to.write_all(heard).await.is_err() {
            return;
        }
    }
}

/// Whether there is a simple query `COMMIT` in it.
fn asks_to_commit(heard: &[u8]) -> bool {
    heard.windows(7).any(|window| window == b"COMMIT\0")
}
