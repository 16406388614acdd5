//! Programmes: which there are, setting one up for a city that the gazetteer knows, and changing what it goes by.

mod kinds;
mod policies;

use sister_cities_client::Client;
use sister_cities_client::api::programme::{ChangeProgrammeBody, CreateProgrammeBody, ProgrammeView};

use super::gazetteer::{NamedCity, place_body};
use super::session::{Session, programmes};
use crate::args::{NewProgramme, ProgrammeSet, ProgrammesCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::lists;
use crate::show::text::Renderer;

/// Lists the programmes, sets one up, or shows and changes the one that is named.
pub(super) async fn run(
    command: ProgrammesCommand,
    client: &Client,
    named: Option<&str>,
    output: Output,
) -> Result<(), Failure> {
    match command {
        ProgrammesCommand::Move(_) => Err(Failure::new(Exit::Usage, "this acts on a database itself")),
        ProgrammesCommand::List => {
            let all = programmes(client).await?;
            output.print(&all, |out| lists::programmes(&all, out))
        }
        ProgrammesCommand::Create(wanted) => {
            let NewProgramme { name, city, country, geonames, language, currency } = wanted;
            let host = NamedCity { name: &city, country: &country, geonames }.find()?;
            let host = place_body(&host, &city)?;
            let created =
                client.programmes().create(CreateProgrammeBody { name, host, language, currency }).await?;
            let all = [created.value];
            output.print(&all[0], |out| lists::programmes(&all, out))
        }
        ProgrammesCommand::Show => {
            let session = Session::open(client, named, output).await?;
            show(&session, &session.perspective.programme).await
        }
        ProgrammesCommand::Set(ProgrammeSet { name, language, currency }) => {
            let session = Session::open(client, named, output).await?;
            let change = ChangeProgrammeBody { name, language, currency, ..Default::default() };
            let read = session.programme.get().await?;
            show(&session, &session.programme.change(&read, change).await?.value).await
        }
        ProgrammesCommand::Kinds(command) => {
            kinds::run(&Session::open(client, named, output).await?, command).await
        }
        ProgrammesCommand::Policies(command) => {
            policies::run(&Session::open(client, named, output).await?, command).await
        }
    }
}

async fn show(session: &Session, programme: &ProgrammeView) -> Result<(), Failure> {
    let host = session.programme.places().get(programme.host).await?.display_name.to_string();
    session.output.print(programme, |out| details(&host, programme, out))
}

fn details(city: &str, programme: &ProgrammeView, out: &mut Renderer) {
    // Each field is named: one that is added must be shown, or be left out on purpose.
    let ProgrammeView {
        id,
        revision,
        name,
        host,
        language,
        currency,
        kinds,
        vitality: _,
        one_per_country: _,
        retention: _,
        due: _,
    } = programme;
    out.heading(name.as_str());
    out.fact("id", &id.to_string());
    out.fact("revision", &revision.to_string());
    out.fact("city", &format!("{city} ({host})"));
    out.fact("language", &language.to_string());
    out.fact("currency", &currency.to_string());
    out.end_line();
    out.heading("Kinds of bond");
    kinds::table(kinds, out);
    out.end_line();
    out.heading("Numbers");
    policies::lines(programme, out);
}
