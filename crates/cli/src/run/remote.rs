//! Commands that are questions to a server.

use chrono::NaiveDate;
use sister_cities_client::api::domain::import_run::ImportContent;
use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Session;
use super::{Work, agreements, engagements, imports, partnerships, programmes, records, share};
use crate::args::{FileCommand, ProgrammeCommand, ProgrammesCommand, RemoteCommand};
use crate::failure::Failure;
use crate::output::Output;
use crate::resource::{
    adoptions, calendars, committees, deliveries, due, handover, indicators, mail, notifications,
    organisation, outcomes, person, places, plans, practices, rates, roles, subscriptions, webhooks,
};
use crate::show::text::Style;
use crate::target::{Connection, Target};

/// Asks, and closes the in-process server again if one was started.
pub(super) async fn run(
    command: RemoteCommand,
    programme: Option<String>,
    target: Target,
    output: Output,
) -> Result<(), Failure> {
    let connection = Connection::open(target).await?;
    let outcome = dispatch(command, programme.as_deref(), &connection, output).await;
    connection.close().await;
    outcome
}

/// Reads in a file of one programme.
pub(super) async fn import(
    command: FileCommand,
    programme: Option<String>,
    target: Target,
    output: Output,
) -> Result<(), Failure> {
    let (kind, args) = match command {
        FileCommand::Partnerships(args) => (ImportContent::Partnerships, args),
        FileCommand::Engagements(args) => (ImportContent::Engagements, args),
        FileCommand::Coverage(args) => (ImportContent::Coverage, args),
        FileCommand::Persons(args) => (ImportContent::Persons, args),
    };
    let connection = Connection::open(target).await?;
    let outcome = match Session::open(&connection.client, programme.as_deref(), output).await {
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
            let command = command.unwrap_or(ProgrammesCommand::List);
            return Box::pin(programmes::run(command, client, programme, output)).await;
        }
        RemoteCommand::Mail(command) => return mail::run(client, programme, command, output).await,
        RemoteCommand::Programme(command) => command,
    };
    let session = Session::open(client, programme, output).await?;
    work(&session, command).await
}

fn work(session: &Session, command: ProgrammeCommand) -> Work<'_> {
    match command {
        ProgrammeCommand::Overview { as_of } => Box::pin(overview(session, as_of)),
        ProgrammeCommand::Due(args) => Box::pin(due::due(session, args)),
        ProgrammeCommand::Places(command) => Box::pin(places::places(session, command)),
        ProgrammeCommand::Partnerships(command) => Box::pin(partnerships::partnerships(session, command)),
        ProgrammeCommand::Agreements(command) => Box::pin(agreements::agreements(session, command)),
        ProgrammeCommand::Plans(command) => Box::pin(plans::plans(session, command)),
        ProgrammeCommand::Engagements(command) => Box::pin(engagements::engagements(session, command)),
        ProgrammeCommand::Committees(command) => Box::pin(committees::committees(session, command)),
        ProgrammeCommand::Handover(args) => Box::pin(handover::handover(session, args)),
        ProgrammeCommand::Roles(command) => Box::pin(roles::roles(session, command)),
        ProgrammeCommand::Outcomes(command) => Box::pin(outcomes::outcomes(session, command)),
        ProgrammeCommand::Organisations(command) => Box::pin(organisation::run(session, command)),
        ProgrammeCommand::Persons(command) => Box::pin(person::run(session, command)),
        ProgrammeCommand::Practices(command) => Box::pin(practices::practices(session, command)),
        ProgrammeCommand::Adoptions(command) => Box::pin(adoptions::adoptions(session, command)),
        ProgrammeCommand::Learning(args) => Box::pin(adoptions::learning(session, args)),
        ProgrammeCommand::Topics => Box::pin(practices::topics(session)),
        ProgrammeCommand::Indicators(command) => Box::pin(indicators::indicators(session, command)),
        ProgrammeCommand::Rates(command) => Box::pin(rates::rates(session, command)),
        ProgrammeCommand::Webhooks(command) => Box::pin(webhooks::webhooks(session, command)),
        ProgrammeCommand::Subscriptions(command) => Box::pin(subscriptions::subscriptions(session, command)),
        ProgrammeCommand::Calendars(command) => Box::pin(calendars::calendars(session, command)),
        ProgrammeCommand::Notifications(command) => Box::pin(notifications::notifications(session, command)),
        ProgrammeCommand::Deliveries(command) => Box::pin(deliveries::deliveries(session, command)),
        ProgrammeCommand::Count(args) => Box::pin(partnerships::print_count(session, args)),
        ProgrammeCommand::Vitality(args) => Box::pin(partnerships::print_vitality(session, args)),
        ProgrammeCommand::Search(args) => Box::pin(records::search(session, args)),
        ProgrammeCommand::Journal(args) => Box::pin(records::journal(session, args)),
        ProgrammeCommand::History { record } => Box::pin(records::history(session, record)),
        ProgrammeCommand::Share(command) => Box::pin(share::share(session, command)),
        ProgrammeCommand::Imports(command) => Box::pin(imports::imports(session, command)),
    }
}

async fn overview(session: &Session, as_of: Option<NaiveDate>) -> Result<(), Failure> {
    let overview = partnerships::overview(session, as_of).await?;
    session.output.print(&overview, |out| {
        overview.render(out);
        out.end_line();
        out.paragraph(0, Style::Faint, GAZETTEER_ATTRIBUTION);
    })
}
