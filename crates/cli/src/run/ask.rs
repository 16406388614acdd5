//! Commands that are questions to a server.

use sister_cities_client::api::import::ImportKind;
use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Office;
use super::{agreements, bonds, imports, log, past, programmes, search, share};
use crate::args::{FileCommand, ProgrammeQuestion, ProgrammesCommand, Question};
use crate::failure::Failure;
use crate::output::Output;
use crate::show::text::Ink;
use crate::target::{Asked, Session};

/// Asks, and closes the in-process server again if one was started.
pub(super) async fn ask(
    question: Question,
    programme: Option<&str>,
    asked: Asked,
    output: Output,
) -> Result<(), Failure> {
    let session = Session::open(asked).await?;
    let outcome = answer(question, programme, &session, output).await;
    session.close().await;
    outcome
}

/// Reads in a file of one programme.
pub(super) async fn import(
    command: FileCommand,
    programme: Option<&str>,
    asked: Asked,
    output: Output,
) -> Result<(), Failure> {
    let (kind, args) = match command {
        FileCommand::Partnerships(args) => (ImportKind::Partnerships, args),
        FileCommand::Engagements(args) => (ImportKind::Engagements, args),
        FileCommand::Coverage(args) => (ImportKind::Coverage, args),
    };
    let session = Session::open(asked).await?;
    let outcome = match Office::open(&session.client, programme, output).await {
        Ok(office) => imports::file(&office, kind, args).await,
        Err(failure) => Err(failure),
    };
    session.close().await;
    outcome
}

async fn answer(
    question: Question,
    programme: Option<&str>,
    session: &Session,
    output: Output,
) -> Result<(), Failure> {
    let client = &session.client;
    let question = match question {
        Question::Programmes { command } => {
            return programmes::run(command.unwrap_or(ProgrammesCommand::List), client, output).await;
        }
        Question::Programme(question) => question,
    };
    let office = Office::open(client, programme, output).await?;
    match question {
        ProgrammeQuestion::Overview { as_of } => {
            let overview = bonds::overview(&office, as_of).await?;
            output.answer(&overview, |canvas, out| {
                overview.render(canvas, out);
                out.push('\n');
                canvas.paragraph(out, 0, Ink::Faint, GAZETTEER_ATTRIBUTION);
            })
        }
        ProgrammeQuestion::Places(args) => log::places(&office, args).await,
        ProgrammeQuestion::Partnerships(command) => bonds::partnerships(&office, command).await,
        ProgrammeQuestion::Agreements(command) => agreements::agreements(&office, command).await,
        ProgrammeQuestion::Engagements(command) => log::engagements(&office, command).await,
        ProgrammeQuestion::Count(args) => bonds::counted(&office, args).await,
        ProgrammeQuestion::Vitality(args) => bonds::lively(&office, args).await,
        ProgrammeQuestion::Search(args) => search::search(&office, args).await,
        ProgrammeQuestion::Journal(args) => past::journal(&office, args).await,
        ProgrammeQuestion::History { record } => past::history(&office, record).await,
        ProgrammeQuestion::Share(command) => share::share(&office, command).await,
        ProgrammeQuestion::Imports(command) => imports::imports(&office, command).await,
    }
}
