//! A PostgreSQL of our own that waits for the disk, and that can be stopped, killed and started.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use rustix::process::{Pid, Signal};

use super::program::Opening;
use super::stage::{done, freeze, signal, until, working_in};

/// What durability rests on is said by name, though it is how PostgreSQL comes. The delay is only for those that are told of a
/// commit before it is on the disk: it widens what the control may lose.
const SETTINGS: [&str; 11] = [
    "--listen_addresses=",
    "--fsync=on",
    "--full_page_writes=on",
    "--synchronous_commit=on",
    "--wal_writer_delay=1s",
    "--max_connections=60",
    "--shared_buffers=32MB",
    "--min_wal_size=8MB",
    "--max_wal_size=24MB",
    "--jit=off",
    "--log_min_messages=warning",
];
/// Small segments of the write-ahead log, for a small disk.
const INITDB: [&str; 6] = [
    "--auth=trust",
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--wal-segsize=1",
    "--no-instructions",
];
const OWNER: &str = "crash_owner";
const APP: &str = "crash_app";

/// A cluster with a server that runs or not.
#[derive(Debug)]
pub(crate) struct Cluster {
    programs: PathBuf,
    data: PathBuf,
    socket: PathBuf,
    runner: Option<(u32, u32)>,
    server: Option<Child>,
}

impl Cluster {
    /// Why there can be none here, if so.
    pub(crate) fn missing() -> Option<String> {
        programs()
            .is_none()
            .then(|| "PostgreSQL's server (initdb, postgres, psql) is not installed".to_owned())
    }

    /// A new one with its data in `place` and its socket in `socket`, running.
    pub(crate) fn new(place: &Path, socket: &Path) -> anyhow::Result<Self> {
        let programs = programs().context("PostgreSQL's server is not installed")?;
        let root = rustix::process::geteuid().is_root();
        let runner = if root { Some(servant()?) } else { None };
        let data = place.join("data");
        let mut cluster = Self { programs, data, socket: socket.to_owned(), runner, server: None };
        fs::create_dir_all(&cluster.data)?;
        fs::create_dir_all(&cluster.socket)?;
        for folder in [&cluster.data, &cluster.socket] {
            cluster.runner.map_or(Ok(()), |(user, group)| chown(folder, Some(user), Some(group)))?;
        }
        done(cluster.command("initdb").args(INITDB).arg("-D").arg(&cluster.data))?;
        cluster.start()?;
        for role in [OWNER, APP] {
            cluster.query("postgres", &format!("CREATE ROLE {role} LOGIN"))?;
        }
        Ok(cluster)
    }

    /// Starts the server, which recovers by itself.
    ///
    /// It is our own child, so that it is quite gone once it has ended: where nobody buries the dead, the next one would
    /// take it for alive.
    pub(crate) fn start(&mut self) -> anyhow::Result<()> {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log())?;
        let mut start = self.command("postgres");
        start.arg("-D").arg(&self.data).arg("-k").arg(&self.socket).args(SETTINGS);
        start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let server = self.server.insert(start.spawn().context("starting PostgreSQL")?);
        let mut ended = None;
        let mut ask = command(&self.programs, "pg_isready", &self.socket, self.runner);
        ask.args(["-q", "-h"]).arg(&self.socket);
        let waited = until("PostgreSQL answers", || {
            ended = server.try_wait().ok().flatten();
            ended.is_some() || ask.status().is_ok_and(|answer| answer.success())
        });
        if waited.is_err() || ended.is_some() {
            let log = fs::read_to_string(self.log()).unwrap_or_default();
            let last: Vec<&str> = log.lines().rev().take(10).collect();
            anyhow::bail!(
                "PostgreSQL did not start ({waited:?}, {ended:?}); its log, newest first: {last:#?}"
            );
        }
        Ok(())
    }

    /// `kill -9` for every process of it.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.end(Signal::KILL)?;
        until("PostgreSQL is gone", || {
            let left = working_in(&self.data).unwrap_or_default();
            // Whoever cannot be killed is still there the next time.
            left.iter().all(|process| signal(*process, Signal::KILL).is_ok()) && left.is_empty()
        })
    }

    /// Lets the server drop everything at once, as it does by itself when a part of it crashes.
    pub(crate) fn crash(&mut self) -> anyhow::Result<()> {
        self.end(Signal::QUIT)?;
        until("PostgreSQL is gone", || working_in(&self.data).is_ok_and(|left| left.is_empty()))
    }

    fn end(&mut self, by: Signal) -> anyhow::Result<()> {
        let mut server = self.server.take().context("PostgreSQL runs")?;
        let process = i32::try_from(server.id()).ok().and_then(Pid::from_raw);
        signal(process.context("a process has a number")?, by)?;
        server.wait()?;
        Ok(())
    }

    /// Every process of it stands still; the first one first, so that there are no new ones.
    pub(crate) fn freeze(&self) -> anyhow::Result<()> {
        let mut still: Vec<Pid> = Vec::new();
        loop {
            let all = working_in(&self.data)?;
            let Some(next) = all.into_iter().find(|process| !still.contains(process)) else { return Ok(()) };
            freeze(next)?;
            still.push(next);
        }
    }

    /// An empty database with its owner, and how the program opens it.
    pub(crate) fn database(&self, name: &str) -> anyhow::Result<Opening> {
        self.query("postgres", &format!("CREATE DATABASE {name} OWNER {OWNER}"))?;
        let url = |role| format!("postgres:///{name}?host={}&user={role}", self.socket.display());
        Ok(Opening::with_server(url(APP), url(OWNER)))
    }

    /// The URL of whoever may do anything.
    pub(crate) fn admin_url(&self) -> String {
        format!("postgres:///postgres?host={}&user=postgres", self.socket.display())
    }

    /// Asks as whoever may do anything.
    pub(crate) fn query(&self, database: &str, sql: &str) -> anyhow::Result<String> {
        let mut psql = self.command("psql");
        psql.args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", database, "-h"]);
        Ok(done(psql.arg(&self.socket).args(["-c", sql]))?.trim().to_owned())
    }

    /// How often a client went away in the middle of a transaction.
    pub(crate) fn torn_transactions(&self) -> anyhow::Result<usize> {
        let log = fs::read_to_string(self.log())?;
        let is_torn = |line: &&str| {
            line.contains("client connection with an open transaction")
                || line.contains("connection to client lost")
        };
        Ok(log.lines().filter(is_torn).count())
    }

    fn log(&self) -> PathBuf {
        self.socket.join("log")
    }

    fn command(&self, program: &str) -> Command {
        command(&self.programs, program, &self.socket, self.runner)
    }
}

fn command(programs: &Path, program: &str, folder: &Path, runner: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(programs.join(program));
    command.current_dir(folder);
    if let Some((user, group)) = runner {
        command.uid(user).gid(group);
    }
    command
}

/// The folder of the server programs: that of `initdb` on the path, else the newest version in the usual places.
fn programs() -> Option<PathBuf> {
    let search = "command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | sort -V | tail -n 1";
    let found = done(Command::new("/bin/sh").args(["-c", search])).ok()?;
    let folder = Path::new(found.trim()).canonicalize().ok()?.parent()?.to_owned();
    ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file()).then_some(folder)
}

/// Whom root lets run the server, which refuses to be run by root: `postgres`, else `nobody`.
fn servant() -> anyhow::Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    let numbers = |name: &str| {
        let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
        let fields = fields.into_iter().find(|fields| fields.first() == Some(&name))?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    numbers("postgres").or_else(|| numbers("nobody")).context("neither postgres nor nobody is a user here")
}
