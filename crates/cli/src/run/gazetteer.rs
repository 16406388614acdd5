//! Places of the world: the one that is meant by a name and a country, as the gazetteer knows it.

use sister_cities_client::api::AsText;
use sister_cities_client::api::domain::place::NameRole;
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::place::{ExternalIdsBody, PlaceBody, PlaceNameBody, PointBody};
use sister_cities_server::local::gazetteer::{Candidate, Gazetteer, Hint, PlaceFacts, Query, Resolution};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::text::safe;

/// A city as a person names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedCity<'a> {
    pub(crate) name: &'a Name,
    /// Its country: a name or a code.
    pub(crate) country: &'a str,
    /// Its number at GeoNames, where several cities have the name.
    pub(crate) geonames: Option<u32>,
}

impl NamedCity<'_> {
    /// The city that is meant; where that is in doubt, a failure that lists those it may be.
    pub(crate) fn find(self) -> Result<PlaceFacts, Failure> {
        let hint = Hint { geonames: self.geonames, ..Hint::default() };
        let query = Query::new(self.name.as_str()).in_country(self.country).with_hint(hint);
        match Gazetteer::embedded().resolve(&query) {
            Resolution::Winner(candidate) => Ok(candidate.place),
            Resolution::Several(candidates) => {
                let failure =
                    Failure::new(Exit::NeedsPerson, format!("several places may be meant by {}", self.name));
                let failure = failure.hint("say which with --geonames ID:");
                Err(candidates.iter().fold(failure, |failure, candidate| failure.hint(line(candidate))))
            }
            Resolution::None { reason } => Err(Failure::new(Exit::NotFound, reason.to_string()).hint(
                "write the city and its country as they are written in English, or in the city's own language",
            )),
            _ => Err(Failure::new(
                Exit::Failed,
                "the gazetteer answers in a way that this version does not know",
            )),
        }
    }
}

fn line(candidate: &Candidate) -> String {
    let PlaceFacts { geonames_id, name, country, admin1, population, .. } = &candidate.place;
    let region = admin1.as_ref().map_or_else(String::new, |region| format!(", {}", region.name));
    let people = population.map_or_else(String::new, |people| format!(", {people} people"));
    safe(&format!("{geonames_id}  {name}{region}, {}{people}", country.english_name())).into_owned()
}

/// The place as the API takes it, named as the office names it.
pub(crate) fn place_body(place: &PlaceFacts, name: &Name) -> Result<PlaceBody, Failure> {
    let admin1 = place.admin1.as_ref().map(|region| region.name.parse());
    Ok(PlaceBody {
        country: Some(place.country),
        admin1: admin1.transpose().map_err(|e| Failure::caused(Exit::Failed, &e))?,
        point: Some(PointBody { latitude: place.point.latitude(), longitude: place.point.longitude() }),
        zone: place.zone.map(AsText),
        external_ids: Some(ExternalIdsBody { geonames: Some(place.geonames_id), ..Default::default() }),
        ..unlisted(name)
    })
}

/// A place of which only its name is known.
pub(crate) fn unlisted(name: &Name) -> PlaceBody {
    let name = PlaceNameBody {
        text: name.clone(),
        language: None,
        script: None,
        from: None,
        to: None,
        role: NameRole::Official.into(),
    };
    PlaceBody {
        names: vec![name],
        level: None,
        country: None,
        admin1: None,
        point: None,
        zone: None,
        population: Vec::new(),
        external_ids: None,
        identity: None,
    }
}
