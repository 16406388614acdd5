//! How fast and how frugal the back ends are beside what they stand on: `cargo xtask bench storage`.
//!
//! Each row of the table it prints compares two sides that do the same, in short rounds that take turns, so that whatever else the
//! machine does meets both; what counts is the median of the rounds' ratios. Where the machine has two cores, clients run on one
//! and what serves them (the server, the thread that writes) on the other. PostgreSQL is a cluster of its own that waits for the
//! disk. Memory is measured in a process that does nothing else.

mod cluster;
mod cores;
mod disk;
mod machine;
mod memory;
mod pgbench;
mod postgres;
mod rounds;
mod sqlite_reads;
mod sqlite_writes;
mod table;
mod town;
mod writers;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use rounds::Rounds;
use table::{Row, Table};

/// Whatever goes wrong ends the measurement.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    if !given.contains(&"--bench") {
        // A test runner that runs every target there is.
        say("measures nothing unless it is run by `cargo xtask bench storage`");
        return ExitCode::SUCCESS;
    }
    let rounds = if given.contains(&"--quick") { Rounds::QUICK } else { Rounds::FULL };
    let done = match given.iter().find_map(|argument| argument.strip_prefix("--part=")) {
        Some("postgres") => postgres::measure(rounds).map(|rows| print_rows(&rows)),
        Some("stream") => memory::stream(&given).map(|growth| say(&growth.to_string())),
        Some(part) => only(part, rounds),
        None => all(rounds),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("not measured: {error}"));
            ExitCode::FAILURE
        }
    }
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
    say(&format!("{}\n{table}", machine::describe(cluster.as_ref())?));
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

fn say(line: &str) {
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Tells on standard error how far it is.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "bench: {line}");
}
