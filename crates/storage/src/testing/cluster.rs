//! The throw-away cluster that all test processes of one user share: the first starts it, and a watcher ends it a while after the last.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::programs;

/// Nothing here has to survive anything, so the server need not wait for the disk.
const SETTINGS: &str = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
    -c wal_level=minimal -c max_wal_senders=0 -c max_connections=300 -c shared_buffers=64MB -c jit=off \
    -c autovacuum=off -c log_min_messages=warning";
/// What is measured is a server as an operator would run it: it waits for the disk.
const DURABLE_SETTINGS: &str = "-c listen_addresses='' -c fsync=on -c synchronous_commit=on -c shared_buffers=256MB \
    -c max_connections=100 -c log_min_messages=warning -c log_line_prefix='' -c lc_messages=C";

/// Ends the cluster once no process in `users` has lived for half a minute. It first withdraws it, so that no newcomer takes it.
const WATCHER: &str = r#"
cluster=$1; programs=$2; current=$3; idle=0
lives() { if [ -d /proc/self ]; then [ -d "/proc/$1" ]; else ps -p "$1" >/dev/null 2>&1; fi; }
used() { found=1; for user in "$cluster"/users/*; do [ -e "$user" ] || continue
  if lives "${user##*/}"; then found=0; else rm -f "$user"; fi; done; return $found; }
while :; do
  sleep 2
  if used; then idle=0; else idle=$((idle + 1)); fi
  if [ "$idle" -ge 15 ]; then
    if [ "$(cat "$current" 2>/dev/null)" = "$cluster" ]; then rm -f "$current"; fi
    sleep 2
    if ! used; then break; fi
  fi
done
"$programs"/pg_ctl -D "$cluster/data" -m immediate stop >/dev/null 2>&1
rm -rf "$cluster"
"#;

/// Whoever runs the server: it refuses to be run by root.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runner {
    user: u32,
    group: u32,
}

/// A cluster of one's own that waits for the disk, to measure. It stops when this is dropped.
#[derive(Debug)]
pub struct DurableCluster {
    programs: PathBuf,
    folder: PathBuf,
    runner: Option<Runner>,
}

impl DurableCluster {
    /// Starts one in a folder below `base`, which whoever runs the server may enter.
    ///
    /// # Errors
    ///
    /// If there is no PostgreSQL, or it does not start.
    pub fn start(base: &Path) -> io::Result<Self> {
        let programs = programs::folder().ok_or_else(|| io::Error::other(programs::HOW_TO))?;
        let runner = runner()?;
        let folder = base.join("cluster");
        start(&programs, &folder, runner, DURABLE_SETTINGS)?;
        Ok(Self { programs, folder, runner })
    }

    /// The URL of its superuser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres:///postgres?host={}&user=postgres", self.folder.display())
    }

    /// How it is named as a host within a URL.
    #[must_use]
    pub fn host_in_urls(&self) -> String {
        self.folder.display().to_string().replace('/', "%2F")
    }

    /// Runs statements as its superuser, each by itself.
    ///
    /// # Panics
    ///
    /// If one of them fails.
    pub async fn execute(&self, sql: &str) {
        let (client, connection) =
            tokio_postgres::connect(&self.url(), tokio_postgres::NoTls).await.expect("a connection");
        let conversation = tokio::spawn(connection);
        for statement in sql.split_inclusive(";\n") {
            client.batch_execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error:?}"));
        }
        drop(client);
        conversation.await.expect("it ends").expect("it ends well");
    }

    /// What it has to say.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for DurableCluster {
    fn drop(&mut self) {
        let mut stop = command(&self.programs.join("pg_ctl"), &self.folder, self.runner);
        stop.arg("-D").arg(self.folder.join("data")).args(["-m", "immediate", "stop"]);
        if let Err(error) = done(&mut stop) {
            tracing::warn!(%error, "a cluster was left running");
        }
    }
}

/// The folder of the socket of a running cluster, in which `postgres` is the superuser.
pub(super) fn socket() -> io::Result<PathBuf> {
    let me = whoami()?;
    socket_in(&std::env::temp_dir().join(format!("sister-cities-postgres-{me}")), me)
}

