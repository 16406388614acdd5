//! Running a command: one file for each group.

mod agreements;
mod engagements;
pub(crate) mod gazetteer;
mod imported_before;
pub(crate) mod imports;
mod local;
mod partnerships;
mod profiles;
mod programmes;
pub(crate) mod questions;
mod records;
mod reference;
mod remote;
pub(crate) mod session;
mod share;

use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use clap::CommandFactory as _;

use crate::args::{
    BackupCommand, Cli, Command, ConfigCommand, ImportCommand, LocalCommand, ProgrammesCommand, RemoteCommand,
};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Output, OutputFormat};
use crate::target::{Target, master_key};
use crate::terminal::no_colour;

/// A command at work, without its type: the runtime drives a future in several ways, and would otherwise hold the
/// whole program once for each.
pub(crate) type Work<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// Runs the command.
pub(crate) fn run(cli: Cli, target: Target) -> Work<'static> {
    let format = if cli.global.json { OutputFormat::Json } else { OutputFormat::Text };
    let output = Output::decide(format, cli.global.color, no_colour());
    let programme = cli.global.programme.clone();
    match cli.command {
        Command::Completions { shell } => Box::pin(async move {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "sister-cities", &mut script);
            crate::output::write(&String::from_utf8_lossy(&script))
        }),
        Command::ManPages { folder } => Box::pin(async move {
            let root = crate::args::command().name("sister-cities");
            clap_mangen::generate_to(root, &folder).map_err(|error| {
                Failure::new(Exit::Failed, format!("the manual pages cannot be written: {error}"))
            })
        }),
        Command::Reference => Box::pin(async move { crate::output::write(&reference::page()) }),
        Command::Profiles(command) => {
            Box::pin(async move { profiles::profiles(command, &cli.global, output) })
        }
        Command::Config(ConfigCommand::Check { file }) => {
            Box::pin(async move { local::check_settings(file.as_deref(), output) })
        }
        Command::RemoteCommand(RemoteCommand::Programmes {
            command: Some(ProgrammesCommand::Move(command)),
        }) => Box::pin(local::archive::programme(command, target, output)),
        Command::RemoteCommand(command) => Box::pin(remote::run(command, programme, target, output)),
        Command::Import(ImportCommand::File(command)) => {
            Box::pin(remote::import(*command, programme, target, output))
        }
        Command::Import(ImportCommand::Bulk { file, map, rows }) => {
            Box::pin(async move { local::bulk(&file, &map, rows.as_deref(), output).await })
        }
        // It needs a key, but no database.
        Command::Local(LocalCommand::Backup(BackupCommand::Verify { file })) => Box::pin(async move {
            let master = master_key(&cli.global)?;
            local::archive::verify(&file, master.as_ref(), output).await
        }),
        Command::Local(command) => Box::pin(local::run(command, programme, target, output)),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the command line looks at the clock")]
fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}
