//! Commands that act on the database itself.

pub(super) mod archive;
mod audit;
mod bulk;
mod demo;
mod erase;
mod serve;
mod settings;
mod token;

use crate::args::{AuditCommand, EraseCommand, KeysCommand, LocalCommand};
use crate::failure::Failure;
use crate::output::Output;
use crate::target::Target;
use sister_cities_server::local::{ErasureRun, Local};

pub(super) use bulk::bulk;
pub(super) use settings::check as check_settings;

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
            crate::output::write(&format!("{} is at the schema of this version\n", database.location()))
        }
        LocalCommand::Audit(AuditCommand::Verify) => audit::verify(&target.database()?, output).await,
        LocalCommand::Keys(KeysCommand::Rotate) => {
            let rotated = Local::open(&target.database()?).await?.rotate_keys().await?;
            crate::output::write(&format!("{rotated} new data keys; values follow while a server runs\n"))
        }
        LocalCommand::Keys(KeysCommand::Rewrap) => {
            let done = Local::open(&target.database()?).await?.rewrap_keys().await?;
            crate::output::write(&format!(
                "{done} data keys were wrapped anew; all open with the master key now\n"
            ))
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
