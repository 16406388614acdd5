//! The one program, `sister-cities`: it serves the platform, and asks it.
//!
//! `args` says what can be asked, `target` finds the server to ask (a remote one, or one started in this process on
//! a database file), `run` has a file for each group of commands, `show` turns answers into text, `resource` does all three for one
//! resource. Everything about a
//! programme goes through the client, so the command line can do nothing that an integrator could not.

mod args;
mod exit;
mod failure;
mod names;
mod output;
mod profile;
mod resource;
mod run;
mod show;
mod target;
mod terminal;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, FromArgMatches as _};

use crate::exit::Exit;
use crate::failure::Failure;

/// Gives back what is no longer used, and keeps nobody waiting for a thread that makes way (ADR 31).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let matches = match args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(e) => return refuse(&e),
    };
    let cli = match args::Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(e) => return refuse(&e),
    };
    let is_json = cli.global.json;
    let outcome = run(cli, &matches);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::write_stderr(&if is_json { failure.json() } else { failure.lines() });
            failure.exit.into()
        }
    }
}

fn run(cli: args::Cli, matches: &ArgMatches) -> Result<(), Failure> {
    let args::Cli { global, command } = cli;
    let global = if command.asks_nobody() { global } else { global.with_profile(matches)? };
    let target = target::Target::new(&global, matches)?;
    runtime()?.block_on(run::run(args::Cli { global, command }, target))
}

/// Prints what clap has to say: help and version to stdout, a wrong command line to stderr.
fn refuse(error: &clap::Error) -> ExitCode {
    // Where the stream is closed there is nobody to tell.
    let _ = error.print();
    let asked_for = [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion].contains(&error.kind());
    if asked_for { ExitCode::SUCCESS } else { Exit::Usage.into() }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::caused(Exit::Failed, &e))
}
