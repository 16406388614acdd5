//! Programmes: which there are, and setting one up for a city that the gazetteer knows.

use sister_cities_client::Client;
use sister_cities_client::api::AsText;
use sister_cities_client::api::domain::place::NameRole;
use sister_cities_client::api::place::{ExternalIdsBody, PlaceBody, PlaceNameBody, PointBody};
use sister_cities_client::api::programme::CreateProgrammeBody;
use sister_cities_server::local::gazetteer::{Candidate, Gazetteer, Hint, PlaceFacts, Query, Resolution};

use super::session::programmes;
use crate::args::{NewProgramme, ProgrammesCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::lists;
use crate::show::text::safe;

/// Lists the programmes, or sets one up.
pub(super) async fn run(command: ProgrammesCommand, client: &Client, output: Output) -> Result<(), Failure> {
    match command {
        ProgrammesCommand::Move(_) => Err(Failure::new(Exit::Usage, "this acts on a database itself")),
        ProgrammesCommand::List => {
            let all = programmes(client).await?;
            output.print(&all, |out| lists::programmes(&all, out))
        }
        ProgrammesCommand::Create(wanted) => {
            let host = body(&find(&wanted)?, &wanted)?;
            let NewProgramme { name, language, currency, .. } = wanted;
            let created =
                client.programmes().create(CreateProgrammeBody { name, host, language, currency }).await?;
            let all = [created.value];
            output.print(&all[0], |out| lists::programmes(&all, out))
        }
    }
}

/// The city that is meant; where that is in doubt, a failure that lists those it may be.
fn find(wanted: &NewProgramme) -> Result<PlaceFacts, Failure> {
    let hint = Hint { geonames: wanted.geonames, ..Hint::default() };
    let query = Query::new(wanted.city.as_str()).in_country(&wanted.country).with_hint(hint);
    match Gazetteer::embedded().resolve(&query) {
        Resolution::Winner(candidate) => Ok(candidate.place),
        Resolution::Several(candidates) => {
            let failure =
                Failure::new(Exit::NeedsPerson, format!("several places may be meant by {}", wanted.city));
            let failure = failure.hint("say which with --geonames ID:");
            Err(candidates.iter().fold(failure, |failure, candidate| failure.hint(line(candidate))))
        }
        Resolution::None { reason } => Err(Failure::new(Exit::NotFound, reason.to_string()).hint(
            "write the city and its country as they are written in English, or in the city's own language",
        )),
        _ => {
            Err(Failure::new(Exit::Failed, "the gazetteer answers in a way that this version does not know"))
        }
    }
}

fn line(candidate: &Candidate) -> String {
    let PlaceFacts { geonames_id, name, country, admin1, population, .. } = &candidate.place;
    let region = admin1.as_ref().map_or_else(String::new, |region| format!(", {}", region.name));
    let people = population.map_or_else(String::new, |people| format!(", {people} people"));
    safe(&format!("{geonames_id}  {name}{region}, {}{people}", country.english_name())).into_owned()
}

/// The host place as the API takes it, named as the office names it.
fn body(place: &PlaceFacts, wanted: &NewProgramme) -> Result<PlaceBody, Failure> {
    let name = |text, role| PlaceNameBody { text, language: None, script: None, from: None, to: None, role };
    let admin1 = place.admin1.as_ref().map(|region| region.name.parse());
    Ok(PlaceBody {
        names: vec![name(wanted.city.clone(), NameRole::Official.into())],
        level: None,
        country: Some(place.country),
        admin1: admin1.transpose().map_err(|e| Failure::caused(Exit::Failed, &e))?,
        point: Some(PointBody { latitude: place.point.latitude(), longitude: place.point.longitude() }),
        zone: place.zone.map(AsText),
        population: Vec::new(),
        external_ids: Some(ExternalIdsBody { geonames: Some(place.geonames_id), ..Default::default() }),
        identity: None,
    })
}
