//! How fast what happens and what is due reach people, beside what that stands on: `cargo xtask bench notification`.
//!
//! Whoever sends runs on one core; whom it is sent to, a process of its own that takes everything over, on another. The outbox is a SQLite database on
//! the disk of the workspace.

mod crowd;
mod feeds;
mod mails;
mod sinks;
mod town;
mod webhooks;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use sister_cities_app::clock::{Clock as _, SystemClock};
use sister_cities_measure::{Asked, Outcome, Table, disk, machine, run, say};

fn main() -> ExitCode {
    run(|Asked { rounds, part, .. }| {
        let mut table = Table::default();
        match part.as_deref() {
            Some(sinks::HTTP) => return sinks::serve_http(),
            Some(sinks::SMTP) => return sinks::serve_smtp(),
            Some("webhooks") => table.add(webhooks::measure(rounds)?),
            Some("mails") => table.add(mails::measure(rounds)?),
            Some("feeds") => table.add(feeds::measure(rounds)?),
            Some("crowd") => table.add(crowd::measure()?),
            Some(part) => return Err(format!("there is no part {part}").into()),
            None => {
                table.add(webhooks::measure(rounds)?);
                table.add(mails::measure(rounds)?);
                table.add(feeds::measure(rounds)?);
                table.add(crowd::measure()?);
            }
        }
        let folder = folder()?;
        say(&format!("{}\n{table}", machine::describe(folder.path(), &[])?));
        if table.is_met() { Ok(()) } else { Err("a row of the table is not met".into()) }
    })
}

/// A folder on the disk of the workspace.
fn folder() -> Outcome<tempfile::TempDir> {
    disk::folder(env!("CARGO_TARGET_TMPDIR"))
}

/// The time, as the pipeline asks for it.
/// How many in a second, with so many on their way at once.
async fn in_turn(at_once: usize, length: Duration, once: impl AsyncFn() -> Outcome<()>) -> Outcome<f64> {
    let began = Instant::now();
    let mut done = 0_u32;
    let mut on_their_way: FuturesUnordered<_> = (0..at_once).map(|_| once()).collect();
    while let Some(one) = on_their_way.next().await {
        one?;
        done += 1;
        if began.elapsed() < length {
            on_their_way.push(once());
        }
    }
    Ok(f64::from(done) / began.elapsed().as_secs_f64())
}

fn now() -> chrono::DateTime<chrono::Utc> {
    SystemClock.now()
}

/// Everything of the sender on one core: what is waited for, and nothing beside it.
fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
