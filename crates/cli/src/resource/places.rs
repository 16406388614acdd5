//! Places: the cities, counties and streets of a programme's bonds.

use chrono_tz::Tz;
use clap::{Args, Subcommand};
use sister_cities_client::api::domain::place::{NameRole, PlaceIdentity, PlaceLevel, Qid, UnLocode};
use sister_cities_client::api::domain::value::{Country, LanguageTag, Name, PartialDate, Source};
use sister_cities_client::api::place::{
    ExternalIdsBody, ListPlacesQuery, PlaceBody, PlaceNameBody, PlaceView, PointBody, PopulationBody,
};
use sister_cities_client::api::{AsText, RecordQuery};
use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::editing::Cleared;
use crate::args::{QueryArgs, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::gazetteer::{NamedCity, place_body, unlisted};
use crate::run::session::Session;
use crate::show::lists;
use crate::show::text::{Renderer, Style};
use crate::show::wording::{grouped, words};

#[derive(Debug, Subcommand)]
pub(crate) enum PlacesCommand {
    /// List the places, by name
    List(QueryArgs<ListPlacesQuery>),
    /// Show a place with all its names
    Show {
        /// Its id, plc_…, or a name of it
        place: String,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// Add a place, with what the gazetteer knows of it
    Add(Box<PlaceAdd>),
    /// Change what is known of a place; what is not given stays
    Edit(Box<PlaceEdit>),
}

#[derive(Args, Debug)]
pub(crate) struct PlaceAdd {
    /// What the office calls it
    #[arg(value_parser = parameter::<Name>)]
    name: Name,
    /// Its country: a name or a code; with --unlisted a code
    #[arg(long)]
    country: String,
    /// Do not look it up: it is in no gazetteer, as a street or a county may not be
    #[arg(long)]
    unlisted: bool,
    #[command(flatten)]
    facts: PlaceFactsArgs,
}

#[derive(Args, Debug)]
pub(crate) struct PlaceEdit {
    /// Its id, plc_…, or a name of it
    place: String,
    /// Its country, such as UA
    #[arg(long, value_parser = parameter::<Country>)]
    country: Option<Country>,
    /// Whether it is known which place of the world it is: resolved or unresolved
    #[arg(long, value_parser = parameter::<PlaceIdentity>)]
    identity: Option<PlaceIdentity>,
    /// A name that it does not have after all
    #[arg(long, value_name = "NAME", value_parser = parameter::<Name>)]
    remove_name: Option<Name>,
    #[command(flatten)]
    facts: PlaceFactsArgs,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["country", "part-of", "point", "zone", "people", "geonames", "wikidata", "unlocode"])]
    clear: Vec<String>,
}

/// What is said of a place.
#[derive(Args, Debug)]
pub(crate) struct PlaceFactsArgs {
    /// What kind of place it is: city, county, state, district or street
    #[arg(long, value_parser = parameter::<PlaceLevel>)]
    level: Option<PlaceLevel>,
    /// The state, province or nation of the country that it lies in
    #[arg(long, value_name = "NAME", value_parser = parameter::<Name>)]
    part_of: Option<Name>,
    /// Degrees north
    #[arg(long, requires = "longitude", allow_negative_numbers = true)]
    latitude: Option<f64>,
    /// Degrees east
    #[arg(long, requires = "latitude", allow_negative_numbers = true)]
    longitude: Option<f64>,
    /// Its time zone, such as Europe/Kyiv
    #[arg(long, value_parser = parameter::<Tz>)]
    zone: Option<Tz>,
    /// How many people live there
    #[arg(long, value_name = "N", requires = "people_source")]
    people: Option<u64>,
    /// In which year so many
    #[arg(long, value_name = "YEAR", requires = "people")]
    people_year: Option<i32>,
    /// Who says so
    #[arg(long, value_name = "SOURCE", requires = "people", value_parser = parameter::<Source>)]
    people_source: Option<Source>,
    /// Its number at GeoNames
    #[arg(long, value_name = "ID")]
    geonames: Option<u32>,
    /// Its item at Wikidata, such as Q1899
    #[arg(long, value_name = "ID", value_parser = parameter::<Qid>)]
    wikidata: Option<Qid>,
    /// Its UN/LOCODE, such as UAIEV
    #[arg(long, value_name = "CODE", value_parser = parameter::<UnLocode>)]
    unlocode: Option<UnLocode>,
    /// A further name of it
    #[arg(long, value_name = "NAME", value_parser = parameter::<Name>)]
    add_name: Option<Name>,
    #[arg(long, help = "What that name is: official, alias, former or as_listed; alias unless given", value_name = "ROLE", requires = "add_name", value_parser = parameter::<NameRole>)]
    name_role: Option<NameRole>,
    /// In which language, such as uk
    #[arg(long, value_name = "TAG", requires = "add_name", value_parser = parameter::<LanguageTag>)]
    name_language: Option<LanguageTag>,
    /// Since when it has that name
    #[arg(long, value_name = "DATE", requires = "add_name", value_parser = parameter::<PartialDate>)]
    name_from: Option<PartialDate>,
    /// Until when it had that name
    #[arg(long, value_name = "DATE", requires = "add_name", value_parser = parameter::<PartialDate>)]
    name_to: Option<PartialDate>,
}

