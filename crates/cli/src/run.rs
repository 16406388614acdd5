//! Running a command: one file for each group.

mod agreements;
mod engagements;
mod imports;
mod journal;
mod local;
mod partnerships;
mod programmes;
mod remote;
mod search;
mod session;
mod share;

use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use clap::CommandFactory as _;

use crate::args::{
    BackupCommand, Cli, Command, ImportCommand, LocalCommand, ProgrammesCommand, RemoteCommand,
};
use crate::failure::Failure;
use crate::output::{Form, NoColour, Output};
use crate::target::{Target, master_key};

/// Runs the command.
pub(crate) async fn run(cli: Cli, target: Target) -> Result<(), Failure> {
    let form = if cli.global.json { Form::Json } else { Form::Text };
    let output = Output::decide(form, cli.global.color, no_colour());
    let programme = cli.global.programme.as_deref();
    match cli.command {
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "sister-cities", &mut script);
            crate::output::write(&String::from_utf8_lossy(&script))
        }
        Command::RemoteCommand(RemoteCommand::Programmes {
            command: Some(ProgrammesCommand::Move(command)),
        }) => local::archive::programme(command, target, output).await,
        Command::RemoteCommand(command) => remote::run(command, programme, target, output).await,
        Command::Import(ImportCommand::File(command)) => {
            remote::import(command, programme, target, output).await
        }
        Command::Import(ImportCommand::Bulk { file, rows }) => {
            local::bulk(&file, rows.as_deref(), output).await
        }
        // It needs a key, but no database.
        Command::Local(LocalCommand::Backup(BackupCommand::Verify { file })) => {
            local::archive::verify(&file, master_key(&cli.global)?.as_ref(), output).await
        }
        Command::Local(command) => local::run(command, programme, target, output).await,
    }
}

/// Today, in UTC, where the server was not asked for its own.
fn today() -> NaiveDate {
    now().date_naive()
}

#[expect(clippy::disallowed_methods, reason = "the one place where the command line looks at the clock")]
fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// `NO_COLOR`, set to anything but nothing (no-color.org).
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads NO_COLOR, which is no option of ours"
)]
fn no_colour() -> NoColour {
    match std::env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => NoColour::Set,
        Some(_) | None => NoColour::Unset,
    }
}
