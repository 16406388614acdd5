//! A PgBouncer of one's own in front of the PostgreSQL of the tests.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};
use std::{fs, io};

use tokio_postgres::Config;
use tokio_postgres::config::Host;

use super::cluster;
use super::programs;

/// What to tell whoever has no PgBouncer.
pub const HOW_TO_POOL: &str = "no PgBouncer was found, so nothing was tested through one. To test it too, install it (Debian and Ubuntu: \
    `apt-get install pgbouncer`)";
/// How long one may take to answer.
const STARTS_WITHIN: Duration = Duration::from_secs(20);

/// How long a client of a pooler keeps the connection that it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PoolMode {
    /// As long as it is there.
    Session,
    /// For a transaction.
    Transaction,
    /// For a statement.
    Statement,
}

/// A PgBouncer that ends when this is dropped.
#[derive(Debug)]
pub struct Pooler {
    port: u16,
    process: Child,
    folder: tempfile::TempDir,
}

/// Where a PgBouncer is on this machine.
#[must_use]
pub fn find_pooler() -> Option<PathBuf> {
    programs::program("pgbouncer").or_else(|| {
        let usual = PathBuf::from("/usr/sbin/pgbouncer");
        usual.is_file().then_some(usual)
    })
}

impl Pooler {
    /// Starts one in front of the server in that URL; none if there is no PgBouncer.
    ///
    /// # Panics
    ///
    /// If there is one and it does not start.
    #[must_use]
    pub fn start(url: &str, mode: PoolMode) -> Option<Self> {
        let program = find_pooler()?;
        Some(Self::run(&program, url, mode).expect("a PgBouncer that starts"))
    }

    fn run(program: &Path, url: &str, mode: PoolMode) -> io::Result<Self> {
        let config: Config = url.parse().map_err(io::Error::other)?;
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => "localhost".to_owned(),
        };
        let server_port = config.get_ports().first().copied().unwrap_or(5432);
        let runner = cluster::runner()?;
        let folder = tempfile::tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mode = match mode {
            PoolMode::Session => "session",
            PoolMode::Transaction => "transaction",
            PoolMode::Statement => "statement",
        };
        let users = folder.path().join("users");
        fs::write(&users, "\"sister_cities_test_app\" \"test\"\n\"sister_cities_test_owner\" \"test\"\n")?;
        let settings = folder.path().join("pgbouncer.ini");
        fs::write(
            &settings,
            format!(
                "[databases]\n* = host={host} port={server_port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
                 unix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = {mode}\nlogfile = {}\n",
                users.display(),
                folder.path().join("log").display()
            ),
        )?;
        for path in [folder.path(), &users, &settings] {
            cluster::give(path, runner)?;
        }
        let process = cluster::command(program, folder.path(), runner).arg(&settings).spawn()?;
        let pooler = Self { port, process, folder };
        let given_up = Instant::now() + STARTS_WITHIN;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > given_up {
                let log = fs::read_to_string(pooler.folder.path().join("log")).unwrap_or_default();
                return Err(io::Error::other(format!("it does not answer: {log}")));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(pooler)
    }

    /// The URL by which the same database is reached through it.
    ///
    /// # Panics
    ///
    /// If the URL is none.
    #[must_use]
    pub fn through(&self, url: &str) -> String {
        let config: Config = url.parse().expect("the URL of a database");
        let (database, user) =
            (config.get_dbname().unwrap_or_default(), config.get_user().unwrap_or_default());
        format!("postgres://{user}:test@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