fn socket_in(base: &Path, me: u32) -> io::Result<PathBuf> {
    let programs = programs::folder().ok_or_else(|| io::Error::other(programs::HOW_TO))?;
    let runner = if me == 0 { servant()? } else { None };
    fs::create_dir_all(base)?;
    give(base, runner)?;
    let lock = File::create(base.join("lock"))?;
    lock.lock()?;
    let current = base.join("current");
    while let Ok(cluster) = fs::read_to_string(&current).map(PathBuf::from) {
        // A server that was killed leaves everything behind but somebody who answers.
        let answers = UnixStream::connect(cluster.join(".s.PGSQL.5432")).is_ok();
        // The watcher withdraws a cluster before it looks for users a last time.
        if answers && register(&cluster).is_ok() && current.exists() {
            return Ok(cluster);
        }
        fs::remove_file(&current).or_else(ignore_absence)?;
        if !answers {
            fs::remove_dir_all(&cluster).or_else(ignore_absence)?;
        }
    }
    let cluster = base.join(format!("{}", std::process::id()));
    start(&programs, &cluster, runner, SETTINGS)?;
    register(&cluster)?;
    fs::write(&current, cluster.as_os_str().as_encoded_bytes())?;
    give(&current, runner)?;
    watch(&programs, &cluster, &current, runner)?;
    Ok(cluster)
}

fn start(programs: &Path, cluster: &Path, runner: Option<Runner>, settings: &str) -> io::Result<()> {
    fs::remove_dir_all(cluster).or_else(ignore_absence)?;
    fs::create_dir_all(cluster.join("users"))?;
    give(cluster, runner)?;
    give(&cluster.join("users"), runner)?;
    let data = cluster.join("data");
    let mut initdb = command(&programs.join("initdb"), cluster, runner);
    initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
    done(initdb.arg(&data))?;
    let mut start = command(&programs.join("pg_ctl"), cluster, runner);
    start.arg("-D").arg(&data).args(["-w", "-t", "60", "-l"]).arg(cluster.join("log"));
    done(start.arg("-o").arg(format!("{settings} -k {}", cluster.display())).arg("start"))
}

fn watch(programs: &Path, cluster: &Path, current: &Path, runner: Option<Runner>) -> io::Result<()> {
    let mut watcher = command(Path::new("/bin/sh"), cluster, runner);
    watcher.args(["-c", WATCHER, "sister-cities-postgres"]).arg(cluster).arg(programs).arg(current);
    // A group of its own, so that it outlives what is sent to ours.
    watcher.process_group(0).spawn().map(drop)
}

pub(super) fn command(program: &Path, folder: &Path, runner: Option<Runner>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(Runner { user, group }) = runner {
        command.uid(user).gid(group);
    }
    command
}

fn done(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?}: {status}"))) }
}

fn register(cluster: &Path) -> io::Result<()> {
    File::create(cluster.join("users").join(std::process::id().to_string())).map(drop)
}

pub(super) fn give(path: &Path, runner: Option<Runner>) -> io::Result<()> {
    runner.map_or(Ok(()), |Runner { user, group }| chown(path, Some(user), Some(group)))
}

fn ignore_absence(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// The number of the user, as seen from a file made by us.
fn whoami() -> io::Result<u32> {
    // Of a name of its own: tests that are threads of one program ask at once.
    Ok(tempfile::tempfile()?.metadata()?.uid())
}

/// As whom a server is run that refuses to be run by root.
pub(super) fn runner() -> io::Result<Option<Runner>> {
    if whoami()? == 0 { servant() } else { Ok(None) }
}

/// Whom root lets run the server: `postgres`, else `nobody`.
fn servant() -> io::Result<Option<Runner>> {
    let users = fs::read_to_string("/etc/passwd")?;
    let runner = |name: &str| {
        let mut fields = users
            .lines()
            .map(|line| line.split(':'))
            .find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
        let user = fields.nth(1)?.parse().ok()?;
        let group = fields.next()?.parse().ok()?;
        Some(Runner { user, group })
    };
    Ok(runner("postgres").or_else(|| runner("nobody")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_that_was_killed_is_replaced() {
        if !programs::is_there() || programs::named().is_some() {
            // Nobody starts a cluster where one is named; that there is none is said at the end of the run.
            return;
        }
        let base = tempfile::tempdir().expect("a folder");
        fs::set_permissions(base.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("open");
        let me = whoami().expect("somebody");
        let killed = socket_in(base.path(), me).expect("a cluster");
        let file = fs::read_to_string(killed.join("data/postmaster.pid")).expect("a server that runs");
        let server = file.lines().next().expect("its number");
        assert!(Command::new("kill").args(["-9", server]).status().expect("kill").success());
        while UnixStream::connect(killed.join(".s.PGSQL.5432")).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let next = socket_in(base.path(), me).expect("another cluster");
        assert!(UnixStream::connect(next.join(".s.PGSQL.5432")).is_ok(), "it answers");
        let pid = fs::read_to_string(next.join("data/postmaster.pid")).expect("a server that runs");
        let server = pid.lines().next().expect("its number");
        assert!(Command::new("kill").args(["-3", server]).status().expect("kill").success());
    }
}
