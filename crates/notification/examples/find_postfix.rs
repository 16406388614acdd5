//! Says whether there is a mail server to test with, and how to get one: `cargo run -p sister-cities-notification --features testing
//! --example find_postfix`.
//!
//! Ends with 0 if there is one, with 1 if not. `cargo xtask test` runs it after the tests.

use std::io::Write as _;
use std::process::ExitCode;

use sister_cities_notification::testing::postfix;

fn main() -> ExitCode {
    let there = postfix::is_there();
    let said = if there { "Postfix was there, and mail was sent through it" } else { postfix::HOW_TO };
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{said}");
    if there { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
