//! How fast and how frugal the back ends are beside what they stand on: `cargo xtask bench storage`.
//!
//! Each row of the table it prints compares two sides that do the same, in short rounds that take turns, so that whatever else the
//! machine does meets both; what counts is the median of the rounds' ratios. Where the machine has two cores, clients run on one
//! and what serves them (the server, the thread that writes) on the other. PostgreSQL is a cluster of its own that waits for the
//! disk. Memory is measured in a process that does nothing else.

mod cluster;
mod memory;
mod pgbench;
mod postgres;
mod sqlite_reads;
mod sqlite_writes;
mod town;
mod writers;

use std::process::ExitCode;

use cluster::Cluster;
use sister_cities_measure::{Asked, Outcome, Rounds, Row, Table, disk, machine, run, say, tell};

fn main() -> ExitCode {
    run(|Asked { rounds, part, given, .. }| match part.as_deref() {
        Some("postgres") => postgres::measure(rounds).map(|rows| print_rows(&rows)),
        Some("stream") => memory::stream(&given).map(|growth| say(&growth.to_string())),
        Some(part) => only(part, rounds),
        None => all(rounds),
    })
}

/// A folder on the disk of the workspace.
fn folder() -> Outcome<tempfile::TempDir> {
    disk::folder(env!("CARGO_TARGET_TMPDIR"))
}

fn all(rounds: Rounds) -> Outcome<()> {
    let mut table = Table::default();
    table.add(sqlite_reads::measure(rounds)?);
    table.add(sqlite_writes::measure(rounds)?);
    table.add(memory::measure_sqlite()?);
    let cluster = cluster::start()?;
    match &cluster {
        Some(cluster) => table.add(cluster.in_a_child("postgres", rounds)?),
        None => table.note("No PostgreSQL was found, so nothing is said of it."),
    }
    let folder = folder()?;
    let versions = [
        format!("SQLite {}", rusqlite::version()),
        cluster.as_ref().map(Cluster::version).unwrap_or_default(),
    ];
    say(&format!("{}\n{table}", machine::describe(folder.path(), &versions)?));
    if table.is_met() { Ok(()) } else { Err("a row of the table is not met".into()) }
}

/// One part alone, for who is at work on it.
fn only(part: &str, rounds: Rounds) -> Outcome<()> {
    let mut table = Table::default();
    match part {
        "reads" => table.add(sqlite_reads::measure(rounds)?),
        "writes" => table.add(sqlite_writes::measure(rounds)?),
        "memory" => table.add(memory::measure_sqlite()?),
        "server" => {
            let cluster = cluster::start()?.ok_or("no PostgreSQL was found")?;
            table.add(cluster.in_a_child("postgres", rounds)?);
        }
        _ => return Err(format!("there is no part {part}").into()),
    }
    say(&table.to_string());
    Ok(())
}

fn print_rows(rows: &[Row]) {
    for row in rows {
        say(&row.to_line());
    }
}
