//! Says whether there is a PgBouncer to test with, and how to get one: `cargo run -p sister-cities-storage --features testing --example
//! find_pgbouncer`.
//!
//! Ends with 0 if there is one, with 1 if not. `cargo xtask test` runs it after the tests.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let there = sister_cities_storage::testing::find_pooler().is_some();
    let said = if there {
        "PgBouncer was there, and was tested"
    } else {
        sister_cities_storage::testing::HOW_TO_POOL
    };
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{said}");
    if there { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
