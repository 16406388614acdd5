//! Commands that act on the database itself.

mod audit;
mod bulk;
mod demo;
mod erase;
pub(super) mod keep;
mod serve;
mod token;

use crate::args::{AuditCommand, EraseCommand, KeysCommand, LocalCommand};
use crate::failure::Failure;
use crate::output::Output;
use crate::target::Asked;
use sister_cities_server::local::{ErasureRun, Local};

pub(super) use bulk::bulk;

pub(super) async fn run(
    command: LocalCommand,
    programme: Option<&str>,
    asked: Asked,
    output: Output,
) -> Result<(), Failure> {
    match command {
        LocalCommand::Serve(args) => serve::serve(asked.database()?, args.listen).await,
        LocalCommand::Demo(args) => demo::demo(args, asked, output).await,
        LocalCommand::Migrate => {
            let database = asked.database()?;
            Local::open_or_create(&database).await?;
            crate::output::write(&format!("{} is at the schema of this version\n", database.location()))
        }
        LocalCommand::Audit(AuditCommand::Verify) => audit::verify(&asked.database()?, output).await,
        LocalCommand::Keys(KeysCommand::Rotate) => {
            let rotated = Local::open(&asked.database()?).await?.rotate_keys().await?;
            crate::output::write(&format!("{rotated} new data keys; values follow while a server runs\n"))
        }
        LocalCommand::Keys(KeysCommand::Rewrap) => {
            let done = Local::open(&asked.database()?).await?.rewrap_keys().await?;
            crate::output::write(&format!(
                "{done} data keys were wrapped anew; all open with the master key now\n"
            ))
        }
        LocalCommand::Erase(EraseCommand::Person { name, dry_run }) => {
            let run = if dry_run { ErasureRun::Dry } else { ErasureRun::Real };
            erase::person(&asked.database()?, &name, run, output).await
        }
        LocalCommand::Backup(command) => keep::backup(command, &asked.database()?, output).await,
        LocalCommand::Token(command) => token::token(command, programme, asked.database()?, output).await,
    }
}
