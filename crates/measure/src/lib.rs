//! How our benchmarks compare two sides that do the same.
//!
//! [`Rounds`] has both sides take turns in short rounds, so that whatever else the machine does meets both; what counts is the median of the
//! rounds' ratios. [`cores`] keeps clients and what serves them on different cores. [`Table`] says what was compared with what, what is needed, what
//! was found and what limits it, in the words that `cargo xtask bench` publishes.

#[cfg(feature = "allocations")]
pub mod allocations;
pub mod cores;
pub mod disk;
pub mod machine;
mod rounds;
mod table;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

pub use rounds::{Ratio, Rounds, asked_per_second, per_second};
pub use table::{Needed, Row, Table};

/// Whatever goes wrong ends the measurement.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a bench was asked for on its command line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Asked {
    /// How long it may take.
    pub rounds: Rounds,
    /// The one part that is wanted, for who is at work on it.
    pub part: Option<String>,
    /// All that was given, as parts that are run as processes of their own may take more.
    pub given: Vec<String>,
}

/// Runs a bench that `cargo xtask bench` began, and says how it ended in its last line. A test runner that runs every target there is gets an answer too.
pub fn run(measure: impl FnOnce(Asked) -> Outcome<()>) -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if !given.iter().any(|argument| argument == "--bench") {
        say("measures nothing unless it is run by `cargo xtask bench`");
        return ExitCode::SUCCESS;
    }
    let quick = given.iter().any(|argument| argument == "--quick");
    let part = given.iter().find_map(|argument| argument.strip_prefix("--part=").map(str::to_owned));
    match measure(Asked { rounds: if quick { Rounds::QUICK } else { Rounds::FULL }, part, given }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("not measured: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Says a line of the result.
pub fn say(line: &str) {
    // Nobody to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Tells on standard error how far it is.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "bench: {line}");
}
