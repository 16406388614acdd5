//! The program under test, as an operator meets it: its commands, and a server of it that can be killed.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context as _, bail};
use rustix::process::Pid;
use serde_json::Value;

use super::http::{Connection, Request};
use super::stage::{done, until};

/// What the environment could say about databases and servers; a drill has its own.
const SETTINGS: [&str; 10] = [
    "SISTER_CITIES_URL",
    "SISTER_CITIES_TOKEN",
    "SISTER_CITIES_DATABASE",
    "SISTER_CITIES_OWNER_DATABASE",
    "SISTER_CITIES_ACCEPT_RISK",
    "SISTER_CITIES_MASTER_KEY_FILE",
    "SISTER_CITIES_OLD_MASTER_KEY_FILE",
    "SISTER_CITIES_PROGRAMME",
    "SISTER_CITIES_LISTEN",
    "DATABASE_URL",
];

/// The built program, and the folder in which it runs.
#[derive(Debug)]
pub(crate) struct Program {
    file: PathBuf,
    folder: PathBuf,
    servers: AtomicU32,
}

/// How the program is told which database to open.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    arguments: Vec<String>,
    is_safe: bool,
}

/// A server that runs until it is struck.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    log: PathBuf,
}

impl Opening {
    pub(crate) fn file(path: &Path) -> Self {
        let arguments = vec!["--database".to_owned(), format!("sqlite:{}", path.display())];
        Self { arguments, is_safe: true }
    }

    pub(crate) fn with_server(server: String, owner: String) -> Self {
        let arguments = vec!["--database".to_owned(), server, "--owner-database".to_owned(), owner];
        Self { arguments, is_safe: true }
    }

    /// Secrets are kept in it, under the key of this file.
    pub(crate) fn with_master_key(mut self, file: &Path) -> Self {
        self.arguments.extend(["--master-key-file".to_owned(), file.display().to_string()]);
        self
    }

    /// Commits are acknowledged before they are on the disk.
    pub(crate) fn unsafely(self) -> Self {
        Self { is_safe: false, ..self }
    }

    /// The same database, with commits that are acknowledged once they are on the disk.
    pub(crate) fn safely(&self) -> Self {
        Self { is_safe: true, ..self.clone() }
    }

    /// Commits are acknowledged once they are on the disk.
    pub(crate) const fn is_safe(&self) -> bool {
        self.is_safe
    }
}

impl Program {
    pub(crate) fn new(file: PathBuf, folder: PathBuf) -> Self {
        Self { file, folder, servers: AtomicU32::new(0) }
    }

    /// Runs a command that must succeed; answers what it printed.
    pub(crate) fn run(&self, opening: &Opening, arguments: &[&str]) -> anyhow::Result<String> {
        done(self.command(opening).args(arguments))
    }

    /// The same, read as JSON.
    pub(crate) fn json(&self, opening: &Opening, arguments: &[&str]) -> anyhow::Result<Value> {
        let printed = self.run(opening, &[arguments, &["--json"]].concat())?;
        serde_json::from_str(&printed).with_context(|| format!("the JSON of {arguments:?}"))
    }

    /// Starts a command and lets it run.
    pub(crate) fn start(&self, opening: &Opening, arguments: &[&str]) -> anyhow::Result<Child> {
        let mut command = self.command(opening);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().with_context(|| format!("starting {arguments:?}"))
    }

    /// Starts a server on a port of its own.
    pub(crate) fn serve(&self, opening: &Opening) -> anyhow::Result<Server> {
        self.serve_with(opening, &[])
    }

    /// The same with further arguments.
    pub(crate) fn serve_with(&self, opening: &Opening, arguments: &[&str]) -> anyhow::Result<Server> {
        let number = self.servers.fetch_add(1, Ordering::Relaxed);
        let log = self.folder.join(format!("server-{number}.log"));
        let mut command = self.command(opening);
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let process = command.stderr(File::create(&log)?).spawn().context("starting a server")?;
        Ok(Server { process, log })
    }

    fn command(&self, opening: &Opening) -> Command {
        let mut command = Command::new(&self.file);
        for name in SETTINGS {
            command.env_remove(name);
        }
        command.current_dir(&self.folder).env("RUST_LOG", "warn").args(&opening.arguments);
        if !opening.is_safe {
            command.args(["--accept-risk", "late-commits"]);
        }
        command
    }
}

impl Server {
    /// Waits until it says that it is ready, and answers where.
    pub(crate) fn ready(&mut self) -> anyhow::Result<SocketAddr> {
        let mut ended = None;
        let mut address = None;
        let waited = until("the server is ready", || {
            ended = self.process.try_wait().ok().flatten();
            address = self.address().filter(|address| is_ready(*address));
            address.is_some() || ended.is_some()
        });
        match (waited, address) {
            (Ok(()), Some(address)) => Ok(address),
            (waited, _) => {
                let said = fs::read_to_string(&self.log).unwrap_or_default();
                bail!("the server did not start ({waited:?}, {ended:?}): {}", said.trim())
            }
        }
    }

    pub(crate) fn process(&self) -> anyhow::Result<Pid> {
        let number = i32::try_from(self.process.id()).ok();
        number.and_then(Pid::from_raw).context("a process has a number")
    }

    /// Whether it ends by itself within that time.
    pub(crate) fn ended_within(&mut self, patience: Duration) -> anyhow::Result<bool> {
        let begun = std::time::Instant::now();
        while begun.elapsed() < patience {
            if self.process.try_wait()?.is_some() {
                return Ok(true);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(false)
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.process.kill().context("kill -9")?;
        let ended = self.process.wait()?;
        // It must not have ended by itself before.
        if ended.code().is_some() {
            let said = fs::read_to_string(&self.log).unwrap_or_default();
            bail!("the server ended by itself ({ended}): {}", said.trim());
        }
        // Nothing more will be said of it.
        fs::remove_file(&self.log).context("removing its log")
    }

    fn address(&self) -> Option<SocketAddr> {
        let said = fs::read_to_string(&self.log).ok()?;
        let (_, rest) = said.split_once(" on http://")?;
        rest.split(';').next()?.parse().ok()
    }
}

fn is_ready(address: SocketAddr) -> bool {
    let request = Request { method: "GET", path: "/readyz", token: "", idempotency_key: None, body: "" };
    let asked = Connection::open(address).and_then(|mut connection| connection.ask(request));
    // A server that is not ready yet may be asked again.
    asked.is_ok_and(|answer| answer.status == 200) || {
        std::thread::sleep(Duration::from_millis(5));
        false
    }
}
