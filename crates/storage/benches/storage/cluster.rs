//! A PostgreSQL cluster of our own that waits for the disk, on the core of the server.

use std::path::Path;
use std::process::{Command, Stdio};

use sister_cities_storage::testing::{DurableCluster, program};

use crate::Outcome;
use sister_cities_measure::Rounds;
use sister_cities_measure::Row;
use sister_cities_measure::cores::as_server;

/// A cluster that runs; it goes when this is dropped.
pub(crate) struct Cluster {
    cluster: DurableCluster,
    /// Kept while it runs.
    _folder: tempfile::TempDir,
}

/// Starts one; none if there is no PostgreSQL.
pub(crate) fn start() -> Outcome<Option<Cluster>> {
    if program("initdb").is_none() {
        return Ok(None);
    }
    let folder = tempfile::Builder::new().prefix("sister-cities-bench-").tempdir()?;
    open_to_all(folder.path())?;
    let cluster = as_server(|| DurableCluster::start(folder.path()))?;
    Ok(Some(Cluster { cluster, _folder: folder }))
}

/// Root lets somebody else run the server.
fn open_to_all(folder: &Path) -> Outcome<()> {
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o711))?;
    Ok(())
}

impl Cluster {
    /// Measures a part in a process of its own, which finds the cluster as tests find one.
    pub(crate) fn in_a_child(&self, part: &str, rounds: Rounds) -> Outcome<Vec<Row>> {
        let quick = (rounds.number == Rounds::QUICK.number).then_some("--quick");
        let child = Command::new(std::env::current_exe()?)
            .args(["--bench", &format!("--part={part}"), &format!("--log={}", self.cluster.log().display())])
            .args(quick)
            .env("DATABASE_URL", self.cluster.url())
            .stderr(Stdio::inherit())
            .output()?;
        let said = String::from_utf8_lossy(&child.stdout);
        let rows: Vec<Row> =
            said.lines().map(Row::from_line).collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect();
        if child.status.success() && !rows.is_empty() { Ok(rows) } else { Err(said.into()) }
    }

    /// What it calls itself.
    pub(crate) fn version(&self) -> String {
        let said =
            program("postgres").and_then(|program| Command::new(program).arg("--version").output().ok());
        let said =
            said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        let version = said.split(' ').nth(2).unwrap_or_default().trim().to_owned();
        format!(
            "PostgreSQL {version} ({}, fsync on)",
            sister_cities_measure::disk::file_system(&self.cluster.log())
        )
    }
}
