//! Commands that act on the database itself.

pub(super) mod archive;
mod audit;
mod bulk;
mod demo;
mod erase;
mod serve;
mod settings;
mod token;

use serde::Serialize;

use crate::args::{AuditCommand, EraseCommand, KeysCommand, LocalCommand};
use crate::failure::Failure;
use crate::output::Output;
use crate::show::text::Style;
use crate::target::Target;
use sister_cities_server::local::{ErasureRun, Local};

pub(super) use bulk::bulk;
pub(super) use settings::check as check_settings;

/// A database that was brought to this version.
#[derive(Serialize)]
struct Migrated {
    database: String,
}

/// How many data keys there are anew.
#[derive(Serialize)]
struct Keys<N> {
    data_keys: N,
}

pub(super) async fn run(
    command: LocalCommand,
    programme: Option<String>,
    target: Target,
    output: Output,
) -> Result<(), Failure> {
    match command {
        LocalCommand::Serve(args) => serve::serve(target.database()?, args).await,
        LocalCommand::Worker(args) => Box::pin(serve::work(target.database()?, args)).await,
        LocalCommand::Demo(args) => demo::demo(args, target, output).await,
        LocalCommand::Migrate => {
            let database = target.database()?;
            Local::open_or_create(&database).await?;
            let migrated = Migrated { database: database.location().to_string() };
            output.print(&migrated, |out| {
                let said = format!("{} is at the schema of this version", migrated.database);
                // In one line, however long the path is.
                out.paint(Style::Plain, &said);
                out.end_line();
            })
        }
        LocalCommand::Audit(AuditCommand::Verify) => audit::verify(&target.database()?, output).await,
        LocalCommand::Keys(KeysCommand::Rotate) => {
            let data_keys = Local::open(&target.database()?).await?.rotate_keys().await?;
            output.print(&Keys { data_keys }, |out| {
                let said = format!("{data_keys} new data keys; values follow while a server runs");
                out.paragraph(0, Style::Plain, &said);
            })
        }
        LocalCommand::Keys(KeysCommand::Rewrap) => {
            let data_keys = Local::open(&target.database()?).await?.rewrap_keys().await?;
            output.print(&Keys { data_keys }, |out| {
                let said =
                    format!("{data_keys} data keys were wrapped anew; all open with the master key now");
                out.paragraph(0, Style::Plain, &said);
            })
        }
        LocalCommand::Erase(EraseCommand::Person { name, record, dry_run }) => {
            let run = if dry_run { ErasureRun::Dry } else { ErasureRun::Real };
            erase::person(&target.database()?, (name, record), run, output).await
        }
        LocalCommand::Backup(command) => archive::backup(command, &target.database()?, output).await,
        LocalCommand::Token(command) => {
            token::token(command, programme.as_deref(), target.database()?, output).await
        }
    }
}
