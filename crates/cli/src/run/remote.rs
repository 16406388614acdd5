//! Commands that are questions to a server.

use sister_cities_client::api::import::ImportKind;
use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Session;
use super::{agreements, engagements, imports, journal, partnerships, programmes, search, share};
use crate::args::{FileCommand, ProgrammeCommand, ProgrammesCommand, RemoteCommand};
use crate::failure::Failure;
use crate::output::Output;
use crate::show::text::Style;
use crate::target::{Connection, Target};

/// Asks, and closes the in-process server again if one was started.
pub(super) async fn run(
    command: RemoteCommand,
    programme: Option<&str>,
    target: Target,
    output: Output,
) -> Result<(), Failure> {
    let connection = Connection::open(target).await?;
    let outcome = dispatch(command, programme, &connection, output).await;
    connection.close().await;
    outcome
}

/// Reads in a file of one programme.
pub(super) async fn import(
    command: FileCommand,
    programme: Option<&str>,
    target: Target,
    output: Output,
) -> Result<(), Failure> {
    let (kind, args) = match command {
        FileCommand::Partnerships(args) => (ImportKind::Partnerships, args),
        FileCommand::Engagements(args) => (ImportKind::Engagements, args),
        FileCommand::Coverage(args) => (ImportKind::Coverage, args),
    };
    let connection = Connection::open(target).await?;
    let outcome = match Session::open(&connection.client, programme, output).await {
        Ok(session) => imports::file(&session, kind, args).await,
        Err(failure) => Err(failure),
    };
    connection.close().await;
    outcome
}

async fn dispatch(
    command: RemoteCommand,
    programme: Option<&str>,
    connection: &Connection,
    output: Output,
) -> Result<(), Failure> {
    let client = &connection.client;
    let command = match command {
        RemoteCommand::Programmes { command } => {
            return programmes::run(command.unwrap_or(ProgrammesCommand::List), client, output).await;
        }
        RemoteCommand::Programme(command) => command,
    };
    let session = Session::open(client, programme, output).await?;
    match command {
        ProgrammeCommand::Overview { as_of } => {
            let overview = partnerships::overview(&session, as_of).await?;
            output.print(&overview, |renderer, out| {
                overview.render(renderer, out);
                out.push('\n');
                renderer.paragraph(out, 0, Style::Faint, GAZETTEER_ATTRIBUTION);
            })
        }
        ProgrammeCommand::Places(args) => engagements::places(&session, args).await,
        ProgrammeCommand::Partnerships(command) => partnerships::partnerships(&session, command).await,
        ProgrammeCommand::Agreements(command) => agreements::agreements(&session, command).await,
        ProgrammeCommand::Engagements(command) => engagements::engagements(&session, command).await,
        ProgrammeCommand::Count(args) => partnerships::print_count(&session, args).await,
        ProgrammeCommand::Vitality(args) => partnerships::print_vitality(&session, args).await,
        ProgrammeCommand::Search(args) => search::search(&session, args).await,
        ProgrammeCommand::Journal(args) => journal::journal(&session, args).await,
        ProgrammeCommand::History { record } => journal::history(&session, record).await,
        ProgrammeCommand::Share(command) => share::share(&session, command).await,
        ProgrammeCommand::Imports(command) => imports::imports(&session, command).await,
    }
}