/// Lists, shows, adds and changes places.
pub(crate) async fn places(session: &Session, command: PlacesCommand) -> Result<(), Failure> {
    let places = session.programme.places();
    match command {
        PlacesCommand::List(list) => {
            let all: Vec<PlaceView> = places.list(session.query(list).await?).all().await?;
            session.output.print(&all, |out| {
                lists::places(&all, out);
                out.paragraph(0, Style::Faint, GAZETTEER_ATTRIBUTION);
            })
        }
        PlacesCommand::Show { place, times } => {
            let id = session.place(&place).await?;
            show(session, &places.get(id).with_query(times.query()?).await?.value)
        }
        PlacesCommand::Add(add) => {
            let PlaceAdd { name, country, unlisted: is_unlisted, facts } = *add;
            let known = if is_unlisted {
                let code =
                    parameter::<Country>(&country).map_err(|wrong| Failure::new(Exit::Usage, wrong))?;
                PlaceBody { country: Some(code), ..unlisted(&name) }
            } else {
                let city = NamedCity { name: &name, country: &country, geonames: facts.geonames };
                place_body(&city.find()?, &name)?
            };
            let body = facts.onto(known, &Cleared(Vec::new()));
            show(session, &places.create(body).await?.value)
        }
        PlacesCommand::Edit(edit) => {
            let PlaceEdit { place, country, identity, remove_name, facts, clear } = *edit;
            let read = places.get(session.place(&place).await?).await?;
            let known = PlaceBody::try_from(read.value.clone())?;
            let cleared = Cleared(clear);
            let mut body = facts.onto(known, &cleared);
            body.country = cleared.fact("country", country, body.country);
            body.identity = identity.or(body.identity);
            if let Some(wrong) = remove_name {
                take_out(&mut body.names, &wrong)?;
            }
            show(session, &places.replace(&read, body).await?.value)
        }
    }
}

fn take_out(names: &mut Vec<PlaceNameBody>, wrong: &Name) -> Result<(), Failure> {
    let before = names.len();
    names.retain(|name| name.text != *wrong);
    if names.len() < before {
        return Ok(());
    }
    let failure = Failure::new(Exit::NotFound, format!("it has no name {wrong:?}")).hint("there is:");
    Err(names.iter().fold(failure, |failure, name| failure.hint(format!("  {}", name.text))))
}

impl PlaceFactsArgs {
    /// With what was known before.
    fn onto(self, before: PlaceBody, cleared: &Cleared) -> PlaceBody {
        let Self {
            level,
            part_of,
            latitude,
            longitude,
            zone,
            people,
            people_year,
            people_source,
            geonames,
            wikidata,
            unlocode,
            add_name,
            name_role,
            name_language,
            name_from,
            name_to,
        } = self;
        let point = latitude.zip(longitude).map(|(latitude, longitude)| PointBody { latitude, longitude });
        let counted = people.zip(people_source);
        let counted = counted.map(|(people, source)| PopulationBody { people, year: people_year, source });
        let name = add_name.map(|text| PlaceNameBody {
            text,
            language: name_language,
            script: None,
            from: name_from,
            to: name_to,
            role: name_role.unwrap_or(NameRole::Alias).into(),
        });
        let ids = before.external_ids.unwrap_or_default();
        let mut population = cleared.facts("people", Vec::new(), before.population);
        population.extend(counted);
        let mut names = before.names;
        names.extend(name);
        PlaceBody {
            names,
            level: level.or(before.level),
            country: before.country,
            admin1: cleared.fact("part-of", part_of, before.admin1),
            point: cleared.fact("point", point, before.point),
            zone: cleared.fact("zone", zone.map(AsText), before.zone),
            population,
            external_ids: Some(ExternalIdsBody {
                geonames: cleared.fact("geonames", geonames, ids.geonames),
                wikidata: cleared.fact("wikidata", wikidata, ids.wikidata),
                unlocode: cleared.fact("unlocode", unlocode, ids.unlocode),
            }),
            identity: before.identity,
        }
    }
}

fn show(session: &Session, place: &PlaceView) -> Result<(), Failure> {
    session.output.print(place, |out| details(place, out))
}

fn details(place: &PlaceView, out: &mut Renderer) {
    // Each field is named: one that is added must be shown, or be left out on purpose.
    let PlaceView {
        id,
        revision,
        as_of,
        display_name,
        names,
        level,
        country,
        admin1,
        point,
        zone,
        population,
        external_ids: ExternalIdsBody { geonames, wikidata, unlocode },
        identity,
    } = place;
    out.heading(display_name.as_str());
    out.fact("id", &id.to_string());
    out.fact("revision", &revision.to_string());
    let degrees = |point: &PointBody| format!("{} N, {} E", point.latitude, point.longitude);
    for (name, value) in [
        ("as of", as_of.map(|day| day.to_string())),
        ("level", Some(words(level.as_str()))),
        ("country", country.map(|country| country.english_name().to_owned())),
        ("part of", admin1.as_ref().map(ToString::to_string)),
        ("point", point.as_ref().map(degrees)),
        ("zone", zone.map(|zone| zone.0.name().to_owned())),
        ("geonames", geonames.map(|id| id.to_string())),
        ("wikidata", wikidata.as_ref().map(ToString::to_string)),
        ("unlocode", unlocode.as_ref().map(ToString::to_string)),
        ("identity", Some(words(identity.as_str()))),
    ] {
        if let Some(value) = value {
            out.fact(name, &value);
        }
    }
    for PopulationBody { people, year, source } in population {
        let year = year.map_or_else(String::new, |year| format!(" in {year}"));
        out.fact("people", &format!("{}{year} [{source}]", grouped(&people.to_string())));
    }
    for PlaceNameBody { text, language, script, from, to, role } in names {
        let facts = [
            Some(words(role.as_str())),
            language.as_ref().map(ToString::to_string),
            script.as_ref().map(ToString::to_string),
            from.map(|from| format!("from {from}")),
            to.map(|to| format!("to {to}")),
        ];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        out.fact("called", &format!("{text} ({})", facts.join(", ")));
    }
}
